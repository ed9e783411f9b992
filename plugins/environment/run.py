"""Runs a program of `.venv`: `python -m environment.run MODULE ARGUMENT...`, instead of `python -m MODULE ARGUMENT...`.

If the program fails while packages are damaged, this is said, in place of the error that came of it, and the next make
mends them. ensure.sh sees most damage before anything is run, but it does not look at each file.
"""

import runpy
import sys
from pathlib import Path

from .faults import damage_in
from .folder import Environment


def main() -> None:
    """Run the program, and end as it does."""
    del sys.argv[0]
    try:
        runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
    except Exception:
        if not _is_explained_by_damage():
            raise
        sys.exit(1)
    except SystemExit as ending:
        if ending.code == 1:
            _is_explained_by_damage()
        raise


def _is_explained_by_damage() -> bool:
    environment = Environment(Path(sys.prefix))
    damage = damage_in(environment)
    if damage is None:
        return False
    environment.packages.unlink(missing_ok=True)
    print(f"error: .venv is damaged: {damage}. Run make again: it will make .venv anew", file=sys.stderr)
    return True


if __name__ == "__main__":
    main()
