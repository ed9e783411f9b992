"""The references in a script: what modules import from each other.

What else a script asks for it names in ways that nobody can follow, such as `"icons/" + name`, which is why all files
stay where they are as well. Those names lead to the same place from wherever the script is loaded, unless it asks where
that is, or they are relative names of modules: such a script cannot be moved.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable

from tree_sitter import Language, Node, Parser, Query, QueryCursor

#: How a script finds out where it was loaded from.
_ASKS_WHERE_IT_IS = re.compile(
    rb"\bimport\s*\.\s*meta\b|\bimportScripts\b|\bdocument\s*\.\s*scripts\b"
    # What its element says besides, and where on the page that is, does not depend on it.
    rb"|\bcurrentScript\b(?!\s*\??\.\s*(?:dataset|nonce|parent\w+|closest|next\w+|previous\w+|before|after|remove)\b)"
    rb"|\bgetElementsByTagName\(\s*[\"'`]script\b|[\"'`\s]script\["
)
#: Without these words nothing is imported.
_IMPORTS = re.compile(rb"\b(?:import|export)\b")
#: An address that is made a complete one, by something else than the place of the script.
_URL = re.compile(rb"new\s+URL\(\s*[^\s()\"'`][^()]*,[^()]*\)\Z")
_SOURCE_MAP = re.compile(rb"(?P<before>//[#@]\s*+sourceMappingURL=)(?P<address>\S++)(?=\s*\Z)")
_NAMES_OF_MODULES = """
(import_statement source: (string) @module)
(export_statement source: (string) @module)
(call_expression function: (import) arguments: (arguments . (_) @asked_for))
"""


class CannotBeMovedError(Exception):
    """A script depends on where it is loaded from in a way that cannot be followed."""


def stays(script: bytes) -> bool:
    """Whether a script asks where it was loaded from."""
    return _ASKS_WHERE_IT_IS.search(script) is not None


def imports(script: bytes) -> bool:
    """Whether a script may import others."""
    return _IMPORTS.search(script) is not None


def with_references(script: bytes, change: Callable[[str], str]) -> bytes:
    """Return a script in which the name of each module that it imports is what `change` makes of it. Raises
    CannotBeMovedError if it works out the name of one, or cannot be read.
    """
    changes = [*_imported(script, change)] if imports(script) else []
    pieces, at = [], 0
    for start, end, name in changes:
        pieces += [script[at:start], _bytes(name)]
        at = end
    return _SOURCE_MAP.sub(
        lambda found: found["before"] + _bytes(change(_text(found["address"]))), b"".join([*pieces, script[at:]])
    )


def _imported(script: bytes, change: Callable[[str], str]) -> list[tuple[int, int, str]]:
    """Where the names of modules are that change, in bytes, and to what."""
    language, query = _grammar()
    root = Parser(language).parse(script).root_node
    if root.has_error:
        raise CannotBeMovedError
    nodes = [node for found in QueryCursor(query).captures(root).values() for node in found]
    changes = []
    for node in sorted(nodes, key=lambda node: node.start_byte):
        name = _name(node)
        # Any other name is looked up by its letters, in an import map.
        if name.startswith(("./", "../", "/")) or "://" in name:
            changed = change(name)
            is_of_a_kind = changed.startswith(("./", "../", "/")) or "://" in changed
            changes.append((node.start_byte + 1, node.end_byte - 1, changed if is_of_a_kind else f"./{changed}"))
    return changes


def _name(node: Node) -> str:
    """What a string says; empty for `new URL(name, base)`. Raises CannotBeMovedError if only a run can show it."""
    text = node.text or b""
    if _URL.match(text):
        return ""
    if node.type != "string" or b"\\" in text:
        raise CannotBeMovedError
    return _text(text[1:-1])


def _text(written: bytes) -> str:
    return written.decode("utf-8", "surrogateescape")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


@functools.cache
def _grammar() -> tuple[Language, Query]:
    """Loaded when the first module is read: most sites have none."""
    import tree_sitter_javascript

    language = Language(tree_sitter_javascript.language())
    return language, Query(language, _NAMES_OF_MODULES)
