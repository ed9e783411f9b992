"""Compiled templates, kept from one round to the next and from one build to the next.

Every generator of Pelican's has a Jinja environment of its own, in every round a new one, and would compile the same
templates again.
"""

from __future__ import annotations

from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket


class CompiledTemplates(FileSystemBytecodeCache):
    """Jinja's own cache on the disk, with what was used in memory. A folder that cannot be written is done without.

    Jinja compares a digest of the template's text; all else that a compiled template depends on is in the name of the
    folder.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self._kept: dict[str, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket, if the template in it was compiled before."""
        checksum, code = self._kept.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code
            return
        try:
            super().load_bytecode(bucket)
        except (OSError, EOFError, ValueError, TypeError):
            bucket.reset()
        if bucket.code is not None:
            self._kept[bucket.key] = bucket.checksum, bucket.code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what is in a bucket."""
        assert bucket.code is not None
        self._kept[bucket.key] = bucket.checksum, bucket.code
        try:
            Path(self.directory).mkdir(parents=True, exist_ok=True)
            super().dump_bytecode(bucket)
        except OSError:
            return


def keep_compiled(settings: dict[str, Any], folder: Path) -> None:
    """Have all environments of a Pelican keep their templates, unless its settings have another cache for that.

    None looks again whether a template has changed, wherever that is included: each round has environments of its own.
    """
    own = {"bytecode_cache": CompiledTemplates(folder), "auto_reload": False}
    settings["JINJA_ENVIRONMENT"] = {**own, **settings["JINJA_ENVIRONMENT"]}
