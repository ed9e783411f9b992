"""The ways in which the rules of a page reach the kernel: a table, and each experiment is tried in all of them."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from drytables.grammar.rule import Rule
from drytables.nft.commands import translate
from drytables.nft.joined_commands import join_commands
from drytables.nft.translation import Translation
from drytables.one_line import judge

from .evidence import IN_FEWER_RULES, IN_NFTABLES

#: Where commands are that only root looks for.
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_VERSION = re.compile(r"v(\d[\w.]*)")

#: Words of a command, and what it reads from standard input.
Typed = tuple[list[str], str]
#: Turns the commands of a snippet into those that are run in the place of each. Raises NoTranslation.
Translate = Callable[[Sequence[Typed]], list[list[Typed]]]


class NoTranslation(Exception):
    """A command that cannot be run in another way; the message says why."""


def _as_they_are(commands: Sequence[Typed]) -> list[list[Typed]]:
    return [[command] for command in commands]


@dataclass(frozen=True, slots=True)
class Backend:
    """One way: its name, the program that is run in the place of each that a page names, and how the release of
    the program that takes the rules is asked for. `counting` are the programs that print all rules with their counters.
    """

    name: str
    programs: Mapping[str, str]
    asking: tuple[str, ...]
    counting: tuple[tuple[str, ...], ...]
    translate: Translate = _as_they_are

    def program(self, name: str) -> str:
        """The program that is run in the place of one that a page or an experiment names."""
        return self.programs.get(name, name)

    def version(self) -> str:
        """The release of its program on this machine, such as `1.8.9`. Raises OSError or CalledProcessError."""
        program = shutil.which(self.asking[0], path=PATH) or self.asking[0]
        said = subprocess.run([program, *self.asking[1:]], capture_output=True, encoding="utf-8", check=True).stdout
        found = _VERSION.search(said)
        return found[1] if found else said.strip()


def _of_iptables(variant: str) -> Backend:
    names = [f"{family}{ending}" for family in ("iptables", "ip6tables") for ending in ("", "-restore", "-save")]
    programs = {name: name.replace("tables", f"tables-{variant}", 1) for name in names}
    counting = tuple((programs[f"{family}-save"], "-c") for family in ("iptables", "ip6tables"))
    return Backend(variant, programs, (programs["iptables"], "-V"), counting)


def _in_nftables(commands: Sequence[Typed]) -> list[list[Typed]]:
    """What the page shows as the same in nftables, a rule for each command of iptables; all others as they are."""
    return [
        [command] if found is None else _typed([*found[1].foundations, *(found[1].lines or ())])
        for command, found in zip(commands, map(_translated, commands), strict=True)
    ]


def _in_fewer_rules(commands: Sequence[Typed]) -> list[list[Typed]]:
    """The same in as few rules as the page shows first."""
    all_found = [*map(_translated, commands)]
    together = iter(join_commands([found for found in all_found if found is not None]))
    return [
        [command]
        if found is None
        else _typed([*found[1].foundations, *found[1].objects, *(str(one.joined) for one in next(together))])
        for command, found in zip(commands, all_found, strict=True)
    ]


def _typed(lines: Sequence[str]) -> list[Typed]:
    return [(["nft", line], "") for line in lines]


def _translated(command: Typed) -> tuple[Rule, Translation] | None:
    """The rule of a command of iptables, and what it is in nft; None for any other command. Raises NoTranslation."""
    words, text = command
    if words[0] == "ipset":
        raise NoTranslation("what `ipset` puts into its sets is in none of nftables")
    if not words[0].startswith(("iptables", "ip6tables")):
        return None
    if text or not words[0].endswith("tables"):
        raise NoTranslation(f"`{words[0]}` loads many rules at once")
    line = shlex.join(words)
    rule = judge(line).rule
    translation = translate(rule, zlib.crc32(line.encode()) % _SETS)
    if translation.why_not is not None:
        raise NoTranslation(translation.why_not.reason)
    return rule, translation


#: The sets of a rule are numbered from a number that depends on the rule alone, so that the evidence stays the same.
_SETS = 10_000
#: In nftables, which knows nothing of what iptables refuses.
NFTABLES = Backend(IN_NFTABLES, {}, ("nft", "-V"), (("nft", "list", "ruleset"),), _in_nftables)
FEWER_RULES = Backend(IN_FEWER_RULES, {}, NFTABLES.asking, NFTABLES.counting, _in_fewer_rules)
BACKENDS = (_of_iptables("legacy"), _of_iptables("nft"), NFTABLES, FEWER_RULES)
