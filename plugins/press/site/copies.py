"""Copies of new pages for the spare site (spare.py): so the next build finds each page there, also after the first one.

They are made when the new site is in place, and have its times and permissions, so that nothing is left to be done to
those that are the same then.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from stat import S_IMODE

from .opened import unheard
from .placed import Pages, Placed, below, parent
from .processes import spread
from .stamps import digest_of_bytes, is_settled_by, stamp, stamp_of

#: A process takes about as long to start as to copy this many.
_WORTH_A_PROCESS = 300


def without(pages: Pages, others: Pages) -> Pages:
    """The pages that are not the same among others."""
    return {name: page for name, page in pages.items() if name not in others or others[name].digest != page.digest}


def copied(tree: Path, site: Path, pages: Pages) -> Pages:
    """Copy pages from a site into a tree, which need not exist, and return those that are there now. None is copied to
    another file system: from there it could not be moved into a site. Raises OSError, such as where there is no room.
    """
    if os.lstat(site).st_dev != os.lstat(tree.parent).st_dev:
        return {}
    source, target = below(site), below(tree)

    def copy(names: Sequence[str]) -> Pages:
        there = {name: page for name in names if (page := _copied(source(name), target(name), pages[name]))}
        for name in {*map(parent, there)}:
            _give_times(target(name), os.lstat(source(name)))
        return there

    with unheard():
        tree.mkdir(exist_ok=True)
        there: Pages = {}
        for _, some in spread(copy, [*pages], _WORTH_A_PROCESS):
            there |= some
        os.utime(tree)  # later than all that is in it
        clock = os.lstat(tree)
    return {name: each._replace(is_settled=is_settled_by(each.stamp, clock)) for name, each in there.items()}


def _copied(source: str, target: str, page: Placed) -> Placed | None:
    """Copy one page; None if someone has changed it meanwhile."""
    content, status = _read(source)
    if status is None or not (
        (page.is_settled and stamp(status) == page.stamp) or digest_of_bytes(content) == page.digest
    ):
        return None
    try:
        os.unlink(target)  # noqa: PTH108
    except FileNotFoundError:
        os.makedirs(os.path.dirname(target), exist_ok=True)  # noqa: PTH103, PTH120
    with open(target, "xb") as file:  # noqa: PTH123
        file.write(content)
    _give_times(target, status)
    return Placed(page.digest, stamp_of(target), is_settled=False)


def _read(path: str) -> tuple[bytes, os.stat_result | None]:
    """The content of a file, and what the system says of it; None if it cannot be read."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            return file.read(), os.fstat(file.fileno())
    except OSError:
        return b"", None


def _give_times(path: str, of: os.stat_result) -> None:
    """Give a file or folder the times and permissions of another."""
    if os.lstat(path).st_mode != of.st_mode:
        os.chmod(path, S_IMODE(of.st_mode))  # noqa: PTH101
    os.utime(path, ns=(of.st_mtime_ns, of.st_mtime_ns))
