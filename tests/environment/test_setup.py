"""plugins/environment/: .venv is made, kept, mended and moved, with a real pip and a tiny package."""

import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import need
from environment.faults import fault_in
from environment.folder import Environment
from previews import is_alive, until
from tiny_project import TinyProject, tiny_project

pytestmark = pytest.mark.starts_programs


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[TinyProject, str]:
    """Return a project for which .venv was made, and what was said."""
    project = tiny_project(tmp_path_factory.mktemp("made"))
    done = project.run("make", "check")
    assert (done.returncode, done.stdout) == (0, "tiny 1\n"), done.stderr
    return project, done.stderr


@pytest.fixture
def project_with_pip(made: tuple[TinyProject, str], tmp_path: Path) -> Iterator[TinyProject]:
    """Return a copy of it for one test."""
    copy = TinyProject(tmp_path / "project", made[0].wheels)
    shutil.copytree(made[0].folder, copy.folder, symlinks=True)
    yield copy
    assert {path.name for path in copy.folder.glob(".venv*")} <= {".venv", ".venv.lock"}, "something is left over"


@pytest.fixture
def project(made: tuple[TinyProject, str], tmp_path: Path) -> TinyProject:
    """Return a copy of it for one test that installs nothing: pip has a thousand files."""
    copy = TinyProject(tmp_path / "project", made[0].wheels)
    of_pip = shutil.ignore_patterns("pip", "pip-*", "setuptools*", "pkg_resources", "_distutils_hack", "distutils-*")
    shutil.copytree(made[0].folder, copy.folder, symlinks=True, ignore=of_pip)
    (copy.venv / "packages").write_text("tiny\n", encoding="utf-8")
    return copy


def wait_for(path: Path) -> None:
    """Wait until a file has something in it, or a program is there."""
    while not (path.exists() and path.stat().st_size):
        time.sleep(0.01)


def test_first_time_says_what_it_does(made: tuple[TinyProject, str]) -> None:
    first, *steps, last = made[1].splitlines()

    assert first == "Setting up .venv from requirements.txt (once) ..."
    assert steps == [
        "  creating it ...", "  fetching 1 package ...", "  installing them ...", "  compiling them ...",
    ]  # fmt: skip
    assert last.startswith("  ready, after ")


def test_all_is_well_without_starting_python(project: TinyProject) -> None:
    """Also when the files of pinned packages are as they were, but newer."""
    project.run("make", "check")  # the copy is in another place
    (project.folder / "requirements.txt").touch()
    (project.folder / "pyproject.toml").touch()

    assert project.is_in_order()


FOLDERS = [
    "[br] *a* (1) {x}", "$l `false` $(touch run)", "tab\there, new\nline", "it's \"quoted\"", "back\\slash", "-dash",
    "; & = %c", "#ünï ☃",
]  # fmt: skip


def test_moved(project: TinyProject, tmp_path: Path) -> None:
    """The commands work in each folder, before and after a make; activating it works or is not possible."""
    folder = project.folder
    for name in FOLDERS:
        folder = folder.rename(tmp_path / name)
        moved = TinyProject(folder, project.wheels)

        assert moved.run(".venv/bin/drytables").stdout == "tiny 1\n", name
        assert moved.run(".venv/bin/tiny-version").stdout == "tiny 1\n", name
        assert moved.run("make", "check").stdout == "tiny 1\n", name
        activated = moved.run("sh", "-c", '. .venv/bin/activate && tiny-version && printf %s "$VIRTUAL_ENV"')
        assert activated.stdout in (f"tiny 1\n{moved.venv}", ""), name
        assert not (folder / "run").exists()
    shutil.rmtree(folder)


def test_moved_to_where_nothing_can_be_done(project: TinyProject, tmp_path: Path) -> None:
    """It is said at once, in one line."""
    moved = TinyProject(project.folder.rename(tmp_path / os.fsdecode(b"caf\xe9")), project.wheels)

    said = moved.run("make", "check").stderr.splitlines()
    assert said[0].startswith(
        "error: .venv cannot be made: nothing can be done in a folder with a name that is not UTF-8"
    )
    assert len(said) == 2 and said[1].startswith("make: ")
    shutil.rmtree(moved.folder)


def test_copied(project: TinyProject, tmp_path: Path) -> None:
    """The copy has nothing to do with the original."""
    copy = TinyProject(tmp_path / "copy", project.wheels)
    shutil.copytree(project.folder, copy.folder, symlinks=True)
    (project.folder / "plugins/drytables/cli.py").write_text(
        "def main():\n    print('the original')\n", encoding="utf-8"
    )

    assert copy.run(".venv/bin/drytables").stdout == "tiny 1\n"
    assert copy.run("make", "check").stdout == "tiny 1\n"


def test_a_command_that_is_new_in_pyproject(project: TinyProject) -> None:
    """Nothing has to be installed for it."""
    with (project.folder / "pyproject.toml").open("a", encoding="utf-8") as settings:
        settings.write('other = "drytables.cli:main"\n')

    assert project.run("make", "check").stderr == ""
    assert project.run(".venv/bin/other").stdout == "tiny 1\n"


def without_python(project: TinyProject) -> None:
    """Uninstall the Python that it was made with."""
    (project.venv / "bin/python").unlink()
    (project.venv / "bin/python").symlink_to("/no/python")


def with_another_python(project: TinyProject) -> None:
    """Upgrade Python to a version for which the packages are not."""
    packages = project.packages
    packages.parent.rename(packages.parent.with_name("python3.9"))


def without_package(project: TinyProject) -> None:
    """Remove a package and what pip knows of it."""
    shutil.rmtree(project.packages / "tiny")
    shutil.rmtree(project.packages / "tiny-1.dist-info")


def with_half_a_package(project: TinyProject) -> None:
    """Remove one file."""
    (project.packages / "tiny/__init__.py").unlink()


def with_a_python_that_says_nothing(project: TinyProject) -> None:
    """Put a program in its place."""
    (project.venv / "bin/python").unlink()
    (project.venv / "bin/python").symlink_to("/bin/true")


def without_its_settings(project: TinyProject) -> None:
    """Remove what says that it is an environment."""
    (project.venv / "pyvenv.cfg").unlink()


def with_a_folder_for_a_record(project: TinyProject) -> None:
    """Put a folder in the place of a list of files."""
    record = project.packages / "tiny-1.dist-info/RECORD"
    record.unlink()
    record.mkdir()


def with_a_record_of_something_else(project: TinyProject) -> None:
    """Overwrite a list of files, as a disk may that fails."""
    (project.packages / "tiny-1.dist-info/RECORD").unlink()
    (project.packages / "tiny-1.dist-info/RECORD").write_bytes(b"\xff\xfe")


FAULTS = [
    (without_python, "its Python does not start"),
    (with_a_python_that_says_nothing, "its Python does not start"),
    (without_its_settings, "pyvenv.cfg is missing"),
    (with_a_folder_for_a_record, "its records cannot be read"),
    (with_a_record_of_something_else, "its records cannot be read"),
    (with_another_python, "its packages are not for that"),
    (without_package, "the package tiny is missing"),
    (with_half_a_package, "tiny/__init__.py is missing"),
]


@pytest.mark.parametrize(("damage", "said"), FAULTS)
def test_damaged(project: TinyProject, damage: Callable[[TinyProject], None], said: str) -> None:
    """It is seen before anything is run, and named."""
    project.run("make", "check")
    assert project.is_in_order()
    damage(project)

    assert not project.is_in_order()
    assert said in (fault_in(Environment(project.venv)) or "")


def test_damaged_where_nobody_looks(project: TinyProject) -> None:
    """The command that fails of it says so in place of a traceback, and the next make mends it."""
    project.run("make", "check")
    (project.packages / "tiny/deep/down.py").write_text("", encoding="utf-8")
    assert project.is_in_order()

    failed = project.run("make", "check").stderr
    assert failed.startswith("error: .venv is damaged: tiny/deep/down.py is cut short. Run make again")
    assert "Traceback" not in failed
    assert not project.is_in_order()


@pytest.mark.parametrize("rest", [b"", b"\xff" * 99, b"N"], ids=["cut short", "noise", "no code"])
def test_damaged_where_python_keeps_what_it_compiled(project: TinyProject, rest: bytes) -> None:
    """As a full disk leaves it, or a bad one: it is compiled again, by a command and by what mends `.venv`."""
    project.run("make", "check")
    project.run(".venv/bin/python", "-m", "compileall", "-q", "plugins")
    compiled = [file for place in (project.packages, project.folder / "plugins") for file in place.rglob("*.pyc")]
    for file in compiled:
        file.write_bytes(file.read_bytes()[:16] + rest)
    assert {"down", "cli", "faults", "run"} <= {file.name.partition(".")[0] for file in compiled}

    for place in (project.venv / "place", project.venv / "nothing"):
        place.unlink(missing_ok=True)  # without the first, there is something to mend
        done = project.run("make", "check")
        assert (done.returncode, done.stdout, done.stderr) == (0, "tiny 1\n", "")
    assert project.packages.joinpath("tiny/__pycache__").is_dir()


def test_damaged_where_nothing_can_be_written(project: TinyProject) -> None:
    """What is wrong is named all the same, with what helps then."""
    need(os.geteuid() == 0, "the right to mount a volume", "sudo make test")
    project.run("make", "check")
    (project.packages / "tiny/deep/down.py").write_text("", encoding="utf-8")

    program = "mount --bind .venv .venv && mount -o remount,ro,bind .venv && make check"
    failed = project.run("unshare", "--mount", "sh", "-c", program).stderr
    assert failed.startswith("error: .venv is damaged: tiny/deep/down.py is cut short. Remove .venv, and run make")
    assert "Traceback" not in failed


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("open('/nowhere')", "error: [Errno 24] Too many open files: '/nowhere'\n"),
        ("raise SystemExit('error: too many')", "error: too many\n"),
    ],
)
def test_a_machine_that_fails_everywhere(project: TinyProject, line: str, said: str) -> None:
    """What is said of it is not followed by a traceback of looking for damage."""
    (project.folder / "plugins/drytables/cli.py").write_text(
        f"import resource\nresource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))\ndef main():\n    {line}\n",
        encoding="utf-8",
    )

    assert project.run("make", "check").stderr.startswith(said + "make: ")


def test_damaged_and_reported_by_the_program_itself(project: TinyProject) -> None:
    """The reason comes after what it says."""
    (project.folder / "plugins/drytables/cli.py").write_text(
        "def main():\n"
        "    try:\n"
        "        from tiny import VERSION\n"
        "    except ImportError:\n"
        "        raise SystemExit('error: there is no tiny')\n",
        encoding="utf-8",
    )
    project.run("make", "check")
    (project.packages / "tiny/deep/down.py").write_text("", encoding="utf-8")

    said = project.run("make", "check").stderr.splitlines()
    assert said[0] == "error: there is no tiny"
    assert said[1].startswith("error: .venv is damaged: tiny/deep/down.py is cut short. ")


PROGRAM_THAT_WAITS = """\
import os, pathlib, time

pathlib.Path("started").write_text(str(os.getpid()))
time.sleep(60)
"""


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGKILL])
def test_a_program_ends_with_make(project: TinyProject, ending: int) -> None:
    """A preview that goes on would keep its port."""
    if ending == signal.SIGKILL and sys.platform != "linux":
        pytest.skip("only Linux ends a process whose parent was killed")
    (project.folder / "plugins/press").mkdir()
    (project.folder / "plugins/press/__main__.py").write_text(PROGRAM_THAT_WAITS, encoding="utf-8")
    make = project.start("make", "serve")
    wait_for(project.folder / "started")

    make.send_signal(ending)

    make.communicate(timeout=20)  # the program has its output, too
    program = int((project.folder / "started").read_text(encoding="utf-8"))
    until(lambda: not is_alive(program), "the program goes on")


def test_interrupted_without_a_word_of_python(project: TinyProject) -> None:
    (project.folder / "plugins/drytables/__main__.py").write_text(PROGRAM_THAT_WAITS, encoding="utf-8")
    make = project.start("make", "check")
    wait_for(project.folder / "started")

    os.killpg(make.pid, signal.SIGINT)

    assert "Traceback" not in make.communicate()[1]


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (b"[[[", "pyproject.toml cannot be read: "),
        (b"\xff", "pyproject.toml cannot be read: "),
        (b"[project]\n", "pyproject.toml has no 'scripts'"),
    ],
)
def test_settings_that_cannot_be_read_are_named(project: TinyProject, settings: bytes, said: str) -> None:
    (project.folder / "pyproject.toml").write_bytes(settings)

    failed = project.run("make", "check")
    assert failed.returncode == 2
    assert failed.stderr.startswith(f"error: .venv cannot be made: {said}")
    assert "Traceback" not in failed.stderr


def test_settings_of_pip_and_python_for_other_projects(project_with_pip: TinyProject, tmp_path: Path) -> None:
    """In the environment they make no difference; a file that sends packages elsewhere is named as the reason."""
    project = project_with_pip
    project.require("2")
    elsewhere = str(tmp_path / "elsewhere")
    (tmp_path / "pip.conf").write_text(f"[install]\ntarget = {elsewhere}\n", encoding="utf-8")

    refused = project.run("make", "setup", PIP_CONFIG_FILE=str(tmp_path / "pip.conf"))
    assert "error: .venv cannot be made: pip has put the packages elsewhere. " in refused.stderr
    (tmp_path / "pip.conf").write_text("[install\n", encoding="utf-8")
    refused = project.run("make", "setup", PIP_CONFIG_FILE=str(tmp_path / "pip.conf"))
    assert "error: .venv cannot be made: pip cannot read its settings: " in refused.stderr
    assert f"{tmp_path}/pip.conf" in refused.stderr
    refused = project.run("make", "setup", PIP_FIND_LINKS="")
    assert "(from versions: none). Your settings of pip say where it looks" in refused.stderr
    assert ":env:.no-index\n" in refused.stderr
    changes = {"PIP_TARGET": elsewhere, "PIP_USER": "1", "PYTHONHOME": "/nonexistent", "PIP_CONSTRAINT": "/nonexistent"}
    assert project.run("make", "check", **changes).stdout == "tiny 2\n"


def test_without_network(project_with_pip: TinyProject) -> None:
    """The old one is used, with a warning of two lines; who asks for the new one gets an error; back is back."""
    project = project_with_pip
    project.require("3")
    first, second = project.run("make", "check"), project.run("make", "check")
    asked = project.run("make", "setup")

    assert (first.returncode, first.stdout) == (second.returncode, second.stdout) == (0, "tiny 1\n")
    assert first.stderr.splitlines()[-2:] == second.stderr.splitlines(), "the attempt is not repeated"
    assert second.stderr.startswith("warning: .venv is older than requirements.txt and cannot be rebuilt: ")
    assert asked.returncode == 2 and "error: .venv cannot be made: " in asked.stderr
    project.require("1")
    assert project.run("make", "check").stderr == ""


def test_tests_without_network(project_with_pip: TinyProject) -> None:
    """What they need cannot be done without, and nothing else suffers."""
    project = project_with_pip
    project.require("3", "tests/requirements.txt")

    failed = project.run("make", "quick")
    assert failed.returncode == 2 and "error: .venv cannot be made: " in failed.stderr
    assert project.run("make", "check").stdout == "tiny 1\n"


@pytest.mark.parametrize("streams", ["2>&-", "2>/dev/full", "2>&1 | true"])
def test_set_up_whether_or_not_somebody_reads_of_it(project_with_pip: TinyProject, streams: str) -> None:
    """What is said is lost, and nothing else."""
    project_with_pip.require("2")
    project_with_pip.run("sh", "-c", f"make setup {streams}")

    assert project_with_pip.run(".venv/bin/drytables").stdout == "tiny 2\n"


def test_interrupted_then_two_at_once(project_with_pip: TinyProject) -> None:
    """However it is interrupted, the old one is in place; then two makes set up one new environment."""
    project = project_with_pip
    project.require("2")
    for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        make = project.start("make", "check")
        wait_for(project.folder / ".venv.new/bin/python")
        os.killpg(make.pid, ending)
        make.communicate()
        assert project.run(".venv/bin/drytables").stdout == "tiny 1\n"

    makes = [project.start("make", "check"), project.start("make", "check")]
    while any(make.poll() is None for make in makes):
        assert project.run(".venv/bin/drytables").stdout in ("tiny 1\n", "tiny 2\n")
        time.sleep(0.1)
    answers = [make.communicate() for make in makes]
    assert [out for out, _ in answers] == ["tiny 2\n", "tiny 2\n"]
    assert sum("waiting for it to finish" in said for _, said in answers) == 1
    assert project.is_in_order()


def test_where_no_environment_can_be(made: tuple[TinyProject, str], tmp_path: Path) -> None:
    """It is said at once, in one line."""
    project = TinyProject(tmp_path / "a:b", made[0].wheels)
    shutil.copytree(made[0].folder, project.folder, ignore=shutil.ignore_patterns(".venv"))

    said = project.run("make", "check").stderr.splitlines()
    assert said[0].startswith(
        'error: .venv cannot be made: Python allows none in a folder with ":" in its name. Rename'
    )
    assert len(said) == 2 and said[1].startswith("make: ")
