"""Notices who checks whether a file exists, without opening it: Python has no audit event for that.

So `os.stat` is replaced once somebody wants to know. It answers as before, and reports what it finds in one folder.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

Report = Callable[[str], None]

#: The sets in which Python lists what its own functions can do.
_ABILITIES = (os.supports_dir_fd, os.supports_fd, os.supports_follow_symlinks)
_stat = os.stat
#: The name of the folder, and what to call with a path that has it in it.
_watched: tuple[str, Report] | None = None


def report_checks(folder: Path, report: Report) -> None:
    """From now on, call `report` with each path that `os.stat` finds and that may be in a folder; it replaces the one
    before.
    """
    global _watched
    _watched = folder.name, report
    if os.stat is not _reporting_stat:
        for ability in _ABILITIES:
            if _stat in ability:
                ability.add(_reporting_stat)
        os.stat = _reporting_stat


def _reporting_stat(path: Any, *arguments: Any, **options: Any) -> os.stat_result:
    global _watched
    answer = _stat(path, *arguments, **options)
    if _watched is not None and not isinstance(path, int) and _watched[0] in (text := os.fsdecode(path)):
        watched, _watched = _watched, None  # the report may check files itself
        try:
            watched[1](text)
        finally:
            _watched = watched
    return answer
