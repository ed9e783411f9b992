"""Classic BPF programs: what the kernel demands of one before running it.

From the kernel's documentation (Documentation/networking/filter.rst) and from what Linux 6.18 was seen to refuse.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

_LD, _LDX, _ST, _STX, _ALU, _JMP, _RET, _MISC = range(8)
_MEMORY_WORDS = 16

#: The existing instruction codes: loads, stores, arithmetic, jumps, returns and moves.
_CODES = frozenset(
    [0x00, 0x20, 0x28, 0x30, 0x40, 0x48, 0x50, 0x60, 0x80]
    + [0x01, 0x61, 0x81, 0xB1, 0x02, 0x03]
    + [operation | source | _ALU for operation in range(0x00, 0xB0, 0x10) for source in (0, 8) if operation != 0x80]
    + [0x84]
    + [0x05, 0x15, 0x1D, 0x25, 0x2D, 0x35, 0x3D, 0x45, 0x4D]
    + [0x06, 0x16, 0x07, 0x87]
)
_DIVISIONS = (0x34, 0x94)
_SHIFTS = (0x64, 0x74)
_JUMP_ALWAYS = 0x05
_MEMORY_LOADS = (0x60, 0x61)

#: Offsets from here on are not in the packet but ask the kernel for something about it: every fourth, sixteen in all.
_ANCILLARY = 0xFFFF_F000
_KNOWN_ANCILLARY = range(_ANCILLARY, _ANCILLARY + 64, 4)


class Instruction(NamedTuple):
    """One instruction: its code, how far to jump if true and if false, and its number."""

    code: int
    jt: int
    jf: int
    k: int


def flaw(program: Sequence[Instruction]) -> str:
    """What is wrong with a program, in words; empty if nothing is."""
    for number, instruction in enumerate(program):
        wrong = _flaw_of(instruction, len(program) - number - 1)
        if wrong:
            return f"instruction {number} {wrong}"
    if program[-1].code & 7 != _RET:
        return "it does not end with a return instruction"
    return _reads_what_was_never_stored(program)


def _flaw_of(instruction: Instruction, left: int) -> str:
    code, jt, jf, k = instruction
    if code not in _CODES:
        return f"has the unknown code {code}"
    if code in _DIVISIONS and not k:
        return "divides by zero"
    if code in _SHIFTS and k > 31:
        return "shifts by more than 31 bits"
    if (code in _MEMORY_LOADS or code & 7 in (_ST, _STX)) and k >= _MEMORY_WORDS:
        return f"uses memory word {k}, which does not exist"
    if code == _JUMP_ALWAYS:
        return "jumps past the end" if k >= left else ""
    if code & 7 == _JMP and max(jt, jf) >= left:
        return "jumps past the end"
    if code in (0x20, 0x28, 0x30) and k >= _ANCILLARY and k not in _KNOWN_ANCILLARY:
        return "loads from an offset that the kernel does not know"
    return ""


def _reads_what_was_never_stored(program: Sequence[Instruction]) -> str:
    """Whether a word of memory may be read on a path that never stored anything in it."""
    stored = [(1 << _MEMORY_WORDS) - 1] * (len(program) + 1)
    valid = 0
    for number, (code, jt, jf, k) in enumerate(program):
        valid &= stored[number]
        if code & 7 in (_ST, _STX):
            valid |= 1 << k
        elif code in _MEMORY_LOADS and not valid & 1 << k:
            return f"instruction {number} reads a memory word that was never written"
        elif code & 7 == _JMP:
            ways = (k,) if code == _JUMP_ALWAYS else (jt, jf)
            for way in ways:
                stored[number + way + 1] &= valid
            valid = (1 << _MEMORY_WORDS) - 1
    return ""
