"""What a program that was started warm starts in turn: a Python module goes on in a copy of that program."""

import atexit
import functools
import gc
import os
import runpy
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, NoReturn

from .beginning import begin


class Popen(subprocess.Popen[Any]):
    """Starts `[sys.executable, "-m", MODULE, ...]` in a copy of this process, and all else as usual.

    The copy has the number, the files and the session that the program would have.
    """

    def __init__(self, args: Any, **options: Any) -> None:
        if isinstance(args, list) and args[:2] == [sys.executable, "-m"] and "env" not in options:
            for file in (sys.stdout, sys.stderr):
                file.flush()  # or the copy would write it as well
            options["preexec_fn"] = functools.partial(_go_on, args[2:])
        super().__init__(args, **options)


def _go_on(arguments: list[str]) -> NoReturn:
    """Run a module, and end."""
    os.closerange(3, os.sysconf("SC_OPEN_MAX"))
    # Nothing of the other program ends as long as this one runs: it would close files that are not its own any more.
    gc.freeze()
    gc.enable()
    atexit._clear()
    ignored = [number for number in signal.valid_signals() if signal.getsignal(number) is signal.SIG_IGN]
    begin(str(Path.cwd()), dict(os.environ), ignored)
    run_to_its_end(arguments)


def run_to_its_end(arguments: list[str]) -> NoReturn:
    """Run a module, and end as Python does, but for what it takes apart: that would be copied for it."""
    status, is_interrupted = 1, False
    try:
        _run_module(arguments)
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else bool(end.code)
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        is_interrupted = isinstance(sys.exc_info()[1], KeyboardInterrupt)
    threading._shutdown()
    atexit._run_exitfuncs()
    sys.stdout.flush()
    if is_interrupted:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.raise_signal(signal.SIGINT)
    os._exit(status)


def _run_module(arguments: list[str]) -> None:
    """Do what `python -m MODULE ARGUMENTS...` does."""
    sys.argv[1:] = arguments
    runpy.run_module(sys.argv.pop(1), run_name="__main__", alter_sys=True)
