"""Files that everything read depends on: those outside of the content that Python, Pelican or a plugin has opened.

The data of a plugin are read when it is loaded, or with the first post, and then kept in mind: nobody can tell which
posts they are in. So when such a file changes, all is read again, by a process that has nothing in mind. What lies in
the content belongs to the post that includes it, and to that alone.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from .fingerprint import installed_in

#: Where there are no files but what the system says of itself.
_NO_FILES = ("/proc", "/sys", "/dev")


def common(paths: Iterable[str], settings: dict[str, Any]) -> Iterator[str]:
    """Of files that were opened, those that everything depends on. Code is left to the fingerprint, what was installed
    to its version, and templates to Jinja.
    """
    own = [settings[name] for name in ("PATH", "THEME", "CACHE_PATH", "OUTPUT_PATH")]
    places = [str(Path(each).absolute()) for each in (*own, *settings["THEME_TEMPLATES_OVERRIDES"])]
    elsewhere = tuple(place + os.sep for place in (*places, *installed_in(), *_NO_FILES))
    for path in paths:
        if not path.startswith(elsewhere) and not path.endswith(".py") and os.path.isfile(path):  # noqa: PTH113
            yield path
