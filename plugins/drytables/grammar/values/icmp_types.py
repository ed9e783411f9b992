"""Types of ICMP and ICMPv6 messages, by name or as `TYPE[/CODE]` (observed with the 1.8.9 binaries)."""

from __future__ import annotations

from typing import NamedTuple

from ..nft import NEVER
from .base import IPV4, IPV6, Family, InvalidValue, Value, leading_number
from .wording import Context, quoted

#: nft's names of the types, by family.
_NFT_TYPES = {
    IPV4: {
        0: "echo-reply", 3: "destination-unreachable", 4: "source-quench", 5: "redirect", 8: "echo-request",
        9: "router-advertisement", 10: "router-solicitation", 11: "time-exceeded", 12: "parameter-problem",
        13: "timestamp-request", 14: "timestamp-reply", 15: "info-request", 16: "info-reply",
        17: "address-mask-request", 18: "address-mask-reply",
    },
    IPV6: {
        1: "destination-unreachable", 2: "packet-too-big", 3: "time-exceeded", 4: "parameter-problem",
        128: "echo-request", 129: "echo-reply", 130: "mld-listener-query", 131: "mld-listener-report",
        132: "mld-listener-done", 133: "nd-router-solicit", 134: "nd-router-advert", 135: "nd-neighbor-solicit",
        136: "nd-neighbor-advert", 137: "nd-redirect", 138: "router-renumbering", 141: "ind-neighbor-solicit",
        142: "ind-neighbor-advert", 143: "mld2-listener-report",
    },
}  # fmt: skip


class IcmpType(NamedTuple):
    """A type and its codes, the first and the last that match; `-S` prints the first of them only."""

    type: int
    first_code: int = 0
    last_code: int = 255


#: What is not just the name with spaces for hyphens.
_IN_SPEECH = {
    "ttl-zero-during-transit": "TTL exceeded in transit",
    "ttl-zero-during-reassembly": "TTL exceeded during reassembly",
    "time-exceeded": "time exceeded",
    "mld-listener-query": "multicast listener query",
    "mld-listener-report": "multicast listener report",
    "mld-listener-done": "multicast listener done message",
    "mld-listener-reduction": "multicast listener done message",
    "TOS-network-unreachable": "network unreachable for this TOS",
    "TOS-host-unreachable": "host unreachable for this TOS",
    "TOS-network-redirect": "redirect for the TOS and the network",
    "TOS-host-redirect": "redirect for the TOS and the host",
    "ping": "echo request (ping)",
    "pong": "echo reply (pong)",
    "echo-request": "echo request (ping)",
    "echo-reply": "echo reply (pong)",
}
#: What is sent as it is, and so has an article; the others are the reasons of an error.
_THINGS = ("request", "reply", "ping", "pong", "advertisement", "solicitation", "redirect", "quench", "query", "report")


def _message(name: str) -> str:
    """A kind of message: `a router advertisement`, `an error: port unreachable`."""
    words = _IN_SPEECH.get(name, name.replace("-", " "))
    if name.endswith(_THINGS) or words.endswith("message"):
        return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"
    return f"an error: {words}"


class IcmpTypeValue(Value):
    """A name, or an unambiguous prefix of one in any case, or `TYPE[/CODE]`.

    `label` is the protocol's name in iptables' messages; `any_type` is the value that is printed as `any`. With
    `ranges`, CODE may be a range.
    """

    synopsis = "TYPE[/CODE]"

    def __init__(
        self, label: str, names: dict[str, IcmpType], any_type: IcmpType | None = None, ranges: bool = True
    ) -> None:
        self.label, self.names, self.any_type, self.ranges = label, names, any_type, ranges

    def read(self, text: str, family: Family) -> IcmpType:
        names = [name for name in self.names if name.lower().startswith(text.lower())]
        exact = [name for name in names if name.lower() == text.lower()]
        if len(exact or names) == 1:
            return self.names[(exact or names)[0]]
        if names:
            raise InvalidValue(
                "ambiguous: it could be " + " or ".join(f"`{name}`" for name in names),
                says=f"Ambiguous {self.label} type `{text}': `{names[0]}' or `{names[1]}'?",
            )
        return self._numeric(text)

    def _numeric(self, text: str) -> IcmpType:
        type_text, slash, code_text = text.partition("/")
        first, last = self._byte_range(type_text, "type", text)
        if first != last:
            raise InvalidValue(
                "a range of types is not supported",
                at=(0, len(type_text)),
                help="write one rule for each type",
                says=f"{self.label} type range not supported",
            )
        return IcmpType(first, *self._byte_range(code_text, "code", text)) if slash else IcmpType(first)

    def _byte_range(self, text: str, what: str, whole: str) -> tuple[int, int]:
        """`N[:N]`, both of 8 bits."""
        first, rest = leading_number(text)
        last = first
        if self.ranges and rest.startswith(":") and first is not None and first <= 255:
            last, rest = leading_number(rest[1:])
        if first is None or first > 255 or last is None or last > 255:
            choices = tuple(self.names) if what == "type" and first is None else ()
            raise InvalidValue(
                f"not an {self.label} {what}", says=f"Unknown {self.label} {what} `{whole}'", choices=choices
            )
        if rest:
            help = "write one rule for each type" if "," in rest else ""
            raise InvalidValue(f"unexpected `{rest[0]}`", says=f"unknown character {rest[0]}", help=help)
        return first, last

    def without(self, words: frozenset[str]) -> IcmpTypeValue:
        names = {name: value for name, value in self.names.items() if name not in words}
        return IcmpTypeValue(self.label, names, self.any_type, self.ranges)

    def write(self, value: IcmpType, family: Family) -> str:
        if value == self.any_type:
            return "any"
        all_codes = (value.first_code, value.last_code) == (0, 255)
        return str(value.type) if all_codes else f"{value.type}/{value.first_code}"

    def name_of(self, value: IcmpType) -> str:
        """The first of the names that iptables lists for a type; empty if it has none, or means any type."""
        return next((name for name, each in self.names.items() if each == value != self.any_type), "")

    def nft_condition(self, value: IcmpType, family: Family, negated: bool) -> str:
        """The type, and its code if it has one, with the name of the protocol before each."""
        protocol, known = self.label.lower(), _NFT_TYPES[family]
        if value == self.any_type:
            return NEVER if negated else ""
        kind = known.get(value.type, str(value.type))
        if (value.first_code, value.last_code) == (0, 255):
            return f"{protocol} type {'!= ' if negated else ''}{kind}"
        codes = (
            f"{value.first_code}" if value.first_code == value.last_code else f"{value.first_code}-{value.last_code}"
        )
        if negated:
            return f"{protocol} type . {protocol} code != {{ {kind} . {codes} }}"
        return f"{protocol} type {kind} {protocol} code {codes}"

    def say(self, value: IcmpType, context: Context) -> str:
        """What kind of message it is; what was typed as a number keeps that: `of type 8, an echo request`."""
        if value == self.any_type:
            return "of any type"
        first = next((name for name, each in self.names.items() if each == value), "")
        if context.typed[:1].isalpha():
            return _message(first)
        type_name = first or next((name for name, each in self.names.items() if each == IcmpType(value.type)), "")
        named = f", {_message(type_name)}" if type_name not in ("", "any") else ""
        if (value.first_code, value.last_code) == (0, 255):
            return f"of type {value.type}{named}"
        codes = f"{value.first_code}" if value.first_code == value.last_code else "{} to {}".format(*value[1:])
        return f"of type {value.type}, code {codes}{named}"

    def say_unknown(self, text: str, context: Context) -> str:
        return f"of type {text or quoted(text)}"

    def __repr__(self) -> str:
        return f"IcmpTypeValue({self.label!r})"
