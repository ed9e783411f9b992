"""conntrack: what connection tracking knows about a packet's connection. iptables-extensions(8), conntrack.

Observed beyond it with iptables-legacy 1.8.9: states and statuses may be shortened, in any case; addresses keep the
bits that their mask hides; a mask with gaps is not saved. `--ctproto 0` is accepted by 1.8.9 and refused by 1.8.11.
"""

from __future__ import annotations

from ...checks import needs_something
from ...extension import Match, Option
from ...values.base import OneOf, uint32_range
from ...values.ports import guided_port_range, no_guided_port_range
from ...values.protocols import Protocol, protocol
from ...values.resolved_addresses import resolved_host_mask
from ...values.word_lists import WordList

_STATES = WordList("INVALID", "NEW", "RELATED", "ESTABLISHED", "UNTRACKED", "SNAT", "DNAT", says='Bad ctstate "{text}"')
_STATUSES = WordList(
    "EXPECTED", "SEEN_REPLY", "ASSURED", "CONFIRMED", "NONE", none="NONE", says='Bad ctstatus "{text}"'
)
_DIRECTION = OneOf("ORIGINAL", "REPLY", any_case=True, says='{extension}: Bad value for "--{option}" option: "{text}"')

_BEFORE_RANGES = {"1.4.11": no_guided_port_range}


conntrack = Match(
    "conntrack",
    Option(
        "ctstate",
        _STATES,
        negatable=True,
        once_since="1.4.11",
        sentence="the connection's state is {not }one of {value}",
    ),
    Option(
        "ctproto",
        Protocol(min=1),
        before={"1.8.10": protocol},
        negatable=True,
        sentence="the connection's protocol is {not }number {value}",
    ),
    Option(
        "ctorigsrc",
        resolved_host_mask,
        negatable=True,
        once_since="1.4.11",
        sentence="the source address of the connection's first packet is {not }{value}",
    ),
    Option(
        "ctorigdst",
        resolved_host_mask,
        negatable=True,
        sentence="the destination address of the connection's first packet is {not }{value}",
    ),
    Option("ctreplsrc", resolved_host_mask, negatable=True, sentence="the source address of replies is {not }{value}"),
    Option(
        "ctrepldst", resolved_host_mask, negatable=True, sentence="the destination address of replies is {not }{value}"
    ),
    Option(
        "ctorigsrcport",
        guided_port_range,
        before=_BEFORE_RANGES,
        negatable=True,
        sentence="the source port of the connection's first packet is {not }{value}",
    ),
    Option(
        "ctorigdstport",
        guided_port_range,
        before=_BEFORE_RANGES,
        negatable=True,
        sentence="the destination port of the connection's first packet is {not }{value}",
    ),
    Option(
        "ctreplsrcport",
        guided_port_range,
        before=_BEFORE_RANGES,
        negatable=True,
        sentence="the source port of replies is {not }{value}",
    ),
    Option(
        "ctrepldstport",
        guided_port_range,
        before=_BEFORE_RANGES,
        negatable=True,
        sentence="the destination port of replies is {not }{value}",
    ),
    Option("ctstatus", _STATUSES, negatable=True, sentence="the connection's status is {not }one of {value}"),
    Option(
        "ctexpire",
        uint32_range(),
        negatable=True,
        sentence="tracking {forgets|does not forget} the connection in {value} seconds",
    ),
    Option("ctdir", _DIRECTION, sentence="the packet goes in this direction: {value}"),
    checks=(needs_something("conntrack: At least one option is required", "to match by state, write `--ctstate NEW`"),),
    table_since="1.4.11",
    looks_at="packet",
    sentence="ask connection tracking about the packet's connection",
)
