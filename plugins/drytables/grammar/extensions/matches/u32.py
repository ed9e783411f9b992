"""u32: numbers anywhere in a packet. iptables-extensions(8), u32.

Newer kernels refuse to shift by more than 31 bits (tried on Linux 6.18).
"""

from __future__ import annotations

from ....diagnostics.codes.command import BAD_VALUE
from ...extension import CheckFailure, Match, Option
from ...rule import Use
from ...values.u32_tests import U32Tests


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
        sentence="the packet {passes|does not pass} the test {value}",
        glued_in="1.4.6..",
    ),
    table_since="1.4.11",
    kernel=(shifts_are_short,),
    sentence="take numbers from the packet and compare them",
)
