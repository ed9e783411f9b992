"""A text in each form, compressed once: what was made is kept under the digest of the text."""

from __future__ import annotations

import functools
import hashlib
import os
import time
from collections.abc import Callable
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import brotli
import deflate
from press.atomic_write import write_atomically

from .gain import is_enough

#: How long an unused file is kept, and how often its use is noted, in seconds.
_MONTH, _DAY = 30 * 86_400, 86_400


class Form(NamedTuple):
    """A form of compression: how to make it, and how to read it."""

    compress: Callable[[bytes], bytes]
    decompress: Callable[[bytes], bytes]


#: How the names of compressed files end. Neither form has a time or a name in it.
FORMS = {
    ".br": Form(lambda content: bytes(brotli.compress(content, quality=11)), brotli.decompress),
    ".gz": Form(
        lambda content: bytes(deflate.gzip_compress(content, 12)), lambda made: bytes(deflate.gzip_decompress(made))
    ),
}
#: Kept in place of a compressed text that does not save enough.
_NOT_ENOUGH = b"-"


@functools.cache
def _made_by() -> str:
    """What a compressed text depends on besides the text."""
    return f"{version('brotli')} {version('deflate')}"


class Kept:
    """A folder of compressed texts, which need not exist yet. If it cannot be written, nothing is kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def compressed(self, content: bytes, form: str) -> bytes | None:
        """Return a text in one of FORMS; None if that does not save enough."""
        digest = hashlib.sha256(f"{_made_by()}\n".encode() + content).hexdigest()
        place = self._folder / digest[:2] / f"{digest[2:]}{form}"
        made = _found(place, content, form)
        if made is None:
            made = FORMS[form].compress(content)
            if not is_enough(len(content), len(made)):
                made = _NOT_ENOUGH
            with suppress(OSError):
                write_atomically(place, made)
        return None if made == _NOT_ENOUGH else made

    def make_room(self) -> None:
        """Remove what was not used in the last month."""
        eldest = time.time() - _MONTH
        for place in self._folder.glob("??/*"):
            with suppress(OSError):
                if place.stat().st_mtime < eldest:
                    place.unlink()


def _found(place: Path, content: bytes, form: str) -> bytes | None:
    """What is kept there of a text, unless it is damaged."""
    try:
        made = place.read_bytes()
        if made != _NOT_ENOUGH and FORMS[form].decompress(made) != content:
            return None
        if place.stat().st_mtime < time.time() - _DAY:
            os.utime(place)
    except (OSError, brotli.error, deflate.DeflateError, ValueError):
        return None
    return made
