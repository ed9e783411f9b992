"""`check --baseline`: what a repository has and knows of is not told again, what is new fails."""

import json
from pathlib import Path

import pytest

from commands.run import BAD, drytables, page

BASELINE = "known.jsonl"
OTHER = "iptables -A INPUT -j DORP"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository with four old faults in two pages, and a baseline that knows them."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.md").write_text(page(BAD, OTHER, BAD))
    (tmp_path / "b.md").write_text(page(OTHER))
    (tmp_path / ".drytables.toml").write_text(f'paths = ["."]\nbaseline = "{BASELINE}"\n')
    written = drytables("check", "--write-baseline", folder=tmp_path)
    assert (written.returncode, written.stderr) == (0, "")
    return tmp_path


def short(*arguments: str, folder: Path) -> list[str]:
    """What is told, a line each."""
    return drytables("check", "--format", "short", *arguments, folder=folder).stdout.splitlines()


def entries(folder: Path) -> list[tuple[str, str, str, int]]:
    """What the baseline holds."""
    head, *lines = (folder / BASELINE).read_text(encoding="utf-8").splitlines()
    assert json.loads(head) == {"drytables-baseline": 1}
    return [(row["path"], row["code"], row["text"], row["count"]) for row in map(json.loads, lines)]


def test_a_second_run_is_silent_wherever_it_runs_and_counts_what_it_leaves_out(folder: Path) -> None:
    assert entries(folder)[-2:] == [("docs/a.md", "bad-value", BAD, 2), ("docs/a.md", "unknown-target", OTHER, 1)]
    assert entries(folder)[0] == ("b.md", "unknown-target", OTHER, 1)
    for where, arguments in ((folder, ()), (folder / "docs", ("a.md",)), (folder / "docs", (str(folder),))):
        assert short(*arguments, folder=where) == []
        assert drytables("check", *arguments, folder=where).returncode == 0
    assert "findings left out: " in drytables("check", folder=folder).stdout
    assert len(short("--no-baseline", folder=folder)) == 4


def test_what_is_new_is_told_and_an_old_fault_may_move(folder: Path) -> None:
    moved = page("# a line more", f"sudo   {BAD}", BAD.replace(" -j", " \\\n    -j"), OTHER, BAD).replace("sudo   ", "")
    (folder / "docs" / "a.md").write_text(moved)
    (told,) = drytables("check", folder=folder).stdout.split("\n\n")[:-1]

    assert "--> docs/a.md:11:22" in told
    assert "2 more like it are known from before, and not shown" in told
    assert drytables("check", folder=folder).returncode == 1


def test_what_is_gone_is_told_and_taken_out_and_nothing_is_added(folder: Path) -> None:
    (folder / "docs" / "a.md").write_text(page(BAD, "iptables -A INPUT -j DRPO"))
    (folder / "b.md").unlink()
    new, *stale = short(folder=folder)

    assert "docs/a.md:7:22: error[unknown-target]" in new
    assert [line.split(": ", 2)[1:] for line in stale] == [
        ["warning[stale-baseline]", "b.md has this fault no more"],
        ["warning[stale-baseline]", "docs/a.md has only 1 of these 2 faults left"],
        ["warning[stale-baseline]", "docs/a.md has this fault no more"],
    ]
    assert all(line.startswith(f"{BASELINE}:") for line in stale)

    shrunk = drytables("check", "--shrink-baseline", folder=folder)
    assert shrunk.stdout.splitlines()[-1].startswith(f"1 known finding in {BASELINE}, 4 before")
    assert entries(folder) == [("docs/a.md", "bad-value", BAD, 1)]
    assert short(folder=folder) == [new]


def test_what_is_known_of_files_that_are_not_checked_is_left_alone(folder: Path) -> None:
    before = entries(folder)
    (folder / "docs" / "a.md").write_text(page("iptables -L"))

    assert all("docs/a.md" not in line for line in short("b.md", folder=folder))
    drytables("check", "--write-baseline", "b.md", folder=folder)
    assert entries(folder) == before
    drytables("check", "--write-baseline", "docs", folder=folder)
    assert {path for path, *_ in entries(folder)} == {"b.md"}


def test_the_same_findings_write_the_same_bytes(folder: Path) -> None:
    before = (folder / BASELINE).read_bytes()
    drytables("check", "--write-baseline", "docs", "b.md", folder=folder)

    assert (folder / BASELINE).read_bytes() == before


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{}\n", "1:1: error[bad-baseline]: this line is not a fault with its path, code, text and count"),
        ('{"drytables-baseline": 1}\n<<<<<<< HEAD\n', "2:1: error[bad-baseline]: this line is left from a merge"),
        ('{"drytables-baseline": 1}\n{"path": "a', "2:10: error[bad-baseline]: this line is not JSON"),
        ('{"path": "a", "code": "b", "text": "", "count": 1}\n', "1:1: error[bad-baseline]: this is not a baseline"),
    ],
)
def test_a_baseline_with_faults_is_told_of_and_can_be_written_anew(folder: Path, text: str, says: str) -> None:
    (folder / BASELINE).write_text(text)
    run = drytables("check", folder=folder)
    line, column, rest = says.split(":", 2)

    assert (run.returncode, run.stdout) == (2, "")
    assert rest.strip() in run.stderr and f"{BASELINE}:{line}:{column}" in run.stderr
    assert drytables("check", "--write-baseline", folder=folder).returncode == 0
    assert short(folder=folder) == []


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--baseline", "none.jsonl", "."], "`drytables check --baseline none.jsonl --write-baseline` writes one"),
        (["--write-baseline", "--isolated", "."], "say which baseline: --baseline FILE"),
        (["--write-baseline", "--changed", "."], "--changed cannot be used with it"),
    ],
)
def test_what_cannot_be_done_is_said(folder: Path, arguments: list[str], says: str) -> None:
    run = drytables("check", *arguments, folder=folder)

    assert run.returncode == 2 and says in run.stderr


def test_programs_are_told_the_same(folder: Path) -> None:
    (folder / "docs" / "a.md").write_text(page(OTHER))
    shown = json.loads(drytables("check", "--format", "json", folder=folder).stdout)["files"]

    assert [each["path"] for each in shown] == ["b.md", "docs/a.md", BASELINE]
    assert [each["code"] for each in shown[-1]["diagnostics"]] == ["stale-baseline"]
    assert shown[1]["commands"][0]["diagnostics"] == []
