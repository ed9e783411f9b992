"""CLASSIFY: put packets into a traffic shaping class. iptables-extensions(8), CLASSIFY.

Observed with iptables-legacy 1.8.9: both numbers are hexadecimal, the low 16 bits of each count, a minus negates a
number, and what follows the second one is ignored.
"""

import re

from ....reading.pattern import pattern
from ...extension import Option, Target
from ...values.base import Family, InvalidValue, Value
from ...values.wording import Context

_HALF = r"[ \t\n\v\f\r]*([+-]?)(?:0[xX]([0-9a-fA-F]*)|([0-9a-fA-F]+))"
_CLASS = pattern(f"{_HALF}:{_HALF}", re.ASCII)


def _low_half(sign: str, digits: str) -> int:
    """The low 16 bits of a number, which is capped at the largest of 64 bits."""
    value = int(digits or "0", 16)
    if value >= 1 << 64:
        return 0xFFFF
    return (-value if sign == "-" else value) & 0xFFFF


class TrafficClass(Value):
    """`MAJOR:MINOR`, two hexadecimal numbers of 16 bits."""

    synopsis = "MAJOR:MINOR"

    def read(self, text: str, family: Family) -> tuple[int, int]:
        match = _CLASS.match(text)
        if not match:
            raise InvalidValue(
                "not two hexadecimal numbers separated by a colon",
                says=f'Bad class value "{text}"',
                help="write the class as `tc` does: `1:10`",
            )
        return _low_half(match[1], match[2] or match[3]), _low_half(match[4], match[5] or match[6])

    def write(self, value: tuple[int, int], family: Family) -> str:
        return f"{value[0]:04x}:{value[1]:04x}"

    def nft(self, value: tuple[int, int], family: Family) -> str:
        return {(0, 0): "none", (0xFFFF, 0xFFFF): "root"}.get(value, f"{value[0]:x}:{value[1]:x}")

    def say(self, value: tuple[int, int], context: Context) -> str:
        """As `tc` prints it."""
        said = f"{value[0]:x}:{value[1]:x}"
        typed = [half.strip().lower().removeprefix("0x").lstrip("0") or "0" for half in context.typed.split(":")]
        return said if typed == said.split(":") else f"{said} (what 16 bits leave of {context.typed})"


classify = Target(
    "CLASSIFY",
    Option(
        "set-class",
        TrafficClass(),
        required=True,
        sentence="put it into the class {value}",
        negation_ignored_in="..1.4.10",
        nft="{value}",
    ),
    hooks="FORWARD OUTPUT POSTROUTING",
    common=True,
    sentence="put the packet into a traffic shaping class",
    nft="meta priority set {set-class}",
)
