"""Replaces a file in one step: whoever reads it finds the old content or the new, and never a part of one.

The new file is written beside the old one, under a hidden name that ends in the number of the process, and is then
renamed. It is left behind only if the process is killed meanwhile.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing(file: Path) -> Iterator[Path]:
    """Yield the path at which to write the new file. When the block ends, that takes the place of `file`; if the block
    raises an error, it is removed.
    """
    fresh = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        yield fresh
        fresh.replace(file)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


def write_atomically(file: Path, content: bytes) -> None:
    """Replace the content of a file, and create the folders above it if they are missing.

    Raises OSError, and then the file is as it was. The disk is not waited for: after a power failure, the file may be
    empty.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with replacing(file) as fresh:
        fresh.write_bytes(content)
