"""A folder of a remote, through the user's rclone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from ..programs import Program
from .failures import FAILURES

#: What rclone's exit status says where there is no such folder or file.
_ABSENT = (3, 4)
#: rclone waits for minutes and tries for hours by itself.
_PATIENCE = ("--contimeout", "15s", "--timeout", "60s", "--retries", "2", "--low-level-retries", "5")
_OWN = ".deploy"


class Remote:
    """The folder that a site is in."""

    def __init__(self, address: str, place: str) -> None:
        self._address = address
        self._place = place
        self._rclone = Program("rclone", place, FAILURES)

    def features(self) -> Mapping[str, bool]:
        """What the remote can do, by rclone's names for that."""
        said = self._rclone.run("backend", "features", self._address, doing=f"looking at {self._place}")
        features: Mapping[str, bool] = json.loads(said).get("Features", {})
        return features

    def sizes(self) -> dict[str, int]:
        """The size of each file in the folder, in bytes, except for our own."""
        listed = self._attempt("lsf", "-R", "--files-only", "--format", "sp", "--separator", "/", self._address)
        entries = (line.partition("/") for line in listed.splitlines())
        return {path: int(size) for size, _, path in entries if not path.startswith(f"{_OWN}/")}

    def notes(self) -> str:
        """The text of our own files, each of which is a line."""
        return self._attempt("cat", self._own(), "--include", "/*.json")

    def write_note(self, name: str, text: str) -> None:
        """Write a file of our own."""
        self._run("rcat", self._own(name), doing=f"writing to {self._place}", text=text)

    def remove_note(self, name: str) -> None:
        """Remove a file of our own, if that is possible."""
        self._rclone.attempt("deletefile", self._own(name), *_PATIENCE)

    def send(self, folder: Path, paths: Iterable[str], doing: str, on_line: Callable[[str], None]) -> None:
        """Send files of a folder, whatever is there."""
        # Many remotes know neither times nor digests; what differs is known without asking them.
        shown = ("--verbose", "--log-file", "/dev/stdout")
        options = ("--files-from-raw", "-", "--no-traverse", "--no-check-dest", *shown, *_PATIENCE)
        done = self._rclone.attempt("copy", *options, str(folder), self._address, text=_lines(paths), on_line=on_line)
        if done.status:
            said = [line for line in done.output.splitlines() if "ERROR" in line or "Failed" in line]
            raise self._rclone.failure(doing, "\n".join([*said, done.errors]), done.status)

    def remove(self, paths: Iterable[str], has_folders: bool) -> None:
        """Remove files, and the folders that are empty then, where a remote has some."""
        doing = f"removing what is gone from {self._place}"
        self._run("delete", "--files-from-raw", "-", self._address, doing=doing, text=_lines(paths))
        if has_folders:
            self._run("rmdirs", "--leave-root", self._address, doing=doing)

    def _own(self, name: str = "") -> str:
        slash = "" if self._address.endswith((":", "/")) else "/"
        return f"{self._address}{slash}{_OWN}{f'/{name}' if name else ''}"

    def _run(self, *arguments: str, doing: str, text: str = "") -> str:
        return self._rclone.run(*arguments, *_PATIENCE, doing=doing, text=text)

    def _attempt(self, *arguments: str) -> str:
        """What is there, or "" if nothing is."""
        done = self._rclone.attempt(*arguments, *_PATIENCE)
        if done.status in _ABSENT:
            return ""
        if done.status:
            raise self._rclone.failure(f"looking at {self._place}", done.errors, done.status)
        return done.output


def _lines(paths: Iterable[str]) -> str:
    return "".join(f"{path}\n" for path in paths)
