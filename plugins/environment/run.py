"""Runs a program of `.venv`: `python -m environment.run MODULE ARGUMENT...`, instead of `python -m MODULE ARGUMENT...`.

If the program fails while packages are damaged, this is said, in place of the error that came of it, and the next make
mends them. ensure.sh sees most damage before anything is run, but it does not look at each file. The program ends when
make does, however that ended, and at Ctrl-C without a traceback.

What is needed only after a failure is imported then: every command waits for what is imported here.
"""

import runpy
import sys

#: From linux/prctl.h.
_PR_SET_PDEATHSIG = 1


def main() -> None:
    """Run the program, and end as it does."""
    del sys.argv[0]
    try:
        _end_with_make()
        runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception:
        if not _is_explained_by_damage():
            raise
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
    from pathlib import Path

    from .faults import damage_in
    from .folder import Environment

    environment = Environment(Path(sys.executable).parent.parent)
    damage = damage_in(environment)
    if damage is None:
        return False
    environment.packages.unlink(missing_ok=True)
    print(f"error: .venv is damaged: {damage}. Run make again: it will make .venv anew", file=sys.stderr)
    return True


if __name__ == "__main__":
    main()
