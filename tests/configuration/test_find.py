"""Which configuration a file has."""

from pathlib import Path

import pytest
from drytables.configuration.find import Configurations, Unusable

OWN, SHARED = ".drytables.toml", "pyproject.toml"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository in a folder that has a configuration as well."""
    (tmp_path / OWN).write_text('paths = ["stranger"]')
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    (tmp_path / "repo" / "docs" / "old").mkdir(parents=True)
    return tmp_path / "repo"


def test_the_nearest_one_holds_up_to_the_root_of_the_repository(repository: Path) -> None:
    def paths(name: str) -> tuple[str, ...] | None:
        found = Configurations().of(f"{repository}/{name}")
        return found and found.paths

    assert paths("docs/a.md") is None

    (repository / SHARED).write_text('[tool.drytables]\npaths = ["shared"]')
    (repository / "docs" / SHARED).write_text("[tool.ruff]\n")
    (repository / "docs" / "old" / OWN).write_text('paths = ["old"]')
    assert paths("docs/a.md") == ("shared",)
    assert paths("docs/old/../a.md") == ("shared",)
    assert paths("docs/old/a.md") == paths("docs/old") == ("old",)

    (repository / OWN).write_text('paths = ["own"]')
    assert paths("docs/a.md") == ("own",)


def test_one_may_be_named_for_all_or_none_used(repository: Path) -> None:
    (repository / OWN).write_text('paths = ["own"]')
    (repository / "other.toml").write_text('paths = ["other"]')
    found = Configurations(only=f"{repository}/other.toml").of(f"{repository}/docs/a.md")

    assert found is not None and found.paths == ("other",)
    assert Configurations(is_off=True).of(f"{repository}/docs/a.md") is None


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        (OWN, b"\xff", "not UTF-8 text"),
        (OWN, None, "No such file or directory"),
        (SHARED, b"[tool.ruff]", "there is no table [tool.drytables] in it"),
    ],
)
def test_one_that_is_named_must_be_there(tmp_path: Path, name: str, data: bytes | None, says: str) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)

    with pytest.raises(Unusable) as told:
        Configurations(only=str(tmp_path / name)).of("a.md")
    assert told.value.line.endswith(f"{name}: {says}")


def test_a_byte_order_mark_and_windows_line_ends_are_no_fault(tmp_path: Path) -> None:
    (tmp_path / OWN).write_bytes(b'\xef\xbb\xbfpaths = ["a"]\r\nexclude = ["b"]\r\n')

    assert Configurations().of(str(tmp_path / "a.md"))
