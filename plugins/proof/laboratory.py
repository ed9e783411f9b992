"""The laboratory as seen from outside: a process in namespaces of its own, which ends when this one does.

Whatever way this process ends, also by kill -9, the kernel then ends the laboratory (`setpriv --pdeathsig`), with it
the first process in its namespace of processes (`unshare --kill-child`), with that all others in it, and with them the
network namespaces, which have no names. Nothing is left for anybody to clean up.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from .backends import PATH
from .lab.isolation import OUTER, outer_namespaces
from .lab.plan import Plan, Result

_SET_SIGNAL_OF_PARENTS_DEATH = 1  # PR_SET_PDEATHSIG
_ENDS_WITH_US = ["setpriv", "--pdeathsig", "KILL"]
_ALONE = ["--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"]
#: Whoever is not root may be so in a namespace of users, and there alone, if the machine lets them make one.
AS_ROOT = ["--user", "--map-root-user"]


def end_with_parent() -> None:
    """Have this process told to end (SIGTERM) when the one that started it does, in whatever way, as make may."""
    parent = os.getppid()
    ctypes.CDLL(None).prctl(_SET_SIGNAL_OF_PARENTS_DEATH, signal.SIGTERM)
    if os.getppid() != parent:
        signal.raise_signal(signal.SIGTERM)


class LabEnded(Exception):
    """The laboratory has ended before it answered; the message says what it said last."""


class Laboratory:
    """Tries plans, one after the other."""

    def __init__(self, *, needs_root: bool = os.geteuid() != 0) -> None:
        """Start it, in a user namespace of its own if `needs_root`. Raises OSError."""
        environment = {
            **os.environ,
            OUTER: outer_namespaces(),
            "PATH": f"{os.environ.get('PATH', '')}:{PATH}",
            "PYTHONPATH": str(Path(__file__).parents[1]),
        }
        # In a session of its own, so that Ctrl-C is for this process, which then ends it.
        self._process = subprocess.Popen(
            [*_ENDS_WITH_US, "unshare", *(AS_ROOT if needs_root else ()), *_ALONE, sys.executable, "-m", "proof.lab"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="surrogateescape",
            env=environment,
            start_new_session=True,
        )

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """End it."""
        self._process.kill()
        self._process.communicate()

    def try_out(self, plan: Plan) -> Result:
        """Try a plan, and return what was seen. Raises LabEnded."""
        assert self._process.stdin is not None and self._process.stdout is not None
        assert self._process.stderr is not None
        line = ""
        try:
            print(json.dumps(plan), file=self._process.stdin, flush=True)
            line = self._process.stdout.readline()
        except BrokenPipeError:
            pass
        if not line:
            self._process.wait()
            said = self._process.stderr.read().strip().splitlines()
            raise LabEnded(said[-1] if said else f"it ended with status {self._process.returncode}")
        result: Result = json.loads(line)
        return result
