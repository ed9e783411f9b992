"""dscp: the DiffServ code point. iptables-extensions(8), dscp.

A class is saved as its number (observed with iptables-legacy 1.8.9).
"""

from __future__ import annotations

from ...checks import needs_one_of
from ...extension import Match, Option
from ...nft import network_word
from ...rule import Use
from ...values.dscp_classes import DscpClass, code_point


def saved(use: Use) -> list[str]:
    """The number, whichever option gave it."""
    given = "dscp" if use.has("dscp") else "dscp-class"
    return [*(["!"] if use.negated(given) else []), "--dscp", f"{use.value(given):#04x}"]


def in_the_header(use: Use) -> str:
    """The code point, by number or by class."""
    option = "dscp" if use.has("dscp") else "dscp-class"
    header = network_word(use.rule.family)
    return f"{header} dscp {'!= ' if use.negated(option) else ''}{use.value(option):#04x}"


dscp = Match(
    "dscp",
    Option(
        "dscp",
        code_point,
        negatable=True,
        not_negatable_in="1.4.11..1.4.12",
        excludes="dscp-class",
        sentence="the code point is {not }{value}",
        glued_in="1.4.6..",
        negated_inside_in="..1.4.10",
    ),
    Option(
        "dscp-class",
        DscpClass(),
        negatable=True,
        not_negatable_in="1.4.11..1.4.12",
        sentence="the code point is {not }{value}",
        glued_in="1.4.6..",
        negated_inside_in="..1.4.10",
    ),
    checks=(needs_one_of("dscp", "dscp-class", says="DSCP match: Parameter --dscp is required"),),
    table_since="1.4.11",
    saved=saved,
    looks_at="changeable",
    sentence="look at the DiffServ code point of the IP header",
    nft=in_the_header,
)
