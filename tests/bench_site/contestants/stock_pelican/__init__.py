"""Pelican as it comes, in the version that we use, with its smallest theme and our addresses and Markdown.

Typography is off, as it is by default. So it does less than we do: nothing is checked, and no post names another one.
"""

from __future__ import annotations

import importlib.metadata
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from ...posts import Post
from ..contestant import Contestant


def _lay_out(site: Path, posts: Iterable[Post]) -> None:
    shutil.copytree(Path(__file__).parent / "site", site, dirs_exist_ok=True)


stock_pelican = Contestant(
    name="stock Pelican",
    lay_out=_lay_out,
    place=lambda post: f"content/posts/{post.slug}.md",
    source=Post.for_pelican,
    build=(sys.executable, "-m", "pelican", "content"),
    serve=(sys.executable, "-m", "pelican", "content", "--listen", "--autoreload", "--port", "{port}"),
    remembered=("output", "cache"),
    version=lambda: importlib.metadata.version("pelican"),
    program=Path(sys.executable),
)
