"""CLUSTERIP: several nodes behind one address. iptables-extensions(8), CLUSTERIP (IPv4-specific).

What iptables says was observed with iptables-legacy 1.8.9. Linux dropped the target in 6.3 (commit 9db5d918e2c0).
"""

from ....diagnostics.codes.command import ALSO_REQUIRES
from ...checks import gone_from_linux
from ...extension import CheckFailure, Option, Target
from ...nft import NotInNft
from ...rule import Use
from ...values.addresses import MacAddress
from ...values.base import Family, InvalidValue, one_of, uint16, uint32

_FOR_A_NEW_ONE = ("hashmode", "clustermac", "total-nodes", "local-node")


class MulticastMac(MacAddress):
    """The MAC address of a group: its first byte is odd."""

    def read(self, text: str, family: Family) -> str:
        address = super().read(text, family)
        if not int(address[:2], 16) & 1:
            raise InvalidValue(
                "not a multicast address: its first byte is even", says="MAC has to be a multicast ethernet address"
            )
        return address


def all_or_nothing(use: Use) -> CheckFailure | None:
    """A new cluster needs everything that describes it; a rule for an existing one may give none of that."""
    missing = [name for name in ("new", *_FOR_A_NEW_ONE) if not use.has(name)]
    if not missing or not use.settings:
        return None
    given = [*use.settings][-1]
    return CheckFailure(
        ALSO_REQUIRES,
        f"`--{given}` also requires `--{missing[0]}`",
        option=given,
        label=f"`--{missing[0]}` is missing",
        says="CLUSTERIP target: Invalid parameter combination",
        help="a new cluster requires `--new --hashmode … --clustermac … --total-nodes … --local-node …`",
    )


clusterip = Target(
    "CLUSTERIP",
    Option("new", sentence="create a new cluster"),
    Option(
        "hashmode",
        one_of(
            *("sourceip", "sourceip-sourceport", "sourceip-sourceport-destport"),
            says='Unknown hashmode "{text}"',
            said={
                "sourceip": "source address",
                "sourceip-sourceport": "source address and source port",
                "sourceip-sourceport-destport": "source address, source port and destination port",
            },
        ),
        sentence="spread the connections by {value}",
    ),
    Option("clustermac", MulticastMac(), sentence="all nodes have the MAC address {value}"),
    Option("total-nodes", uint16(max=16), sentence="they are {value:node} in all"),
    Option("local-node", uint16(max=16), sentence="this one is node {value}"),
    Option("hash-init", uint32(), sentence="begin the hash at {value}"),
    family="ipv4",
    checks=(all_or_nothing,),
    kernel=(gone_from_linux("6.3", "`-m cluster`", since="1.8.10"),),
    sentence="take a share of the connections to an address that several nodes have",
    nft=NotInNft(
        "Linux has had no such target since 6.3, and nft never had one",
        "`jhash ct original saddr mod N seed S`, as for `-m cluster`",
    ),
)
