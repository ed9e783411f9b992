"""A worker, seen from the front: a process that is asked, and that may die at any moment.

This is loaded before all else of the front, so that the worker can read the site while the front is still loading: it
imports little.
"""

import json
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

from ...machine import is_of_the_machine, trouble
from ..messages import Failed, Reply, Request

#: How long an idle worker may take to end by itself, in seconds.
PARTING = 1


class WorkerDied(Exception):
    """The worker has died; the message is a report that says how, and `is_of_the_machine` as that of an edition."""

    def __init__(self, report: str, *, is_of_the_machine: bool = False) -> None:
        super().__init__(report)
        self.is_of_the_machine = is_of_the_machine


class WorkerProcess:
    """A process of `worker.py`, which is asked one thing after the other."""

    def __init__(self, settings_file: Path, overrides: Mapping[str, Any]) -> None:
        """Start it, with a settings file and settings in place of those in it. Raises WorkerDied if it cannot start."""
        self._site = settings_file, overrides
        module = f"{__name__.rpartition('.front.')[0]}.worker"
        # Its own session: Ctrl-C is for the front, which then lets it end; and all that it starts can be ended with it.
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-m", module, str(settings_file), json.dumps(overrides)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                start_new_session=True,
            )
        except OSError as error:
            report = f"error: no process can be started that reads the site: {trouble(error)}"
            raise WorkerDied(report, is_of_the_machine=is_of_the_machine(error)) from None
        self._line = ThreadPoolExecutor(1, thread_name_prefix="worker")
        self._death = ""
        self._begun: float | None = None
        self.was_asked = False
        self._sweeper = threading.Thread(target=self._sweep, daemon=True)
        self._sweeper.start()

    def another(self) -> "WorkerProcess":
        """Start another one for the same site. Raises WorkerDied if it cannot start."""
        return WorkerProcess(*self._site)

    def ask(self, request: Request) -> "Future[Reply]":
        """Ask for something, after all that was asked before. The future raises WorkerDied if no reply comes; a reply
        is never Failed.
        """
        self.was_asked = True
        return self._line.submit(self._ask, request)

    def _ask(self, request: Request) -> Reply:
        assert self._process.stdin and self._process.stdout
        self._begun = time.monotonic()
        try:
            pickle.dump(request, self._process.stdin)
            self._process.stdin.flush()
            reply = cast(Reply, pickle.load(self._process.stdout))
        except (OSError, ValueError, EOFError, pickle.UnpicklingError):
            self._death = self._death or self._how_it_ended()
            raise WorkerDied(self._death) from None
        finally:
            self._begun = None
        if isinstance(reply, Failed):
            self._death = reply.report
            raise WorkerDied(self._death, is_of_the_machine=reply.is_of_the_machine)
        return reply

    def _how_it_ended(self) -> str:
        self.end()
        status = self._process.returncode
        how = f"by {signal.Signals(-status).name}" if status < 0 else f"with status {status}"
        return f"error: the process that reads the site ended {how}; a plugin may have done that"

    def _sweep(self) -> None:
        """End the processes that the worker leaves behind: while one holds its pipe, the front would go on waiting."""
        self._process.wait()
        self.kill()

    def busy_for(self) -> float:
        """Return how long the current request has been running, in seconds; 0 if there is none."""
        begun = self._begun
        return time.monotonic() - begun if begun is not None else 0.0

    def kill(self) -> None:
        """End the worker at once, with all that it started; whoever waits for it gets WorkerDied."""
        with suppress(OSError):
            if sys.platform == "win32":
                self._process.kill()
            else:
                os.killpg(self._process.pid, signal.SIGKILL)

    def end(self) -> None:
        """Let the worker end, with all that it started; after a moment, make it end. Blocks for that moment."""
        assert self._process.stdin
        with suppress(OSError):
            self._process.stdin.close()
        self._sweeper.join(PARTING)
        if self._sweeper.is_alive():
            self.kill()
            self._sweeper.join()
