"""conntrack: what connection tracking knows about a packet's connection. iptables-extensions(8), conntrack.

Observed beyond it with iptables-legacy 1.8.9: states and statuses may be shortened, in any case; addresses keep the
bits that their mask hides; a mask with gaps is not saved. `--ctproto 0` is accepted by 1.8.9 and refused by 1.8.11.
"""

from __future__ import annotations

from ...checks import needs_something
from ...extension import Match, Option
from ...nft import Unsayable
from ...nft_words import option_words
from ...rule import Use
from ...values.base import Family, uint32_range
from ...values.connection_states import ConnectionStates, ConnectionStatuses, Direction
from ...values.older_addresses import counted_host_mask, named_network
from ...values.ports import OnePort, guided_port_range
from ...values.protocols import Protocol, protocol
from ...values.resolved_addresses import resolved_host_mask
from ...values.unchecked import BothEnds


class States(ConnectionStates):
    """States of a connection; nft counts whether its addresses were changed among the statuses."""

    def nft_condition(self, value: frozenset[str], family: Family, negated: bool) -> str:
        statuses = [name.lower() for name in ("SNAT", "DNAT") if name in value]
        states = [name.lower() for name in self.choices if name in value and name.lower() not in statuses]
        bang = "! " if negated else ""
        words = [
            f"ct {key} {bang}{','.join(names)}" for key, names in (("state", states), ("status", statuses)) if names
        ]
        if len(words) > 1 and not negated:
            raise Unsayable("nft compares states and changed addresses apart", f"two rules: `{'` and `'.join(words)}`")
        return " ".join(words)


_STATES = States("INVALID", "NEW", "RELATED", "ESTABLISHED", "UNTRACKED", "SNAT", "DNAT", says='Bad ctstate "{text}"')
_STATUSES = ConnectionStatuses(
    "EXPECTED", "SEEN_REPLY", "ASSURED", "CONFIRMED", "NONE", none="NONE", says='Bad ctstatus "{text}"'
)
_DIRECTION = Direction(says='{extension}: Bad value for "--{option}" option: "{text}"')

_NETWORKS_BEFORE = {"1.4.11": named_network, "1.4.19.1": counted_host_mask}
_PORTS_BEFORE = {"1.4.3": OnePort(most=0xFFFF_FFFF), "1.4.11": OnePort(most=0xFFFF)}


_ANY_PORT = {
    "ctorigsrcport": "ct original proto-src 0-65535",
    "ctorigdstport": "ct original proto-dst 0-65535",
    "ctreplsrcport": "ct reply proto-src 0-65535",
    "ctrepldstport": "ct reply proto-dst 0-65535",
}
#: In the order in which iptables looks.
_NFT_ORDER = (
    "ctdir", "ctproto", "ctstate", "ctstatus", "ctexpire", "ctorigsrc", "ctorigdst", "ctreplsrc", "ctrepldst",
    "ctorigsrcport", "ctorigdstport", "ctreplsrcport", "ctrepldstport",
)  # fmt: skip


#: The longest time that nft 1.0.6 and 1.1.7 take for an expiration, in seconds: they count milliseconds in 32 bits.
_LONGEST = 4_294_967


def of_the_connection(use: Use) -> str:
    """What connection tracking knows; nft reads ports only where it knows of which protocol they are."""
    if use.has("ctexpire") and use.value("ctexpire")[1] > _LONGEST:
        raise Unsayable(f"nft takes no expiration of more than {_LONGEST:,} seconds", f"one that ends at {_LONGEST}")
    ports = [name for name in _NFT_ORDER[-4:] if use.has(name)]
    # Also where any port will do: a packet without a connection has none.
    any_ports = [_ANY_PORT[name] for name in ports if not option_words(use, name)]
    words = " ".join(filter(None, [option_words(use, *_NFT_ORDER), *any_ports]))
    if ports and not use.has("ctproto") and not use.rule.plain_protocol:
        nearest = f"a rule for each protocol: `ct original protocol tcp {option_words(use, *ports)}`"
        raise Unsayable("nft compares the ports of a connection only of one protocol", nearest)
    return words


conntrack = Match(
    "conntrack",
    Option(
        "ctstate",
        _STATES,
        negatable=True,
        glued_in="1.4.1..",
        twice_in="..1.4.10",
        sentence="the packet {value}",
        nft="{value}",
    ),
    Option(
        "ctproto",
        Protocol(min=1),
        before={"1.8.10": protocol},
        negatable=True,
        glued_in="1.4.1..",
        sentence="the connection's protocol is {not }{value}",
        twice_in="..1.4.10",
        nft="ct original protocol {value}",
    ),
    Option(
        "ctorigsrc",
        resolved_host_mask,
        before=_NETWORKS_BEFORE,
        negatable=True,
        glued_in="1.4.1..",
        twice_in="..1.4.10",
        sentence="the source address of the connection's first packet is {not }{value}",
        nft="ct original saddr {value}",
    ),
    Option(
        "ctorigdst",
        resolved_host_mask,
        before=_NETWORKS_BEFORE,
        negatable=True,
        glued_in="1.4.1..",
        sentence="the destination address of the connection's first packet is {not }{value}",
        twice_in="..1.4.10",
        nft="ct original daddr {value}",
    ),
    Option(
        "ctreplsrc",
        resolved_host_mask,
        before=_NETWORKS_BEFORE,
        negatable=True,
        glued_in="1.4.1..",
        sentence="the source address of replies is {not }{value}",
        twice_in="..1.4.10",
        nft="ct reply saddr {value}",
    ),
    Option(
        "ctrepldst",
        resolved_host_mask,
        before=_NETWORKS_BEFORE,
        negatable=True,
        glued_in="1.4.1..",
        sentence="the destination address of replies is {not }{value}",
        twice_in="..1.4.10",
        nft="ct reply daddr {value}",
    ),
    Option(
        "ctorigsrcport",
        guided_port_range,
        before=_PORTS_BEFORE,
        negatable=True,
        glued_in="1.4.1..",
        sentence="the source port of the connection's first packet is {value}",
        twice_in="..1.4.10",
        nft="ct original proto-src {value}",
    ),
    Option(
        "ctorigdstport",
        guided_port_range,
        before=_PORTS_BEFORE,
        negatable=True,
        glued_in="1.4.1..",
        sentence="the destination port of the connection's first packet is {value}",
        twice_in="..1.4.10",
        nft="ct original proto-dst {value}",
    ),
    Option(
        "ctreplsrcport",
        guided_port_range,
        before=_PORTS_BEFORE,
        negatable=True,
        glued_in="1.4.1..",
        sentence="the source port of replies is {value}",
        twice_in="..1.4.10",
        nft="ct reply proto-src {value}",
    ),
    Option(
        "ctrepldstport",
        guided_port_range,
        before=_PORTS_BEFORE,
        negatable=True,
        glued_in="1.4.1..",
        sentence="the destination port of replies is {value}",
        twice_in="..1.4.10",
        nft="ct reply proto-dst {value}",
    ),
    Option(
        "ctstatus",
        _STATUSES,
        negatable=True,
        glued_in="1.4.1..",
        sentence="the connection {value}",
        twice_in="..1.4.10",
        nft="ct status {value}",
    ),
    Option(
        "ctexpire",
        uint32_range(),
        before={"1.4.6": BothEnds(0xFFFF_FFFF, single=True), "1.4.11": BothEnds(0xFFFF_FFFF)},
        negatable=True,
        glued_in="1.4.1..",
        sentence="tracking forgets the connection in {value:second}, if nothing comes",
        twice_in="..1.4.10",
        nft="ct expiration {value}",
    ),
    Option(
        "ctdir",
        _DIRECTION,
        sentence="the packet {value}",
        twice_in="..1.4.10",
        nft="ct direction {value}",
    ),
    checks=(needs_something("conntrack: At least one option is required", "to match by state, write `--ctstate NEW`"),),
    table_since="1.4.11",
    looks_at="packet",
    sentence="ask connection tracking about the packet's connection",
    nft=of_the_connection,
)
