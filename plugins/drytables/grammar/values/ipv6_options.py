"""Options of IPv6's destination and hop-by-hop headers, for the dst and hbh matches (observed with 1.8.9)."""

from __future__ import annotations

import re

from .base import Family, InvalidValue, Value, leading_number
from .wording import Context, in_a_row

_MOST = 16
_ANY_LENGTH = 255


class HeaderOptions(Value):
    """`TYPE[:LENGTH]` separated by commas, at most 16; numbers are cut to 8 bits, and a length of 255 means any.

    `to_padding` is the answer of the `extension` if the one-byte padding, option 0, is given a length.
    """

    synopsis = "TYPE[:LENGTH][,...]"

    def __init__(self, extension: str, to_padding: str) -> None:
        self.extension, self.to_padding = extension, to_padding

    def read(self, text: str, family: Family) -> tuple[tuple[int, int], ...]:
        options: list[tuple[int, int]] = []
        at = 0
        for piece in text.split(","):
            if len(options) == _MOST:
                raise InvalidValue(f"more than {_MOST} options", says="too many addresses specified")
            kind, colon, length = piece.partition(":")
            first = self._number(kind, "opt", at)
            if colon and not first:
                raise InvalidValue(
                    "option 0 is one byte and has no length", at=(at, at + len(piece)), says=self.to_padding
                )
            options.append((first, self._number(length, "length", at + len(kind) + 1) if colon else _ANY_LENGTH))
            at += len(piece) + 1
        return tuple(options)

    def _number(self, text: str, what: str, at: int) -> int:
        sign = re.match(r"\s*-(?=\d)", text, re.ASCII)
        value, rest = leading_number(text[sign.end() :] if sign else text)
        place = (at, at + len(text)) if text else None
        meant = "an option's type" if what == "opt" else "a length"
        if value is None and rest == text:
            raise InvalidValue(f"not {meant}", at=place, says=f"{self.extension}: no valid digits in {what} `{text}'")
        if value is None or value >= 1 << 64:
            raise InvalidValue(
                f"not {meant}: too large", at=place, says=f"{what} `{text}' specified too big: would overflow"
            )
        if rest:
            raise InvalidValue(f"not {meant}", at=place, says=f"{self.extension}: error parsing {what} `{text}'")
        return (-value if sign else value) & 0xFF

    def write(self, value: tuple[tuple[int, int], ...], family: Family) -> str:
        return ",".join(f"{kind}" if length == _ANY_LENGTH else f"{kind}:{length}" for kind, length in value)

    def say(self, value: tuple[tuple[int, int], ...], context: Context) -> str:
        said = in_a_row(
            f"option {kind}" if length == _ANY_LENGTH else f"option {kind} of {length} bytes" for kind, length in value
        )
        typed = [leading_number(end)[0] for end in context.typed.replace(":", ",").split(",")]
        is_cut = any(number is None or number > 0xFF for number in typed)
        return f"{said} (what 8 bits leave of {context.typed})" if is_cut else said

    def say_unknown(self, text: str, context: Context) -> str:
        return f"the options {super().say_unknown(text, context)}"
