"""Where in an author's files an exception came from, shown as compilers show it."""

from __future__ import annotations

import sysconfig
import traceback
from pathlib import Path
from typing import NamedTuple

from jinja2 import TemplateSyntaxError

from .colours import paint
from .project import in_project

_OWN = Path(__file__).parent
_INSTALLED = tuple({Path(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib", "purelib", "platlib")})
_TAB = 4
#: In characters: a longer line is not shown.
_LONGEST_LINE = 500


class Fault(NamedTuple):
    """A line of a file, from 1, and its columns from `start` up to `end`, from 0; both are 0 if they are not known."""

    file: Path
    line: int
    start: int = 0
    end: int = 0

    def place(self) -> str:
        """Return the place as editors read it, with the file as the author knows it."""
        column = f":{self.start + 1}" if self.end else ""
        return f"{in_project(self.file)}:{self.line}{column}"

    def excerpt(self) -> str:
        """Return the place and its line, with carets under the columns; only the place if the line cannot be shown."""
        line = _line(self.file, self.line)
        margin, bar = " " * len(str(self.line)), paint("|", "frame")
        rows = [f"{margin}{paint('-->', 'frame')} {self.place()}"]
        if line.strip() and len(line) <= _LONGEST_LINE:
            rows += [f"{margin} {bar}", f"{paint(str(self.line), 'frame')} {bar} {_shown(line)}"]
            before, marked = _shown(line[: self.start]), _shown(line[self.start : self.end])
            rows += [f"{margin} {bar} {' ' * len(before)}{paint('^' * len(marked), 'error')}"] if marked else []
        return "\n".join(rows)


def fault_of(error: BaseException) -> Fault | None:
    """Return the place that an exception names, or else the last one in the author's files that led to it."""
    if isinstance(error, TemplateSyntaxError):
        return Fault(Path(error.filename), error.lineno) if error.filename else None
    if isinstance(error, SyntaxError):
        return _fault_of_syntax(error)
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        file = Path(frame.filename)
        if frame.lineno and file.is_file() and not any(map(file.is_relative_to, (_OWN, *_INSTALLED))):
            # The columns of a template are those of the Python code that it was compiled to.
            is_whole = file.suffix == ".py" and frame.end_lineno == frame.lineno
            return Fault(file, frame.lineno, *(_columns(file, frame) if is_whole else ()))
    return None


def _fault_of_syntax(error: SyntaxError) -> Fault | None:
    if not error.filename or not error.lineno:
        return None
    start = max((error.offset or 1) - 1, 0)
    is_on_one_line = error.end_lineno == error.lineno
    end = (error.end_offset or 0) - 1 if is_on_one_line else 0
    return Fault(Path(error.filename), error.lineno, start, max(end, start + 1))


def _columns(file: Path, frame: traceback.FrameSummary) -> tuple[int, int]:
    """The columns that Python blames, which it counts in bytes."""
    line = _line(file, frame.lineno or 0).encode()
    start, end = (len(line[: at or 0].decode("utf-8", "replace")) for at in (frame.colno, frame.end_colno))
    return start, end


def _line(file: Path, number: int) -> str:
    try:
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    return lines[number - 1] if 0 < number <= len(lines) else ""


def _shown(line: str) -> str:
    """A line with tabs as spaces, without what a terminal would obey."""
    return "".join(" " * _TAB if char == "\t" else char if char.isprintable() else "�" for char in line)
