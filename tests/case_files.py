"""The one-line cases of tests/cases: a rule, and what iptables and the kernel make of it.

`RULE => ok`, `RULE => ok: CANONICAL` or `RULE => CODE`, where « » in the rule mark what the caret points at;
`RULE => needs: chain X, ipset Y` is accepted with just these needs, and `RULE => open` is checked in part. A rule is
one of iptables unless it begins with `ip6tables `, and `@1.4.10 ` in front judges it as that release. A line that
begins with `#` says something about the next ones.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).with_name("cases")
ARROW = " => "


@dataclass(frozen=True, slots=True)
class Case:
    """One line: the command, what is marked in it (a range of its characters), and what is expected."""

    place: str
    command: str
    marked: tuple[int, int] | None
    expected: str
    release: str = ""


def all_cases() -> Iterator[Case]:
    """Every case of every file."""
    for cases in cases_by_file().values():
        yield from cases


@functools.cache
def cases_by_file() -> dict[str, list[Case]]:
    """The cases of each file: for what is tested of so many, a test for each would take longer than the testing."""
    files = sorted(FOLDER.rglob("*.txt"))
    return {file.relative_to(FOLDER).as_posix(): [*_cases_of(file)] for file in files}


def _cases_of(file: Path) -> Iterator[Case]:
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield _case(line, f"{file.relative_to(FOLDER)}:{number}")


def _case(line: str, place: str) -> Case:
    rule, arrow, expected = line.rpartition(ARROW)
    if not arrow:
        raise ValueError(f"{place}: there is no {ARROW.strip()} in this line")
    release = ""
    if rule.startswith("@"):
        release, _, rule = rule[1:].partition(" ")
    if not rule.lstrip("«").startswith(("iptables", "ip6tables")):
        rule = f"iptables {rule}"
    start, end = rule.find("«"), rule.find("»") - 1
    return Case(place, rule.replace("«", "").replace("»", ""), (start, end) if start >= 0 else None, expected, release)
