"""Patterns match as those of .gitignore do: git itself is asked."""

import subprocess
from pathlib import Path

import pytest
from drytables.configuration.patterns import Patterns

LINES = ("/old", "vendor/", "*.fr.md", "docs/**/draft.md", "a?b.md", "sp ace.md", "!keep.fr.md")
FILES = [
    "old/a.md", "x/old/a.md", "vendor/a.md", "x/vendor/y/a.md", "vendor", "a.fr.md", "x/keep.fr.md", "docs/draft.md",
    "docs/x/y/draft.md", "draft.md", "acb.md", "a/b.md", "sp ace.md", "ä.fr.md",
]  # fmt: skip


@pytest.mark.starts_programs
def test_they_match_as_git_ignores(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("\n".join(LINES), encoding="utf-8")
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    asked = subprocess.run(
        ["git", "check-ignore", "--no-index", "-z", "--stdin"],
        cwd=tmp_path, input="\0".join(FILES).encode(), stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    ignored = asked.stdout.decode().split("\0")[:-1]
    patterns = Patterns(str(tmp_path), LINES)

    assert [file for file in FILES if patterns.match(f"{tmp_path}/{file}")] == ignored


def test_a_folder_and_what_is_outside() -> None:
    patterns = Patterns("/site", ("vendor/", "*"))

    assert Patterns("/site", ("vendor/",)).match("/site/vendor", is_folder=True)
    assert not any(patterns.match(path) for path in ("/other/a.md", "/site", "/site/../a.md"))
