"""Bugs of single releases that later ones fixed: from running builds of them, and from upstream's history."""

from __future__ import annotations

from ..grammar.extension import Extension
from ..grammar.history.releases import FIRST, Release, Spans, spans

#: The releases in which libxtables did not notice a range that ends before it begins, in extensions with option tables.
RANGES_REVERSED = ("1.4.11", "1.8.10")


#: Options that name an interface, as typed: any of these or a longer form of it.
INTERFACES = ("-i", "-o", "--in-", "--o")

#: The releases that accept a value attached to a built-in option (`-ptcp`, `--jump=DROP`), where not all do. Up to
#: 1.4.5 the whole word was taken for the value; in 1.8.8 and 1.8.9 again, because of a bug (observed in both).
_GLUED_IN: dict[tuple[str, ...], Spans] = {
    (*INTERFACES, "-s", "-d", "-p", "--so", "--sr", "--des", "--ds", "--pr"): spans("1.4.6..1.8.7 1.8.10.."),
    ("-j", "--j"): spans("..1.8.7 1.8.10.."),
    ("-t",): spans("1.4.2.."),
    ("--ta",): spans("1.4.1.."),
}


def glued_in(spelled: str) -> Spans:
    """The releases that accept a value attached to a built-in option, as it is typed: `-p` or `--proto`."""
    return next((found for options, found in _GLUED_IN.items() if spelled.startswith(options)), [[FIRST, None]])


def let_ranges_be_reversed(extension: Extension, release: Release) -> bool:
    """Whether a release accepts a reversed range such as `--dport 80:70` from an extension."""
    first, last = map(Release, RANGES_REVERSED)
    return bool(extension.table_since) and not extension.checks_ranges and first <= release <= last
