"""One deployment at a time at a remote, as well as that can be: none of them locks anything itself."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from ..deploy_error import DeployError
from .remote import Remote

_NAME = "lock.json"
#: Who comes at the same time has written by then, in seconds.
_PAUSE = 0.5


class Lock:
    """A note at the remote that someone is deploying. A word in it, which is kept here too, shows that it is ours."""

    def __init__(self, remote: Remote, place: str, folder: Path) -> None:
        """`folder` is where this project keeps what it knows of the remote."""
        self._remote, self._place = remote, place
        self._word = secrets.token_hex(8)
        self._file = folder / "lock"

    @contextmanager
    def held(self, notes: str, is_unlocking: bool) -> Iterator[str]:
        """Hold it, and yield the notes at the remote as they are then. `notes` are those that were found before.

        Raises DeployError if another deployment holds it; one from here that was killed does not count.
        """
        ours = self._file.read_text(encoding="utf-8") if self._file.exists() else ""
        if not is_unlocking:
            self._refuse_other(notes, ours)
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._file.write_text(self._word, encoding="utf-8")
        now = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"
        self._remote.write_note(_NAME, json.dumps({"deploys": self._word, "since": now}) + "\n")
        time.sleep(_PAUSE)
        try:
            yield self.refuse_lost()
        finally:
            if self._word in self._remote.notes():
                self._remote.remove_note(_NAME)

    def refuse_lost(self) -> str:
        """Return the notes at the remote. Raises DeployError if another deployment has taken the lock."""
        notes = self._remote.notes()
        self._refuse_other(notes, self._word)
        return notes

    def _refuse_other(self, notes: str, ours: str) -> None:
        for line in notes.splitlines():
            try:
                lock = json.loads(line)
                if "deploys" in lock and lock["deploys"] != ours:
                    raise DeployError(
                        f"{self._place} is locked: another deployment is on its way since {lock.get('since')}. Wait "
                        "until that has ended; if it has ended already, add UNLOCK=1"
                    )
            except (ValueError, TypeError, AttributeError):
                continue
