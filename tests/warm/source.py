"""Loads what nearly every program of this project loads, and then copies itself for each that is to be started.

`python source.py NUMBER`, where NUMBER is that of a socket. With each byte from there come four files: what is to be
standard input, output and error, and a socket from which a line of JSON is read that says what to run. The number of
the process is written to it, and at the end its exit status.
"""

import contextlib
import functools
import gc
import io
import json
import os
import runpy
import signal
import socket
import sys
import time
from pathlib import Path
from typing import Any

PLUGINS = str(Path(__file__).resolve().parents[2] / "plugins")


def load() -> None:
    """Load drytables, Pelican, and what reads Markdown and reStructuredText."""
    from docutils.core import publish_parts
    from markdown import Markdown
    from pelican.settings import DEFAULT_CONFIG

    publish_parts(":a: b\n\nWords, ``code``.\n", writer="html4css1")
    Markdown(extensions=[*DEFAULT_CONFIG["MARKDOWN"]["extension_configs"], "pymdownx.superfences"]).convert("Words.")
    sys.path.insert(0, PLUGINS)
    import drytables.cli
    import drytables.pelican_plugin.signals  # noqa: F401

    sys.path.remove(PLUGINS)


def _forget_plugins() -> None:
    """Let drytables be loaded again, from where the program finds it. Its regular expressions stay compiled."""
    for name, module in [*sys.modules.items()]:
        if (getattr(module, "__file__", None) or "").startswith(PLUGINS):
            del sys.modules[name]


def _standard(number: int, name: str, mode: str, errors: str) -> io.TextIOWrapper:
    """Open what is standard input, output or error by now, as Python does when it starts."""
    is_unbuffered = sys.stdout.write_through  # PYTHONUNBUFFERED
    raw = io.FileIO(number, mode, closefd=False)
    raw.name = name
    binary = io.BufferedReader(raw) if mode == "r" else raw if is_unbuffered else io.BufferedWriter(raw)
    by_line = not is_unbuffered and (number == 2 or raw.isatty())
    text = {"encoding": sys.stdout.encoding, "errors": errors, "newline": "\n"}
    file = io.TextIOWrapper(binary, **text, line_buffering=by_line, write_through=is_unbuffered)
    file.mode = mode
    return file


def become(order: dict[str, Any], standard: list[int]) -> list[str]:
    """Let this process be as if it had just been started, and return the module to run and its arguments."""
    for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(number, signal.SIG_IGN if number in order["ignored"] else signal.SIG_DFL)
    if signal.SIGINT not in order["ignored"]:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    for number, file in enumerate(standard):
        os.dup2(file, number)
        os.close(file)
    sys.stdin = sys.__stdin__ = _standard(0, "<stdin>", "r", sys.stdin.errors or "strict")
    sys.stdout = sys.__stdout__ = _standard(1, "<stdout>", "w", sys.stdout.errors or "strict")
    sys.stderr = sys.__stderr__ = _standard(2, "<stderr>", "w", "backslashreplace")
    os.environ.clear()
    os.environ.update(order["environment"])
    time.tzset()
    os.chdir(order["folder"])
    given = os.environ.get("PYTHONPATH")
    searched = dict.fromkeys(map(os.path.abspath, given.split(os.pathsep)) if given else ())
    sys.path[:] = [order["folder"], *searched, *sys.path]
    if PLUGINS not in searched:
        _forget_plugins()
    return order["arguments"]


def _tell(running: dict[int, socket.socket], *_: object) -> None:
    """Write the exit status of all that have ended."""
    for pid in [*running]:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            with running.pop(pid) as line, contextlib.suppress(OSError):  # unless nobody waits for it any more
                line.sendall(str(os.waitstatus_to_exitcode(status)).encode())


def copies(orders: socket.socket) -> list[str]:
    """Copy this process for each order. Only in a copy does this return: with the module to run and its arguments."""
    running: dict[int, socket.socket] = {}
    signal.signal(signal.SIGCHLD, functools.partial(_tell, running))
    while True:
        received, files, _, _ = socket.recv_fds(orders, 1, 4)
        if not received:
            os._exit(0)
        *standard, number = files
        line = socket.socket(fileno=number)
        with line.makefile("r") as told:
            order = json.loads(told.readline())
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGCHLD])
        pid = os.fork()
        if not pid:
            for each in (orders, line, *running.values()):
                each.close()
            return become(order, standard)
        running[pid] = line
        line.sendall(f"{pid}\n".encode())
        for file in standard:
            os.close(file)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGCHLD])


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the tests
    del sys.path[0]
    load()
    gc.collect()
    gc.freeze()  # what is searched for garbage in a copy would be copied with it
    sys.argv[1:] = copies(socket.socket(fileno=int(sys.argv[1])))
    runpy.run_module(sys.argv.pop(1), run_name="__main__", alter_sys=True)
