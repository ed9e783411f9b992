"""Loads what nearly every program of this project loads, and then copies itself for each that is to be started.

`python -m warm.source NUMBER FOLDER`, where NUMBER is that of a socket, and FOLDER is for translated templates. With
each byte from that socket come four files: what is to be standard input, output and error, and a socket from which a
line of JSON is read that says what to run. The number of the process is written to it, and at the end its exit status.
"""

import contextlib
import functools
import gc
import json
import os
import re
import runpy
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

from .beginning import begin
from .child import Popen, run_to_its_end
from .plugins import PLUGINS, Plugins
from .templates import keep_translations


def load() -> Plugins:
    """Load Pelican, what reads Markdown and reStructuredText, and the plugins, which are returned."""
    re._MAXCACHE = 100_000  # regular expressions: Python keeps 512, and then forgets the first ones
    from docutils.core import publish_parts
    from jinja2 import Environment
    from markdown import Markdown
    from pelican.settings import DEFAULT_CONFIG
    from pygments.lexers import get_lexer_by_name

    publish_parts(":a: b\n\nWords, ``code``.\n", writer="html4css1")
    for settings in (DEFAULT_CONFIG, runpy.run_path(str(PLUGINS.parent / "pelicanconf.py"))):
        Markdown(extensions=[*settings["MARKDOWN"]["extension_configs"]]).convert("Words.")
    Environment().from_string("")  # templates and code have expressions that are compiled when they are first read
    [*get_lexer_by_name("sh").get_tokens("")]
    return Plugins()


def become(order: dict[str, Any], standard: list[int], plugins: Plugins) -> list[str]:
    """Let this process be as if it had just been started, and return the module to run and its arguments."""
    for number, file in enumerate(standard):
        os.dup2(file, number)
        os.close(file)
    begin(order["folder"], order["environment"], order["ignored"])
    plugins.offer(sys.path)
    return order["arguments"]


def _tell(running: dict[int, socket.socket], *_: object) -> None:
    """Write the exit status of all that have ended."""
    for pid in [*running]:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            with running.pop(pid) as line, contextlib.suppress(OSError):  # unless nobody waits for it any more
                line.sendall(str(os.waitstatus_to_exitcode(status)).encode())


def copies(orders: socket.socket, plugins: Plugins) -> list[str]:
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
            return become(order, standard, plugins)
        running[pid] = line
        line.sendall(f"{pid}\n".encode())
        for file in standard:
            os.close(file)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGCHLD])


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the tests
    del sys.path[0]
    plugins = load()
    keep_translations(Path(sys.argv[2]))
    subprocess.Popen = Popen
    gc.collect()
    gc.freeze()  # what is searched for garbage in a copy would be copied with it
    run_to_its_end(copies(socket.socket(fileno=int(sys.argv[1])), plugins))
