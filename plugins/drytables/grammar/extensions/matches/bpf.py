"""bpf: a filter program of the reader's own. iptables-extensions(8), bpf.

How bytecode is read was observed with iptables-legacy 1.8.9: in decimal only, numbers too large wrap, and what follows
the four numbers of an instruction is ignored. What the kernel refuses follows the rules of classic BPF
(grammar/values/classic_bpf.py).
"""

from __future__ import annotations

import re

from ....diagnostics.codes.command import BAD_VALUE
from ....reading.need import Need
from ....reading.pattern import pattern
from ...checks import needs_one_of
from ...extension import CheckFailure, Match, Option
from ...nft import NotInNft
from ...rule import Use
from ...values.base import Family, InvalidValue, Text, Value
from ...values.classic_bpf import Instruction, flaw
from ...values.wording import Context, counted

_MOST = 64
_LENGTH = pattern(r"\s*+([+-]?\d++),", re.ASCII)
_INSTRUCTION = pattern(r"\s*+([+-]?\d++)\s*+([+-]?\d++)\s*+([+-]?\d++)\s*+([+-]?\d++)", re.ASCII)


def _wrapped(digits: str, bits: int) -> int:
    """A decimal number as C's scanf reads it into a number of `bits` bits."""
    sign, digits = digits[0] == "-", digits.lstrip("+-").lstrip("0") or "0"
    value = int(digits) if len(digits) < 21 else 1 << 64
    value = (1 << 64) - 1 if value >= 1 << 64 else -value if sign else value
    return value & (1 << bits) - 1


class Bytecode(Value):
    """`COUNT,CODE JT JF K,...`: the instructions of a classic BPF program."""

    synopsis = "COUNT,CODE JT JF K,..."

    def read(self, text: str, family: Family) -> tuple[Instruction, ...]:
        count_text = _LENGTH.match(text)
        if not count_text:
            raise InvalidValue(
                "expected the number of instructions and a comma first", says="bpf: error parsing program length"
            )
        count = _wrapped(count_text[1], 16)
        if not count:
            raise InvalidValue("the program has no instructions", says="bpf: illegal zero length program")
        if count > _MOST:
            raise InvalidValue(f"more than {_MOST} instructions", says="bpf: number of instructions exceeds maximum")
        pieces = text.split(",")[1:]
        while pieces and not pieces[-1]:
            pieces.pop()
        program = []
        for number, piece in enumerate(pieces):
            if number >= count:
                raise InvalidValue(
                    f"more instructions than the {count} announced",
                    says="bpf: real program length exceeds the encoded length parameter",
                )
            match = _INSTRUCTION.match(piece)
            if not match:
                raise InvalidValue(
                    f"instruction {number} does not have four numbers", says=f"bpf: error at instr {number}"
                )
            program.append(Instruction(*map(_wrapped, match.groups(), (16, 8, 8, 32))))
        if len(program) < count:
            raise InvalidValue(
                f"only {len(program)} of the {count} instructions announced",
                says="bpf: parsed program length is less than the encoded length parameter",
            )
        return tuple(program)

    def write(self, value: tuple[Instruction, ...], family: Family) -> str:
        return f'"{len(value)},' + ",".join(f"{each.code} {each.jt} {each.jf} {each.k}" for each in value) + '"'

    def say(self, value: tuple[Instruction, ...], context: Context) -> str:
        return f"of {counted(str(len(value)), 'instruction')}"

    def say_unknown(self, text: str, context: Context) -> str:
        return f"given as {text}"


class PinnedObject(Text):
    """The path of an eBPF program pinned on the reader's machine."""

    synopsis = "PATH"

    def needs(self, value: str) -> list[Need]:
        return [Need("pinned BPF program", str(value))]


def program_is_sound(use: Use) -> CheckFailure | None:
    """The kernel checks every instruction before it accepts a program."""
    program = use.value("bytecode")
    problem = flaw(program) if program else ""
    if not problem:
        return None
    return CheckFailure(BAD_VALUE, f"the kernel refuses this program: {problem}", option="bytecode", by_kernel=True)


bpf = Match(
    "bpf",
    Option(
        "object-pinned",
        PinnedObject(cut_at=511),
        excludes="bytecode",
        sentence="the program pinned at {value} lets it through",
    ),
    Option("bytecode", Bytecode(), sentence="a classic BPF program {value} lets it through"),
    checks=(needs_one_of("bytecode", "object-pinned", says="bpf: one of --bytecode or --pinned is required"),),
    table_since="1.4.19.1",
    kernel=(program_is_sound,),
    sentence="let a BPF program decide",
    nft=NotInNft("nft runs no BPF programs", "conditions of its own for what the program looks at"),
)
