"""A published site is the same to the byte wherever, whenever and by whomever it is built."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Site, press_environment

#: Long after a post that is to come, so that it is published.
_NOW = {"SOURCE_DATE_EPOCH": "2000000000"}


def published(site: Site, *around: str, umask: str = "022", **environment: str) -> dict[str, tuple[str, bytes]]:
    """Publish a site in a process of its own, and return the permissions and bytes of each file and folder."""
    build = [*around, sys.executable, "-m", "press", "build", "publishconf.py"]
    subprocess.run(
        ["sh", "-c", f'umask {umask} && exec "$@"', "sh", *build],
        cwd=site.folder,
        env={**press_environment(), **_NOW, **environment},
        check=True,
        capture_output=True,
    )
    return {
        file.relative_to(site.output).as_posix(): (stat.filemode(file.lstat().st_mode), read(file))
        for file in (site.output, *site.output.rglob("*"))
    }


def read(file: Path) -> bytes:
    """What is in a file; nothing if it is a folder."""
    return file.read_bytes() if file.is_file() else b""


def test_nothing_around_a_build_shows_in_the_site(site: Site, tmp_path_factory: pytest.TempPathFactory) -> None:
    head = {"authors": "Ann Alder, Bo Birch", "tags": "Linux, C++, Ñandú", "series": "Nets"}
    for name in ("one", "two", "three"):  # at the same time
        site.post(name, "```sh\niptables -A INPUT -s 192.0.2.1 -j DROP\n```\n", date="2026-01-02 03:04", **head)
    for language in ("es", "ar", "de"):
        site.post(f"one-{language}", "Texto.\n", slug="one", lang=language, **head)
    site.post("due", "To come.\n", date="2031-01-01")
    site.settings('AUTHOR_SAVE_AS = AUTHOR_URL + "index.html"\nSERIES_SAVE_AS = SERIES_URL + "index.html"')
    other = site.copied_to(tmp_path_factory.mktemp("elsewhere") / "deeper/in/it")
    # As a checkout leaves them: with the permissions and the times of whoever makes it.
    for file in site.folder.glob("content/*/*"):
        file.chmod(0o664)
        os.utime(file, (10**9, 10**9))
    for file in other.folder.glob("content/*/*"):
        file.chmod(0o600)
    one_processor = ["taskset", "--cpu-list", str(min(os.sched_getaffinity(0)))] if shutil.which("taskset") else []

    first = published(site, PYTHONHASHSEED="1", TZ="America/Lima", LC_ALL="C.UTF-8", umask="002")
    elsewhere = published(other, *one_processor, PYTHONHASHSEED="2", TZ="Asia/Kolkata", LC_ALL="C", umask="077")
    again = published(other, PYTHONHASHSEED="3", TZ="Asia/Kolkata", LC_ALL="C", HOME=str(other.folder), umask="027")

    for found in (elsewhere, again):
        assert first.keys() == found.keys()
        assert [name for name in first if first[name] != found[name]] == []
    assert {"2031/01/due/index.html", "sitemap.xml", "index.html.br"} <= first.keys()
