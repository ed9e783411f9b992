"""A program that was started warm finds itself as one does that was started in the usual way."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import PROJECT

from warm.program import Program, kind_of

pytestmark = pytest.mark.starts_programs

#: Says all that a program can ask about itself; and what it has loaded of this project.
ABOUT = """
import atexit, gc, json, locale, logging, os, signal, sys, threading, time
from pathlib import Path

def about(file):
    return [file.name, file.mode, file.encoding, file.errors, file.line_buffering, file.write_through, file.isatty(),
            type(file.buffer).__name__]

def is_of_a_project(file):
    return "/plugins/" in file and "/site-packages/" not in file

found = {
    "name": __name__, "argv": sys.argv, "path": sys.path, "flags": sys.flags, "folder": os.getcwd(),
    "environment": dict(os.environ), "zone": time.tzname, "locale": locale.setlocale(locale.LC_ALL),
    "streams": [*map(about, (sys.stdin, sys.stdout, sys.stderr))],
    "originals": [*map(about, (sys.__stdin__, sys.__stdout__, sys.__stderr__))],
    "signals": {number.name: str(signal.getsignal(number)) for number in signal.Signals},
    "blocked": sorted(signal.pthread_sigmask(signal.SIG_BLOCK, [])),
    "files": sorted(int(each) for each in os.listdir("/dev/fd") if os.path.exists(f"/dev/fd/{each}")),
    "group": os.getpgrp(), "session": os.getsid(0), "threads": threading.active_count(), "umask": os.umask(0o22),
    "garbage": [gc.isenabled(), gc.get_threshold()],
    "log": [logging.getLogger().level, *map(str, logging.getLogger().handlers)],
    "project": [*filter(is_of_a_project, (getattr(module, "__file__", None) or "" for module in sys.modules.values()))],
}
Path(sys.argv[1]).write_text(json.dumps(found))
atexit.register(print, "at the end")
print("said", end="")
print("told", file=sys.stderr)
"""


def write(folder: Path, text: str) -> Path:
    """Write a module `about` where PYTHONPATH looks."""
    (folder / "lib").mkdir(exist_ok=True)
    (folder / "lib" / "about.py").write_text(text, encoding="utf-8")
    return folder


Ended = tuple[int, bytes, bytes]


def warm(folder: Path, environment: dict[str, str], *arguments: str, module: str = "about") -> Ended:
    """Run the module warm; returns the exit status, and what it said and told."""
    with (folder / "out").open("w+b") as out, (folder / "err").open("w+b") as err, Path(os.devnull).open() as nothing:
        standard = [file.fileno() for file in (nothing, out, err)]
        status = Program([module, *arguments], folder, environment, standard).wait()
    return status, (folder / "out").read_bytes(), (folder / "err").read_bytes()


def cold(folder: Path, environment: dict[str, str], *arguments: str, module: str = "about") -> Ended:
    """Run the module as usual."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    return done.returncode, done.stdout, done.stderr


def test_a_program_finds_itself_as_if_it_had_been_started_cold(tmp_path: Path) -> None:
    folder = write(tmp_path, ABOUT)
    environment = {**os.environ, "PYTHONPATH": "lib:lib:other", "TZ": "Asia/Tokyo", "OWN": "its own"}
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        ends, found = [], []
        for start in (warm, cold):
            ends.append(start(folder, environment, "found.json", "--more"))
            found.append(json.loads((folder / "found.json").read_text(encoding="utf-8")))
    finally:
        signal.signal(signal.SIGHUP, before)

    assert found[0] == found[1]
    assert found[0]["environment"]["OWN"] == "its own"
    assert ends == [(0, b"saidat the end\n", b"told\n")] * 2


#: Starts the module in turn, as it is and after threads were started; says how it ended.
STARTER = """
import subprocess, sys, threading

def start():
    command = [sys.executable, "-m", *sys.argv[1:]]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)
    said = child.communicate(b"")[0]
    print(child.returncode, said.decode(), flush=True)

print("first")
if "--threads" in sys.argv:
    threading.Thread(target=threading.Event().wait, daemon=True).start()
    thread = threading.Thread(target=start)
    thread.start()
    thread.join()
else:
    start()
"""


@pytest.mark.parametrize("more", ["--alone", "--threads"])
def test_what_a_program_starts_in_turn_finds_itself_so_too(tmp_path: Path, more: str) -> None:
    folder = write(tmp_path, ABOUT)
    (folder / "lib" / "starter.py").write_text(STARTER, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": "lib"}

    ends, found = [], []
    for start in (warm, cold):
        ends.append(start(folder, environment, "about", "found.json", more, module="starter"))
        found.append(json.loads((folder / "found.json").read_text(encoding="utf-8")))

    assert ends == [(0, b"first\n0 saidat the end\n\n", b"told\n")] * 2
    for about in found:  # its own session, of which it is the first process
        assert about.pop("group") == about.pop("session")
    assert found[0] == found[1]


ENDINGS = pytest.mark.parametrize(
    "ending",
    ["raise SystemExit(7)", "raise SystemExit('no')", "1 / 0", "import os; os._exit(5)", "raise KeyboardInterrupt",
     "import os; os.kill(os.getpid(), 15)", "import os; os.abort()"],
)  # fmt: skip


@ENDINGS
def test_it_ends_as_if_it_had_been_started_cold(tmp_path: Path, ending: str) -> None:
    folder, environment = write(tmp_path, ending), {**os.environ, "PYTHONPATH": "lib"}

    (status, said, told), (usual, usually_said, usually_told) = warm(folder, environment), cold(folder, environment)

    assert (status, said) == (usual, usually_said)
    assert status
    assert told.splitlines()[-1:] == usually_told.splitlines()[-1:]


@ENDINGS
def test_what_it_starts_ends_as_if_it_had_been_started_cold(tmp_path: Path, ending: str) -> None:
    folder, environment = write(tmp_path, ending), {**os.environ, "PYTHONPATH": "lib"}
    (folder / "lib" / "starter.py").write_text(STARTER, encoding="utf-8")

    (status, said, told), (usual, usually_said, usually_told) = (
        start(folder, environment, "about", module="starter") for start in (warm, cold)
    )

    assert (status, said) == (usual, usually_said)
    assert b"\n0 " not in said
    assert told.splitlines()[-1:] == usually_told.splitlines()[-1:]


def test_it_is_waited_for_and_ended(tmp_path: Path) -> None:
    folder = write(tmp_path, "import time; time.sleep(999)")
    program = Program(["about"], folder, {**os.environ, "PYTHONPATH": "lib"}, [0, 1, 2])
    assert program.poll() is None
    with pytest.raises(subprocess.TimeoutExpired):
        program.wait(0.01)

    program.kill()

    assert program.wait() == program.poll() == -signal.SIGKILL
    with pytest.raises(ProcessLookupError):
        os.kill(program.pid, 0)


def test_drytables_is_that_of_the_path(tmp_path: Path) -> None:
    """Ours is loaded already, and is forgotten where another one is to be found."""
    plugins, own = tmp_path / "plugins", PROJECT / "plugins"
    (plugins / "drytables").mkdir(parents=True)
    (plugins / "drytables" / "__init__.py").touch()
    folder = write(tmp_path, "import drytables; print(drytables.__file__)")

    for path in (plugins, own):
        environment = {**os.environ, "PYTHONPATH": f"{path}:lib"}
        assert (
            warm(folder, environment)
            == cold(folder, environment)
            == (0, f"{path}/drytables/__init__.py\n".encode(), b"")
        )


#: Says which files of plugins are run while some are loaded, how many regular expressions are compiled, and what there
#: is then.
LOADING = """
import json, re, sys
run, compiled, compile = [], [], re._compiler.compile
re._compiler.compile = lambda *given: compiled.append(given) or compile(*given)
sys.addaudithook(lambda event, given: event == "exec" and run.append(given[0].co_filename))
import press.site.loading, menu, drytables.reading.shell.damaged_lines
def is_ours(file):
    return file and "/plugins/" in file and "/site-packages/" not in file
there = [module for module in sys.modules.values() if is_ours(getattr(module, "__file__", None))]
print(json.dumps({
    "run": [*filter(is_ours, run)], "compiled": len(compiled),
    "there": sorted((each.__name__, each.__file__, each.__spec__.origin) for each in there),
    "changed": getattr(menu, "CHANGED", None), "packages": sorted({each.partition(".")[0] for each in sys.modules}),
}))
"""


def linked(folder: Path) -> Path:
    """A folder `plugins` that has all of ours."""
    plugins = folder / "plugins"
    plugins.mkdir()
    for entry in (PROJECT / "plugins").iterdir():
        (plugins / entry.name).symlink_to(entry)
    return plugins


def loaded(folder: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """What LOADING says warm and cold, of the plugins in a folder."""
    write(folder, LOADING)
    environment = {**os.environ, "PYTHONPATH": "plugins:lib"}
    (_, said, _), (_, usually_said, told) = warm(folder, environment), cold(folder, environment)
    assert not told
    return json.loads(said), json.loads(usually_said)


def test_plugins_that_are_the_same_are_not_run_again(tmp_path: Path) -> None:
    """Half of the time that a build took was spent on that. They are found where the program looks for them."""
    plugins = linked(tmp_path)

    found, usual = loaded(tmp_path)

    assert (found["run"], found["compiled"]) == ([], 0)
    assert usual["run"] and usual["compiled"]
    assert found["there"] == usual["there"]
    assert {Path(file).is_relative_to(plugins) for _, file, _ in found["there"]} == {True}


def test_what_plugins_load_on_demand_is_not_there(tmp_path: Path) -> None:
    """A test could not tell that a site waits for it."""
    linked(tmp_path)

    found, usual = loaded(tmp_path)

    for packages in (found["packages"], usual["packages"]):
        assert not {"asyncio", "babel", "brotli", "fontTools", "httpx", "uvicorn"} & {*packages}


@pytest.mark.parametrize("name", ["menu.py", "press/site/loading.py"])
def test_of_plugins_of_which_one_is_another_none_is_the_same(tmp_path: Path, name: str) -> None:
    """But drytables, which needs none of them. Of all, the regular expressions are compiled already."""
    plugins = linked(tmp_path)
    top = plugins / Path(name).parts[0]
    entry = top.resolve()
    top.unlink()
    shutil.copytree(entry, top) if entry.is_dir() else shutil.copy2(entry, top)
    with (plugins / name).open("a", encoding="utf-8") as file:
        file.write("\nCHANGED = True\n")

    found, usual = loaded(tmp_path)

    assert found["compiled"] == 0
    assert found["run"] == [file for file in usual["run"] if "/drytables/" not in file]
    assert (found["there"], found["changed"]) == (usual["there"], usual["changed"])


def test_a_plugin_that_is_more_than_ours_is_another(tmp_path: Path) -> None:
    plugins = linked(tmp_path)
    (plugins / "drytables").unlink()
    shutil.copytree(PROJECT / "plugins/drytables", plugins / "drytables")
    (plugins / "drytables/grammar/further.py").touch()

    found, usual = loaded(tmp_path)

    assert found["run"] == usual["run"]


@pytest.mark.parametrize(
    ("changes", "is_another"),
    [({}, False), ({"PYTHONPATH": "x", "TZ": "UTC", "SITEURL": "x"}, False), ({"PYTHONHASHSEED": "1"}, True),
     ({"LC_ALL": "C"}, True), ({"COLUMNS": "200"}, True)],
)  # fmt: skip
def test_what_python_looks_at_as_it_starts_makes_another_kind(changes: dict[str, str], is_another: bool) -> None:
    assert (kind_of({**os.environ, **changes}) != kind_of(os.environ)) == is_another
