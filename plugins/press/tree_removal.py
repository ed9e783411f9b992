"""Removes a folder with all that is in it."""

import os
import shutil
from contextlib import suppress
from pathlib import Path

from .filling import make_writable


def remove_tree(folder: Path) -> bool:
    """Remove a folder with all that is in it, whatever its modes are, and return whether it is gone. No error of the
    system comes out, but what interrupts the program does.
    """
    with suppress(OSError):
        make_writable(folder)
    try:
        shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:  # such as of closing a folder, which is none of those that rmtree ignores
        if error.__context__ is not None and not isinstance(error.__context__, Exception):
            # Ctrl-C came just when rmtree had closed a folder, and it closed that once more.
            raise error.__context__ from None
    return not os.path.lexists(folder)
