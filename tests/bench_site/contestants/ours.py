"""Ourselves: a copy of this checkout with other posts, run by its Makefile as an author runs it."""

from __future__ import annotations

import compileall
import shutil
from collections.abc import Iterable
from pathlib import Path

from ..posts import Post
from .contestant import CHECKOUT, Contestant

VENV = CHECKOUT / ".venv"
#: What a site is made of, but for its posts.
PARTS = ("Makefile", "pyproject.toml", "requirements.txt", "pelicanconf.py", "content", "plugins", "theme")


def _lay_out(site: Path, posts: Iterable[Post]) -> None:
    """Copy the parts with their files' times, by which make sees that the environment is up to date."""
    for name in PARTS:
        if (CHECKOUT / name).is_dir():
            shutil.copytree(CHECKOUT / name, site / name, ignore=shutil.ignore_patterns("posts", "*.egg-info"))
        else:
            shutil.copy2(CHECKOUT / name, site)
    compileall.compile_dir(site / "plugins", quiet=2)


def _make(*words: str) -> tuple[str, ...]:
    """The words of a make that takes this checkout's environment instead of making one."""
    return ("make", "--silent", f"VENV={VENV}", *words)


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
