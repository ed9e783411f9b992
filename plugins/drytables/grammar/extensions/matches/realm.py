"""realm: the routing realm. iptables-extensions(8), realm (IPv4-specific).

The kernel refuses it before routing (tried on Linux 6.18).
"""

from ...extension import Match, Option
from ...values.named_marks import NamedMark

realm = Match(
    "realm",
    Option(
        "realm",
        NamedMark("routing realm", "cosmos"),
        before={"1.8.0": NamedMark("routing realm", "cosmos", lenient=True)},
        required=True,
        negatable=True,
        twice_in="..1.4.10",
        sentence="the route's realm is {not }{value}",
        glued_in="1.4.6..",
        negated_inside_in="..1.4.10",
        nft="rtclassid {value}",
    ),
    family="ipv4",
    table_since="1.4.11",
    hooks="INPUT FORWARD OUTPUT POSTROUTING",
    sentence="look at the realm of the packet's route",
)
