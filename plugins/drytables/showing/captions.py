"""What a page says about a snippet: a Snippet of a report to its figure."""

from __future__ import annotations

from html import escape

from ..grammar.releases import NEWEST, Release
from ..report import Checked, Snippet
from ..telling.annotate import Figure, code, figure, paragraph, says, shell_block, verdict


def caption(snippet: Snippet, newest: Release) -> Figure | None:
    """The figure of a snippet with iptables commands; None for any other."""
    if not snippet.commands:
        return None
    if snippet.unchecked is not None:
        return figure("unchecked", verdict("Not checked:", f"{escape(snippet.unchecked.rstrip('.'))}."))
    refused_later = [checked for checked in snippet.commands if checked.refused_since is not None]
    if refused_later:
        return _refused_today(snippet, refused_later, newest)
    refused = [checked for checked in snippet.commands if checked.status == "refused"]
    if refused:
        return _refused(refused[0], newest if snippet.release is None else snippet.release)
    unknown = [checked for checked in snippet.commands if checked.status == "open"]
    if unknown:
        return _open(snippet, unknown)
    return figure(
        "accepted", verdict("Checked:", f"{_subject(snippet)} accepted by {_program(newest)}.{_marked(snippet)}")
    )


def _refused_today(snippet: Snippet, refused: list[Checked], newest: Release) -> Figure:
    """Written for an old release, refused by newer ones: what they say, and what to type instead."""
    since = min(checked.refused_since for checked in refused if checked.refused_since is not None)
    today = refused[0].today
    assert today is not None and snippet.release is not None
    refusal = today.refusal
    assert refusal is not None
    every = len(snippet.commands)
    which = "it" if every == 1 else "them" if len(refused) == every else f"{len(refused)} of these {every} commands"
    parts = [
        verdict(
            "Refused today.",
            f"Written for iptables {escape(str(snippet.release))}; "
            f"iptables {escape(str(since))} and later refuse {which} and say:",
        ),
        says(_quoted(refusal.notes) or refusal.message),
    ]
    if snippet.repaired is not None:
        parts += [
            paragraph(f"To use today, checked for iptables {escape(str(newest))}:"),
            shell_block(snippet.repaired, "repaired"),
        ]
    elif refusal.help:
        parts.append(paragraph(escape(_sentence(refusal.help))))
    return figure("refused", *parts)


def _refused(checked: Checked, release: Release) -> Figure:
    refusal = checked.verdict.refusal
    assert refusal is not None
    return figure(
        "refused",
        verdict(
            "Refused.",
            f"{_program(release)} does not take {code(checked.command.words[0].text)} commands like this"
            " one, and says:",
        ),
        says(_quoted(refusal.notes) or refusal.message),
        *([paragraph(escape(_sentence(refusal.help)))] if refusal.help else []),
    )


def _open(snippet: Snippet, unknown: list[Checked]) -> Figure:
    holes = dict.fromkeys(hole for checked in unknown for hole in checked.verdict.holes)
    if not holes:
        return figure("open", verdict("Checked in part:", "it uses extensions that are not judged here."))
    names = ", ".join(code(hole) for hole in holes)
    return figure("open", verdict("Checked,", f"with your own values still to be put in for {names}."))


def _subject(snippet: Snippet) -> str:
    return "this command is" if len(snippet.commands) == 1 else f"these {len(snippet.commands)} commands are"


def _marked(snippet: Snippet) -> str:
    return f" Written for iptables {escape(str(snippet.release))}." if snippet.release is not None else ""


def _program(release: Release) -> str:
    return f"iptables {escape(str(release))}" + (" (the newest known here)" if release.version == NEWEST else "")


def _quoted(notes: tuple[str, ...]) -> str:
    """The words of iptables in a note, without what introduces them."""
    return next((note.split("say: ", 1)[-1].split("says: ", 1)[-1] for note in notes if "say" in note), "")


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."
