"""What a stream may be sent: no more than text, if it leads to no terminal or to a dumb one."""

from __future__ import annotations

import os
from typing import TextIO

#: A terminal that shows any sequence of control as text, such as the output of a command in Emacs.
_DUMB = "dumb"


def has_color(stream: TextIO | None) -> bool:
    """Whether colours are seen there, and wanted: https://no-color.org."""
    return has_cursor(stream) and not os.environ.get("NO_COLOR")


def has_cursor(stream: TextIO | None) -> bool:
    """Whether a line can be erased there, and written again. `NO_COLOR` says nothing of that."""
    return stream is not None and stream.isatty() and os.environ.get("TERM") != _DUMB
