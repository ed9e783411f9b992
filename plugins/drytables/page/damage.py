"""Whether a command is refused because publishing damaged it, and how it reads once mended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from ..diagnostics.codes.command import STRAY_WORD, TYPOGRAPHIC_DASH
from ..diagnostics.codes.damage import (
    BLANK_AFTER_BACKSLASH,
    CURLY_QUOTE,
    FULL_WIDTH_SIGN,
    HTML_ENTITY,
    LOST_BACKSLASH,
    LOST_LINE_END,
    NO_BREAK_SPACE,
    PROSE_IN_COMMAND,
    STRAY_BACKTICK,
)
from ..diagnostics.diagnostic import Diagnostic, Edit, Label, Quote, Severity
from ..diagnostics.source import Span
from ..judging.verdict import Verdict
from ..reading.shell.damaged_lines import DamagedLine
from ..reading.word import Command, Word
from .implied_placeholders import with_implied_holes
from .judge import Judge
from .report import Checked, Snippet

#: By code: what happened, what the label says, and the advice where the mended line is not shown.
_SAYINGS = {
    TYPOGRAPHIC_DASH: ("hyphens became dashes", "this is a dash, not a hyphen", "use hyphens"),
    CURLY_QUOTE: ("quotes became curly", "the shell only understands straight quotes", "use straight quotes"),
    NO_BREAK_SPACE: (
        "the command contains a look-alike or invisible space",
        "the shell treats this as an ordinary character",
        "replace it with a plain space, or remove it",
    ),
    HTML_ENTITY: ("HTML is escaped twice", "readers see this literally", "write the character itself"),
    LOST_LINE_END: (
        "several commands run together on one line",
        "the next command starts here",
        "start a new line here",
    ),
    BLANK_AFTER_BACKSLASH: (
        "trailing whitespace after the backslash",
        "so the command ends on this line",
        "make the backslash the last character of its line",
    ),
    LOST_BACKSLASH: (
        "the command continues on the next line without a backslash",
        "the shell runs the command up to here",
        "end the line with a backslash",
    ),
    FULL_WIDTH_SIGN: (
        "Chinese or Japanese punctuation in the command",
        "the shell treats this as an ordinary character",
        "remove it",
    ),
    PROSE_IN_COMMAND: (
        "a comment follows the command without a `#`",
        "the shell reads this as arguments",
        "put `# ` before it",
    ),
    STRAY_BACKTICK: ("Markdown backticks around a word in code", "the shell runs this as a command", "remove them"),
}
#: What no one types: it is damage, even where iptables never gets to see it.
_CERTAIN = frozenset({HTML_ENTITY, LOST_BACKSLASH, NO_BREAK_SPACE, FULL_WIDTH_SIGN})
#: What the shell takes, but otherwise than it was meant.
_TAKEN = frozenset({CURLY_QUOTE, STRAY_BACKTICK})


def with_damage_told(snippet: Snippet, lines: Sequence[DamagedLine], judge: Judge) -> Snippet:
    """The snippet, what publishing did to a command told in place of all that follows from it."""
    if not lines and not snippet.commands:
        return snippet
    here = judge if snippet.release is None else replace(judge, newest=snippet.release)
    told: set[Span] = set()
    for line in lines:
        snippet = _with_line_told(snippet, line, judge, here, told)
    commands = tuple(
        checked if checked.command.span in told else _with_prose_told(checked, here) for checked in snippet.commands
    )
    return snippet if commands == snippet.commands else replace(snippet, commands=commands)


def _with_line_told(snippet: Snippet, line: DamagedLine, judge: Judge, here: Judge, told: set[Span]) -> Snippet:
    """The snippet with what happened to one line; `told` learns the commands that it happened to."""
    damaged = [each for each in snippet.commands if each.command.span.starts_in(line.span)]
    mended = [here.verdict(with_implied_holes(command, judge)) for command in line.commands]
    found = explain(line, [each.verdict for each in damaged], mended)
    if found is None:
        return snippet
    damaged = damaged or [Checked(line.commands[0], "open", mended[0])]
    left = [each for verdict in mended for each in verdict.diagnostics if each.severity == "error"]
    mine = [_cleared(checked) for checked in damaged]
    mine[0] = mine[0].with_findings([found, *left])
    told.update(checked.command.span for checked in mine)
    others = [each for each in snippet.commands if not each.command.span.starts_in(line.span)]
    commands = sorted([*others, *mine], key=lambda each: each.command.span)
    diagnostics = tuple(each for each in snippet.diagnostics if not each.span.starts_in(line.span))
    return replace(snippet, commands=tuple(commands), diagnostics=diagnostics)


def _cleared(checked: Checked) -> Checked:
    """A command of which nothing is said yet: what was refused may be right but for the damage."""
    return replace(checked, findings=(), status="open" if checked.status == "refused" else checked.status)


def _with_prose_told(checked: Checked, judge: Judge) -> Checked:
    found = prose(checked.verdict, judge.verdict)
    return checked if found is None else replace(checked, findings=(), status="open").with_findings([found])


def explain(line: DamagedLine, found: Sequence[Verdict], mended: Sequence[Verdict]) -> Diagnostic | None:
    """The one diagnostic for what happened to a line, or None where nothing speaks for that it did.

    `found` are the verdicts on its commands as they stand, `mended` on those it holds once mended. A warning where
    something in them is for the reader to fill in, since they have to mend the line anyway.
    """
    codes = {damage.code for damage in line.damages}
    is_whole = all(verdict.status != "refused" for verdict in mended)
    is_refused = not found or any(verdict.status == "refused" for verdict in found)
    if LOST_BACKSLASH in codes and not is_whole:
        return None
    if is_refused or codes & _CERTAIN:
        if not (is_whole or _gets_further(found, mended) or HTML_ENTITY in codes):
            return None
        has_holes = any(verdict.holes for verdict in (*found, *mended))
        return _diagnostic(line, found, is_whole, "warning" if has_holes else "error")
    if codes & _TAKEN and is_whole:
        taken = tuple(damage for damage in line.damages if damage.code in _TAKEN and damage.replacement != "'")
        return _diagnostic(replace(line, damages=taken), found, is_whole, "warning") if taken else None
    return None


def _gets_further(found: Sequence[Verdict], mended: Sequence[Verdict]) -> bool:
    """Whether the first thing that is refused once mended stands behind the first that is refused as it stands."""
    before = [verdict.refusal.span.start for verdict in found if verdict.refusal is not None]
    after = [verdict.refusal.span.start for verdict in mended if verdict.refusal is not None]
    return not before or min(before) < min(after)


def _diagnostic(line: DamagedLine, found: Sequence[Verdict], is_whole: bool, severity: Severity) -> Diagnostic:
    first = line.damages[0]
    message, label, advice = _SAYINGS[first.code]
    others = {damage.code for damage in line.damages} - {first.code}
    if others:
        message += "; also: " + ", and ".join(_SAYINGS[code][0] for code in sorted(others))
    refusal = next((verdict.refusal for verdict in found if verdict.refusal is not None), None)
    return Diagnostic(
        first.code,
        message,
        Label(first.span, label),
        causes=tuple(Label(damage.span) for damage in line.damages[1:]),
        quote=refusal.quote if refusal is not None else None,
        notes=refusal.notes if refusal is not None else (),
        help=f"write {_lines(line.mended)}" if is_whole and first.code not in _UNSHOWN else advice,
        edits=tuple(Edit(damage.span, damage.replacement) for damage in line.damages),
        severity=severity,
    )


#: Those of which the mended line would look like the damaged one.
_UNSHOWN = frozenset({BLANK_AFTER_BACKSLASH, LOST_BACKSLASH})


def _lines(text: str) -> str:
    """The mended lines in backticks, one after another."""
    lines = [line.strip().removesuffix("\\").strip() for line in text.split("\n")]
    return ", and on the next line ".join(f"`{line}`" for line in lines if line)


def prose(verdict: Verdict, judged: Callable[[Command], Verdict]) -> Diagnostic | None:
    """The diagnostic for a sentence behind a command without a `#` before it, or None.

    `judged` gives the verdict on another command. What comes before the sentence must be accepted by itself.
    """
    words = verdict.command.words
    refusal = verdict.refusal
    if refusal is None:
        return _prose_of_another_script(verdict, judged)
    if refusal.code != STRAY_WORD:
        return None
    stray = next((at for at, word in enumerate(words) if word.span == refusal.span), 0)
    # `-F all the rules`: the first word was taken for the chain.
    starts = [stray - 1, stray] if verdict.rule.chain is words[stray - 1] else [stray]
    for start in starts:
        tail = words[start:]
        if start > 1 and _is_sentence(tail) and _is_accepted(judged(_cut(verdict.command, start))):
            is_shown = verdict.command.is_bare or verdict.holes
            return _prose(tail, refusal.quote, "warning" if is_shown else "error")
    return None


def _prose_of_another_script(verdict: Verdict, judged: Callable[[Command], Verdict]) -> Diagnostic | None:
    """The same where the sentence is in other letters, and so was taken for something to fill in."""
    last = verdict.command.words[-1]
    is_hole = last.holes == ((0, len(last.text)),) and not last.text.isascii()
    if verdict.status != "open" or not is_hole or len(verdict.command.words) < 3:
        return None
    if not any(char > "\u024f" and char.isalpha() for char in last.text):
        return None
    cut = _cut(verdict.command, len(verdict.command.words) - 1)
    stray = judged(verdict.command._replace(words=(*cut.words, Word("x", last.span)))).refusal
    if stray is None or stray.code != STRAY_WORD or not _is_accepted(judged(cut)):
        return None
    return _prose((last,), None, "warning")


def _cut(command: Command, end: int) -> Command:
    words = command.words[:end]
    return command._replace(words=words, span=words[0].span.to(words[-1].span))


def _is_accepted(verdict: Verdict) -> bool:
    return verdict.status == "accepted"


def _is_sentence(words: Sequence[Word]) -> bool:
    """Whether words are several, none an option, and at least one is in plain letters of the lower case."""
    is_plain = not any(word.text[:1] in ("-", "!") or not word.text for word in words)
    return len(words) > 1 and is_plain and any(word.text.strip(".,:;()").islower() for word in words)


def _prose(words: Sequence[Word], quote: Quote | None, severity: Severity) -> Diagnostic:
    first = words[0].span
    return Diagnostic(
        PROSE_IN_COMMAND,
        "a comment follows the command without a `#`",
        Label(first.to(words[-1].span), "the shell reads this as arguments"),
        quote=quote,
        help="put `# ` before it",
        edits=(Edit(Span(first.start, first.start), "# "),),
        severity=severity,
    )
