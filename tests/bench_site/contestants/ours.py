"""Ourselves: a copy of this checkout with other posts, run by its Makefile as an author runs it."""

from __future__ import annotations

import compileall
import os
import shutil
import sysconfig
from collections.abc import Iterable
from pathlib import Path

from ..posts import Post
from ..process_tree import started
from .contestant import CHECKOUT, Contestant, environment

VENV = CHECKOUT / ".venv"
#: Where its packages are.
PACKAGES = Path(sysconfig.get_path("purelib"))
#: How long the environment may take to be put in order, in seconds.
PATIENCE = 300
#: What a site is made of, but for its posts.
PARTS = ("Makefile", "pyproject.toml", "requirements.txt", "pelicanconf.py", "content", "plugins", "theme")


def _lay_out(site: Path, posts: Iterable[Post]) -> None:
    """Copy the parts, and the environment, which then belongs to the copy and is not made in the first build."""
    # Without the word that it has the packages for tests, whose list is not among the parts.
    not_ours = shutil.ignore_patterns("installed-for-tests")
    shutil.copytree(VENV, site / VENV.name, symlinks=True, ignore=not_ours, copy_function=_link_or_copy)
    for name in PARTS:
        if (CHECKOUT / name).is_dir():
            shutil.copytree(CHECKOUT / name, site / name, ignore=shutil.ignore_patterns("posts", "*.egg-info"))
        else:
            shutil.copy2(CHECKOUT / name, site)
    compileall.compile_dir(site / "plugins", quiet=2)
    with started(_make("setup"), site, environment()) as setup:
        setup.run_to_end(PATIENCE)


def _link_or_copy(source: str, target: str) -> None:
    """Link a file of a package, of which there are ten thousand and into which nobody writes; copy any other file, and
    all where a link is not possible.
    """
    is_in_a_package = Path(source).parent.is_relative_to(PACKAGES) and Path(source).parent != PACKAGES
    try:
        (os.link if is_in_a_package else shutil.copy2)(source, target)
    except OSError:
        shutil.copy2(source, target)


def _make(*words: str) -> tuple[str, ...]:
    return ("make", "--silent", *words)


ours = Contestant(
    name="ours",
    lay_out=_lay_out,
    place=lambda post: f"content/posts/{post.slug}.md",
    source=Post.for_pelican,
    build=_make("html"),
    serve=_make("serve", "PORT={port}"),
    remembered=("output", ".cache"),
    version=lambda: "",
    program=VENV / "bin" / "python",
)
