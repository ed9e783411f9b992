"""rt: IPv6's routing header. iptables-extensions(8), rt (IPv6-specific).

Observed beyond it with ip6tables-legacy 1.8.9: options for type 0 must come after `--rt-type 0`. All segments are not
saved, unless they are negated (1.8.11).
"""

from __future__ import annotations

from ....diagnostics.codes.command import ALSO_REQUIRES
from ...extension import CheckFailure, Match, Option
from ...nft import NotInNft
from ...rule import Setting, Use
from ...values.addresses import ipv6, write_address
from ...values.base import IPV6, Family, InvalidValue, Value
from ...values.header_fields import FieldRange, FieldValue, HeaderLength
from ...values.unchecked import Cut, CutRange
from ...values.wording import Context, in_a_row

_MOST = 16


class Addresses(Value):
    """IPv6 addresses separated by commas, at most 16."""

    synopsis = "ADDRESS[,ADDRESS...]"

    def read(self, text: str, family: Family) -> tuple[int, ...]:
        addresses: list[int] = []
        at = 0
        for piece in text.split(","):
            if len(addresses) == _MOST:
                raise InvalidValue(f"more than {_MOST} addresses", says="too many addresses specified")
            address = ipv6(piece)
            if address is None:
                raise InvalidValue(
                    "not an IPv6 address", at=(at, at + len(piece)) if piece else None, says=f"bad address: {piece}"
                )
            addresses.append(address)
            at += len(piece) + 1
        return tuple(addresses)

    def write(self, value: tuple[int, ...], family: Family) -> str:
        return ",".join(write_address(address, IPV6) for address in value)

    def say(self, value: tuple[int, ...], context: Context) -> str:
        return in_a_row(write_address(address, IPV6) for address in value)


def type_0_stands_before(use: Use, setting: Setting) -> CheckFailure | None:
    """The option is for routing headers of type 0."""
    if use.value("rt-type") == 0 and not use.negated("rt-type"):
        return None
    name = setting.option.name
    return CheckFailure(
        ALSO_REQUIRES,
        f"`--{name}` requires `--rt-type 0` before it",
        option=name,
        says=f"`--rt-type 0' required before `--{name}'",
        help=f"write `--rt-type 0 --{name} …`",
    )


def addresses_stand_before(use: Use, setting: Setting) -> CheckFailure | None:
    """The option says how to look for the addresses, which must come before it."""
    if use.has("rt-0-addrs"):
        return None
    return CheckFailure(
        ALSO_REQUIRES,
        "`--rt-0-not-strict` requires `--rt-0-addrs` before it",
        option="rt-0-not-strict",
        says="`--rt-0-addr ...' required before `--rt-0-not-strict'",
    )


rt = Match(
    "rt",
    Option(
        "rt-type",
        FieldValue("rt type", "exthdr rt exists", most=255),
        before={"1.4.11": Cut(bits=32)},
        negatable=True,
        sentence="the header is {not }of type {value}",
        glued_in="1.4.6..",
        negated_inside_in="..1.4.10",
        nft="{value}",
    ),
    Option(
        "rt-segsleft",
        FieldRange("rt seg-left", "exthdr rt exists", most=255),
        before={"1.4.11": CutRange(bits=32, reversible=True)},
        negatable=True,
        default=(0, 0xFFFF_FFFF),
        sentence="the number of segments left is {value}",
        glued_in="1.4.6..",
        negated_inside_in="..1.4.10",
        nft="{value}",
    ),
    Option(
        "rt-len",
        HeaderLength("rt hdrlength", "exthdr rt exists", unit=8, less=1),
        before={"1.4.11": Cut(bits=32)},
        negatable=True,
        sentence="the header is {not }{value:byte} long",
        glued_in="1.4.6..",
        negated_inside_in="..1.4.10",
        nft="{value}",
    ),
    Option(
        "rt-0-res",
        check=type_0_stands_before,
        sentence="the reserved field is zero",
        negation_ignored_in="..1.4.10",
        nft=NotInNft("nft does not look at the reserved field"),
    ),
    Option(
        "rt-0-addrs",
        Addresses(),
        check=type_0_stands_before,
        sentence="the route goes through {value}",
        glued_in="1.4.6..",
        nft=NotInNft("nft looks at an address in one fixed place only", "`rt0 addr[1] …` for the first address"),
    ),
    Option(
        "rt-0-not-strict",
        check=addresses_stand_before,
        sentence="other addresses may come between those",
        negation_ignored_in="..1.4.10",
        nft=NotInNft("nft looks at an address in one fixed place only", "`rt0 addr[1] …` for the first address"),
    ),
    family="ipv6",
    table_since="1.4.11",
    sentence="inspect the routing header",
    nft_bare="exthdr rt exists",
)
