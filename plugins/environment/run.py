"""Runs a program of `.venv`: `python plugins/environment/run.py MODULE ARGUMENT...`, instead of `python -m MODULE ...`.

If the program fails because packages are damaged, the message says so, instead of the error that this led to, and the
next make repairs them. ensure.sh sees most damage before anything is run, but it does not look at each file. A module
is compiled again if what Python has kept of it is damaged. The program ends when make does, however that ended, and at
Ctrl-C without a traceback.

What is needed only after a failure is imported then: every command waits for what is imported here. This is a script,
of which Python keeps nothing that may be damaged itself.
"""

import os
import runpy
import sys
from contextlib import suppress
from importlib.machinery import (
    EXTENSION_SUFFIXES,
    SOURCE_SUFFIXES,
    ExtensionFileLoader,
    FileFinder,
    SourceFileLoader,
)
from importlib.util import cache_from_source
from types import CodeType

#: From linux/prctl.h.
_PR_SET_PDEATHSIG = 1


class SourceLoader(SourceFileLoader):
    """Loads a module from its source if Python cannot read what it has compiled, and removes that.

    Python looks only for which source it is. It may have been cut short: by a full disk, up to Python 3.12.7.
    """

    def get_code(self, fullname: str) -> CodeType | None:
        """Return the code of a module. Raises what its source does."""
        with suppress(Exception):
            return super().get_code(fullname)
        source = self.get_filename(fullname)
        with suppress(OSError):
            os.unlink(cache_from_source(source))  # noqa: PTH108
        return self.source_to_code(self.get_data(source), source)


def main() -> None:
    """Run the program, and end as it does."""
    del sys.argv[0]
    if not sys.flags.safe_path:
        sys.path[0] = os.getcwd()  # noqa: PTH109
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # it was closed, and the next file that is opened would take its place
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115  # to the end
    loaders = (ExtensionFileLoader, EXTENSION_SUFFIXES), (SourceLoader, SOURCE_SUFFIXES)
    sys.path_hooks.insert(0, FileFinder.path_hook(*loaders))
    sys.path_importer_cache.clear()
    try:
        _end_with_make()
        runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        if not _is_explained_by_damage():
            if not isinstance(error, OSError) or os.environ.get("DEBUG"):
                raise
            print(f"error: {error}", file=sys.stderr)
        sys.exit(1)
    except SystemExit as ending:
        if isinstance(ending.code, str):  # which Python would print, and end with 1
            print(ending.code, file=sys.stderr)
            ending.code = 1
        if ending.code == 1:
            _is_explained_by_damage()
        raise


def _end_with_make() -> None:
    """Have the system end this process if make is killed, which cannot end it then. Only Linux does that."""
    if sys.platform == "linux":
        import ctypes
        import signal

        prctl = getattr(ctypes.CDLL(None), "prctl", None)
        if prctl is not None:
            prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


def _is_explained_by_damage() -> bool:
    try:
        damage = _damage()
    except Exception:  # whatever is wrong, such as a disk that fails, also keeps this from being found out
        return False
    if damage:
        print(f"error: .venv is damaged: {damage}", file=sys.stderr)
    return bool(damage)


def _damage() -> str:
    """What is damaged, and what helps, in two sentences; nothing if nothing is."""
    from pathlib import Path

    from environment.faults import damage_in
    from environment.folder import Environment

    environment = Environment(Path(sys.executable).parent.parent)
    damage = damage_in(environment)
    if damage is None:
        return ""
    try:
        environment.packages.unlink(missing_ok=True)
    except OSError:
        return f"{damage}. Remove .venv, and run make again"
    return f"{damage}. Run make again: it will rebuild .venv"


if __name__ == "__main__":
    main()
