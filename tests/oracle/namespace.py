"""Runs iptables commands where they can do no harm: `unshare --net --mount python namespace.py`.

It reads a request a line and writes an answer a line. A request is a JSON object: `variant` (`legacy` or `nft`),
`words` (the command, its program first), `table`, and what must be there beforehand: `chains`, `rules` (lines as
iptables-restore takes them), `sets` (names of ipsets) and what the command `first` does. The answer holds the exit
`status`, the `words` that were printed to stderr, and the `rules` that -S then prints.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

BUILT_IN = {
    "filter": ("INPUT", "FORWARD", "OUTPUT"),
    "nat": ("PREROUTING", "INPUT", "OUTPUT", "POSTROUTING"),
    "mangle": ("PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING"),
    "raw": ("PREROUTING", "OUTPUT"),
    "security": ("INPUT", "FORWARD", "OUTPUT"),
}

#: Longer than any command takes; one that asks a name server or waits for a module is ended.
PATIENCE_IN_SECONDS = 10


class Namespace:
    """Tables that only this process sees, and which of them are not as they were."""

    def __init__(self, folder: str) -> None:
        # The lock of the machine's own iptables is nobody's business here.
        self.environment = {**os.environ, "XTABLES_LOCKFILE": f"{folder}/lock", "LC_ALL": "C"}
        self.made: set[tuple[str, str, str]] = set()
        self.changed: set[tuple[str, str, str]] = set()
        #: The family of each ipset that was made.
        self.sets: dict[str, str] = {}

    def run(self, *words: str, text: str | None = None, named: str = "") -> subprocess.CompletedProcess[str]:
        """Run a program to its end, under another name if one is given."""
        return subprocess.run(
            [named or words[0], *words[1:]],
            executable=shutil.which(words[0]),
            input=text,
            stdin=subprocess.DEVNULL if text is None else None,
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",
            env=self.environment,
            check=False,
            timeout=PATIENCE_IN_SECONDS,
        )

    def answer(self, request: dict[str, object]) -> dict[str, object]:
        """Prepare the tables, run the command, and look at what has become of them."""
        program, *words = _strings(request["words"])
        first = _strings(request["first"])
        program = "ip6tables" if program.startswith("ip6tables") else "iptables"
        variant, table = str(request["variant"]), str(request["table"])
        if (variant, program, table) not in self.made:
            # nf_tables has no table before the first rule is added to it.
            self.made.add((variant, program, table))
            self._restore(variant, program, table, [], [])
        self._reset()
        trouble = self._prepare(variant, program, table, request)
        if trouble:
            return {"status": -1, "words": trouble, "rules": []}
        try:
            if first:
                self.run(f"{program}-{variant}", *first[1:])
                self.changed.add((variant, program, table))
            ran = self.run(f"{program}-{variant}", *words, named=program)
        except subprocess.TimeoutExpired:
            return {"status": -1, "words": "it did not end in time", "rules": []}
        rules: list[str] = []
        if ran.returncode == 0:
            self.changed.add((variant, program, table))
            listed = self.run(f"{program}-{variant}", "-t", table, "-S")
            rules = [line for line in listed.stdout.split("\n") if line.startswith("-A ")]
        return {"status": ran.returncode, "words": _without_the_program(ran.stderr), "rules": rules}

    def _reset(self) -> None:
        """Make the tables empty, those of all programs: some things that rules make are there for all of them."""
        for variant, program, table in self.changed:
            self._restore(variant, program, table, [], [])
        self.changed.clear()

    def _prepare(self, variant: str, program: str, table: str, request: dict[str, object]) -> str:
        for name in _strings(request["sets"]):
            trouble = self._make_set(name, "inet6" if program == "ip6tables" else "inet")
            if trouble:
                return trouble
        chains, rules = _strings(request["chains"]), _strings(request["rules"])
        if chains or rules:
            self.changed.add((variant, program, table))
            return self._restore(variant, program, table, chains, rules)
        return ""

    def _make_set(self, name: str, family: str) -> str:
        if self.sets.get(name) == family:
            return ""
        if name in self.sets:
            self._reset()
            self.run("ipset", "destroy", name)
        made = self.run("ipset", "create", name, "hash:ip", "family", family)
        self.sets[name] = family
        return made.stderr

    def _restore(self, variant: str, program: str, table: str, chains: list[str], rules: list[str]) -> str:
        lines = [f"*{table}"]
        lines += (f":{chain} ACCEPT [0:0]" for chain in BUILT_IN.get(table, ()))
        lines += (f":{chain} - [0:0]" for chain in chains)
        text = "\n".join([*lines, *rules, "COMMIT", ""])
        ran = self.run(f"{program}-{variant}-restore", text=text)
        return ran.stderr if ran.returncode else ""


def _strings(found: object) -> list[str]:
    """A list of strings out of a request."""
    assert isinstance(found, list)
    return [str(each) for each in found]


_PROGRAM = re.compile(r"^ip6?tables(?:-restore)?(?: v[\d.]+ \(\w+\))?: ", re.MULTILINE)
_HELP = re.compile(r"^Try `ip6?tables.*$", re.MULTILINE)


def _without_the_program(words: str) -> str:
    """What was said, without the program's name and its advice to ask for help."""
    return _HELP.sub("", _PROGRAM.sub("", words)).strip()


def _ask_no_name_server(folder: str) -> None:
    """Let names be looked up in this machine's files only, so that one that is not there is not there at once."""
    switch = Path(folder, "nsswitch.conf")
    switch.write_text("hosts: files\nprotocols: files\nservices: files\npasswd: files\ngroup: files\n")
    subprocess.run(["mount", "--bind", str(switch), "/etc/nsswitch.conf"], check=True)


def main() -> None:
    """Answer until there are no more requests."""
    with tempfile.TemporaryDirectory() as folder:
        _ask_no_name_server(folder)
        namespace = Namespace(folder)
        for line in sys.stdin:
            print(json.dumps(namespace.answer(json.loads(line))), flush=True)


if __name__ == "__main__":
    if str(Path("/proc/self/ns/net").readlink()) == os.environ.get("OUTER_NAMESPACE", "unknown"):
        sys.exit("this changes iptables: it may run in a network namespace of its own only")
    main()
