"""mh: the mobility header. iptables-extensions(8), mh (IPv6-specific).

Observed beyond it with ip6tables-legacy 1.8.9: a name may be shortened, and the first match in the list wins, but a
name written in full takes precedence. All types are not saved, unless they are negated (1.8.11).
"""

from __future__ import annotations

from ....diagnostics.codes.command import EMPTY_RANGE
from ...extension import Match, Option
from ...values.base import Family, InvalidValue, Value, number
from ...values.wording import Context

#: In the order in which ip6tables searches them for a prefix.
_NAMES = {
    "binding-refresh-request": 0, "brr": 0, "home-test-init": 1, "hoti": 1, "careof-test-init": 2, "coti": 2,
    "home-test": 3, "hot": 3, "careof-test": 4, "cot": 4, "binding-update": 5, "bu": 5, "binding-acknowledgement": 6,
    "ba": 6, "binding-error": 7, "be": 7,
}  # fmt: skip


def _name(kind: int) -> str:
    """A type's name in full, as words; empty if it has none."""
    return next((name.replace("-", " ") for name, number in _NAMES.items() if number == kind), "")


class MobilityTypes(Value):
    """`TYPE[:TYPE]`, with an empty end for the first or last."""

    synopsis = "TYPE[:TYPE]"

    def read(self, text: str, family: Family) -> tuple[int, int]:
        low_text, colon, high_text = text.partition(":")
        low = self._type(low_text, 0) if low_text or not colon else 0
        if not colon:
            return low, low
        high = self._type(high_text, len(low_text) + 1) if high_text else 255
        if low > high:
            raise InvalidValue(
                f"the range ends ({high}) before it begins ({low})",
                code=EMPTY_RANGE,
                says="Invalid MH type range (min > max)",
                help=f"write `{high_text}:{low_text}`",
            )
        return low, high

    def nft_condition(self, value: tuple[int, int], family: Family, negated: bool) -> str:
        if value == (0, 255) and not negated:
            return ""
        types = str(value[0]) if value[0] == value[1] else f"{value[0]}-{value[1]}"
        return f"!= {types}" if negated else types

    def _type(self, text: str, at: int) -> int:
        lower = text.lower()
        if lower in _NAMES:
            return _NAMES[lower]
        value = next((value for name, value in _NAMES.items() if name.startswith(lower)), number(text))
        if value is None or value > 255:
            raise InvalidValue(
                "not a mobility header type",
                at=(at, at + len(text)),
                says=f"Invalid MH type `{text}'",
                choices=tuple(_NAMES),
            )
        return value

    def write(self, value: tuple[int, int], family: Family) -> str:
        return str(value[0]) if value[0] == value[1] else f"{value[0]}:{value[1]}"

    def say(self, value: tuple[int, int], context: Context) -> str:
        """The message or messages, by the names that were typed, or by number with the name of a single one."""
        ends = context.typed.split(":")
        no = "not " if context.negated else ""
        low, high = (
            _name(end) if typed[:1].isalpha() else str(end)
            for end, typed in zip(value, (ends[0], ends[-1]), strict=True)
        )
        if value[0] == value[1]:
            known = _name(value[0])
            return f"{no}a {low}" if low == known else f"{no}of type {low}" + (f", a {known}" if known else "")
        if value == (0, 255):
            return "of no type at all" if context.negated else "of any type"
        if not ends[0]:
            return f"{no}of type {high} or below"
        return f"{no}of type {low} or above" if not ends[-1] else f"{no}of a type between {low} and {high}"

    def say_unknown(self, text: str, context: Context) -> str:
        return f"{'not ' if context.negated else ''}of type {text}"


mh = Match(
    "mh",
    Option(
        "mh-type",
        MobilityTypes(),
        negatable=True,
        default=(0, 255),
        sentence="the message is {value}",
        glued_in="1.4.6..",
        negated_inside_in="..1.4.10",
        nft="mh type {value}",
    ),
    family="ipv6",
    table_since="1.4.11",
    protocols="mh",
    checks_ranges=True,
    sentence="inspect the mobility header",
    nft_bare="exthdr mh exists",
)
