"""A file that is rules and nothing else: what iptables-save prints, netfilter-persistent's `rules.v4`, ufw's
`before.rules`, or a script that types them.

Other programs have files of rules too (udev, auditd, Prometheus, Snort, Firestore, polkit), whose names end in the same
letters. They are recognized by their content: such a file has no code that concerns us.
"""

from __future__ import annotations

import re

from ..diagnostics.codes.saved import BAD_LINE
from ..diagnostics.diagnostic import Diagnostic, Edit, Label, Quote
from ..diagnostics.source import Source, Span
from .excerpt import Excerpt
from .family import family_of_file
from .fence import Fence
from .names import FOLDER, IPTABLES
from .need import Need
from .other_tables import is_of_other_tables
from .pattern import pattern
from .saved import SAVED_LANGUAGE, holds_table
from .shell.bare_rules import bare_rules
from .snippets import Snippets

#: How the names of netfilter-persistent's files end; nobody else's do.
_PERSISTENT = (".v4", ".v6")
#: What makes a text without a table a script: the shell that is to run it, or a line that begins with the program.
_SCRIPT = pattern(
    r"\A#!.*\b(?:ba|da|a|k|z)?sh\b"
    rf"|^[ \t]*(?:sudo[ \t]+)?(?:{FOLDER}{IPTABLES}|\$\{{?IP6?T(?:ABLES)?6?\}}?)[ \t]+[-\"$]",
    re.MULTILINE,
)
#: A line that iptables-restore rejects when it ends in a CR, and a COMMIT at the very end of the file.
_WINDOWS_LINE = pattern(r"^(?P<line>\*\w+|COMMIT)\r$", re.MULTILINE)
_UNENDED_COMMIT = pattern(r"^COMMIT\Z", re.MULTILINE)
#: A chain of ufw's own that a file declares, and one that a rule sends packets to.
_OF_UFW = pattern(r"^:ufw6?-", re.MULTILINE)
_TO_UFW = pattern(r"[ \t](?:-[jg]|--jump|--goto)[ \t]+(?P<chain>ufw6?-[\w-]+)")


def read_rules_file(source: Source) -> Snippets:
    """All of a file as one piece of code; none if it is in the language of another program."""
    whole = Span(0, len(source.text))
    code = Excerpt.of(source, whole)
    language = _language_of(code, source.path)
    if language is None:
        return Snippets((), ())
    fault = _fault_of_line_ends(source.text) if language == SAVED_LANGUAGE else None
    family = family_of_file(source.path)
    fence = Fence("file", language, {}, Span(0, 0), whole, whole, 1, code, diagnostic=fault, family=family)
    return Snippets((fence,), (), needs=_made_by_ufw(code.text))


def _fault_of_line_ends(text: str) -> Diagnostic | None:
    """What is wrong with how the lines of saved text end: that shows in a file only, not on a page. They are warnings,
    since git may have made the ones, and iptables-nft-restore takes the other.
    """
    windows = _WINDOWS_LINE.search(text)
    if windows is not None:
        return Diagnostic(
            BAD_LINE,
            "the lines end as on Windows, with CR LF",
            Label(Span(*windows.span("line")), "iptables-restore takes the CR for a part of this"),
            help="save it with LF alone, as `dos2unix` does",
            severity="warning",
        )
    last = _UNENDED_COMMIT.search(text)
    if last is None:
        return None
    return Diagnostic(
        BAD_LINE,
        "the last line has no line end",
        Label(Span(last.start(), last.end()), "iptables-legacy-restore knows COMMIT only with its line end"),
        quote=Quote("Bad argument `COMMIT'", "iptables-legacy-restore 1.8.9"),
        notes=("iptables-nft-restore takes it",),
        help="end the line",
        edits=(Edit(Span(last.end(), last.end()), "\n"),),
        severity="warning",
    )


def _made_by_ufw(text: str) -> frozenset[Need]:
    """The chains that ufw makes before it loads one of its files: all of its own that it sends packets to."""
    if not _OF_UFW.search(text):
        return frozenset()
    return frozenset(Need("chain", match["chain"]) for match in _TO_UFW.finditer(text))


def _language_of(code: Excerpt, name: str) -> str | None:
    """What reads the text: iptables-restore, or a shell; None if neither does."""
    if is_of_other_tables(code.text):
        return None
    if holds_table(code):
        return SAVED_LANGUAGE
    if _SCRIPT.search(code.text):
        return "sh"
    if any(True for _ in bare_rules(code, "sh")):
        return SAVED_LANGUAGE if name.lower().endswith(_PERSISTENT) else "sh"
    return None
