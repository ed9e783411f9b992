"""The marks on a fence: the release it was written for, why it is not checked, with which code it is to be refused."""

from __future__ import annotations

from dataclasses import replace

from ..diagnostics.codes.page import BAD_MARK, NOT_REFUSED
from ..diagnostics.diagnostic import Diagnostic, Label
from ..grammar.history.releases import FIRST, NEWEST, Release
from ..reading.fence import Fence
from .report import Snippet


def read_marks(fence: Fence) -> Snippet:
    """A fence as a snippet with its marks and no commands yet."""
    marks, release = fence.marks, None
    wrong: tuple[Diagnostic, ...] = ()
    version = marks.get("iptables")
    if version is not None and (version.value or "").strip():  # an empty one is reported like that of any other mark
        try:
            release = Release(version.value or "")
        except ValueError:
            wrong = (
                Diagnostic(
                    BAD_MARK,
                    f"unknown iptables release `{version.value}`",
                    Label(version.value_span),
                    help=f"the known releases are {FIRST} to {NEWEST}",
                ),
            )
    reason = (marks["unchecked"].value or "").strip() if "unchecked" in marks else ""
    refused = marks["refused"].value if "refused" in marks else None
    return Snippet(fence, diagnostics=wrong, release=release, unchecked=reason or None, refused=refused or None)


def held_to_its_mark(snippet: Snippet) -> Snippet:
    """A fence marked `refused` must be refused with that code: if it is, that is not a fault; if not, that is one."""
    if snippet.refused is None:
        return snippet
    codes = {each.code for checked in snippet.commands for each in checked.findings}
    commands = tuple(replace(checked, expected=snippet.refused) for checked in snippet.commands)
    if snippet.refused in codes:
        return replace(snippet, commands=commands)
    errors = sorted(
        {each.code for checked in snippet.commands for each in checked.findings if each.severity == "error"}
    )
    instead = f"it is refused with `{'`, `'.join(errors)}`" if errors else "iptables accepts all of it"
    missing = Diagnostic(
        NOT_REFUSED,
        f"nothing in this fence is refused with `{snippet.refused}`",
        Label(snippet.fence.marks["refused"].value_span, instead),
        help="remove or correct the mark",
    )
    return replace(snippet, commands=commands, diagnostics=(*snippet.diagnostics, missing))
