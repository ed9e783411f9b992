"""The project in a folder of its own, in which make works as it does for an author."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from conftest import PROJECT, Site


class Checkout(Site):
    """A site with the project's posts, its Makefile, and the environment that runs the tests."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.with_content()
        shutil.copy(PROJECT / "Makefile", folder)
        (folder / ".venv").symlink_to(sys.prefix)
        # That environment belongs to the tests: here it is neither made nor mended.
        environment = folder / "plugins/environment"
        environment.unlink()
        shutil.copytree(PROJECT / "plugins/environment", environment, ignore=shutil.ignore_patterns("__pycache__"))
        (environment / "ensure.sh").write_text("", encoding="utf-8")

    def typed(self, line: str, **environment: str) -> str:
        """Run a line as an author types it, expecting that to go well, and return what it says."""
        ours = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "PYTHONPATH", "SITEURL")}
        done = subprocess.run(
            ["sh", "-c", line], cwd=self.folder, env=ours | environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout
