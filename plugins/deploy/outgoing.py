"""A copy of the site that is being deployed, which no build changes meanwhile, and one deployment at a time."""

from __future__ import annotations

import fcntl
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from press.build_error import BuildError
from press.build_lock import only_build_of
from press.permissions import let_everybody_read

from .deploy_error import DeployError
from .manifest import Manifest, files_below

#: What deployments keep in the project: the copy, and what a host cannot keep itself.
FOLDER = Path(".deployed")


@dataclass(frozen=True)
class Outgoing:
    """A site on its way: nothing but plain files that everybody may read, in a folder of their own."""

    folder: Path
    manifest: Manifest


@contextmanager
def only_deployment_from_here() -> Iterator[None]:
    """Hold the project's lock; if another deployment has it, first print a line on standard error and wait for it.

    The lock is the operating system's own. The programs that are started inherit it: if this one is killed, the next
    deployment waits until they have ended as well.
    """
    try:
        FOLDER.mkdir(exist_ok=True)
        lock = os.open(FOLDER / "lock", os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise DeployError(f"{FOLDER}/ cannot be written to: {error.strerror}. Change its mode or its owner") from None
    try:
        os.set_inheritable(lock, True)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("another deployment from here has not ended yet; waiting for it", file=sys.stderr, flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        except OSError:
            pass  # some network file systems have no locks; the host has one of its own
        yield
    finally:
        os.close(lock)


@contextmanager
def outgoing(output: Path, address: str) -> Iterator[Outgoing]:
    """Copy the site in `output`, which was built for `address`, and remove the copy at the end.

    Raises DeployError if there is no site, or if it has a file that no host takes.
    """
    folder = FOLDER / "outgoing"
    shutil.rmtree(folder, ignore_errors=True)
    shown = os.path.relpath(output)
    try:
        with only_build_of(Path(os.path.realpath(output)), Path(shown)):
            if not output.is_dir():
                raise DeployError(f"there is no {shown}/; build the site with: make publish")
            _copy(output, folder)
        yield Outgoing(folder, Manifest.of(folder, address))
    except BuildError as error:
        raise DeployError(str(error)) from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _copy(output: Path, folder: Path) -> None:
    folder.mkdir(parents=True)
    made = {folder}
    for path in files_below(output):
        relative = os.path.relpath(path, output)
        if any(ord(sign) < 32 or ord(sign) == 127 for sign in relative) or _is_no_text(relative):
            raise DeployError(f"{path!r} has a sign in its name that not every host takes; rename it")
        target = folder / relative
        if target.parent not in made:
            target.parent.mkdir(parents=True, exist_ok=True)
            made.add(target.parent)
        try:
            shutil.copyfile(path, target)
        except OSError as error:
            raise DeployError(f"{os.path.relpath(path)} cannot be read: {error.strerror}") from None
    let_everybody_read(folder)


def _is_no_text(name: str) -> bool:
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False
