"""Which files are opened while a source is read: those it includes, and those it leaves behind.

Python reports every file that it opens, and every program that it starts, to audit hooks (PEP 578). What a plugin or a
Markdown extension reads besides the source is found out this way, without its help.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

#: Events besides opening a file by which something is left behind.
_TRACES = frozenset({
    "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "shutil.copyfile", "shutil.move",
    "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork", "socket.connect",
})  # fmt: skip
_WATCHED = _TRACES | {"open"}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
#: Where Python keeps its modules ready: a module that is used for the first time is no trace.
_COMPILED = "__pycache__"


class Opened:
    """What happened during a reading. `read` are the files that were opened to be read; `leaves_traces` says whether
    anything was written, or another program or machine was asked.
    """

    def __init__(self) -> None:
        self.read: set[str] = set()
        self.leaves_traces = False

    def note(self, event: str, arguments: tuple[object, ...]) -> None:
        """Take notice of the opening of a file, or of an event that leaves a trace."""
        if event != "open":
            if not any(isinstance(each, str) and _COMPILED in each for each in arguments):
                self.leaves_traces = True
            return
        path, _, flags = arguments
        if not isinstance(path, str | bytes | os.PathLike):
            return  # a descriptor that is open already
        name = os.path.abspath(os.fsdecode(path))  # noqa: PTH100
        if _COMPILED in name:
            return
        if isinstance(flags, int) and flags & _WRITING:
            self.leaves_traces = True
        else:
            self.read.add(name)


_listening: Opened | None = None
_is_hooked = False


def _hook(event: str, arguments: tuple[object, ...]) -> None:
    # Python reports much besides, such as each call of `id`.
    if _listening is not None and event in _WATCHED:
        _listening.note(event, arguments)


@contextmanager
def opened() -> Iterator[Opened]:
    """Take notice of what happens in a block."""
    global _is_hooked, _listening
    if not _is_hooked:  # a hook stays for as long as the process runs
        sys.addaudithook(_hook)
        _is_hooked = True
    before, _listening = _listening, Opened()
    try:
        yield _listening
    finally:
        _listening = before
