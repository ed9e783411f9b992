"""What single releases got wrong and later ones mended: by running builds of them, and by upstream's history."""

from __future__ import annotations

from ..grammar.extension import Extension, Option
from ..grammar.releases import Release

#: Options whose `!` was refused for a few releases, when their extensions moved to tables: extension, options (all when
#: empty), and the last release. All began with 1.4.11.
_NEGATION_FORGOTTEN = {
    "state": (("state",), "1.4.11.1"),
    "owner": (("uid-owner", "gid-owner"), "1.4.11"),
    "dscp": ((), "1.4.12"),
    "dccp": ((), "1.4.12"),
    "u32": ((), "1.4.12"),
    "physdev": (("physdev-is-in", "physdev-is-out", "physdev-is-bridged"), "1.4.12"),
}
_FORGOTTEN_SINCE = "1.4.11"

#: The releases that did not see when a range ends before it begins, in the extensions that have tables.
RANGES_REVERSED = ("1.4.11", "1.8.10")


def forgot_negation(extension: Extension, option: Option, release: Release) -> bool:
    """Whether a release refuses a `!` before an option that takes one before and after it."""
    if extension.name not in _NEGATION_FORGOTTEN or release < Release(_FORGOTTEN_SINCE):
        return False
    options, last = _NEGATION_FORGOTTEN[extension.name]
    if extension.name == "owner" and option.name == "socket-exists":
        options, last = ("socket-exists",), "1.4.12"
    return release <= Release(last) and (not options or option.name in options)


def let_ranges_be_reversed(extension: Extension, release: Release) -> bool:
    """Whether a release takes `--dport 80:70` of an extension."""
    first, last = map(Release, RANGES_REVERSED)
    return bool(extension.strict_since) and first <= release <= last
