"""What single releases got wrong and later ones mended: by running builds of them, and by upstream's history."""

from __future__ import annotations

from ..grammar.extension import Extension, Option
from ..grammar.releases import FIRST, Release, Spans, releases

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
_BEFORE_FORGOTTEN = "1.4.10"

#: The releases that did not see when a range ends before it begins, in the extensions that have tables, but for those
#: that look for themselves.
RANGES_REVERSED = ("1.4.11", "1.8.10")
_LOOK_FOR_THEMSELVES = ("connbytes", "mh", "multiport", "tcpmss", "NFQUEUE", "SNAT", "DNAT", "REDIRECT", "MASQUERADE")


def negation_spans(extension: Extension, option: Option) -> Spans:
    """The releases that take a `!` before an option which takes one today; empty when no release forgot it."""
    options, last = _NEGATION_FORGOTTEN.get(extension.name, ((), ""))
    if extension.name == "owner" and option.name == "socket-exists":
        options, last = ("socket-exists",), "1.4.12"
    if not last or (options and option.name not in options):
        return []
    return [[FIRST, _BEFORE_FORGOTTEN], [releases()[Release(last).index + 1].version, None]]


def forgot_negation(extension: Extension, option: Option, release: Release) -> bool:
    """Whether a release refuses a `!` before an option that takes one before and after it."""
    spans = negation_spans(extension, option)
    return bool(spans) and not release.is_in(spans)


#: Releases that took a value glued to its option (`-ptcp`, `--jump=DROP`, `--dport=80`). Up to 1.4.5 it was lost behind
#: -p and in matches; 1.8.8 and 1.8.9 took the whole word for the value of some of iptables' own options, by an accident
#: of theirs (observed with iptables-legacy 1.8.9).
_GLUED_TO_AN_EXTENSIONS: Spans = [["1.4.6", None]]
_GLUED_TO_PROTOCOL: Spans = [["1.4.6", "1.8.7"], ["1.8.10", None]]
_GLUED_TO_OTHERS: Spans = [[FIRST, "1.8.7"], ["1.8.10", None]]
_PROTOCOL = ("-p", "--pr")
_OTHERS = ("-s", "-d", "-j", "-i", "-o", "--s", "--d", "--j", "--i", "--o")


def glue_spans(spelled: str, *, is_own: bool) -> Spans:
    """The releases that take a value glued to an option, spelled `-p` or `--proto`, of iptables' own or of an
    extension's.
    """
    if not is_own:
        return _GLUED_TO_AN_EXTENSIONS
    if spelled.startswith(_PROTOCOL):
        return _GLUED_TO_PROTOCOL
    return _GLUED_TO_OTHERS if spelled.startswith(_OTHERS) else [[FIRST, None]]


def let_ranges_be_reversed(extension: Extension, release: Release) -> bool:
    """Whether a release takes `--dport 80:70` of an extension."""
    first, last = map(Release, RANGES_REVERSED)
    return bool(extension.table_since) and extension.name not in _LOOK_FOR_THEMSELVES and first <= release <= last
