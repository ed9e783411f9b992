"""plugins/deploy/rclone/: a real object store, SFTP and WebDAV on this machine.

KILLS=100 for a long run, SEED for other moments.
"""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest
from deploy.manifest import Changes
from deploy.rclone.sending import in_order
from hosts.rclone_servers import PASSWORD, RcloneServers
from hosts.small_site import SmallSite

KILLS, SEED = int(os.environ.get("KILLS", "2")), int(os.environ.get("SEED", "1"))


def test_the_order_of_sending() -> None:
    """No page leads to what is not there yet."""
    changes = Changes(
        ("new/index.html", "theme/new.css", "theme/new.css.br"), ("index.html", "old.html", "sitemap.xml")
    )

    assert [*in_order(changes)] == [
        ("files of pages", ["theme/new.css", "theme/new.css.br"]),
        ("new pages", ["new/index.html"]),
        ("pages", ["old.html"]),
        ("lists of pages", ["index.html", "sitemap.xml"]),
    ]


def files(folder: Path) -> list[str]:
    """What readers see."""
    paths = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return sorted(path.as_posix() for path in paths if path.parts[0] != ".deploy")


@pytest.mark.starts_programs
@pytest.mark.parametrize("kind", ["s3", "sftp", "webdav"])
def test_a_site_goes_to_a_remote_and_back(
    kind: str, blog_with_rclone: SmallSite, rclone_servers: RcloneServers
) -> None:
    """What changed with the same length too, and what somebody has damaged."""
    blog, folder = blog_with_rclone, rclone_servers.folder / kind / "bucket" / "it's $HOME & ü"
    blog.environment["DEPLOY_TO"] = f"rclone:{kind}:bucket/{folder.name}"
    blog.write({"-x; y.html": "<p>Strange.", "# z.html": "<p>Strange.", "gone/index.html": "<p>Gone."})
    assert "5 added" in blog.deployed()
    assert files(folder) == ["# z.html", "-x; y.html", "gone/index.html", "index.html", "theme/style.css"]

    blog.number(1)
    blog.write({"gone/index.html": None, "new/index.html": "<p>New."})
    (folder / "theme/style.css").write_text("Damaged")
    assert "1 added, 2 changed, 1 removed;" in blog.deployed()
    assert files(folder) == ["# z.html", "-x; y.html", "index.html", "new/index.html", "theme/style.css"]
    assert "Number 1" in (folder / "index.html").read_text()
    assert "red" in (folder / "theme/style.css").read_text()
    assert not (folder / "gone").exists() and not (folder / ".deploy/lock.json").exists()

    blog.deployed("rollback")
    assert "Number 0" in (folder / "index.html").read_text() and (folder / "gone/index.html").exists()


@pytest.mark.starts_programs
def test_what_is_not_ours_is_left_alone(
    blog_with_rclone: SmallSite, rclone_servers: RcloneServers, tmp_path: Path
) -> None:
    """Not so a lock of ours that was left. What was deployed from another place cannot be taken back here."""
    blog, folder = blog_with_rclone, rclone_servers.folder / "s3" / "bucket" / "theirs"
    folder.mkdir()
    (folder / "theirs.html").write_text("Somebody else's")
    blog.environment["DEPLOY_TO"] = "rclone:s3:bucket/theirs"
    assert "FORCE=1" in blog.refused()
    blog.deployed(DEPLOY_FORCE="1")
    assert (folder / "theirs.html").read_text() == "Somebody else's"
    assert "up to date" in blog.deployed()
    assert "no release before" in blog.refused("rollback")
    notes = "".join(path.read_text() for path in (folder / ".deploy").iterdir())
    assert "index" not in notes, "readers can open it"

    (folder / ".deploy/lock.json").write_text('{"deploys": "another", "since": "2026-11-27 16:05 UTC"}\n')
    blog.number(1)
    blog.write({"theme/style.css": None})
    assert blog.deployed(DEPLOY_DRY_RUN="1").splitlines()[1:] == [
        "  changed  index.html",
        "  removed  theme/style.css",
        "1 changed, 1 removed, 0 stay as they are",
    ]
    assert "since 2026-11-27 16:05 UTC" in blog.refused() and (folder / ".deploy/lock.json").exists()
    word = next(blog.folder.glob(".deployed/*/lock")).read_text()
    (folder / ".deploy/lock.json").write_text(f'{{"deploys": "{word}"}}\n')
    blog.deployed()
    other = SmallSite(tmp_path / "other")
    other.environment = blog.environment
    assert "from another place" in other.refused("rollback")


@pytest.mark.starts_programs
def test_what_rclone_refuses_is_said_with_what_to_do_and_without_secrets(
    blog_with_rclone: SmallSite, rclone_servers: RcloneServers
) -> None:
    port = rclone_servers.ports["s3"]
    for to, said in (
        ("rclone:nobody:x", "rclone listremotes"),
        (f"rclone::webdav,url='http://127.0.0.1:1',bearer_token={PASSWORD}:x", "takes no connection"),
        (f"rclone::s3,provider=Rclone,access_key_id=x,secret_access_key={PASSWORD},endpoint='http://127.0.0.1:{port}':x/y",
         "does not know you"),
        ("s3://bucket/x", "rclone config"),
    ):  # fmt: skip
        refusal = blog_with_rclone.refused(DEPLOY_TO=to)
        assert said in refusal and PASSWORD not in refusal, refusal
    assert "rclone is not installed here" in blog_with_rclone.refused(DEPLOY_TO="rclone:s3:x", PATH="/nowhere")


def number(blog: SmallSite, number: int) -> None:
    """Build an edition in which each page loads a file that only this edition has."""
    blog.number(number, 20)
    for page in blog.output.rglob("index.html"):
        page.write_text(page.read_text().replace("style.css", f"style-{number}.css"))
    for style in (blog.output / "theme").iterdir():
        style.unlink()
    blog.write({f"theme/style-{number}.css": f"p {{ order: {number} }}" + " " * 50_000})


@pytest.mark.starts_programs
def test_cut_off_at_any_moment(blog_with_rclone: SmallSite, rclone_servers: RcloneServers) -> None:
    """The program, or rclone: each page is whole, and so is what it loads; the next deployment finishes."""
    blog, folder, moments = blog_with_rclone, rclone_servers.folder / "s3" / "bucket" / "cut", random.Random(SEED)
    blog.environment["DEPLOY_TO"] = "rclone:s3:bucket/cut"
    number(blog, 0)
    start = time.monotonic()
    blog.deployed()
    longest = time.monotonic() - start
    for edition in range(1, KILLS + 1):
        number(blog, edition)
        deployment = blog.start()
        time.sleep(moments.uniform(0.3, 1.3) * longest)
        if moments.random() < 0.5:
            deployment.send_signal(moments.choice([signal.SIGKILL, signal.SIGINT]))
        else:
            subprocess.run(["pkill", "-KILL", "-P", str(deployment.pid)], check=False)
        said = deployment.said()
        assert "Traceback" not in said, said
        pages = [*folder.rglob("index.html")]
        assert len(pages) == 20
        for page in pages:
            loaded = re.findall(r"style-\d+\.css", page.read_text())
            assert len(loaded) == 1 and (folder / "theme" / loaded[0]).stat().st_size > 50_000, (page, loaded)
    number(blog, KILLS + 1)
    blog.deployed()
    assert files(folder) == files(blog.output)
    assert all(f"Number {KILLS + 1}" in page.read_text() for page in folder.rglob("index.html"))
    assert not (folder / ".deploy/lock.json").exists()
