"""What is measured: a program that makes a site of posts, builds it and serves it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from ..posts import Post

CHECKOUT = Path(__file__).resolve().parents[3]
#: Where the programs of others are installed, when that is asked for.
TOOLS = CHECKOUT / ".cache" / "bench-site"
#: What is in the environment only because make has started us.
OF_MAKE_BENCH_SITE = {"MAKEFLAGS", "MAKEOVERRIDES", "MAKELEVEL", "MFLAGS", "PYTHONPATH", "SIZES", "CONTESTANTS"}


@dataclass(frozen=True)
class Contestant:
    """One program, and what has to be known to measure it.

    All serve a post at the same address, `Post.address`, and show the summary of the newest one on the front page.
    """

    name: str
    #: Makes a site in an empty folder, all but its posts, of which it is told. The folder is there.
    lay_out: Callable[[Path, Iterable[Post]], None]
    #: Where in the site a post's file is.
    place: Callable[[Post], str]
    #: What is in that file.
    source: Callable[[Post], str]
    #: The words of the command that builds; it is run in the site's folder.
    build: tuple[str, ...]
    #: The words of the command that serves, until Ctrl-C; `{port}` in them is the port.
    serve: tuple[str, ...]
    #: What in the site's folder was built, or is remembered between builds. Without it, the next build is a cold one.
    remembered: tuple[str, ...]
    #: Tells the version.
    version: Callable[[], str]
    #: A file that is there if the program is.
    program: Path
    #: The words of the command that installs it; none, if that is not for us to do.
    install: tuple[str, ...] = ()

    @property
    def is_installed(self) -> bool:
        """Whether it can be measured."""
        return self.program.is_file()

    def save(self, site: Path, post: Post) -> None:
        """Write a post into a site, as a text editor does."""
        file = site / self.place(post)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(self.source(post), encoding="utf-8")

    def forget(self, site: Path) -> None:
        """Remove from a site all that was built, and what is remembered."""
        for name in self.remembered:
            if (site / name).is_dir():
                shutil.rmtree(site / name)
            else:
                (site / name).unlink(missing_ok=True)


def environment() -> dict[str, str]:
    """The environment of all contestants: this one, without what `make bench-site` has put into it."""
    return {name: value for name, value in os.environ.items() if name not in OF_MAKE_BENCH_SITE}
