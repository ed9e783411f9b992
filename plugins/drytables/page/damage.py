"""Whether a command is refused because publishing damaged it, and how it reads once repaired."""

from __future__ import annotations

from bisect import bisect_right
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
from ..diagnostics.codes.saved import COMMENT_BEHIND_RULE
from ..diagnostics.diagnostic import Diagnostic, Edit, Label, Quote, Severity
from ..diagnostics.source import Span
from ..judging.verdict import Verdict
from ..reading.shell.damaged_lines import DamagedLine
from ..reading.word import Command, Word
from .implied_placeholders import with_implied_holes
from .judge import Judge
from .report import Checked, Snippet

#: By code: the message, the label, and the help for when the repaired line is not shown.
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
#: What nobody types: it is damage even where iptables never sees it.
_CERTAIN = frozenset({HTML_ENTITY, LOST_BACKSLASH, NO_BREAK_SPACE, FULL_WIDTH_SIGN})
#: What the shell accepts, but reads differently from what was meant.
_MISREAD = frozenset({CURLY_QUOTE, STRAY_BACKTICK})


def with_damage_reported(snippet: Snippet, lines: Sequence[DamagedLine], judge: Judge) -> Snippet:
    """The snippet, with the damage to each command reported in place of everything that results from it.

    The lines are in order, and none overlaps another.
    """
    if not lines and not snippet.commands:
        return snippet
    here = judge if snippet.release is None else replace(judge, newest=snippet.release)
    on_line: dict[int, list[Checked]] = {}
    starts = [line.span.start for line in lines]
    for checked in snippet.commands:
        on_line.setdefault(_line_at(checked.command.span, lines, starts), []).append(checked)
    commands = [_with_prose_reported(checked, here) for checked in on_line.get(_NO_LINE, ())]
    damaged: set[int] = set()
    for at, line in enumerate(lines):
        reported = _with_line_reported(line, on_line.get(at, []), judge, here)
        if reported is not None:
            damaged.add(at)
        commands += [_with_prose_reported(each, here) for each in on_line.get(at, ())] if reported is None else reported
    commands.sort(key=lambda each: each.command.span)
    diagnostics = tuple(each for each in snippet.diagnostics if _line_at(each.span, lines, starts) not in damaged)
    return replace(snippet, commands=tuple(commands), diagnostics=diagnostics)


#: The index of no line.
_NO_LINE = -1


def _line_at(span: Span, lines: Sequence[DamagedLine], starts: Sequence[int]) -> int:
    """The index of the line that a span starts in, or `_NO_LINE`; `starts` are the starts of the lines."""
    at = bisect_right(starts, span.start) - 1
    return at if at >= 0 and span.starts_in(lines[at].span) else _NO_LINE


def _with_line_reported(
    line: DamagedLine, written: Sequence[Checked], judge: Judge, here: Judge
) -> list[Checked] | None:
    """The commands of one line with the damage to it; None if nothing suggests that it is damaged."""
    mended = [here.verdict(with_implied_holes(command, judge)) for command in line.commands]
    diagnostic = explain(line, [each.verdict for each in written], mended)
    if diagnostic is None:
        return None
    remaining = [each for verdict in mended for each in verdict.diagnostics if each.severity == "error"]
    first, *others = map(_cleared, written or [Checked(line.commands[0], "open", mended[0])])
    return [first.with_findings([diagnostic, *remaining]), *others]


def _cleared(checked: Checked) -> Checked:
    """A command without findings: what was refused may be right apart from the damage."""
    return replace(checked, findings=(), status="open" if checked.status == "refused" else checked.status)


def _with_prose_reported(checked: Checked, judge: Judge) -> Checked:
    diagnostic = prose(checked.verdict, judge.verdict)
    if diagnostic is None:
        return checked
    end = sum(word.span.end <= diagnostic.span.start for word in checked.command.words)
    before = judge.verdict(_cut(checked.command, end)).diagnostics
    remaining = [each for each in before if each.severity == "error"]
    return replace(checked, findings=(), status="open").with_findings([diagnostic, *remaining])


def explain(line: DamagedLine, damaged: Sequence[Verdict], mended: Sequence[Verdict]) -> Diagnostic | None:
    """The one diagnostic for the damage to a line, or None if nothing suggests that it is damage.

    `damaged` are the verdicts on its commands as written, `mended` on those it contains once repaired. It is a warning
    if readers have to fill something in, since they edit the line anyway.
    """
    codes = {damage.code for damage in line.damages}
    is_whole = all(verdict.status != "refused" for verdict in mended)
    is_refused = not damaged or any(verdict.status == "refused" for verdict in damaged)
    if LOST_BACKSLASH in codes and not is_whole:
        return None
    if is_refused or codes & _CERTAIN:
        if not (is_whole or _gets_further(damaged, mended) or HTML_ENTITY in codes):
            return None
        has_holes = any(verdict.holes for verdict in (*damaged, *mended))
        return _diagnostic(line, damaged, is_whole, "warning" if has_holes else "error")
    if codes & _MISREAD and is_whole:
        accepted = tuple(damage for damage in line.damages if damage.code in _MISREAD and damage.replacement != "'")
        return _diagnostic(replace(line, damages=accepted), damaged, is_whole, "warning") if accepted else None
    return None


def _gets_further(damaged: Sequence[Verdict], mended: Sequence[Verdict]) -> bool:
    """Whether the first refusal of the repaired line comes later than that of the line as written."""
    before = [verdict.refusal.span.start for verdict in damaged if verdict.refusal is not None]
    after = [verdict.refusal.span.start for verdict in mended if verdict.refusal is not None]
    return not before or min(before) < min(after)


def _diagnostic(line: DamagedLine, damaged: Sequence[Verdict], is_whole: bool, severity: Severity) -> Diagnostic:
    first = line.damages[0]
    message, label, advice = _SAYINGS[first.code]
    if first.is_comment and first.code == LOST_BACKSLASH:
        message = "a comment is between the lines of the command"
    others = {damage.code for damage in line.damages} - {first.code}
    if others:
        message += "; also: " + ", and ".join(_SAYINGS[code][0] for code in sorted(others))
    refusal = next((verdict.refusal for verdict in damaged if verdict.refusal is not None), None)
    loses_comment = any(damage.is_comment for damage in line.damages)
    return Diagnostic(
        first.code,
        message,
        Label(first.span, label),
        causes=tuple(Label(damage.span) for damage in line.damages[1:]),
        quote=refusal.quote if refusal is not None else None,
        notes=refusal.notes if refusal is not None else (),
        help=_help(line, is_whole, advice),
        # To take a comment away is not what its author wants.
        edits=() if loses_comment else tuple(Edit(damage.span, damage.replacement) for damage in line.damages),
        severity=severity,
    )


#: Damage whose repair cannot be seen in the line.
_UNSHOWN = frozenset({BLANK_AFTER_BACKSLASH, LOST_BACKSLASH})


def _help(line: DamagedLine, is_whole: bool, advice: str) -> str:
    if any(damage.is_comment for damage in line.damages):
        return "put the comment on a line before the command"
    return f"write {_lines(line.mended)}" if is_whole and line.damages[0].code not in _UNSHOWN else advice


def _lines(text: str) -> str:
    """The repaired lines in backticks, one after another."""
    lines = [line.strip().removesuffix("\\").strip() for line in text.split("\n")]
    return ", and on the next line ".join(f"`{line}`" for line in lines if line)


def prose(verdict: Verdict, judged: Callable[[Command], Verdict]) -> Diagnostic | None:
    """The diagnostic for a sentence after a command without a `#` before it, or None.

    `judged` returns the verdict on another command. What precedes the sentence must be accepted by itself.
    """
    words = verdict.command.words
    refusal = verdict.refusal
    if refusal is None:
        return _prose_of_another_script(verdict, judged)
    if refusal.code != STRAY_WORD:
        return None
    stray = next((at for at, word in enumerate(words) if word.span == refusal.span), 0)
    if verdict.command.is_saved and words[stray].text.startswith("#"):
        return _comment_behind_rule(words[stray:], refusal.quote)
    # In `-F all the rules`, the first word was taken for the chain.
    starts = [stray - 1, stray] if verdict.rule.chain is words[stray - 1] else [stray]
    for start in starts:
        tail = words[start:]
        if start > 1 and _is_sentence(tail) and _is_accepted(judged(_cut(verdict.command, start))):
            if verdict.command.is_saved:
                return _comment_behind_rule(tail, refusal.quote)
            is_shown = verdict.command.is_bare or verdict.holes
            return _prose(tail, refusal.quote, "warning" if is_shown else "error")
    return None


def _prose_of_another_script(verdict: Verdict, judged: Callable[[Command], Verdict]) -> Diagnostic | None:
    """The same for a sentence in another script, which was taken for a placeholder."""
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
    """Whether there are several words, none of them an option, and at least one in plain lower-case letters."""
    is_plain = not any(word.text[:1] in ("-", "!") or not word.text for word in words)
    return len(words) > 1 and is_plain and any(_is_plain_word(word.text.strip(".,:;()")) for word in words)


def _is_plain_word(text: str) -> bool:
    """Whether a text has small letters only: not `0x01`."""
    return text.islower() and text.replace("-", "").replace("'", "").isalpha()


def _comment_behind_rule(words: Sequence[Word], quote: Quote | None) -> Diagnostic:
    """A comment on the line of a rule that iptables-restore reads, with or without a `#`."""
    return Diagnostic(
        COMMENT_BEHIND_RULE,
        "a comment cannot follow a rule in iptables-save text",
        Label(words[0].span.to(words[-1].span), "iptables-restore reads this as arguments"),
        quote=quote,
        help="put the comment on a line of its own, which begins with `#`",
    )


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
