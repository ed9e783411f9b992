"""What is wrong with the marks of a fence, as far as it shows without judging the commands."""

from __future__ import annotations

from ...diagnostics.codes.page import BAD_MARK, EMPTY_REASON
from ...diagnostics.diagnostic import Diagnostic, Label
from ..fence import Mark
from .attributes import Info
from .dialect import WITH_ANY_INFO, Dialect

#: The marks that this checker reads; other attributes are left to Markdown and its highlighter.
READ_HERE = ("iptables", "refused", "unchecked")


def check_marks(info: Info) -> list[Diagnostic]:
    """The diagnostics for a mark of ours that is given twice, without its value, or with an empty reason."""
    diagnostics = []
    first: dict[str, Mark] = {}
    for mark in info.marks:
        if mark.key not in READ_HERE:
            continue
        if mark.key in first:
            diagnostics.append(_twice(mark, first[mark.key]))
        first.setdefault(mark.key, mark)
        if not (mark.value or "").strip():
            diagnostics.append(_empty(mark))
    return diagnostics


def lost_attributes(info: Info, dialect: Dialect) -> Diagnostic | None:
    """The diagnostic for attributes, and marks among them, that are lost because Markdown stops reading before them.

    Where any info string is taken, such text is not reported: Hugo and others have attributes of their own.
    """
    if info.unread is None or dialect in WITH_ANY_INFO:
        return None
    return Diagnostic(
        BAD_MARK,
        "Markdown stops reading the attributes of this fence here",
        Label(info.unread, "silently ignored"),
        help='write each as key="value", without spaces around the equals sign',
    )


def _twice(mark: Mark, earlier: Mark) -> Diagnostic:
    return Diagnostic(
        BAD_MARK,
        f"the mark `{mark.key}` appears twice",
        Label(mark.key_span.to(mark.value_span), "used again here"),
        causes=(Label(earlier.key_span.to(earlier.value_span), "first used here"),),
        help="remove one of them",
    )


def _empty(mark: Mark) -> Diagnostic:
    where = Label(mark.key_span.to(mark.value_span), "no value here")
    if mark.key == "unchecked":
        return Diagnostic(
            EMPTY_REASON,
            "`unchecked` has no reason",
            where,
            help='tell readers why, as in unchecked="needs a kernel module of ours"',
        )
    example = 'iptables="1.4.10"' if mark.key == "iptables" else 'refused="also-requires"'
    return Diagnostic(BAD_MARK, f"the mark `{mark.key}` has no value", where, help=f"add one, as in {example}")
