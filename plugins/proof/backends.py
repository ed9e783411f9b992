"""The ways in which the rules of a page reach the kernel: a table, and each experiment is tried in all of them."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

#: Where commands are that only root looks for.
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_VERSION = re.compile(r"v(\d[\w.]*)")

#: Turns a command of a page, its words and what it reads from standard input, into those that are run instead.
Translate = Callable[[Sequence[str], str], "list[tuple[list[str], str]]"]


def _as_it_is(words: Sequence[str], text: str) -> list[tuple[list[str], str]]:
    return [([*words], text)]


@dataclass(frozen=True, slots=True)
class Backend:
    """One way: its name, the program that is run in the place of each that a page names, and how the release of
    iptables is asked for. `counting` are the programs that print all rules with their counters.
    """

    name: str
    programs: Mapping[str, str]
    asking: tuple[str, ...]
    counting: tuple[tuple[str, ...], ...]
    translate: Translate = _as_it_is

    def program(self, name: str) -> str:
        """The program that is run in the place of one that a page or an experiment names."""
        return self.programs.get(name, name)

    def version(self) -> str:
        """The release of its iptables on this machine, such as `1.8.9`. Raises OSError or CalledProcessError."""
        program = shutil.which(self.asking[0], path=PATH) or self.asking[0]
        said = subprocess.run([program, *self.asking[1:]], capture_output=True, encoding="utf-8", check=True).stdout
        found = _VERSION.search(said)
        return found[1] if found else said.strip()


def _of_iptables(variant: str) -> Backend:
    names = [f"{family}{ending}" for family in ("iptables", "ip6tables") for ending in ("", "-restore", "-save")]
    programs = {name: name.replace("tables", f"tables-{variant}", 1) for name in names}
    counting = tuple((programs[f"{family}-save"], "-c") for family in ("iptables", "ip6tables"))
    return Backend(variant, programs, (programs["iptables"], "-V"), counting)


BACKENDS = (_of_iptables("legacy"), _of_iptables("nft"))
