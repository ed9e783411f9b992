"""Compiled templates, kept from one round to the next and from one build to the next.

Every generator of Pelican's has a Jinja environment of its own, in every round a new one, and would compile the same
templates again.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import BytecodeCache, Environment, TemplateSyntaxError, nodes
from jinja2.bccache import Bucket
from jinja2.filters import FILTERS
from jinja2.tests import TESTS
from pelican.plugins._utils import plugin_enabled

from ..atomic_write import write_atomically
from .stamps import DIGEST_SIZE, digest_of_bytes


class CompiledTemplates(BytecodeCache):
    """A cache for Jinja on the disk, with what was used in memory. If the folder cannot be written, nothing is kept.
    Python would run a damaged file, so each begins with a digest of the rest.

    Jinja compares a digest of the template's text; all else that a compiled template depends on is in the name of the
    folder. But one that asks a filter of a plugin while it is compiled is not kept.
    """

    def __init__(self, folder: Path) -> None:
        self.directory = folder
        self._kept: dict[str, tuple[str, CodeType]] = {}
        self._unkept: set[str] = set()

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        """The bucket of a template, which is filled if the template was compiled before."""
        bucket = super().get_bucket(environment, name, filename, source)
        if bucket.code is None and asks_while_compiled(environment, source):
            self._unkept.add(bucket.key)
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket, if the template in it was compiled before."""
        checksum, code = self._kept.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code
            return
        try:
            kept = self._file(bucket).read_bytes()
        except OSError:
            return
        if kept[:DIGEST_SIZE] == digest_of_bytes(kept[DIGEST_SIZE:]):
            bucket.bytecode_from_string(kept[DIGEST_SIZE:])
        if bucket.code is not None:
            self._kept[bucket.key] = bucket.checksum, bucket.code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what is in a bucket."""
        assert bucket.code is not None
        if bucket.key in self._unkept:
            self._unkept.remove(bucket.key)
            return
        self._kept[bucket.key] = bucket.checksum, bucket.code
        compiled = bucket.bytecode_to_string()
        with suppress(OSError):  # another process may compile it as well, and write the same
            write_atomically(self._file(bucket), digest_of_bytes(compiled) + compiled)

    def _file(self, bucket: Bucket) -> Path:
        return self.directory / f"__jinja2_{bucket.key}.cache"


def asks_while_compiled(environment: Environment, source: str) -> bool:
    """Whether Jinja works a filter or test of a plugin out while it compiles a template, as it does where all that it
    is given is in the template: `{{ "style.css"|digest }}` may be another the next time.
    """
    filters, tests = _of_plugins(environment.filters, FILTERS), _of_plugins(environment.tests, TESTS)
    if not any(name in source for name in (*filters, *tests)):
        return False
    try:
        template = environment.parse(source)
    except TemplateSyntaxError:  # who compiles it reports that
        return False
    for node in template.find_all((nodes.Filter, nodes.Test)):
        is_of_plugin = node.name in (filters if isinstance(node, nodes.Filter) else tests)
        if is_of_plugin and node.node is not None and node.find(nodes.Name) is None:
            return True
    return False


def _of_plugins(own: dict[str, Any], known: dict[str, Any]) -> set[str]:
    """The names of those that neither Jinja nor Pelican itself defines."""
    return {
        name
        for name, function in own.items()
        if function is not known.get(name) and getattr(function, "func", function) is not plugin_enabled
    }


def keep_compiled(settings: dict[str, Any], folder: Path) -> None:
    """Have all environments of a Pelican keep their templates, unless its settings have another cache for that.

    None looks again whether a template has changed, wherever that is included: each round has environments of its own.
    """
    own = {"bytecode_cache": CompiledTemplates(folder), "auto_reload": False}
    settings["JINJA_ENVIRONMENT"] = {**own, **settings["JINJA_ENVIRONMENT"]}
