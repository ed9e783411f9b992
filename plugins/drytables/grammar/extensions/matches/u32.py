"""u32: numbers anywhere in a packet. iptables-extensions(8), u32.

Newer kernels refuse to shift by more than 31 bits (tried on Linux 6.18).
"""

from __future__ import annotations

from ....diagnostics.codes.command import BAD_VALUE
from ...extension import CheckFailure, Match, Option
from ...nft import NEVER, Unsayable
from ...rule import Use
from ...values.u32_tests import Test, U32Tests


def shifts_are_short(use: Use) -> CheckFailure | None:
    """A number of 32 bits cannot be shifted by more than 31."""
    for test in use.value("u32", ()):
        for operator, number in test.location:
            if operator in ("<<", ">>") and number > 31:
                return CheckFailure(
                    BAD_VALUE,
                    f"`{operator} {number}` shifts out all 32 bits",
                    option="u32",
                    label="at most 31",
                    by_kernel=True,
                )
    return None


_ALL = 0xFFFF_FFFF
#: How many bits into the packet nft looks.
_END_OF_NFT = 2048
#: How everybody writes that what follows counts from the transport header: after the length of IP's.
_TO_TRANSPORT = (("", 0), (">>", 22), ("&", 0x3C))

#: The same, from there after the header of TCP.
_TO_PAYLOAD = [("@", 12), (">>", 26), ("&", 0x3C)]


def at_fixed_places(use: Use) -> str:
    """The tests as bytes of the packet, if their places do not depend on what is in it."""
    tests = use.value("u32")
    if use.negated("u32") and len(tests) > 1:
        raise Unsayable("nft cannot say the opposite of several conditions", "a rule for each test")
    return " ".join(filter(None, (_nft_test(test, use.negated("u32")) for test in tests)))


def _nft_test(test: Test, negated: bool) -> str:
    """One test: 32 bits at a place, those of them that are looked at, and the numbers that they may be."""
    place, mask, shift = _nft_place(test)
    spans = [_shifted(span, mask, shift) for span in test.ranges]
    wanted = [span for span in spans if span is not None]
    if not wanted:
        return "" if negated else NEVER
    texts = [f"{low:#x}" if low == high else f"{low:#x}-{high:#x}" for low, high in wanted]
    numbers = texts[0] if len(texts) == 1 else f"{{ {', '.join(texts)} }}"
    masked = f" & {mask:#x}" if mask != _ALL else ""
    is_plain = masked and len(wanted) == 1 and wanted[0][0] == wanted[0][1]
    return f"{place}{masked} {'!= ' if negated else '== ' if is_plain else ''}{numbers}"


def _nft_place(test: Test) -> tuple[str, int, int]:
    """Where the 32 bits are, the mask on them, and by how far they are shifted to the right; raises Unsayable."""
    operations = list(test.location)
    header = "nh"
    after = len(_TO_TRANSPORT)
    if tuple(operations[:after]) == _TO_TRANSPORT and operations[after:] and operations[after][0] == "@":
        header, operations = "th", operations[after:]
        if operations[:3] == _TO_PAYLOAD and operations[3:] and operations[3][0] == "@":
            header, operations = "ih", operations[3:]
    start, mask, shift = operations[0][1], _ALL, 0
    for operator, number in operations[1:]:
        if operator == "&":
            mask &= number << shift if shift >= 0 else number >> -shift
        elif operator in ("<<", ">>"):
            shift += number if operator == ">>" else -number
            mask &= (_ALL << shift if shift >= 0 else _ALL >> -shift) & _ALL
        else:
            raise Unsayable(
                "the place that it looks at depends on the packet", "nft's own names: `tcp dport`, `icmp type`"
            )
    if 8 * (start + 4) > _END_OF_NFT:
        raise Unsayable("nft looks no further than 256 bytes into the packet")
    return f"@{header},{8 * start},32", mask, shift


def _shifted(span: tuple[int, int], mask: int, shift: int) -> tuple[int, int] | None:
    """A span of numbers before they were shifted; None if no number of 32 bits can be in it."""
    low, high = span
    if shift >= 0:
        low, high = low << shift, (high + 1 << shift) - 1 if low != high else high << shift
    else:
        low, high = -(-low >> -shift), high >> -shift
        if low << -shift < span[0]:
            low += 1
    high = min(high, _ALL)
    is_possible = low <= high and (low != high or low & ~mask == 0)
    return (low, high) if is_possible else None


u32 = Match(
    "u32",
    Option(
        "u32",
        U32Tests(),
        before={"1.4.16": U32Tests(signed=True)},
        required=True,
        required_since="1.4.11",
        negatable=True,
        not_negatable_in="1.4.11..1.4.12",
        twice_in="..1.4.10",
        sentence="{|it is not so that }{value}",
        glued_in="1.4.6..",
    ),
    table_since="1.4.11",
    kernel=(shifts_are_short,),
    sentence="take numbers from the packet and compare them",
    nft=at_fixed_places,
)
