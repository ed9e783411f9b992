"""`python -m environment [--now] LOCK...`, which ensure.sh calls in the project's folder.

Each LOCK is a file of pinned packages that `.venv` has to have. If it cannot be rebuilt and the old one is usable,
there is a warning, and no other attempt for ten minutes unless --now asks for one.

The exit status is 0 if there is a usable environment, and 1 if not. DEBUG=1 shows everything that pip said.
"""

import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from .attempts import Attempts
from .connection import connect, is_connected
from .faults import fault_in
from .folder import COPIES, Environment
from .installation import install, refuse_unfit
from .progress import Progress, say
from .replacement import Replacement, only_one_make
from .setup_error import SetupError


def ensure(project: Path, locks: Sequence[str], is_asked_for: bool) -> None:
    """Leave in the project an environment with the packages of `locks`, or an older one and a warning.

    `is_asked_for` means that the user wants no older one. Raises SetupError if there is none to go on with.
    """
    try:
        str(project).encode()
    except UnicodeEncodeError:  # Jinja reads no template there, and Python makes no environment
        raise SetupError(f"nothing can be done in a folder with a name that is not UTF-8. Rename {project!r}") from None
    environment = Environment.of(project)
    with only_one_make(project):
        replacement = Replacement(environment.folder)
        replacement.clean_up()
        is_there = environment.folder.exists()
        fault = fault_in(environment) if is_there else None
        old = environment if is_there and fault is None else None
        is_usable = old is not None and all(old.has(lock) for lock in locks)
        task = _task(environment, project, locks, fault)
        if task is not None:
            attempts = Attempts(environment, project)
            try:
                if is_usable and not is_asked_for:
                    attempts.refuse_to_repeat()
                _make(replacement, project, locks, old, task)
                return
            except SetupError as error:
                if is_asked_for or not is_usable:
                    raise
                attempts.remember(str(error))
                changed = next(lock for lock in locks if not environment.is_made_from(lock, project))
                _warn(changed, str(error))
        if not is_connected(environment, project):
            connect(environment, project)
        with suppress(OSError):  # it may belong to someone else; then each command looks as closely as this one
            environment.packages.touch()


def _task(environment: Environment, project: Path, locks: Sequence[str], fault: str | None) -> str | None:
    """Return what has to be done and why, as a sentence, or None if the environment is as it should be."""
    name = environment.folder.name
    if not environment.folder.exists():
        return f"Setting up {name} from {' and '.join(locks)} (once)"
    if fault is not None:
        return f"Rebuilding {name}, because {fault}"
    for lock in locks:
        if not environment.has(lock):
            return f"Rebuilding {name}, with the packages of {lock} (once)"
        if not environment.is_made_from(lock, project):
            return f"Rebuilding {name}, because {lock} has changed"
    return None


def _make(replacement: Replacement, project: Path, locks: Sequence[str], old: Environment | None, task: str) -> None:
    """Make an environment with the packages of `locks` and those that the old one has, and let it replace the old one.

    Raises SetupError if that is not possible; then the old one is unchanged.
    """
    refuse_unfit(project)
    all_locks = [lock for lock in COPIES if lock in locks or Environment.of(project).has(lock)]
    progress = Progress(task)
    try:
        install(Environment(replacement.new), project, all_locks, old, progress)
        replacement.replace()
    except OSError as error:
        raise SetupError(str(error)) from error
    finally:
        progress.clear()
        replacement.clean_up()
    progress.end("ready")


def _warn(changed: str, reason: str) -> None:
    say(
        f"warning: .venv is older than {changed} and cannot be rebuilt: {reason}\n"
        "  The old one is used. There is another attempt after ten minutes, or at once with: make setup"
    )


def main(arguments: Sequence[str]) -> int:
    """Do what the command line says and return the exit status."""
    if sys.stderr is None:  # it was closed, and the next file that is opened would take its place
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115  # to the end
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, lambda number, _: sys.exit(128 + number))
    locks = [argument for argument in arguments if argument in COPIES]
    try:
        ensure(Path.cwd(), locks, is_asked_for="--now" in arguments)
    except (SetupError, OSError, UnicodeError) as error:
        say(f"error: .venv cannot be made: {error}")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
