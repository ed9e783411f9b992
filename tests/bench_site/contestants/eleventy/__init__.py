"""Eleventy, with its own plugins for feeds and for coloured code, and templates that write about what ours do.

It serves with `--incremental`: without, a save of one post among a thousand takes five times as long to be seen.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from pathlib import Path

from ...posts import Post
from ..contestant import TOOLS, Contestant

HERE = Path(__file__).parent
TOOL = TOOLS / "eleventy"
PACKAGE = TOOL / "node_modules" / "@11ty" / "eleventy"
#: A command for sh, whose arguments are a folder with the lists of packages, and the one to install them into.
INSTALL = 'mkdir -p "$1"; cp "$0"/package.json "$0"/package-lock.json "$1"; npm ci --silent --prefix "$1"'


def _lay_out(site: Path, posts: Iterable[Post]) -> None:
    """Copy the site; its settings import the plugins, which Node looks for beside them."""
    shutil.copytree(HERE / "site", site, dirs_exist_ok=True)
    (site / "node_modules").symlink_to(TOOL / "node_modules")


def _version() -> str:
    return str(json.loads((PACKAGE / "package.json").read_text(encoding="utf-8"))["version"])


eleventy = Contestant(
    name="Eleventy",
    lay_out=_lay_out,
    place=lambda post: f"content/posts/{post.slug}.md",
    source=Post.with_yaml,
    build=("node", str(PACKAGE / "cmd.cjs"), "--quiet"),
    serve=("node", str(PACKAGE / "cmd.cjs"), "--quiet", "--serve", "--incremental", "--port={port}"),
    remembered=("_site", ".cache"),
    version=_version,
    program=PACKAGE / "cmd.cjs",
    install=("sh", "-ec", INSTALL, str(HERE), str(TOOL)),
)
