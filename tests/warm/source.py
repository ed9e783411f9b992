"""Loads what nearly every program of this project loads, and then copies itself for each that is to be started.

`python -m warm.source NUMBER`, where NUMBER is that of a socket. With each byte from there come four files: what is
to be standard input, output and error, and a socket from which a line of JSON is read that says what to run. The number
of the process is written to it, and at the end its exit status.
"""

import contextlib
import functools
import gc
import importlib
import json
import os
import pickle
import pkgutil
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

from .beginning import begin, is_below, path_of
from .child import Popen, run_module

PLUGINS = str(Path(__file__).resolve().parents[2] / "plugins")


def load() -> None:
    """Load drytables, Pelican, and what reads Markdown and reStructuredText."""
    re._MAXCACHE = 100_000  # regular expressions: Python keeps 512, and then forgets the first ones
    from docutils.core import publish_parts
    from markdown import Markdown
    from pelican.settings import DEFAULT_CONFIG

    publish_parts(":a: b\n\nWords, ``code``.\n", writer="html4css1")
    Markdown(extensions=[*DEFAULT_CONFIG["MARKDOWN"]["extension_configs"], "pymdownx.superfences"]).convert("Words.")
    sys.path.insert(0, PLUGINS)
    import drytables.cli
    import drytables.pelican_plugin.signals  # noqa: F401

    for pattern, flags in _compiled_by_plugins():
        re.compile(pattern, flags)
    sys.path.remove(PLUGINS)


def _compiled_by_plugins() -> list[tuple[str | bytes, int]]:
    """Every regular expression that is compiled while all plugins are loaded, with its flags. That happens in another
    process: whatever else loading them does is not done here.
    """
    result, sink = os.pipe()
    process = os.fork()
    if not process:
        from jinja2 import Environment
        from pygments.lexers import get_lexer_by_name

        for module in pkgutil.walk_packages([PLUGINS], onerror=lambda name: None):
            if not module.name.endswith("__main__"):
                with contextlib.suppress(Exception):  # the program that needs it will say so
                    importlib.import_module(module.name)
        Environment().from_string("")  # templates and code have expressions that are compiled when they are first read
        [*get_lexer_by_name("sh").get_tokens("")]
        with os.fdopen(sink, "wb") as file:
            pickle.dump([key[1:] for key in re._cache], file)
        os._exit(0)
    os.close(sink)
    with os.fdopen(result, "rb") as file:
        compiled = pickle.load(file)
    os.waitpid(process, 0)
    return compiled


def become(order: dict[str, Any], standard: list[int]) -> list[str]:
    """Let this process be as if it had just been started, and return the module to run and its arguments."""
    for number, file in enumerate(standard):
        os.dup2(file, number)
        os.close(file)
    os.chdir(order["folder"])
    is_ours = PLUGINS in path_of(order["environment"])
    begin(
        order["folder"],
        order["environment"],
        order["ignored"],
        is_to_be_forgotten=lambda module: not is_ours and is_below(module, PLUGINS),
    )
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
    subprocess.Popen = Popen
    gc.collect()
    gc.freeze()  # what is searched for garbage in a copy would be copied with it
    run_module(copies(socket.socket(fileno=int(sys.argv[1]))))
