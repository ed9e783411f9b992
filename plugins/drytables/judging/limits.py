"""How long a command and a rule may be, whatever they contain.

A command: execve(2), "Limits on size of arguments and environment"; tried on Linux 6.18 with the usual stack of 8 MiB.
Shells say "Argument list too long", and iptables is never started. A rule: tried with iptables-legacy 1.8.9.
"""

from __future__ import annotations

from ..diagnostics.codes.command import TOO_LONG
from ..diagnostics.diagnostic import Diagnostic, Label, Quote
from ..reading.word import Command, Word
from .messages import kernel_says

#: One word must have fewer bytes than this, including its terminating zero.
LONGEST_WORD = 0x2_0000
#: All words together must have fewer, each with its terminating zero and a pointer of 8 bytes; the environment shares
#: this space.
LONGEST_COMMAND = 0x20_0000
_POINTER = 8

#: The matches of a rule have 64 KiB. Each takes 32 bytes and its own data: 1,634 of the smallest were accepted.
MOST_MATCHES = 0x1_0000 // 32

#: No command with fewer characters is too long, however its words are divided and encoded.
_NEVER_TOO_LONG = LONGEST_WORD // 4


def too_long(command: Command) -> Diagnostic | None:
    """The diagnostic for a command that Linux does not start."""
    if command.span.end - command.span.start < _NEVER_TOO_LONG:
        return None
    sizes = [len(word.text.encode(errors="surrogateescape")) + 1 for word in command.words]
    longest = max(sizes)
    if longest > LONGEST_WORD:
        span = command.words[sizes.index(longest)].span
        label = f"{longest - 1:,} bytes; the limit is {LONGEST_WORD - 1:,}"
    elif sum(sizes) + _POINTER * len(sizes) > LONGEST_COMMAND:
        span, label = command.span, f"{len(sizes):,} words with {sum(sizes) - len(sizes):,} bytes in total"
    else:
        return None
    return Diagnostic(
        TOO_LONG,
        "the command line is longer than Linux allows",
        Label(span, label),
        quote=Quote("Argument list too long", "shells"),
        help="use iptables-restore for many rules, or an ipset for many addresses",
    )


def too_many_matches(word: Word) -> Diagnostic:
    """The diagnostic for a match for which a rule has no room."""
    return Diagnostic(
        TOO_LONG,
        "the rule has more matches than the kernel allows",
        Label(word.span, f"the limit is {MOST_MATCHES:,}"),
        quote=kernel_says(),
        help="move the others to rules in a user-defined chain",
    )
