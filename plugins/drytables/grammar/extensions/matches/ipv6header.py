"""ipv6header: which headers an IPv6 packet has. iptables-extensions(8), ipv6header (IPv6-specific).

Observed beyond it with ip6tables-legacy 1.8.9: names are read in exactly this spelling, empty ones ignored, and the
long name is saved, in a fixed order.
"""

from __future__ import annotations

from ...checks import needs_something
from ...extension import Match, Option
from ...nft import Unsayable
from ...rule import Use
from ...values.base import Family, InvalidValue, Value
from ...values.protocols import BY_EITHER_NAME, OWN_NAMES
from ...values.wording import Context, in_a_row

#: The possible names of each header, the long name first; those after its number are from the registry of protocols.
_HEADERS = {
    "hop-by-hop": "hop 0 ip IP hopopt HOPOPT",
    "ipv6-opts": "dst 60 IPv6-Opts",
    "ipv6-route": "route 43 IPv6-Route",
    "ipv6-frag": "frag 44 IPv6-Frag",
    "ah": "auth 51 IPSEC-AH",
    "esp": "50 IPSEC-ESP",
    "ipv6-nonxt": "none 59 IPv6-NoNxt",
    "protocol": "prot 255",
}
_IN_WORDS = {
    "hop-by-hop": "hop-by-hop options",
    "ipv6-opts": "destination options",
    "ipv6-route": "a routing header",
    "ipv6-frag": "a fragment header",
    "ah": "AH",
    "esp": "ESP",
    "ipv6-nonxt": "no next header",
    "protocol": "a protocol above IPv6",
}
_LONG = {name: long for long, names in _HEADERS.items() for name in (long, *names.split())}
_USUAL = tuple(name for name in _LONG if name[0].islower() and name not in ("ip", "hopopt"))


#: Those that nft looks for.
_NFT_HEADERS = {
    "hop-by-hop": "exthdr hbh", "ipv6-opts": "exthdr dst", "ipv6-route": "exthdr rt", "ipv6-frag": "exthdr frag",
}  # fmt: skip


class Headers(Value):
    """Headers by name or number, separated by commas."""

    synopsis = "HEADER[,HEADER...]"

    def read(self, text: str, family: Family) -> frozenset[str]:
        at = 0
        for name in text.split(","):
            if name and name not in _LONG:
                shown = name if name in OWN_NAMES else BY_EITHER_NAME.get(name, name)
                says = f"unknown header `{shown}' specified"
                raise InvalidValue("not an IPv6 header", at=(at, at + len(name)), choices=_USUAL, says=says)
            at += len(name) + 1
        if not text.strip(","):
            raise InvalidValue("expected the name of a header", says="ip6t_ipv6header: cannot parse header names")
        return frozenset(_LONG[name] for name in text.split(",") if name)

    def write(self, value: frozenset[str], family: Family) -> str:
        return ",".join(long for long in _HEADERS if long in value)

    def say(self, value: frozenset[str], context: Context) -> str:
        return in_a_row(said for long, said in _IN_WORDS.items() if long in value)


def among_the_headers(use: Use) -> str:
    """The headers that must be there; nft looks for each, and does not say that there is no other."""
    headers = [long for long in _HEADERS if long in use.value("header")]
    words = [_NFT_HEADERS.get(name, "") for name in headers]
    nearest = f"`{' '.join(f'{word} exists' for word in words if word)}`"
    if not all(words):
        raise Unsayable("nft does not look for some of these headers", nearest)
    if not use.has("soft"):
        raise Unsayable("nft cannot ask that there are no other headers", nearest)
    if use.negated("header") and len(words) > 1:
        raise Unsayable("nft cannot ask that one of several headers is missing", "one rule for each header")
    return " ".join(f"{word} {'missing' if use.negated('header') else 'exists'}" for word in words)


ipv6header = Match(
    "ipv6header",
    Option(
        "header",
        Headers(),
        required=True,
        required_since="1.4.11",
        negatable=True,
        sentence="the packet {has|does not have} these headers: {value}",
        glued_in="1.4.6..",
        negated_inside_in="..1.4.10",
    ),
    Option("soft", sentence="it may have others as well", negation_ignored_in="..1.4.10"),
    checks=(needs_something("ip6t_ipv6header: no options specified", until="1.4.10"),),
    family="ipv6",
    table_since="1.4.11",
    sentence="look at which headers the packet has",
    nft=among_the_headers,
)
