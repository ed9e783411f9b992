"""Lets a copy of a process be as if it had just been started."""

import importlib
import io
import os
import signal
import sys
import time
from collections.abc import Collection, Mapping
from types import ModuleType

#: Where modules are found whatever PYTHONPATH says.
_ALWAYS_SEARCHED = sys.path[1:]
#: How they are found there.
_HOOKS = sys.path_hooks[:]


def begin(folder: str, environment: Mapping[str, str], ignored: Collection[int]) -> None:
    """Do what Python does as it starts, with standard input, output and error that are the right files already.

    The signals in `ignored` stay ignored. Modules of a project are forgotten, and loaded again from where the program
    finds them; their regular expressions stay compiled.
    """
    for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(number, signal.SIG_IGN if number in ignored else signal.SIG_DFL)
    if signal.SIGINT not in ignored:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    errors = sys.__stdin__.errors or "strict"
    sys.stdin = sys.__stdin__ = _standard(0, "<stdin>", "r", errors)
    sys.stdout = sys.__stdout__ = _standard(1, "<stdout>", "w", errors)
    sys.stderr = sys.__stderr__ = _standard(2, "<stderr>", "w", "backslashreplace")
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    os.chdir(folder)
    sys.path[:] = [folder, *path_of(environment), *_ALWAYS_SEARCHED]
    for name, module in [*sys.modules.items()]:
        if _is_of_a_project(module):
            del sys.modules[name]
    sys.path_hooks[:] = _HOOKS
    sys.path_importer_cache.clear()
    importlib.invalidate_caches()


def path_of(environment: Mapping[str, str]) -> list[str]:
    """The folders that PYTHONPATH names, as seen from the folder of this process."""
    given = environment.get("PYTHONPATH")
    return [*dict.fromkeys(map(os.path.abspath, given.split(os.pathsep)) if given else ())]


def _is_of_a_project(module: ModuleType) -> bool:
    """Whether it is neither installed nor Python's own."""
    has_file = getattr(module, "__file__", None) is not None
    return has_file and not is_below(module, sys.prefix) and not is_below(module, sys.base_prefix)


def is_below(module: ModuleType, folder: str) -> bool:
    """Whether it was loaded from that folder."""
    return (getattr(module, "__file__", None) or "").startswith(f"{folder}{os.sep}")


def _standard(number: int, name: str, mode: str, errors: str) -> io.TextIOWrapper:
    """Open what is standard input, output or error by now, as Python does when it starts."""
    is_unbuffered = sys.__stdout__.write_through  # PYTHONUNBUFFERED
    raw = io.FileIO(number, mode, closefd=False)
    raw.name = name
    binary = io.BufferedReader(raw) if mode == "r" else raw if is_unbuffered else io.BufferedWriter(raw)
    by_line = not is_unbuffered and (number == 2 or raw.isatty())
    text = {"encoding": sys.__stdout__.encoding, "errors": errors, "newline": "\n"}
    file = io.TextIOWrapper(binary, **text, line_buffering=by_line, write_through=is_unbuffered)
    file.mode = mode
    return file
