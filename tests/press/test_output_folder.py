"""plugins/press/output_folder.py: how a new site takes the place of the old one, and what can come between."""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import PROJECT, need
from press import exchange
from press.build_error import BuildError
from press.output_folder import OutputFolder

pytestmark = pytest.mark.starts_programs

#: Builds sites of many pages that all bear one number, as `make html` puts them in place, but without Pelican.
BUILDS = """
import os, sys
from pathlib import Path
from press.build_error import BuildError
from press.build_lock import only_build_of
from press.output_folder import OutputFolder
times, *retained = sys.argv[1:]
try:
    for number in range(int(times)):
        folder = OutputFolder(Path("output"))
        with only_build_of(folder.real, folder.shown) as is_locked:
            fresh = folder.prepare(is_locked=is_locked)
            try:
                for page in ("index.html", "theme/style.css", *(f"{i}/index.html" for i in range(30))):
                    (fresh / page).parent.mkdir(exist_ok=True)
                    (fresh / page).write_text(f"{os.getpid()} {number}")
                folder.make_ready(retained)
                folder.replace(retained)
            finally:
                folder.clear_up()
except BuildError as error:
    sys.exit(str(error))
"""
PAGES = 32


def command(times: int = 1, *retained: str) -> list[str]:
    """Return what runs so many of these builds."""
    return [sys.executable, "-c", BUILDS, str(times), *retained]


def environment() -> dict[str, str]:
    """Return the environment that they find their modules in."""
    return {**os.environ, "PYTHONPATH": str(PROJECT / "plugins")}


def build(folder: Path, *retained: str, before: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    """Run one in a project's folder."""
    return subprocess.run(
        [*before, *command(1, *retained)], cwd=folder, env=environment(), capture_output=True, text=True, check=False,
        timeout=60,
    )  # fmt: skip


def files(folder: Path) -> set[str]:
    """Return the names of all files below a folder."""
    return {str(file.relative_to(folder)) for file in folder.rglob("*") if not file.is_dir()}


def names_in(folder: Path) -> list[str]:
    """Return the names of what a folder holds."""
    return sorted(path.name for path in folder.iterdir())


def is_whole(output: Path) -> bool:
    """Whether a site has all its pages, and all from one build."""
    pages = [file.read_text() for file in output.rglob("*") if file.is_file() and file.suffix in (".html", ".css")]
    return len(pages) == PAGES and len(set(pages)) == 1


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder to build in, where the tests stand."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def open_project() -> Iterator[Path]:
    """Return a folder that an ordinary user can enter, which pytest's own are not."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    subprocess.run(["chmod", "-R", "u+rwx", folder], check=True)
    shutil.rmtree(folder)


@pytest.fixture
def as_nobody() -> tuple[str, ...]:
    """Return the words before a command that make modes of files count, which they do not for root."""
    if os.geteuid():
        return ()
    become = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
    tried = shutil.which("setpriv") and subprocess.run([*become, *command(0)], env=environment(), check=False)
    need(tried and not tried.returncode, "a Python that others than root can run", "apt-get install python3 util-linux")
    return become


def owned_by_nobody(*paths: Path) -> None:
    """Give folders to the user that builds."""
    if not os.geteuid():
        for path in paths:
            os.chown(path, 65534, 65534)


def test_builds_at_once(project: Path) -> None:
    """Builds that start together wait for each other, and all leave a whole site; a reader always finds one."""
    assert build(project).returncode == 0
    running = [
        subprocess.Popen(command(15), cwd=project, env=environment(), stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    index = project / "output" / "index.html"
    while any(each.poll() is None for each in running):
        assert index.read_text()

    said = [each.communicate()[1] for each in running]
    assert [each.returncode for each in running] == [0, 0, 0]
    assert "another build is writing to output/; waiting for it to finish\n" in "".join(said)
    assert is_whole(project / "output")
    assert names_in(project) == [".output.lock", "output"]


def test_builds_at_once_where_nothing_can_be_locked(project: Path) -> None:
    """As on some network file systems: each builds in a folder of its own, and all leave a whole site."""
    without_locks = f"""
import errno, fcntl
def flock(file, operation):
    raise OSError(errno.ENOLCK, "No locks available")
fcntl.flock = flock
{BUILDS}"""
    program = [sys.executable, "-c", without_locks, "15"]
    assert build(project).returncode == 0
    running = [
        subprocess.Popen(program, cwd=project, env=environment(), stderr=subprocess.PIPE, text=True) for _ in range(3)
    ]

    said = [each.communicate()[1] for each in running]
    assert [each.returncode for each in running] == [0, 0, 0], said
    assert said[0] == "warning: output/ cannot be locked (No locks available); run only one build at a time\n" * 15
    assert is_whole(project / "output")
    assert names_in(project) == [".output.lock", "output"]


def test_a_link_and_its_target_share_a_lock(project: Path) -> None:
    """The name of the output does not matter, only where it leads."""
    (project / "web").mkdir()
    (project / "output").symlink_to("web")
    (project / "other").symlink_to("output")

    assert OutputFolder(Path("output")).real == OutputFolder(Path("other")).real == OutputFolder(Path("web")).real


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_killed_at_any_moment(project: Path, how: signal.Signals) -> None:
    """Whenever a build is ended, a whole site is there, with what is to be kept in it, and the next build succeeds."""
    moments = random.Random(how)
    (project / "output/.git").mkdir(parents=True)
    (project / "output/.git/HEAD").write_text("ref: refs/heads/main\n")
    assert build(project, ".git").returncode == 0
    for _ in range(5):
        running = subprocess.Popen(command(10_000, ".git"), cwd=project, env=environment(), stderr=subprocess.DEVNULL)
        time.sleep(0.15 + moments.random() / 10)
        running.send_signal(how)
        running.communicate()
        assert is_whole(project / "output")
        assert (project / "output/.git/HEAD").read_text() == "ref: refs/heads/main\n"

    assert build(project, ".git").returncode == 0
    assert names_in(project) == [".output.lock", "output"]


def test_two_renames_leave_no_gap_behind(project: Path) -> None:
    """Where folders cannot be exchanged in one step, a second rename that fails undoes the first."""
    (project / "output").mkdir()
    (project / "output/index.html").write_text("old")

    with pytest.raises(FileNotFoundError):
        exchange.in_two_steps(project / "not there", project / "output", project / "output.old")
    assert (project / "output/index.html").read_text() == "old"

    (project / "fresh").mkdir()
    exchange.in_two_steps(project / "fresh", project / "output", project / "output.old")
    assert files(project / "output") == set()
    assert files(project / "output.old") == {"index.html"}


@pytest.mark.parametrize("target", ["web", "../elsewhere/web", "not/there/yet", "/dev/shm"])
def test_output_is_a_link(project: Path, target: str) -> None:
    """The link stays, and the folder that it leads to is filled, on another file system too, and made if need be."""
    if target == "/dev/shm":
        is_there = os.access(target, os.W_OK) or None
        need(is_there, "another file system", "mount -t tmpfs tmpfs /dev/shm")
        target = tempfile.mkdtemp(dir=target)
    there = project / target
    if "not" not in target:
        there.mkdir(parents=True, exist_ok=True)
        (there / "old.html").write_text("old")
    (project / "output").symlink_to(target)

    for _ in range(2):
        assert build(project).returncode == 0
        assert (project / "output").readlink() == Path(target)
        assert is_whole(there)
    assert not list(project.glob("output.*"))
    if Path(target).is_absolute():
        shutil.rmtree(target)
        there.with_name(f".{there.name}.lock").unlink()


def test_a_link_to_itself(project: Path) -> None:
    """It is named."""
    (project / "output").symlink_to("output")

    assert build(project).stderr == "output is a link to itself; remove it\n"


VOLUMES = {
    "mounted": "mkdir -p output && mount -t tmpfs tmpfs output",
    "one mounted below": "mkdir -p output/2 && mount -t tmpfs tmpfs output/2",
    "bound to itself": "mkdir -p output && mount --bind output output",
    # Folders of the lower layer cannot be renamed: what a container finds in its image.
    "layered": "mount -t tmpfs tmpfs . && cd . && cd $PWD && mkdir -p low/output up work all && "
    "mount -t overlay overlay -o lowerdir=low,upperdir=up,workdir=work all && cd all",
}


@pytest.mark.parametrize("mount", VOLUMES.values(), ids=VOLUMES)
def test_output_is_a_volume(project: Path, mount: str) -> None:
    """A folder that cannot be renamed is filled in place: what the old site had is gone, what is to stay stays."""
    (project / "copy").mkdir()
    script = (
        f"set -e; copy=$PWD/copy; mount --bind copy copy; exec 3<copy; {mount}; "
        "mkdir -p output/gone output/kept output/1; touch output/gone/index.html output/kept/mine output/theme; "
        'for i in 1 2; do "$@"; done; cp -a output/. /proc/self/fd/3/'
    )
    privileged = ["unshare", "--mount", "sh", "-c"]
    tried = shutil.which("unshare") and subprocess.run([*privileged, "mount -t tmpfs tmpfs /mnt"], check=False)
    need(tried and not tried.returncode, "the right to mount", "apt-get install util-linux, and run the tests as root")

    built = build(project, "kept", before=(*privileged, script, "-"))

    assert (built.returncode, built.stderr) == (0, "")
    assert is_whole(project / "copy")
    assert len(files(project / "copy")) == PAGES + 1
    assert (project / "copy/kept/mine").exists()
    assert not (project / "copy/gone").exists()


def test_a_parent_that_cannot_be_written_to(open_project: Path, as_nobody: tuple[str, ...]) -> None:
    """An output that the user may write to is filled in place; where there is none, that is said."""
    output = open_project / "output"
    output.mkdir(mode=0o555)
    (output / "old.html").touch()
    owned_by_nobody(output)
    open_project.chmod(0o555)

    for _ in range(2):
        built = build(open_project, before=as_nobody)
        assert (built.returncode, built.stderr) == (0, "")
        assert is_whole(output)
        assert len(files(output)) == PAGES

    open_project.chmod(0o755)
    shutil.rmtree(output)
    open_project.chmod(0o555)
    assert "cannot be written to" in build(open_project, before=as_nobody).stderr


@pytest.mark.parametrize("is_own", [True, False])
def test_an_output_that_cannot_be_written_to(open_project: Path, as_nobody: tuple[str, ...], is_own: bool) -> None:
    """It is replaced, its own or not; one that cannot be removed then is named, and hinders no build after."""
    output = open_project / "output"
    output.mkdir()
    (output / "old.html").touch()
    output.chmod(0o555)
    owned_by_nobody(open_project, *([output] if is_own else []))
    if not is_own and not as_nobody:
        need(None, "a folder of another user", "run the tests as root")

    for _ in range(3):
        built = build(open_project, before=as_nobody)
        assert built.returncode == 0, built.stderr
        assert is_whole(output)
    assert [file.name for file in open_project.glob("output.*")] == ([] if is_own else ["output.new"])


def test_names_beside_the_output_are_taken(project: Path) -> None:
    """A file of the user's, or a link, under the names of the build's own folders stays; a leftover folder goes."""
    (project / "mine").mkdir()
    for name in ("output.new", "output.old"):
        (project / name).write_text("mine")
        assert build(project).returncode == 0
        assert (project / name).read_text() == "mine"
        (project / name).unlink()
        (project / name).symlink_to("mine")
        assert build(project).returncode == 0
        (project / name).unlink()
        (project / name / "full").mkdir(parents=True)
        assert build(project).returncode == 0
        assert not (project / name).exists()
    assert is_whole(project / "output")


def test_what_is_retained(project: Path) -> None:
    """Files, folders and links that are named go along with their modes; the new site's own files are the new ones."""
    output = project / "output"
    (output / ".git/objects").mkdir(parents=True)
    (output / ".git/objects/1").write_text("object")
    (output / ".git/objects").chmod(0o700)
    (output / "CNAME").write_text("example.org")
    (output / "latest").symlink_to("nowhere")
    (output / "theme").mkdir()
    (output / "theme/style.css").write_text("old")
    (output / "theme/own.css").write_text("own")
    (output / "other").mkdir()
    (output / "other/.git").mkdir()

    for _ in range(2):
        assert build(project, ".git", "CNAME", "latest", "theme", "index.html", "not there").returncode == 0

    assert files(output) > {".git/objects/1", "CNAME", "latest", "theme/own.css"}
    assert (output / ".git/objects").stat().st_mode & 0o777 == 0o700
    assert (output / "latest").readlink() == Path("nowhere")
    assert not (output / "other").exists()
    (output / "theme/own.css").unlink()
    (output / "latest").unlink()
    assert {file.read_text() for file in output.glob("*.html")} == {(output / "theme/style.css").read_text()}


def test_an_empty_site_takes_no_place(project: Path) -> None:
    """A plugin may have had all pages written elsewhere."""
    assert build(project).returncode == 0
    folder = OutputFolder(Path("output"))
    folder.prepare()
    with pytest.raises(BuildError, match="nothing was written into"):
        folder.make_ready([])
    assert is_whole(project / "output")


def test_a_new_site_begins_empty(project: Path) -> None:
    """A plugin may list, index or compress all that there is in the output."""
    folder = OutputFolder(Path("output"))

    assert not any(folder.prepare().iterdir())
    folder.clear_up()


def test_a_folder_that_is_removed_under_a_build(project: Path) -> None:
    """What is left of the new site does not take the place of the whole old one."""
    assert build(project).returncode == 0
    folder = OutputFolder(Path("output"))
    shutil.rmtree(folder.prepare())
    folder.fresh.mkdir()

    with pytest.raises(BuildError, match="was removed while the site was being built"):
        folder.make_ready([])
    assert is_whole(project / "output")


@pytest.mark.parametrize(
    ("pattern", "old", "new", "found"),
    [
        ("{date:%Y}/{slug}/index.html", ["2026/a/index.html", "tags/index.html"], [], ["2026/a/index.html"]),
        ("{slug}.html", ["index.html", "a.html", "tag/b.html"], ["index.html"], ["a.html"]),
        ("posts/{date:%Y}{slug}[1].html", ["posts/2026a[1].html", "posts/2026a1.html"], [], ["posts/2026a[1].html"]),
        ("{slug}/index.html", ["kept/index.html"], [], []),
        ("{category}/{slug}.html", ["drafts/a.html", "[b]/c.html", "news/d.html"], [], ["news/d.html"]),
        ("", ["index.html"], [], []),
        (False, ["index.html"], [], []),
    ],
)
def test_posts_of_the_old_site(
    project: Path, pattern: object, old: list[str], new: list[str], found: list[str]
) -> None:
    """They are known by the setting that says where posts are saved."""
    folder = OutputFolder(Path("output"))
    fresh = folder.prepare()
    for name in old:
        (project / "output" / name).parent.mkdir(parents=True, exist_ok=True)
        (project / "output" / name).touch()
    for name in new:
        (fresh / name).touch()

    others = [pattern, "{slug}.html", "drafts/{slug}.html", "[b]/{slug}.html", ""]
    assert [path.as_posix() for path in folder.posts(pattern, ["kept"], others)] == found
