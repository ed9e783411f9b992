"""Posts as stories: what fits what came before is found, and the real iptables answers to the same lines the same."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import need
from drive import report_of, report_of_code

STORIES = Path(__file__).parents[1] / "stories"
_EXPECTED = re.compile(r"(?P<line>.*?)(?: +=> (?P<codes>[a-z, -]+))?")


@dataclass
class Simulation:
    """One block of a file: where it is, its lines, and the codes expected on each."""

    name: str
    lines: list[str]
    codes: list[list[str]]
    language: str

    @property
    def page(self) -> str:
        """The post, its snippets as fences."""
        body = "\n".join(self.lines).replace("\n---\n", f"\n```\n\nThen:\n\n```{self.language}\n")
        return f"```{self.language}\n{body}\n```\n"

    def found(self) -> list[list[str]]:
        """The codes found on each of its lines."""
        report = report_of(self.page)
        by_line: dict[int, list[str]] = {}
        for each in report.all_diagnostics():
            by_line.setdefault(report.source.position(each.span.start)[0], []).append(each.code)
        shift, found = 2, []
        for at, line in enumerate(self.lines):
            found.append(by_line.get(at + shift, []))
            shift += 4 if line == "---" else 0
        return found


def stories(file: str, language: str) -> Iterator[Simulation]:
    """The blocks of a file; the first line of each, a comment, is its name."""
    for block in (STORIES / file).read_text(encoding="utf-8").split("\n\n"):
        title, *rows = block.strip().split("\n")
        if not rows or all(row.startswith("#") for row in rows):
            continue
        parts = [match for row in rows if (match := _EXPECTED.fullmatch(row))]
        codes = [(match["codes"] or "").replace(",", " ").split() for match in parts]
        yield Simulation(title.removeprefix("# "), [match["line"] for match in parts], codes, language)


COMMANDS = list(stories("commands.txt", "sh"))
SAVED = list(stories("saved.txt", "iptables-save"))


@pytest.mark.parametrize("story", [*COMMANDS, *SAVED], ids=lambda story: story.name)
def test_each_line_has_just_the_faults_that_are_expected(story: Simulation) -> None:
    found = story.found()

    assert list(zip(story.lines, found, strict=True)) == list(zip(story.lines, story.codes, strict=True))


#: What is said of commands that iptables takes.
_NOT_REFUSED = {"not-made", "never-reached"}


def in_a_namespace(*command: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command in a network namespace of its own, which is gone after it."""
    iptables = shutil.which("iptables-legacy", path=f"{os.environ['PATH']}:/usr/sbin:/sbin")
    need(iptables, "iptables", "apt-get install iptables")
    need(os.geteuid() == 0 or None, "root, which makes network namespaces,", "sudo make test")
    return subprocess.run(
        ["unshare", "-n", *command], input=stdin, capture_output=True, text=True, check=False, timeout=30
    )


#: The stories in which something else must be there before, of which no note is made.
_NEEDS_MORE = ("a rule that may be there", "numbers in a chain of which not all is known")


def is_whole(story: Simulation) -> bool:
    """Whether nothing in a story needs more than iptables and what it says itself."""
    is_plain = all(line.startswith(("iptables ", "ip6tables ")) and "2>" not in line for line in story.lines)
    return is_plain and story.name not in _NEEDS_MORE


@pytest.mark.starts_programs
@pytest.mark.parametrize("story", [each for each in COMMANDS if is_whole(each)], ids=lambda story: story.name)
def test_the_real_iptables_refuses_the_same_commands(story: Simulation) -> None:
    lines = [re.sub(r"^(ip6?tables)", r"\1-legacy", line) for line in story.lines]
    # A chain that may be there is.
    given = {line.split(" -j ")[1] for line, codes in zip(lines, story.codes, strict=True) if "not-made" in codes}
    before = "".join(
        f"{program}-legacy -t {table} -N {name}; "
        for name in sorted(given)
        for program in ("iptables", "ip6tables")
        for table in ("filter", "nat")
    )
    script = before + "\n".join(f"{line} >/dev/null 2>&1; echo $?" for line in lines)

    answers = in_a_namespace("sh", "-c", script).stdout.split()

    refused = [bool(set(codes) - _NOT_REFUSED) for codes in story.codes]
    assert [answer != "0" for answer in answers] == refused


@pytest.mark.starts_programs
@pytest.mark.parametrize("story", SAVED, ids=lambda story: story.name)
def test_the_real_iptables_restore_refuses_the_same_texts(story: Simulation) -> None:
    run = in_a_namespace("iptables-legacy-restore", stdin="\n".join(story.lines) + "\n")

    assert (run.returncode != 0) == any(story.codes), run.stderr


# What the page says of what is there


@pytest.mark.parametrize(
    "header",
    [
        "Title: x\nIptables-needs: chain DOCKER-USER\n\n",
        "Title: x\niptables-needs: ipset blocked, chain DOCKER-USER\n\n",
        "---\ntitle: x\niptables-needs: [chain DOCKER-USER, ipset blocked]\n---\n\n",
        "---\ntitle: x\niptables_needs:\n  - chain DOCKER-USER\n  - ipset blocked\n---\n\n",
        '---\niptables-needs:\n- "chain DOCKER-USER"\ntags: [a]\n---\n\n',
        '+++\ntitle = "x"\niptables-needs = ["chain DOCKER-USER"]\n+++\n\n',
    ],
)
def test_the_header_says_what_is_there(header: str) -> None:
    report = report_of(f"{header}```sh\niptables -A INPUT -j DOCKER-USER\n```\n")

    assert [each.code for each in report.all_diagnostics()] == []
    assert [command.needs for command in report.commands()] == [()]


def test_what_the_header_cannot_mean_is_said() -> None:
    report = report_of("Title: x\nIptables-needs: chian WEB\n\n```sh\niptables -L\n```\n")

    (found,) = report.all_diagnostics()
    assert (found.code, report.source.slice(found.span)) == ("bad-mark", "chian WEB")


def test_what_a_post_makes_is_not_needed() -> None:
    page = "```sh\niptables -N WEB\niptables -A INPUT -j WEB\niptables -A INPUT -j OTHER\n```\n"

    assert [list(map(str, command.needs)) for command in report_of(page).commands()] == [[], [], ["chain OTHER"]]


@pytest.mark.parametrize("evidence", ["Load it with `iptables-restore -n`.", "This goes into ufw's before.rules."])
def test_a_table_that_is_added_to_others_may_use_their_chains(evidence: str) -> None:
    page = f"{evidence}\n\n```iptables-save\n*filter\n-A ufw-before-input -j DROP\nCOMMIT\n```\n"

    assert [each.severity for each in report_of(page).all_diagnostics()] == ["note"]


def test_what_is_not_checked_is_no_part_of_the_story() -> None:
    page = '```{.sh unchecked="shows a mistake"}\niptables -X WEB\niptables -A INPUT -j WEB\n```\n'

    assert report_of(page).all_diagnostics() == []


def test_a_fence_may_be_marked_as_refused_by_the_story() -> None:
    page = '```{.sh refused="chain-exists"}\niptables -N WEB\niptables -N WEB\n```\n'

    assert report_of(page).all_diagnostics() == []


@pytest.mark.parametrize(
    ("commands", "codes"),
    [
        (["ipset create bad hash:ip", "iptables -A INPUT -j SET --add-set bad src"], []),
        (["iptables -A INPUT -j SET --add-set bad src", "ipset create bad hash:ip"], ["made-later"]),
        (["iptables -A INPUT -j SET --add-set bad src", "ipset create bad hash:ip -exist"], ["not-made"]),
        (["iptables -A INPUT -j SET --add-set bad src"], ["not-made"]),
        (["ipset restore <<EOF", "create bad hash:ip", "EOF", "iptables -I INPUT -j SET --add-set bad src"], []),
    ],
)
def test_sets_are_part_of_the_story(commands: list[str], codes: list[str]) -> None:
    lines = "\n".join(commands)

    assert [each.code for each in report_of(f"```sh\n{lines}\n```\n").all_diagnostics()] == codes


BEFORE = "iptables -N WEB\niptables -A INPUT -j WEB\niptables -A WEB -s 192.0.2.1 -j DROP\n"


@pytest.mark.parametrize(
    "ways",
    [
        "iptables -F WEB\n# or only this one\niptables -D WEB -s 192.0.2.1 -j DROP",
        "iptables -F\n# or only this one\niptables -D WEB 1",
        "iptables -F\niptables -X\n# or only ours\niptables -D INPUT -j WEB\niptables -F WEB\niptables -X WEB",
        "iptables -F\niptables -X\n# or only ours\niptables -F WEB\niptables -X WEB",
        "iptables -F\niptables -X WEB\n# or only this one\niptables -D WEB -s 192.0.2.1 -j DROP",
    ],
)
def test_a_page_that_shows_one_way_or_the_other_is_not_refused(ways: str) -> None:
    report = report_of_code(BEFORE + ways)

    assert not report.is_refused
    assert {each.severity for each in report.all_diagnostics()} <= {"note"}


@pytest.mark.parametrize(
    "mistake",
    [
        "iptables -F WEB\niptables -D WEB -s 192.0.2.2 -j DROP",
        "iptables -D WEB 1\niptables -D WEB 1",
        "iptables -F\niptables -X WEB\niptables -F WEB",
        "iptables -F\niptables -X\niptables -A WEB -j DROP",
    ],
)
def test_what_was_never_there_is_refused(mistake: str) -> None:
    assert report_of_code(BEFORE + mistake).is_refused
