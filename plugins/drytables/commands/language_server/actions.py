"""The repairs that an editor can offer: of one fault where it is certain, and of the whole file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from lsprotocol import types

from ...diagnostics.diagnostic import Diagnostic
from .findings import finding
from .page import Page

QUICK_FIX, FIX_ALL = types.CodeActionKind.QuickFix, types.CodeActionKind.SourceFixAll
#: The kind under which editors can ask for the repairs of this server alone.
FIX_ALL_OF_OURS = "source.fixAll.drytables"
#: How many faults are tried at once: each try judges the whole text again.
_MOST = 10


def actions(page: Page, params: types.CodeActionParams, is_versioned: bool) -> list[types.CodeAction]:
    """What to offer for the lines of a range; `is_versioned` says that the editor knows of edits to one version."""
    context = params.context
    found: list[types.CodeAction] = []
    if _is_wanted(QUICK_FIX, context.only):
        found += _quick_fixes(page, params.range, is_versioned)
    kind = FIX_ALL_OF_OURS if FIX_ALL_OF_OURS in (context.only or ()) else FIX_ALL
    # Editors ask for a light bulb whenever the cursor moves, and do not show there what is for the whole file.
    is_asked = context.only is not None or context.trigger_kind != types.CodeActionTriggerKind.Automatic
    if is_asked and _is_wanted(kind, context.only) and page.all_edits:
        edit = _edit(page, page.all_edits, is_versioned)
        title = "Make all certain repairs in this file (drytables fix)"
        found.append(types.CodeAction(title, kind=kind, edit=edit))
    return found


def _is_wanted(kind: str, only: Sequence[str] | None) -> bool:
    """Whether a kind is one of those asked for, or below one of them: `source` asks for `source.fixAll` too."""
    return only is None or any(not each or kind == each or kind.startswith(f"{each}.") for each in only)


def _quick_fixes(page: Page, asked: types.Range, is_versioned: bool) -> Iterator[types.CodeAction]:
    for fault in _faults_on_the_lines(page, asked):
        edits = page.edits(fault)
        if edits:
            yield types.CodeAction(
                _title(fault),
                kind=QUICK_FIX,
                diagnostics=[finding(fault, page.places, page.uri)],
                is_preferred=True,
                edit=_edit(page, edits, is_versioned),
            )


def _faults_on_the_lines(page: Page, asked: types.Range) -> Iterator[Diagnostic]:
    def is_on_them(fault: Diagnostic) -> bool:
        where = page.places.range(fault.span)
        return where.start.line <= asked.end.line and where.end.line >= asked.start.line

    return islice(filter(is_on_them, page.repairable), _MOST)


def _title(fault: Diagnostic) -> str:
    words = fault.help or f"repair: {fault.message}"
    return f"{words[0].upper()}{words[1:]}"


def _edit(page: Page, edits: Sequence[types.TextEdit], is_versioned: bool) -> types.WorkspaceEdit:
    if not is_versioned:
        return types.WorkspaceEdit(changes={page.uri: edits})
    document = types.OptionalVersionedTextDocumentIdentifier(page.uri, page.version)
    return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(document, edits)])
