"""ipvs: connections of the IP virtual server. iptables-extensions(8), ipvs.

The kernel used here has no such match, so the saved form was read from iptables-extensions(8) and tried only with the
parser of iptables-legacy 1.8.9.
"""

from __future__ import annotations

from ....diagnostics.codes.command import EXCLUDES
from ...checks import needs_something
from ...extension import CheckFailure, Match, Option
from ...nft import NotInNft
from ...rule import Use
from ...values.base import OneOf
from ...values.connection_states import Direction
from ...values.older_addresses import counted_host_mask, named_network
from ...values.ports import StrictPort, single_guided_port
from ...values.protocols import protocol
from ...values.resolved_addresses import resolved_host_mask


def strangers_have_nothing_to_compare(use: Use) -> CheckFailure | None:
    """A packet outside of any IPVS connection has nothing that the other options look at."""
    other = next((name for name in use.settings if name != "ipvs"), None)
    if other is None or not use.negated("ipvs"):
        return None
    return CheckFailure(
        EXCLUDES,
        f"`! --ipvs` and `--{other}` cannot be used together",
        option=other,
        cause="ipvs",
        label="conflicts with `! --ipvs`",
        says="! --ipvs cannot be together with other options",
    )


_PORTS_BEFORE = {"1.4.11": StrictPort()}

ipvs = Match(
    "ipvs",
    Option(
        "ipvs",
        negatable=True,
        twice_in="..1.4.10",
        sentence="the packet {belongs|does not belong} to a connection of IPVS",
    ),
    Option("vproto", protocol, negatable=True, sentence="the service's protocol is {not }{value}"),
    Option(
        "vaddr",
        resolved_host_mask,
        before={"1.4.11": named_network, "1.4.19.1": counted_host_mask},
        negatable=True,
        sentence="the service's address is {not }{value}",
    ),
    Option(
        "vport",
        single_guided_port,
        before=_PORTS_BEFORE,
        negatable=True,
        sentence="the service's port is {not }{value}",
    ),
    Option(
        "vdir",
        Direction(says='{extension}: Bad value for "--{option}" option: "{text}"'),
        sentence="the packet {value}",
    ),
    Option(
        "vmethod",
        OneOf(
            *("GATE", "IPIP", "MASQ"),
            any_case=True,
            says='{extension}: Bad value for "--{option}" option: "{text}"',
            said={"GATE": "direct routing", "IPIP": "tunnelling", "MASQ": "masquerading"},
        ),
        negatable=True,
        sentence="packets are {not }forwarded by {value}",
    ),
    Option(
        "vportctl",
        single_guided_port,
        before=_PORTS_BEFORE,
        negatable=True,
        sentence="the port of the connection that controls this one is {not }{value}",
    ),
    checks=(needs_something("IPVS: At least one option is required"), strangers_have_nothing_to_compare),
    table_since="1.4.11",
    sentence="look at connections of the IP virtual server",
    nft=NotInNft("nft does not look at the connections of IPVS", "the addresses and ports of the service"),
)
