"""tests/conftest.py: a test that cannot run says what to install, and fails where everything is installed."""

from pathlib import Path

import pytest
from conftest import need


@pytest.mark.parametrize(("ci", "outcome"), [("true", pytest.fail.Exception), ("", pytest.skip.Exception)])
def test_missing_tool(monkeypatch: pytest.MonkeyPatch, ci: str, outcome: type[BaseException]) -> None:
    """It is skipped with the command that installs the tool; with CI=true it fails with the same words."""
    monkeypatch.setenv("CI", ci)

    for missing in (None, Path("/no/such/file")):
        with pytest.raises(outcome, match="chromium is missing; install it with: apt-get install chromium"):
            need(missing, "chromium", "apt-get install chromium")


def test_tool_that_is_there(tmp_path: Path) -> None:
    """It is handed back."""
    assert need(tmp_path, "a folder", "mkdir") == tmp_path
    assert need("/bin/sh", "a shell", "apt-get install dash") == "/bin/sh"
