"""The cases of `joined_rules.txt`: rules of a chain in order, and below them, indented, what they are joined to."""

from pathlib import Path
from typing import NamedTuple

from drytables.diagnostics.diagnostic import Diagnostic
from drytables.diagnostics.source import Source
from drytables.judging.verdict import judge
from drytables.nft.commands import translate
from drytables.nft.translation import Statement, Translation
from drytables.reading.shell.line import read_line

_CASES = Path(__file__).parent / "joined_rules.txt"


class JoinedCase(NamedTuple):
    """Rules as they are typed after `iptables`, and what is expected of them in nft."""

    rules: tuple[str, ...]
    lines: tuple[str, ...]


def joined_cases() -> list[JoinedCase]:
    """All cases, in order."""
    found: list[tuple[list[str], list[str]]] = [([], [])]
    for line in _CASES.read_text(encoding="utf-8").splitlines():
        if line.startswith("    "):
            found[-1][1].append(line.strip())
        elif line and not line.startswith("#"):
            if found[-1][1]:
                found.append(([], []))
            found[-1][0].append(line)
    return [JoinedCase(tuple(rules), tuple(lines)) for rules, lines in found]


def translated(rule: str) -> Translation:
    """A rule, which iptables accepts, in nft."""
    command = read_line(Source("line", f"iptables {rule}"))
    assert not isinstance(command, Diagnostic)
    verdict = judge(command)
    assert verdict.status == "accepted", verdict.diagnostics
    return translate(verdict.rule)


def statements_of(*rules: str) -> list[Statement]:
    """The statements of some rules, one for each pair of addresses."""
    return [statement for rule in rules for statement in translated(rule).statements]
