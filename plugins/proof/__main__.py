"""`python -m proof [FILE or FOLDER ...]`, which `make prove` calls in the project; without a name, all of the site's.

The variable PROVE_ONLY holds what was typed after make (`ONLY=`).

The exit status is 0 if all experiments did what is expected, 1 if one did not or could not be tried, and 2 where none
can be tried: without root or a program, for wrong usage, or where there are none.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from drytables.grammar.history.releases import Release

USAGE = "usage: python -m proof [FILE or FOLDER ...]   in the folder of the project; see `make prove`"
_SETTINGS = Path("pelicanconf.py")


def main(arguments: Sequence[str]) -> int:
    """Do what the command line and the environment say, and return the exit status."""
    if any(each.startswith("-") for each in arguments):
        is_asked = bool({"-h", "--help"} & {*arguments})
        print(USAGE, file=sys.stdout if is_asked else sys.stderr)
        return 0 if is_asked else 2
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, lambda number, _: sys.exit(128 + number))
    try:
        return _run(arguments)
    except KeyboardInterrupt:  # also while the rest is loaded
        return 130


def _run(arguments: Sequence[str]) -> int:
    from .needs import lacking

    missing = [*lacking()]
    if missing:
        for line in missing:
            print(f"error: {line}", file=sys.stderr)
        print("nothing was tried; the evidence that is committed still stands", file=sys.stderr)
        return 2
    from press import progress
    from press.reports import report

    from .laboratory import end_with_parent
    from .prove import CannotProve, LabEnded, experiment_files, prove

    if "MAKELEVEL" in os.environ:
        end_with_parent()
    progress.begin()
    try:
        release, content = _of_the_site()
        tally = prove([*experiment_files(arguments or [content])], release, os.environ.get("PROVE_ONLY", ""))
    except CannotProve as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except (LabEnded, OSError) as error:
        print(f"error: the experiments could not be tried: {error}", file=sys.stderr)
        return 1
    except Exception as error:
        report("the experiments could not be tried", error)
        return 1
    return 1 if tally.false or tally.untried else 0


def _of_the_site() -> tuple[Release | None, str]:
    """The release that the site's commands are judged as, if its settings name one, and the folder of its pages."""
    from drytables.grammar.history.releases import Release

    if not _SETTINGS.is_file():
        return None, "."
    from pelican.settings import get_settings_from_file

    settings = get_settings_from_file(str(_SETTINGS))
    release = settings.get("DRYTABLES_IPTABLES")
    return Release(str(release)) if release else None, str(settings.get("PATH", "."))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
