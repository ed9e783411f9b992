"""Makefile: the commands that the README promises."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import PROJECT

COMMANDS = {
    "help", "html", "serve", "publish", "deploy", "rollback", "check", "links", "prove", "new", "test", "quick",
    "bless", "oracle", "bench", "bench-site", "fuzz", "setup", "clean",
}  # fmt: skip

#: Those that need nothing but what the site is built with.
FOR_AUTHORS = {"html", "serve", "publish", "deploy", "rollback", "check", "links", "prove", "new"}


def make(*arguments: str, folder: Path = PROJECT) -> subprocess.CompletedProcess[str]:
    """Run make, without the flags of a make that runs the tests."""
    environment = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/nonexistent"}
    return subprocess.run(
        ["make", *arguments], cwd=folder, capture_output=True, text=True, check=False, env=environment
    )


@pytest.mark.starts_programs
def test_help_is_the_default() -> None:
    """`make` lists every command with a sentence, and nothing else."""
    assert make().stdout == make("help").stdout
    assert set(re.findall(r"^  make ([\w-]+) +\S", make().stdout, re.MULTILINE)) == COMMANDS
    assert len(make().stdout.splitlines()) == len(COMMANDS)


@pytest.mark.starts_programs
@pytest.mark.parametrize("command", sorted(COMMANDS - {"help", "clean", "setup"}))
def test_each_command_sees_to_the_environment_first(command: str) -> None:
    """As `make -n` shows."""
    first, second, *_ = make("-n", command).stdout.splitlines()

    assert first.startswith("sh plugins/environment/ensure.sh ")
    assert ".venv/bin/" in second
    assert ("tests/requirements.txt" in first) == (command not in FOR_AUTHORS)


@pytest.mark.starts_programs
def test_old_python_is_named(tmp_path: Path) -> None:
    """With a Python that is too old, make says so in one line and sets nothing up."""
    for name in ("Makefile", "requirements.txt", "pyproject.toml", "plugins/environment/ensure.sh"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(PROJECT / name, tmp_path / name)
    old = tmp_path / "old-python"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo "Python 3.9.2" && exit 0\nexit 1\n', encoding="utf-8")
    old.chmod(0o755)

    result = make("html", f"PYTHON={old}", folder=tmp_path)

    assert result.returncode == 2
    assert result.stderr.splitlines()[0] == (
        f"This needs Python 3.11 or later; {old} is Python 3.9.2. Choose another with: make PYTHON=python3.12 html"
    )
    assert not (tmp_path / ".venv").exists()


def test_locks_pin_every_file() -> None:
    """Each package in the locks has one version and its hashes, and no word on where it comes from."""
    for lock in ("requirements.txt", "tests/requirements.txt"):
        text = (PROJECT / lock).read_text(encoding="utf-8")
        packages = re.findall(r"^([a-z0-9][a-z0-9._-]*)==", text, re.MULTILINE)
        blocks = re.split(r"^(?=[a-z0-9][a-z0-9._-]*==)", text, flags=re.MULTILINE)[1:]

        assert len(packages) == len(set(packages)) == len(blocks)
        assert all("--hash=sha256:" in block for block in blocks)
        assert "://" not in text
