"""DSCP: set the DSCP bits of the TOS field. iptables-extensions(8), DSCP.

A class is printed as its number (observed).
"""

from collections.abc import Sequence

from ...checks import needs_one_of
from ...extension import Option, Target
from ...rule import Use
from ...saving import option_words
from ...values.dscp_classes import DscpClass, hexadecimal_code_point


def saved(use: Use) -> Sequence[str]:
    """The number, however it was given."""
    return ["--set-dscp", *option_words(use, "set-dscp", "set-dscp-class")[1:]]


def in_the_header(use: Use) -> str:
    """The code point, by number or by class."""
    value = use.value("set-dscp") if use.has("set-dscp") else use.value("set-dscp-class")
    return f"{'ip' if use.rule.family == 'ipv4' else 'ip6'} dscp set {value:#04x}"


dscp = Target(
    "DSCP",
    Option(
        "set-dscp",
        hexadecimal_code_point,
        excludes="set-dscp-class",
        sentence="set the code point to {value}",
        negation_ignored_in="..1.4.10",
    ),
    Option("set-dscp-class", DscpClass(), sentence="set the code point to {value}", negation_ignored_in="..1.4.10"),
    checks=(needs_one_of("set-dscp", "set-dscp-class", says="DSCP target: Parameter --set-dscp is required"),),
    tables="mangle",
    saved=saved,
    sentence="mark how the packet should be treated on its way",
    nft=in_the_header,
)
