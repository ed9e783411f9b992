"""plugins/press/reports.py: an error in words."""

import errno
import os
from datetime import date
from pathlib import Path

import pytest
from conftest import need
from jinja2 import Environment, UndefinedError
from press.reports import reason, told
from press.site.opened import naming_files


def test_a_full_disk_is_no_fault_of_the_line_that_writes(tmp_path: Path) -> None:
    need(Path("/dev/full").exists(), "a device that is always full", "use Linux")
    line = "open('/dev/full', 'wb', 0).write(b'words')"
    (tmp_path / "a.py").write_text(line, encoding="utf-8")
    with pytest.raises(OSError) as raised, naming_files():
        exec(compile(line, str(tmp_path / "a.py"), "exec"), {})

    expected = "error: it failed: No space left on device: /dev/full. Make room, and try again"
    assert told("it failed", raised.value) == expected


def test_nor_is_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    refused = PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(tmp_path / "theme/style.css"))

    expected = "error: it failed: Permission denied: theme/style.css. Change its mode or its owner"
    assert told("it failed", refused) == expected


def test_what_is_missing_is_one(tmp_path: Path) -> None:
    line = "open('/nowhere')"
    (tmp_path / "a.py").write_text(line, encoding="utf-8")
    with pytest.raises(OSError) as raised:
        exec(compile(line, str(tmp_path / "a.py"), "exec"), {})

    first, place, *_ = told("it failed", raised.value).splitlines()
    assert first == "error: it failed: FileNotFoundError: [Errno 2] No such file or directory: '/nowhere'"
    assert place.endswith("a.py:1:1")


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{{ article.nothing.more }}", "'Article' has no attribute 'nothing'"),
        ("{{ article.date.hour.more }}", "'date' has no attribute 'hour'"),
        ("{{ article.tags['x'].more }}", "'list' has no attribute 'x'"),
        ("{{ nothing.more }}", "'nothing' is undefined"),
    ],
)
def test_what_a_template_lacks_is_said_in_the_words_of_its_author(template: str, said: str) -> None:
    article = type("Article", (), {"__module__": "press.site.snapshot", "tags": [], "date": date(2026, 1, 1)})()
    with pytest.raises(UndefinedError) as raised:
        Environment().from_string(template).render(article=article)

    assert reason(raised.value) == f"UndefinedError: {said}"
