"""Which files a command works on, how they are read and written, and what is reported if that fails."""

from __future__ import annotations

import glob
import os
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ..configuration.find import Configurations
from ..reading.markup import OTHERS
from ..reading.relevance import data_may_concern_us

#: The names of files that contain Markdown.
MARKDOWN = (".md", ".markdown", ".mkd", ".mdown", ".mdx")
#: The names of files that contain pages, or rules and nothing else.
PAGES = (*MARKDOWN, *OTHERS)
#: The name that means standard input.
STDIN = "-"
_BOM = b"\xef\xbb\xbf"  # UTF-8's byte order mark
#: A longer text is not a page, and may have no end. In bytes.
_LONGEST = 64 << 20
#: What a name in a folder may stand for besides a file.
_NO_FILES = {
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


class Unreadable(Exception):
    """A file or folder that cannot be worked on; the message is one line for the user."""


@dataclass(frozen=True, slots=True)
class Content:
    """The text of a file, and what is kept of it when the file is rewritten: its byte order mark."""

    text: str
    has_mark: bool = False

    @property
    def data(self) -> bytes:
        """The bytes of the file."""
        return _BOM * self.has_mark + self.text.encode()


def page_files(
    names: Iterable[str], configurations: Configurations, *, excludes_named: bool = False
) -> Iterator[str | Unreadable]:
    """The files to work on, each once: those named, those that match a pattern, those in a folder and below, by name.

    Folders whose names begin with a dot, and `node_modules`, are left out, and links to folders are not followed. What
    the configuration of a file excludes is left out as well, but not if it is named, unless `excludes_named`. Raises
    Unusable for a configuration with faults.
    """
    seen: set[str] = set()
    for name in names:
        for file in _files(name, configurations, excludes_named):
            if isinstance(file, Unreadable) or file not in seen:
                if not isinstance(file, Unreadable):
                    seen.add(file)
                yield file


#: Prefixes of names that are not pages: the lock files of Emacs, which are links to nowhere, and the files that macOS
#: keeps beside others.
_REMAINS = (".#", "._")


def _files(name: str, configurations: Configurations, excludes_named: bool) -> Iterator[str | Unreadable]:
    path = Path(name)
    if name == STDIN:
        yield name
    elif path.is_dir():
        yield from _below(name, configurations, excludes_named)
    elif not path.is_file() and any(char in name for char in "*?["):
        matches = sorted(glob.glob(name, recursive=True))  # noqa: PTH207  # a pattern may be absolute
        if not matches:
            yield Unreadable(f"{name}: no file matches this pattern")
        for match in matches:
            if not Path(match).is_dir() and not is_excluded(match, configurations):
                yield _in_folder(match)
    elif not excludes_named or not is_excluded(name, configurations):
        yield name  # if there is none, reading it says so


def _below(folder: str, configurations: Configurations, excludes_named: bool) -> Iterator[str | Unreadable]:
    """The files in a folder and below. One that is excluded as a whole was named all the same: then all are wanted."""
    is_wanted = not excludes_named and is_excluded(folder, configurations, is_folder=True)
    troubles: list[OSError] = []
    is_empty = True
    for where, folders, files in os.walk(folder, onerror=troubles.append):
        configuration = None if is_wanted else configurations.of(where)
        folders[:] = sorted(each for each in folders if not each.startswith(".") and each != "node_modules")
        pages = [each for each in sorted(files) if each.lower().endswith(PAGES) and not each.startswith(_REMAINS)]
        is_empty = is_empty and not pages
        if configuration is not None and configuration.exclude:
            inner = [each for each in folders if not configuration.excludes(f"{where}/{each}", is_folder=True)]
            is_empty = is_empty and len(inner) == len(folders)
            folders[:] = inner
            pages = [each for each in pages if not configuration.excludes(f"{where}/{each}")]
        yield from (_in_folder(str(Path(where, each))) for each in pages)
    if is_empty:
        yield Unreadable(f"{folder}: no page in this folder (*{', *'.join(PAGES)})")
    yield from (Unreadable(f"{trouble.filename}: {_why(trouble)}") for trouble in troubles)


def is_excluded(name: str, configurations: Configurations, *, is_folder: bool = False) -> bool:
    """Whether the configuration of a file or folder excludes it."""
    path = Path(os.path.abspath(name))  # noqa: PTH100  # with absolute(), `..` would stay
    configuration = configurations.of_folder(path.parent)
    return configuration is not None and configuration.excludes(name, is_folder=is_folder)


def _in_folder(name: str) -> str | Unreadable:
    """A name that was found rather than given, or why it is skipped: anything but a file may never end."""
    kind = _kind(name)
    return Unreadable(f"{name}: skipped, because it is {kind}") if kind else name


def _kind(name: str) -> str:
    """What a name is if it is neither a file nor a folder; empty also if that is not known."""
    try:
        return _NO_FILES.get(stat.S_IFMT(os.stat(name).st_mode), "")  # noqa: PTH116  # a name may be no path
    except (OSError, ValueError):
        return ""


def read(name: str) -> Content:
    """The text of a file, or of standard input; raises Unreadable."""
    if name != STDIN and _kind(name) == "a device":
        raise Unreadable(f"{name}: cannot read a device")
    try:
        if name == STDIN:
            data = sys.stdin.buffer.read(_LONGEST + 1)
        else:
            with Path(name).open("rb") as file:
                data = file.read(_LONGEST + 1)
        if len(data) > _LONGEST:
            raise Unreadable(f"{shown(name)}: longer than {_LONGEST >> 20} MiB, which is too long for a page")
        return Content(data.removeprefix(_BOM).decode(), data.startswith(_BOM))
    except (OSError, ValueError, AttributeError) as error:
        raise Unreadable(f"{shown(name)}: {_why(error)}") from None


def may_concern_us(name: str) -> bool:
    """Whether a file has to be read, as may be needed also to say that it cannot be: most say nothing of iptables."""
    path = Path(name)
    try:
        # What is not a file, such as standard input, can be read only once.
        if name == STDIN or not path.is_file() or path.stat().st_size > _LONGEST:
            return True
        return data_may_concern_us(path.read_bytes())
    except (OSError, ValueError):
        return True


def write(name: str, content: Content) -> None:
    """Replace the text of a file in one step, and keep its mode: whoever reads it sees either the old or the new text.

    Raises Unreadable, and then the file is as it was.
    """
    path = Path(name).resolve()
    beside = None
    try:
        mode = path.stat().st_mode
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as new:
            beside = Path(new.name)
            new.write(content.data)
            new.flush()
            os.fsync(new.fileno())
        beside.chmod(mode & 0o7777)
        beside.replace(path)
    except OSError as error:
        if beside is not None:
            with suppress(OSError):
                beside.unlink()
        raise Unreadable(f"{name}: cannot be written: {_why(error)}") from None


def shown(name: str) -> str:
    """A file's name as shown to the user."""
    return "standard input" if name == STDIN else name


def _why(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return f"not UTF-8 text (at byte {error.start})"
    return str(getattr(error, "strerror", None) or error)
