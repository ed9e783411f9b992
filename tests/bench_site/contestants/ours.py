"""Ourselves: a copy of this checkout with other posts, run by its Makefile as an author runs it."""

from __future__ import annotations

import compileall
import shutil
from collections.abc import Iterable
from pathlib import Path

from ..posts import Post
from ..process_tree import started
from .contestant import CHECKOUT, Contestant, environment

VENV = CHECKOUT / ".venv"
#: How long the environment may take to be put in order, in seconds.
PATIENCE = 300
#: What a site is made of, but for its posts.
PARTS = ("Makefile", "pyproject.toml", "requirements.txt", "pelicanconf.py", "content", "plugins", "theme")


def _lay_out(site: Path, posts: Iterable[Post]) -> None:
    """Copy the parts, and the environment, which then belongs to the copy and is not made in the first build."""
    # Without the word that it has the packages for tests, whose list is not among the parts.
    shutil.copytree(VENV, site / VENV.name, symlinks=True, ignore=shutil.ignore_patterns("installed-for-tests"))
    for name in PARTS:
        if (CHECKOUT / name).is_dir():
            shutil.copytree(CHECKOUT / name, site / name, ignore=shutil.ignore_patterns("posts", "*.egg-info"))
        else:
            shutil.copy2(CHECKOUT / name, site)
    compileall.compile_dir(site / "plugins", quiet=2)
    with started(_make("setup"), site, environment()) as setup:
        setup.run_to_end(PATIENCE)


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
