"""Files on which everything that was read depends: those outside the content that Python, Pelican or a plugin opened.

A plugin reads its data when it is loaded, or with the first post, and then keeps them in memory, so there is no telling
which posts they went into. When such a file changes, everything is read again, by a fresh process. A file in the
content belongs only to the posts that include it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from .fingerprint import installed_in

#: Where the system presents itself as files.
_NO_FILES = ("/proc", "/sys", "/dev")


def shared_files(paths: Iterable[str], settings: dict[str, Any]) -> Iterator[str]:
    """Of the files that were opened, those that everything depends on. Code is covered by the fingerprint, installed
    packages by their version, and templates by Jinja.
    """
    own = [settings[name] for name in ("PATH", "THEME", "CACHE_PATH", "OUTPUT_PATH")]
    places = [str(Path(each).absolute()) for each in (*own, *settings["THEME_TEMPLATES_OVERRIDES"])]
    elsewhere = tuple(place + os.sep for place in (*places, *installed_in(), *_NO_FILES))
    for path in paths:
        if not path.startswith(elsewhere) and not path.endswith(".py") and os.path.isfile(path):  # noqa: PTH113
            yield path
