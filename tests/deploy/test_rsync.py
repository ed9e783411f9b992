"""plugins/deploy/rsync/: releases on a server, behind a real sshd on this machine.

KILLS=100 for a long run, SEED for other moments.
"""

from __future__ import annotations

import contextlib
import os
import random
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest
from conftest import need
from deploy.rsync.release_folder import word_of
from hosts.small_site import ADDRESS, SmallSite
from hosts.ssh_server import SshServer

pytestmark = pytest.mark.starts_programs

KILLS, SEED = int(os.environ.get("KILLS", "2")), int(os.environ.get("SEED", "1"))
PAGES = 60


def number_of(site: Path) -> int:
    """The number that all pages of the site that readers see have, of which none is missing."""
    seen = site.resolve()
    pages = [seen / "index.html", *seen.glob("page-*/index.html")]
    numbers = {re.findall(r"Number (\d+)", page.read_text(encoding="utf-8"))[-1] for page in pages}
    assert len(pages) == PAGES and len(numbers) == 1, (len(pages), numbers)
    return int(numbers.pop())


def releases(folder: Path) -> list[str]:
    """The names of the releases, the oldest first."""
    return sorted(path.name for path in (folder / "releases").iterdir())


def test_a_site_goes_to_a_server_and_back(blog_with_ssh: SmallSite, ssh_server: SshServer, tmp_path: Path) -> None:
    """The path has what shells take for something else; the last line says where to look and how to go back."""
    blog, folder = blog_with_ssh, tmp_path / '-it\'s $HOME `x` "y" ; ~ & ü'
    to = f"ssh://{ssh_server.user}@[::1]:{ssh_server.port}{folder}".replace(" ", "%20")
    said = blog.deployed(DEPLOY_TO=to).splitlines()

    assert (folder / "current" / "index.html").read_text() == (blog.output / "index.html").read_text()
    assert len(said) == 2 and f"{folder}/current" in said[0]
    assert "2 added" in said[1] and f"{ADDRESS}/" in said[1] and "make rollback TO=" in said[1]

    first = (folder / "current" / "theme/style.css").stat()
    blog.number(1)
    blog.write({"theme/style.css": None, "theme/new.css": "p { color: blue }", "about/index.html": "About"})
    os.utime(blog.output / "about", (1, 1))
    seen = blog.deployed(DEPLOY_TO=to, DEPLOY_DRY_RUN="1").splitlines()
    assert seen[1:] == [
        "  added    about/index.html",
        "  added    theme/new.css",
        "  changed  index.html",
        "  removed  theme/style.css",
        "2 added, 1 changed, 1 removed, 0 stay as they are",
    ]
    assert len(releases(folder)) == 1

    blog.write({"theme/style.css": "p { color: red }"})
    said = blog.deployed(DEPLOY_TO=to).splitlines()
    assert len(said) == 1 and "2 added, 1 changed;" in said[0]
    same = (folder / "current" / "theme/style.css").stat()
    assert (same.st_ino, same.st_mtime) == (first.st_ino, first.st_mtime), "what is the same is on the disk once"
    assert "up to date" in blog.deployed(DEPLOY_TO=to)

    assert "back at release" in blog.deployed("rollback", DEPLOY_TO=to)
    assert "Number 0" in (folder / "current" / "index.html").read_text()
    assert "no release before" in blog.refused("rollback", DEPLOY_TO=to)
    newest = releases(folder)[-1]
    blog.deployed("rollback", DEPLOY_TO=to, DEPLOY_RELEASE=newest[:17])
    assert "Number 1" in (folder / "current" / "index.html").read_text()


def test_the_last_five_are_kept_and_the_one_in_use(blog: SmallSite, tmp_path: Path) -> None:
    folder = tmp_path / "srv"
    (folder / "releases" / "mine").mkdir(parents=True)
    blog.environment["DEPLOY_TO"] = str(folder)
    blog.deployed(DEPLOY_FORCE="1")
    first = releases(folder)[0]
    for number in range(1, 5):
        blog.number(number)
        blog.deployed()
    blog.deployed("rollback", DEPLOY_RELEASE=first)
    assert len(releases(folder)) == 6

    for number in range(5, 8):
        blog.number(number)
        blog.deployed()
    kept = releases(folder)
    assert first not in kept and len(kept) == 6 and "mine" in kept
    assert sorted(path.stem for path in (folder / ".deploy/manifests").iterdir()) == kept[:-1]
    assert [*(folder / ".deploy/incoming").iterdir()] == [*(folder / ".deploy/removed").iterdir()] == []


def test_what_is_not_ours_is_left_alone(blog: SmallSite, tmp_path: Path) -> None:
    folder = tmp_path / "www"
    folder.mkdir()
    (folder / "index.html").write_text("Somebody else's")
    blog.environment["DEPLOY_TO"] = str(folder)

    assert "FORCE=1" in blog.refused() and [*folder.iterdir()] == [folder / "index.html"]
    blog.deployed(DEPLOY_FORCE="1")
    assert (folder / "index.html").read_text() == "Somebody else's"
    (folder / "current").unlink()
    (folder / "current").mkdir()
    assert "named current" in blog.refused(DEPLOY_FORCE="1")


def test_another_site_does_not_take_its_place(blog: SmallSite, tmp_path: Path) -> None:
    to = str(tmp_path / "srv")
    blog.deployed(DEPLOY_TO=to)
    other = SmallSite(tmp_path / "other", "https://example.net")

    said = other.refused(DEPLOY_TO=to)
    assert ADDRESS in said and "https://example.net" in said
    other.deployed(DEPLOY_TO=to, DEPLOY_FORCE="1")


def test_one_deployment_at_a_time(blog_with_ssh: SmallSite, ssh_server: SshServer, tmp_path: Path) -> None:
    """A second one is told who deploys and how to go on if that has ended."""
    folder = tmp_path / "srv"
    to = f"server.test:{folder}"
    blog_with_ssh.deployed(DEPLOY_TO=to)
    (folder / ".deploy/lock").mkdir()
    (folder / ".deploy/lock/owner").write_text("ann@laptop, since 2026-11-27 16:05 UTC,\n")
    blog_with_ssh.number(1)
    said = blog_with_ssh.refused(DEPLOY_TO=to)

    assert "ann@laptop, since 2026-11-27 16:05 UTC, deploys there" in said and "UNLOCK=1" in said
    assert "UNLOCK=1" in blog_with_ssh.refused("rollback", DEPLOY_TO=to)
    blog_with_ssh.deployed(DEPLOY_TO=to, DEPLOY_UNLOCK="1")
    assert not (folder / ".deploy/lock").exists()


def test_cut_off_at_any_moment(blog_with_ssh: SmallSite, ssh_server: SshServer, tmp_path: Path) -> None:
    """The program, or the connection: readers see one edition or the other, and the next deployment finishes."""
    blog, folder, moments = blog_with_ssh, tmp_path / "srv", random.Random(SEED)
    blog.environment["DEPLOY_TO"] = f"server.test:{folder}"
    blog.number(0, PAGES)
    start = time.monotonic()
    blog.deployed()
    longest, before = time.monotonic() - start, 0
    for number in range(1, KILLS + 1):
        blog.number(number, PAGES)
        deployment = blog.start()
        time.sleep(moments.uniform(0.3, 1.3) * longest)
        match moments.choice(["program", "interrupt", "connection", "all connections"]):
            case "program":
                deployment.kill()
            case "interrupt":
                deployment.send_signal(signal.SIGINT)
            case which:
                ended = connections(ssh_server)
                for process in ended if which == "all connections" else ended[-1:]:
                    with contextlib.suppress(ProcessLookupError):  # it has ended by itself since
                        os.kill(process, signal.SIGKILL)
        said = deployment.said()
        assert "Traceback" not in said, said
        assert number_of(folder / "current") in (before, number)
        before = number_of(folder / "current")

    blog.number(KILLS + 1, PAGES)
    blog.deployed()
    assert number_of(folder / "current") == KILLS + 1
    assert not (folder / ".deploy/lock").exists() and [*(folder / ".deploy/incoming").iterdir()] == []


def connections(server: SshServer) -> list[int]:
    """The processes of the user's ssh, the newest last."""
    own = [f"{server.folder}/ssh_config".encode()]
    found = []
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if set(own) & {*process.read_bytes().split(b"\0")}:
                found.append(int(process.parent.name))
        except OSError:
            continue
    return sorted(found)


def test_a_far_end_with_busybox(blog: SmallSite, tmp_path: Path) -> None:
    """And no other program than rsync."""
    busybox = need(shutil.which("busybox"), "busybox", "apt-get install busybox")
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("sh", "mv", "ls", "ln", "rm", "mkdir", "cat", "date", "readlink"):
        (programs / name).symlink_to(busybox)
    (programs / "rsync").symlink_to(str(need(shutil.which("rsync"), "rsync", "apt-get install rsync")))
    folder = tmp_path / "srv"
    blog.environment |= {"DEPLOY_TO": str(folder), "PATH": str(programs)}
    blog.deployed()
    blog.number(1)
    blog.deployed()

    assert "Number 1" in (folder / "current/index.html").read_text()
    blog.deployed("rollback")
    assert "Number 0" in (folder / "current/index.html").read_text()
    assert not (folder / ".deploy/lock").exists()


def test_what_a_server_refuses_is_said_with_what_to_do(
    blog_with_ssh: SmallSite, ssh_server: SshServer, tmp_path: Path
) -> None:
    blog, server = blog_with_ssh, ssh_server
    (tmp_path / "file").touch()
    wrong_key = ("IdentityFile /dev/null", "IdentitiesOnly yes")
    for lines, to, said in (
        ((), f"no-such-host.invalid:{tmp_path}/srv", "is unknown"),
        ((), f"ssh://127.0.0.1:1{tmp_path}/srv", "takes no connection"),
        (("HostKeyAlias unknown.test", "StrictHostKeyChecking yes"), f"server.test:{tmp_path}/srv", "not known yet"),
        (wrong_key, f"nobody-of-that-name@server.test:{tmp_path}/srv", "does not let you in"),
        ((), f"server.test:{tmp_path}/file/srv", "looking at"),
    ):
        server.configure(*lines)
        try:
            assert said in blog.refused(DEPLOY_TO=to), to
        finally:
            server.configure()
    assert "rsync is not installed here" in blog.refused(DEPLOY_TO="/srv", PATH="/nowhere")
    assert "apt-get install openssh-client" in blog.refused(DEPLOY_TO="host:/srv", PATH="/nowhere")


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("~/blog", "/home/ann/blog"),
        ("~/a $b`c`", "/home/ann/a $b`c`"),
        ("~root/'", "/root/'"),
        ("~a b/c", "./~a b/c"),
        ("-rf", "./-rf"),
        ('/srv/"$HOME"/~', '/srv/"$HOME"/~'),
        ("a/~/b", "./a/~/b"),
        ("~;id/x", "./~;id/x"),
    ],
)
def test_a_path_is_one_word_of_the_shell_there(path: str, there: str) -> None:
    """A `~` in front is a home, and a `-` no option."""
    shell = ["sh", "-c", f"printf %s {word_of(path)}"]

    assert subprocess.check_output(shell, text=True, env={"HOME": "/home/ann", "PATH": os.environ["PATH"]}) == there


def test_a_full_disk_leaves_readers_what_they_have(blog: SmallSite, tmp_path: Path) -> None:
    folder = tmp_path / "srv"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "none", folder], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("only root can mount a small disk; run the tests as root")
    try:
        blog.deployed(DEPLOY_TO=str(folder))
        blog.number(1)
        blog.write({"large": "x" * 3_000_000})
        assert "the disk" in blog.refused(DEPLOY_TO=str(folder))
        assert "Number 0" in (folder / "current/index.html").read_text()
        blog.write({"large": None})
        blog.deployed(DEPLOY_TO=str(folder))
        assert "Number 1" in (folder / "current/index.html").read_text()
    finally:
        subprocess.run(["umount", folder], check=True)
