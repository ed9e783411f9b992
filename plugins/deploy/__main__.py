"""`python -m deploy` and `python -m deploy rollback`, which `make deploy` and `make rollback` call in the project.

The environment says the rest, as make was told: DEPLOY_TO (`TO=`), DEPLOY_DRY_RUN, DEPLOY_RELEASE (`TO_RELEASE=`),
DEPLOY_FORCE, DEPLOY_UNLOCK. With DEPLOY_BUILT=1 the site is taken as `make publish` has left it; otherwise it is built.

The exit status is 0 if the site is at the host, 1 if it is not, and 2 for wrong usage.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence

USAGE = "usage: python -m deploy [rollback]   in the folder of the project; see `make deploy` and `make rollback`"


def main(arguments: Sequence[str]) -> int:
    """Do what the command line and the environment say, and return the exit status."""
    if [*arguments] not in ([], ["rollback"]):
        is_asked = bool({"-h", "--help"} & {*arguments})
        print(USAGE, file=sys.stdout if is_asked else sys.stderr)
        return 0 if is_asked else 2
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, lambda number, _: sys.exit(128 + number))
    try:
        return _run(is_rollback=bool(arguments))
    except KeyboardInterrupt:  # also while the rest is loaded
        return 130


def _run(is_rollback: bool) -> int:
    from .commands import run
    from .deploy_error import DeployError
    from .masking import without_secrets

    try:
        run(is_rollback)
    except DeployError as error:
        print(f"error: {without_secrets(str(error))}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"error: {without_secrets(str(error))}; deploy again", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
