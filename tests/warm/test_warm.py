"""A program that was started warm finds itself as one does that was started in the usual way."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from warm.program import Program, can_start_warm, run

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


def test_a_program_finds_itself_as_if_it_had_been_started_cold(tmp_path: Path) -> None:
    folder = write(tmp_path, ABOUT)
    environment = {**os.environ, "PYTHONPATH": "lib:lib:other", "TZ": "Asia/Tokyo", "OWN": "its own"}
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        warm = run(["about", "warm.json", "--more"], folder, environment)
        cold = subprocess.run(
            [sys.executable, "-m", "about", "cold.json", "--more"],
            cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        )  # fmt: skip
    finally:
        signal.signal(signal.SIGHUP, before)

    assert warm.returncode == 0, warm.stderr
    found = {name: json.loads((folder / f"{name}.json").read_text(encoding="utf-8")) for name in ("warm", "cold")}
    for each, name in ((found["warm"], "warm.json"), (found["cold"], "cold.json")):
        each["argv"].remove(name)
    assert found["warm"] == found["cold"]
    assert found["warm"]["environment"]["OWN"] == "its own"
    assert (warm.returncode, warm.stdout, warm.stderr) == (cold.returncode, cold.stdout, cold.stderr)
    assert (warm.returncode, warm.stdout, warm.stderr) == (0, "saidat the end\n", "told\n")


@pytest.mark.parametrize(
    "ending",
    ["raise SystemExit(7)", "raise SystemExit('no')", "1 / 0", "import os; os._exit(5)", "raise KeyboardInterrupt",
     "import os; os.kill(os.getpid(), 15)", "import os; os.abort()"],
)  # fmt: skip
def test_it_ends_as_if_it_had_been_started_cold(tmp_path: Path, ending: str) -> None:
    folder, environment = write(tmp_path, ending), {**os.environ, "PYTHONPATH": "lib"}
    warm = run(["about"], folder, environment)
    cold = subprocess.run(
        [sys.executable, "-m", "about"], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )

    assert warm.returncode == cold.returncode != 0
    assert warm.stdout == cold.stdout
    assert warm.stderr.splitlines()[-1:] == cold.stderr.splitlines()[-1:]


def test_it_is_waited_for_and_ended(tmp_path: Path) -> None:
    folder = write(tmp_path, "import time; time.sleep(999)")
    program = Program(["about"], folder, {**os.environ, "PYTHONPATH": "lib"}, 2, 2)
    assert program.poll() is None
    with pytest.raises(subprocess.TimeoutExpired):
        program.wait(0.01)

    program.kill()

    assert program.wait() == program.poll() == -signal.SIGKILL
    with pytest.raises(ProcessLookupError):
        os.kill(program.pid, 0)


@pytest.mark.parametrize(
    ("changes", "is_the_same"),
    [({}, True), ({"PYTHONPATH": "x", "TZ": "UTC", "SITEURL": "x"}, True), ({"PYTHONHASHSEED": "1"}, False),
     ({"LC_ALL": "C"}, False), ({"COLUMNS": "200"}, False)],
)  # fmt: skip
def test_what_python_looks_at_as_it_starts_makes_for_a_cold_start(changes: dict[str, str], is_the_same: bool) -> None:
    assert can_start_warm({**os.environ, **changes}) == is_the_same
