"""Makes commands up that are mostly taken, so that what `-S` prints can be compared, for every option of an extension.

A command is made of one option and its likes, judged, and mended where our own diagnostic says what it lacks.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from drytables.diagnostics.diagnostic import Diagnostic
from drytables.diagnostics.source import Source
from drytables.grammar.builtin import TABLES
from drytables.grammar.extension import Extension, Option
from drytables.grammar.values.base import Family
from drytables.judging.verdict import judge
from drytables.reading.shell.line import read_line

from .edges import edge
from .mutations import Piece

#: Values that the kernel knows, of options that take any text.
_KNOWN = {
    "algo": ("bm", "kmp"),
    "bytecode": ("1,6 0 0 1", "4,48 0 0 9,21 0 1 6,6 0 0 1,6 0 0 0", "2, 40 0 0 12,6 0 0 65535", "2,0 0 0 1,22 0 0 0"),
    "helper": ("ftp", "sip", "irc", "tftp", "snmp"),
}
_MOST_REPAIRS = 15

#: The values that an option of a family takes.
Values = Callable[[Option, Family], list[Piece]]


@dataclass(slots=True)
class _Draft:
    """A command that is not yet taken."""

    family: Family
    extension: Extension
    table: str = "filter"
    chain: str = "MINE"
    protocol: str = ""
    others: Piece = field(default_factory=list)
    options: dict[str, Piece] = field(default_factory=dict)

    def pieces(self, verb: Piece) -> list[Piece]:
        """The command, in pieces."""
        names = ["-m" if self.extension.kind == "match" else "-j", self.extension.name]
        protocol = [["-p", self.protocol]] if self.protocol else []
        program = "iptables" if self.family == "ipv4" else "ip6tables"
        others = [self.others] if self.others else []
        table = ["-t", self.table]
        return [[program], table, [verb[0], self.chain, *verb[1:]], *protocol, *others, names, *self.options.values()]


#: What a command does to its rule.
VERBS: list[Piece] = [["-A"], ["-A"], ["-A"], ["-I"], ["-I", "2"], ["-R", "1"], ["-C"], ["-D"]]


def command(
    random: Random, family: Family, extension: Extension, values: Values, verbs: list[Piece] = VERBS
) -> list[Piece]:
    """A command that uses the extension, in pieces; one that is taken unless it cannot be found soon."""
    draft = _Draft(family, extension, random.choice(extension.tables or ["filter"]))
    draft.protocol = random.choice(extension.protocols or ["", "", "tcp", "udp"])
    verb = random.choice(verbs)
    for option in random.sample(extension.options, min(len(extension.options), random.choice((1, 1, 2, 3)))):
        _give(draft, option, random, values)
    for _ in range(_MOST_REPAIRS):
        read = read_line(Source("-", shlex.join(word for piece in draft.pieces(verb) for word in piece)))
        refusal = judge(read).refusal if not isinstance(read, Diagnostic) else None
        if refusal is None:
            break
        _mend(draft, refusal, random, values)
    if random.random() < 0.3:
        draft.chain = random.choice(TABLES[draft.table])
    return draft.pieces(verb)


def _give(draft: _Draft, option: Option, random: Random, values: Values) -> None:
    """Give an option a value that it takes, or mostly takes."""
    taken = [[text] for text in _KNOWN.get(option.name, ())] if random.random() < 0.8 else []
    taken = taken or (values(option, draft.family) if option.value is not None else []) or [[]]
    words = [edge(word, random) if random.random() < 0.2 else word for word in random.choice(taken)]
    bang = ["!"] if option.negatable and random.random() < 0.3 else []
    draft.options[option.name] = [*bang, f"--{random.choice(option.names)}", *words]


def _mend(draft: _Draft, refusal: Diagnostic, random: Random, values: Values) -> None:
    """Change what the diagnostic speaks of."""
    extension = draft.extension
    said = f"{refusal.message} {refusal.label.text} {refusal.help}"
    named = [extension.by_name[name] for name in re.findall(r"--([\w-]+)", said) if name in extension.by_name]
    given = [option for option in named if option.name in draft.options]
    missing = [option for option in named if option.name not in draft.options]
    protocol = re.search(r"`-p (\w+)`", said)
    if refusal.code == "wrong-table":
        draft.table = random.choice(extension.tables or list(TABLES))
    elif refusal.code == "needs-protocol" and protocol:
        draft.protocol = protocol[1]
    elif "open a TCP connection" in said:
        draft.others = ["--syn"]
    elif refusal.code in ("required", "also-requires") and missing:
        _give(draft, random.choice(missing), random, values)
    elif refusal.code == "excludes" and given:
        del draft.options[random.choice(given).name]
    elif draft.options:
        again = random.choice(given or [extension.by_name[name] for name in draft.options])
        _give(draft, again, random, values)
    elif extension.options:
        _give(draft, random.choice(extension.options), random, values)
