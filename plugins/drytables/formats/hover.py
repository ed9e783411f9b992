"""What an editor shows of the place under the pointer: what is wrong there, and what the word and its command do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..diagnostics.diagnostic import Diagnostic
from ..diagnostics.source import Source, Span
from ..meaning.explain import Part, explain
from ..page.report import Checked, Report
from ..reading.pattern import pattern
from .explanation import taken
from .terminal import notes

#: Words that a sentence marks as code, as Markdown does, and the characters that Markdown would take for its own.
_MARKUP = pattern(r"(`[^`\n]+`)|[\\`*_<>\[\]&~|]")
_BACKTICKS = pattern(r"`+")
#: A longer command is not repeated below its words: it is on the screen anyway. In characters.
_LONGEST = 200


class Hover(NamedTuple):
    """Text in Markdown, and the place that it is about."""

    text: str
    span: Span


def hover(report: Report, offset: int) -> Hover | None:
    """What there is to say about the character at an offset of a text; None if that is nothing."""
    faults = [each for each in report.all_diagnostics() if _is_at(each.span, offset)]
    checked = next((each for each in report.commands() if _is_at(_whole(each), offset)), None)
    blocks = [_fault(each) for each in faults]
    span = faults[0].span if faults else None
    if checked is not None:
        parts = explain(checked.verdict.rule) if checked.verdict.rule.command else []
        under = min((each for each in parts if _is_at(each.span, offset)), key=_length, default=None)
        blocks += _command(checked, parts, under, report.source)
        span = span or (under.span if under is not None else _whole(checked))
    return Hover("\n\n".join(blocks), span) if span is not None else None


def _is_at(span: Span, offset: int) -> bool:
    """Whether an offset is in a span, or at the one place of an empty span."""
    return span.start <= offset < span.end or span.start == offset == span.end


def _whole(checked: Checked) -> Span:
    """A command with the words before it, such as `sudo`."""
    command = checked.command
    return command.prefix[0].span.to(command.span) if command.prefix else command.span


def _length(part: Part) -> int:
    return part.span.end - part.span.start


def _fault(fault: Diagnostic) -> str:
    """A fault with its notes, and what its code means."""
    words = "\n\n".join(map(_escaped, (*notes(fault), *([fault.help] if fault.help else []))))
    head = f"**{fault.severity}: {_escaped(fault.message)}**"
    why = f"{_code(fault.code)}: {_escaped(f'{fault.code.sentence} {fault.code.why}'.strip())}"
    return "\n\n".join(block for block in (head, words, why) if block)


def _command(checked: Checked, parts: list[Part], under: Part | None, source: Source) -> Iterator[str]:
    """A command in blocks of Markdown: the part under the pointer, then all of them, then who accepts it."""
    if under is not None:
        yield f"{_code(under.words)}: {_escaped(under.sentence)}"
        yield "---"
    line = source.slice(checked.command.span)
    if len(line) <= _LONGEST and "\n" not in line:
        yield _code(line)
    if parts:
        yield "\n".join(_item(each) for each in parts)
    since = checked.refused_since
    said = taken(checked.verdict) if checked.outcome != "refused" else []
    said += [f"Refused since iptables {since}."] if since is not None else []
    if checked.status == "unchecked":
        said.append("The mark of its fence says that it is not to be checked.")
    yield from map(_escaped, said)


def _item(part: Part) -> str:
    return f"{'  ' if part.is_detail else ''}- {_code(part.words)}: {_escaped(part.sentence)}"


def _escaped(sentence: str) -> str:
    return _MARKUP.sub(lambda found: found[1] or f"\\{found[0]}", sentence)


def _code(words: str) -> str:
    """Words as code, with more backticks around them than are in them."""
    longest = max(map(len, _BACKTICKS.findall(words)), default=0)
    fence = "`" * (longest + 1)
    space = " " if longest or not words.strip() else ""
    return f"{fence}{space}{' '.join(words.splitlines())}{space}{fence}"
