"""Remembers that an environment could not be made, so that not every command tries it again."""

import hashlib
import time
from contextlib import suppress
from pathlib import Path

from .folder import COPIES, Environment
from .setup_error import SetupError

#: For how long a failed attempt is not repeated, in seconds.
_PAUSE = 600


class Attempts:
    """The last attempt to replace an environment that can still be used."""

    def __init__(self, environment: Environment, project: Path) -> None:
        """Look at what is to be installed: any change of that is worth an attempt."""
        self._file = environment.folder / "failed"
        texts = [(project / lock).read_bytes() for lock in COPIES if (project / lock).is_file()]
        self._wanted = hashlib.sha256(b"\0".join(texts)).hexdigest()

    def refuse_to_repeat(self) -> None:
        """Raise SetupError, with the reason of the last attempt, if the same failed a short time ago."""
        try:
            is_recent = time.time() - self._file.stat().st_mtime < _PAUSE
            wanted, _, reason = self._file.read_text(encoding="utf-8").partition("\n")
        except FileNotFoundError:
            return
        if is_recent and wanted == self._wanted:
            raise SetupError(reason)

    def remember(self, reason: str) -> None:
        """Note that an attempt failed, unless one that is remembered was not repeated."""
        with suppress(SetupError, OSError):
            self.refuse_to_repeat()
            self._file.write_text(f"{self._wanted}\n{reason}", encoding="utf-8")
