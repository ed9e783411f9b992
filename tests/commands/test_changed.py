"""`check --changed`, in real repositories: only what differs from a commit is checked, and only what is new is told."""

import subprocess
from pathlib import Path

import pytest

from commands.run import BAD, drytables, page

NEW = "iptables -A INPUT -j DORP"
ODD = 'ä "q"\n\t$x.md'


def git(*words: str, folder: Path) -> str:
    """Run git as nobody in particular."""
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]
    done = subprocess.run(["git", *who, *words], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


def commit(folder: Path) -> None:
    """Commit all that there is."""
    git("add", "-A", folder=folder)
    git("commit", "-q", "-m", "More", folder=folder)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository with a page that has an old fault, and one that has none."""
    repository = tmp_path / "repo"
    (repository / "docs").mkdir(parents=True)
    git("init", "-q", folder=repository)
    (repository / "docs" / "old.md").write_text(page(*["# a comment"] * 20, BAD))
    (repository / "same.md").write_text(page(BAD))
    commit(repository)
    return repository


def told(*arguments: str, folder: Path) -> list[str]:
    """The files and codes that are told."""
    run = drytables("check", "--format", "short", *arguments, folder=folder)
    assert run.returncode == bool(run.stdout), run.stderr
    return [
        f"{line.split(':')[0]} {line.split('[')[1].split(']')[0]}" for line in run.stdout.splitlines() if "[" in line
    ]


def test_nothing_changed_and_nothing_is_told(folder: Path) -> None:
    assert told("--changed", folder=folder) == told("--changed", "docs", folder=folder) == []


def test_only_faults_that_were_not_there_are_told(folder: Path) -> None:
    """Also those of a command that nobody touched, and that the change is to blame for."""
    page_ = folder / "docs" / "old.md"
    page_.write_text(f"New words.\n\n{page_.read_text()}")
    assert told("--changed", folder=folder) == []
    assert "1 finding left out: 1 known from before" in drytables("check", "--changed", folder=folder).stdout

    page_.write_text(page_.read_text().replace(BAD, f"{NEW}\n{BAD}"))
    assert told("--changed", folder=folder) == ["docs/old.md unknown-target"]
    assert told("--changed", "same.md", folder=folder) == []

    page_.write_text(page("iptables -N web", "iptables -A INPUT -j web"))
    commit(folder)
    page_.write_text(page("iptables -N web", "iptables -X web", "iptables -A INPUT -j web"))
    assert told("--changed", folder=folder)


def test_new_and_odd_names_and_renamed_files(folder: Path) -> None:
    git("mv", "docs/old.md", ODD, folder=folder)
    assert told("--changed", folder=folder) == []

    (folder / "new.md").write_text(page(NEW))
    (folder / ".gitignore").write_text("ignored.md\n")
    (folder / "ignored.md").write_text(page(NEW))
    assert told("--changed", folder=folder) == ["new.md unknown-target"]
    assert told("--changed", folder=folder / "docs" / "..") == ["new.md unknown-target"]
    git("add", "new.md", folder=folder)
    (folder / "docs").mkdir(exist_ok=True)
    assert told("--changed", "..", folder=folder / "docs") == ["../new.md unknown-target"]


def test_a_branch_is_compared_with_where_it_began(folder: Path) -> None:
    git("checkout", "-q", "-b", "topic", folder=folder)
    (folder / "new.md").write_text(page(NEW))
    commit(folder)
    git("checkout", "-q", "main", folder=folder)
    (folder / "docs" / "old.md").write_text(page("iptables -L"))
    commit(folder)
    git("checkout", "-q", "topic", folder=folder)

    assert told("--changed", folder=folder) == []
    assert told("--changed=main", folder=folder) == ["new.md unknown-target"]
    (folder / "docs" / "old.md").write_text(page(BAD, NEW))
    assert told("--changed=main", folder=folder) == ["new.md unknown-target", "docs/old.md unknown-target"]


def test_in_a_shallow_clone(folder: Path, tmp_path: Path) -> None:
    (folder / "new.md").write_text(page(NEW))
    commit(folder)
    git("clone", "-q", "--depth", "1", f"file://{folder}", "clone", folder=tmp_path)
    clone = tmp_path / "clone"

    assert told("--changed", folder=clone) == []
    missing = drytables("check", "--changed=HEAD~1", folder=clone)
    assert missing.returncode == 2
    assert "there is no commit `HEAD~1` here; this clone is shallow: fetch it" in missing.stderr
    git("fetch", "-q", "--depth", "1", "origin", git("rev-parse", "HEAD~1", folder=folder).strip(), folder=clone)
    assert told("--changed=FETCH_HEAD", folder=clone) == ["new.md unknown-target"]


def test_before_the_first_commit_all_is_new(tmp_path: Path) -> None:
    git("init", "-q", folder=tmp_path)
    (tmp_path / "a.md").write_text(page(NEW))
    assert told("--changed", folder=tmp_path) == ["a.md unknown-target"]
    git("add", "-A", folder=tmp_path)
    assert told("--changed", folder=tmp_path) == ["a.md unknown-target"]


def test_where_git_cannot_say_it_that_is_said(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(page(NEW))
    for where, arguments, environment, says in (
        (tmp_path, ["a.md"], {}, "a.md is in no repository of git"),
        (folder, ["-"], {}, "standard input is in no repository"),
        (folder, [], {"PATH": "/nowhere"}, "git is not installed"),
    ):
        run = drytables("check", "--changed", *arguments, folder=where, **environment)
        assert run.returncode == 2 and says in run.stderr, run.stderr
    run = drytables("check", "--changed=--output=x", folder=folder)
    assert run.returncode == 2 and "there is no commit `--output=x` here" in run.stderr


def test_a_configuration_and_a_baseline_hold_as_well(folder: Path) -> None:
    (folder / ".drytables.toml").write_text('paths = ["docs"]\nbaseline = "known.jsonl"\n')
    (folder / "docs" / "new.md").write_text(page(NEW))
    (folder / "outside.md").write_text(page(NEW))
    drytables("check", "--write-baseline", folder=folder)

    assert told("--changed", folder=folder) == []
    assert told("--changed", "--no-baseline", folder=folder) == ["docs/new.md unknown-target"]
