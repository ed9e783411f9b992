"""Copies of new pages for the spare site (spare.py): so the next build finds each page there, also after the first one.

They are made when the new site is in place, and have its times and permissions, so that nothing is left to be done to
those that are the same then.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from stat import S_IMODE

from .opened import unheard
from .placed import Pages, Placed, below, parent
from .stamps import digest_of_bytes, is_settled_by, stamp_of


def without(pages: Pages, others: Pages) -> Pages:
    """The pages that are not the same among others."""
    return {name: page for name, page in pages.items() if name not in others or others[name].digest != page.digest}


def copied(tree: Path, site: Path, pages: Pages) -> Pages:
    """Copy pages from a site into a tree, which need not exist, and return those that are there now. None is copied to
    another file system: from there it could not be moved into a site. Raises OSError, such as where there is no room.
    """
    if os.stat(site).st_dev != os.stat(tree.parent).st_dev:  # noqa: PTH116
        return {}
    with unheard():
        tree.mkdir(exist_ok=True)
        there = dict(_copied(tree, site, pages))
        for name in {*map(parent, there)}:
            _give_times(below(tree)(name), os.stat(below(site)(name)))  # noqa: PTH116
        os.utime(tree)  # later than all that is in it
        clock = os.stat(tree)  # noqa: PTH116
    return {name: each._replace(is_settled=is_settled_by(each.stamp, clock)) for name, each in there.items()}


def _copied(tree: Path, site: Path, pages: Pages) -> Iterator[tuple[str, Placed]]:
    for name, page in pages.items():
        source, target = below(site)(name), below(tree)(name)
        content, status = _read(source)
        if status is not None and digest_of_bytes(content) == page.digest:  # nobody has changed it meanwhile
            os.makedirs(os.path.dirname(target), exist_ok=True)  # noqa: PTH103, PTH120
            with suppress(FileNotFoundError):
                os.unlink(target)  # noqa: PTH108
            with open(target, "xb") as file:  # noqa: PTH123
                file.write(content)
            _give_times(target, status)
            yield name, Placed(page.digest, stamp_of(target), is_settled=False)


def _read(path: str) -> tuple[bytes, os.stat_result | None]:
    """The content of a file, and what the system says of it; None if it cannot be read."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            return file.read(), os.fstat(file.fileno())
    except OSError:
        return b"", None


def _give_times(path: str, of: os.stat_result) -> None:
    """Give a file or folder the times and permissions of another."""
    os.chmod(path, S_IMODE(of.st_mode))  # noqa: PTH101
    os.utime(path, ns=(of.st_mtime_ns, of.st_mtime_ns))
