"""A project that has this one's Makefile and plugins/environment/, and requires one tiny package of its own."""

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

from conftest import PROJECT

#: What stands for drytables: `make check` prints which version of the tiny package there is.
_DRYTABLES = """\
from tiny import VERSION


def main():
    print("tiny", VERSION)
"""


@dataclass(frozen=True)
class TinyProject:
    """A project's folder, and beside it, in `wheels`, all that pip finds."""

    folder: Path
    wheels: Path

    @property
    def venv(self) -> Path:
        """Its environment."""
        return self.folder / ".venv"

    @property
    def packages(self) -> Path:
        """The folder of the packages in its environment."""
        return next(self.venv.glob("lib/python*/site-packages"))

    def require(self, version: str, lock: str = "requirements.txt") -> None:
        """Pin a version of the tiny package."""
        wheel = self.wheels / f"tiny-{version}-py3-none-any.whl"
        digest = hashlib.sha256(wheel.read_bytes()).hexdigest() if wheel.exists() else "0" * 64
        (self.folder / lock).write_text(f"tiny=={version} --hash=sha256:{digest}\n", encoding="utf-8")

    def environment(self, **changes: str) -> dict[str, str]:
        """What the programs are started with: pip has no network, only the folder of wheels."""
        pip = {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": self.wheels.as_uri()}
        usual = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/nonexistent", "PYTHON": sys.executable}
        return {**usual, **pip, **changes}

    def run(self, *command: str, **changes: str) -> subprocess.CompletedProcess[str]:
        """Run a command in the folder."""
        return subprocess.run(
            command, cwd=self.folder, env=self.environment(**changes), capture_output=True, text=True, check=False
        )

    def start(self, *command: str) -> subprocess.Popen[str]:
        """Start a command in the folder, in a group of its own."""
        pipe = subprocess.PIPE
        return subprocess.Popen(
            command,
            cwd=self.folder,
            env=self.environment(),
            stdout=pipe,
            stderr=pipe,
            text=True,
            start_new_session=True,
        )

    def is_in_order(self) -> bool:
        """Whether ensure.sh finds nothing to do."""
        return self.run("sh", "plugins/environment/ensure.sh", "requirements.txt", PYTHON="/no/python").returncode == 0


def tiny_project(parent: Path) -> TinyProject:
    """Write such a project into a new folder, and versions 1 and 2 of the package beside it."""
    project = TinyProject(parent / "project", parent / "wheels")
    for folder in (project.folder / "plugins" / "drytables", project.folder / "tests", project.wheels):
        folder.mkdir(parents=True)
    shutil.copytree(PROJECT / "plugins" / "environment", project.folder / "plugins" / "environment")
    shutil.copy(PROJECT / "Makefile", project.folder)
    (project.folder / "pyproject.toml").write_text('[project.scripts]\ndrytables = "drytables.cli:main"\n')
    (project.folder / "plugins/drytables/__init__.py").touch()
    (project.folder / "plugins/drytables/cli.py").write_text(_DRYTABLES, encoding="utf-8")
    (project.folder / "plugins/drytables/__main__.py").write_text("from .cli import main\n\nmain()\n", encoding="utf-8")
    for version in ("1", "2"):
        _write_wheel(project.wheels, version)
    project.require("1")
    project.require("1", "tests/requirements.txt")
    return project


def _write_wheel(folder: Path, version: str) -> None:
    info = f"tiny-{version}.dist-info"
    files = {
        "tiny/__init__.py": "from .deep.down import VERSION as VERSION\n",
        "tiny/deep/__init__.py": "",
        "tiny/deep/down.py": f"VERSION = {version!r}\n\n\ndef main():\n    print('tiny', VERSION)\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: tiny\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/entry_points.txt": "[console_scripts]\ntiny-version = tiny.deep.down:main\n",
    }
    record = "".join(f"{name},,{len(text)}\n" for name, text in files.items()) + f"{info}/RECORD,,\n"
    with zipfile.ZipFile(folder / f"tiny-{version}-py3-none-any.whl", "w") as wheel:
        for name, text in {**files, f"{info}/RECORD": record}.items():
            wheel.writestr(name, text)
