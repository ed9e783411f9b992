"""What is where in an environment, and what it says about how it was made."""

from dataclasses import dataclass
from pathlib import Path

NAME = ".venv"
#: For each file of pinned packages, the name of its copy in an environment that has them. Both are written when all
#: packages are there.
COPIES = {"requirements.txt": "installed", "tests/requirements.txt": "installed-for-tests"}


@dataclass(frozen=True)
class Environment:
    """A folder that `python -m venv` has made, or that may become one."""

    folder: Path

    @classmethod
    def of(cls, project: Path) -> "Environment":
        """The environment of a project."""
        return cls(project / NAME)

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / "bin" / "python"

    @property
    def site_packages(self) -> Path | None:
        """The folder of its packages, or None if there is not exactly one."""
        found = list(self.folder.glob("lib/python*/site-packages"))
        return found[0] if len(found) == 1 else None

    @property
    def has_pip(self) -> bool:
        """Whether pip is among its packages."""
        return self.site_packages is not None and (self.site_packages / "pip").is_dir()

    @property
    def packages(self) -> Path:
        """The list of the packages that were installed, one name a line. It is as new as the last look at them all."""
        return self.folder / "packages"

    @property
    def place(self) -> Path:
        """The file that says which folder this is, for those of its scripts that have to know."""
        return self.folder / "place"

    @property
    def settings(self) -> Path:
        """The copy of the pyproject.toml whose commands it has."""
        return self.folder / "pyproject.toml"

    def copy_of(self, lock: str) -> Path:
        """The copy of a file of pinned packages, as it was when they were installed."""
        return self.folder / COPIES[lock]

    def has(self, lock: str) -> bool:
        """Whether it has the packages that some version of this file pins."""
        return self.copy_of(lock).is_file()

    def is_made_from(self, lock: str, project: Path) -> bool:
        """Whether it has the packages that this file pins now."""
        return self.has(lock) and self.copy_of(lock).read_bytes() == (project / lock).read_bytes()
