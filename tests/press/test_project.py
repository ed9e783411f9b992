"""plugins/press/project.py: paths as the author knows them."""

from pathlib import Path

import pytest
from press.project import in_project


@pytest.mark.parametrize(
    ("path", "known"),
    [("content/a.md", "content/a.md"), ("content/../theme/a.md", "theme/a.md"), ("../a.md", "{above}/a.md")],
)
def test_a_path_begins_where_its_author_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, known: str
) -> None:
    monkeypatch.chdir(tmp_path)

    assert in_project(tmp_path / path) == Path(known.format(above=tmp_path.parent))
