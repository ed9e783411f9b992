"""plugins/drytables/pelican_plugin/signals.py: what judges, and makes figures, is loaded with the first source."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PLUGINS = Path(__file__).parents[2] / "plugins"
PROGRAM = """
import json, sys
from press.__main__ import main
sys.argv = ["press", "build"]
assert main() == 0
print(json.dumps([*sys.modules]))
"""
#: What takes as long to load as all else of the plugin.
JUDGING = {"drytables.page.check", "drytables.judging.verdict", "drytables.formats.html.figure", "tree_sitter"}


@pytest.mark.starts_programs
def test_a_build_that_has_nothing_to_judge_loads_nothing_that_judges(tmp_path: Path) -> None:
    (tmp_path / "pelicanconf.py").write_text('PATH, SITENAME, PLUGINS, SITEURL = "content", "S", ["drytables"], ""\n')
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "post.md").write_text(
        "Title: A\nDate: 2026-01-02\nCategory: c\n\n```sh\niptables -A INPUT -j DROP\n```\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(PLUGINS)}

    def loaded() -> set[str]:
        built = subprocess.run(
            [sys.executable, "-c", PROGRAM], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
        )
        return {*json.loads(built.stdout.splitlines()[-1])}

    assert loaded() & JUDGING == JUDGING
    assert loaded() & JUDGING == set()
