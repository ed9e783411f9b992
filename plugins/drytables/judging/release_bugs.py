"""Bugs of single releases that later ones fixed: from running builds of them, and from upstream's history."""

from __future__ import annotations

from ..grammar.extension import Extension, Option
from ..grammar.history.releases import FIRST, Release, Spans, releases

#: The releases in which libxtables did not notice a range that ends before it begins, in extensions with option tables.
RANGES_REVERSED = ("1.4.11", "1.8.10")


def negation_spans(option: Option) -> Spans:
    """The releases that accept a `!` before an option that accepts one today; empty if all do."""
    if not option.negation_broken:
        return []
    first, last = (Release(version).index for version in option.negation_broken)
    return [[FIRST, releases()[first - 1].version], [releases()[last + 1].version, None]]


def forgot_negation(option: Option, release: Release) -> bool:
    """Whether a release refuses a `!` before an option for which earlier and later releases accept one."""
    spans = negation_spans(option)
    return bool(spans) and not release.is_in(spans)


#: Releases that accepted a value attached to its option (`-ptcp`, `--jump=DROP`, `--dport=80`). Up to 1.4.5 it was lost
#: after -p and in matches; 1.8.8 and 1.8.9 took the whole word for the value of some built-in options, because of a bug
#: (observed with iptables-legacy 1.8.9).
_GLUED_TO_AN_EXTENSIONS: Spans = [["1.4.6", None]]
_GLUED_TO_PROTOCOL: Spans = [["1.4.6", "1.8.7"], ["1.8.10", None]]
_GLUED_TO_OTHERS: Spans = [[FIRST, "1.8.7"], ["1.8.10", None]]
_PROTOCOL = ("-p", "--pr")
_OTHERS = ("-s", "-d", "-j", "-i", "-o", "--s", "--d", "--j", "--i", "--o")


def glue_spans(spelled: str, *, is_builtin: bool) -> Spans:
    """The releases that accept a value attached to an option, built-in or an extension's; `spelled` is the option as
    typed, `-p` or `--proto`.
    """
    if not is_builtin:
        return _GLUED_TO_AN_EXTENSIONS
    if spelled.startswith(_PROTOCOL):
        return _GLUED_TO_PROTOCOL
    return _GLUED_TO_OTHERS if spelled.startswith(_OTHERS) else [[FIRST, None]]


def let_ranges_be_reversed(extension: Extension, release: Release) -> bool:
    """Whether a release accepts a reversed range such as `--dport 80:70` from an extension."""
    first, last = map(Release, RANGES_REVERSED)
    return bool(extension.table_since) and not extension.checks_ranges and first <= release <= last
