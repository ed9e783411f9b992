r"""string: bytes somewhere in a packet. iptables-extensions(8), string.

Observed beyond it with iptables-legacy 1.8.9: a hexadecimal block consists of pairs of digits, with at most one space
after each and any number in front; outside of it a backslash makes the next character literal, and the character after
a closing bar is never looked at. A pattern with unprintable bytes, or a backslash at its end, is saved as a hexadecimal
string.
"""

from __future__ import annotations

import re

from ....diagnostics.codes.command import BAD_VALUE, EMPTY_RANGE
from ...checks import needs_one_of
from ...extension import CheckFailure, Match, Option
from ...nft import Said, Unsayable
from ...rule import Use
from ...saving import option_words
from ...values.base import Family, InvalidValue, Text, Value, uint16
from ...values.unchecked import Unchecked
from ...values.wording import Context, quoted

_LONGEST = 128
_ALGORITHMS = ("bm", "kmp")
_HEX_DIGITS = b"0123456789abcdefABCDEF"


def _bytes(text: str) -> bytes:
    return text.encode(errors="surrogateescape")


def _is_printable(pattern: bytes) -> bool:
    return all(0x20 <= byte < 0x7F for byte in pattern) and not pattern.endswith(b"\\")


def _is_text(run: bytes) -> bool:
    return all(0x20 <= byte < 0x7F for byte in run)


class AlgorithmName(Text):
    """The name of a way to search, which only the kernel looks at."""

    def say(self, value: str, context: Context) -> str:
        return {"bm": "of Boyer and Moore", "kmp": "of Knuth, Morris and Pratt"}.get(value, super().say(value, context))


class Pattern(Value):
    """A text to search for, as bytes."""

    synopsis = "TEXT"

    def read(self, text: str, family: Family) -> bytes:
        pattern = _bytes(text)
        if len(pattern) > _LONGEST:
            raise _too_long(text)
        return pattern

    def write(self, value: bytes, family: Family) -> str:
        """As `-S` prints it; a pattern with unprintable bytes in hexadecimal."""
        if _is_printable(value):
            return value.decode("ascii").replace("\\", "\\\\").replace('"', '\\"').join('""')
        return f'"|{value.hex()}|"'

    def say(self, value: bytes, context: Context) -> str:
        """The text, or what of it is text, and the rest in hexadecimal."""
        runs = re.findall(rb"[ -~]{3,}|[ -~]{1,2}\Z|(?:(?![ -~]{3})[\x00-\xff])+", value)
        said = [
            quoted(run.decode("ascii")) if _is_text(run) else f"the byte{'' if len(run) == 1 else 's'} {run.hex(' ')}"
            for run in runs
        ]
        text = value.decode(errors="surrogateescape")
        return quoted(text) if text.isprintable() else " followed by ".join(said)


class HexPattern(Pattern):
    """A text with hexadecimal blocks between bars, as bytes: `|0d 0a|Host`."""

    synopsis = "TEXT|XX XX|TEXT"

    def read(self, text: str, family: Family) -> bytes:
        if not text:
            raise InvalidValue("empty text", says="STRING must contain at least one char")
        source, pattern = _bytes(text), bytearray()
        at, in_block = 0, False
        while at < len(source):
            if source[at : at + 1] == b"|":
                in_block, at = not in_block, at + 1
                while in_block and source[at : at + 1] == b" ":
                    at += 1
                if len(pattern) >= _LONGEST:
                    raise _too_long(text)
                if at >= len(source):
                    break
                taken = self._pair(source, at) if in_block else self._as_it_is(source, at)
            elif len(pattern) >= _LONGEST:
                raise _too_long(text)
            elif in_block:
                taken = self._pair(source, at)
            elif source[at : at + 1] == b"\\":
                taken = self._escaped(source, at)
            else:
                taken = self._as_it_is(source, at)
            pattern += taken[0]
            at = taken[1]
        return bytes(pattern)

    @staticmethod
    def _as_it_is(source: bytes, at: int) -> tuple[bytes, int]:
        return source[at : at + 1], at + 1

    @staticmethod
    def _escaped(source: bytes, at: int) -> tuple[bytes, int]:
        if at + 1 >= len(source):
            raise InvalidValue(
                "a backslash must be followed by a character", says="Bad literal placement at end of string"
            )
        return source[at + 1 : at + 2], at + 2

    @staticmethod
    def _pair(source: bytes, at: int) -> tuple[bytes, int]:
        """Two hexadecimal digits, and the space after them."""
        pair = source[at : at + 2]
        if pair[:1] == b"\\":
            raise InvalidValue("a backslash in a hexadecimal block", says="Cannot include literals in hex data")
        if len(pair) < 2:
            raise InvalidValue("a hexadecimal block needs an even number of digits", says="Odd number of hex digits")
        if at + 2 >= len(source):
            raise InvalidValue(
                "a hexadecimal block must end with a bar after an even number of digits",
                says="Invalid hex block",
                help="write `|` after the last pair of digits",
            )
        for digit in pair:
            if digit not in _HEX_DIGITS:
                raise InvalidValue(
                    f"`{chr(digit)}` is not a hexadecimal digit",
                    says=f"Invalid hex char '{chr(digit)}'",
                    help="write two digits for each byte, and at most one space after them: `|0d 0a|`",
                )
        return bytes.fromhex(pair.decode()), at + (3 if source[at + 2 : at + 3] == b" " else 2)


def _too_long(text: str) -> InvalidValue:
    return InvalidValue(f"more than {_LONGEST} bytes", says=f'STRING too long "{text}"')


def pattern_is_not_empty(use: Use) -> CheckFailure | None:
    """The kernel refuses an empty pattern."""
    for option in ("string", "hex-string"):
        if use.value(option) == b"":
            return CheckFailure(BAD_VALUE, "the text to look for is empty", option=option, by_kernel=True)
    return None


def span_is_forward(use: Use) -> CheckFailure | None:
    """`--from` may not be after `--to`."""
    start, end = use.value("from", 0), use.value("to", 0xFFFF)
    if start <= end:
        return None
    return CheckFailure(
        EMPTY_RANGE,
        f"the search would end (at {end}) before it begins (at {start})",
        option="to",
        cause="from",
        by_kernel=True,
    )


def algorithm_is_in_the_kernel(use: Use) -> CheckFailure | None:
    """The kernel has two algorithms for this; iptables passes on any name."""
    algorithm = use.value("algo")
    if algorithm in (None, *_ALGORITHMS):
        return None
    return CheckFailure(
        BAD_VALUE,
        f"unknown algorithm `{algorithm}`",
        option="algo",
        label="expected `bm` or `kmp`",
        says="No chain/target/match by that name.",
        by_kernel=True,
        help="use `bm`, which is faster, or `kmp`",
    )


def saved(use: Use) -> list[str]:
    """The pattern in the form that fits it, and then the rest."""
    words = []
    for option in ("string", "hex-string"):
        for setting in use.settings.get(option, ()):
            pattern = use.value(option)
            name = "--string" if _is_printable(pattern) else "--hex-string"
            words += [*(["!"] if setting.negated else []), name, Pattern().write(pattern, use.rule.family)]
    return words + option_words(use, "algo", "from", "to", "icase")


#: How many bytes nft compares at once, and how many bits into the packet it looks.
_MOST_OF_NFT, _END_OF_NFT = 16, 2048


def at_one_place(use: Use) -> Said:
    """Bytes of the packet, if the text can stand in one place only; nft searches for nothing."""
    option = "string" if use.has("string") else "hex-string"
    pattern: bytes = use.value(option)
    start, end = use.value("from", 0), use.value("to", 0xFFFF)
    place = f"@nh,{8 * start},{8 * len(pattern)}"
    if end - start != len(pattern) or use.has("icase") or len(pattern) > _MOST_OF_NFT or 8 * end > _END_OF_NFT:
        nearest = f"bytes at a fixed place: `{place} 0x{pattern[:_MOST_OF_NFT].hex()}`"
        raise Unsayable("nft does not search packets for a text", nearest)
    negated = use.negated(option)
    notes = ("a packet that ends before the place matches in iptables; in nft it does not",) if negated else ()
    return Said(f"{place} {'!= ' if negated else ''}0x{pattern.hex()}", notes=notes)


string = Match(
    "string",
    Option(
        "string",
        Pattern(),
        negatable=True,
        excludes="hex-string",
        sentence="the packet {contains|does not contain} {value}",
        negated_inside_in="..1.4.10",
    ),
    Option(
        "hex-string",
        HexPattern(),
        negatable=True,
        sentence="the packet {contains|does not contain} {value}",
        negated_inside_in="..1.4.10",
    ),
    Option(
        "algo",
        AlgorithmName(quoted=False),
        required=True,
        required_since="1.3.4",
        sentence="search with the algorithm {value}",
        negation_ignored_in="..1.4.10",
    ),
    Option(
        "from",
        uint16(),
        before={"1.4.11": Unchecked(bits=16)},
        default=0,
        sentence="begin the search {value:byte} into the packet",
        negation_ignored_in="..1.4.10",
    ),
    Option(
        "to",
        uint16(),
        before={"1.4.11": Unchecked(bits=16)},
        default=0xFFFF,
        sentence="end the search {value:byte} into the packet",
        negation_ignored_in="..1.4.10",
    ),
    Option(
        "icase",
        sentence="ignore the difference between upper and lower case",
        negation_ignored_in="..1.4.10",
        twice_in="..1.4.10",
    ),
    checks=(needs_one_of("string", "hex-string", says="STRING match: You must specify `--string' or `--hex-string'"),),
    table_since="1.4.11",
    kernel=(pattern_is_not_empty, span_is_forward, algorithm_is_in_the_kernel),
    saved=saved,
    sentence="search the packet for text",
    nft=at_one_place,
)
