"""What publishing does to a correctly typed command: the places where it shows, and what was typed there.

Blog engines and word processors turn hyphens into dashes and straight quotes into curly ones, put no-break spaces
between words, escape `<` twice, and lose line ends and backslashes. Each place reported here is a guess until a command
that is refused as it appears is accepted once repaired; that is for `page.damage` to decide.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape

from ...diagnostics.code import Code
from ...diagnostics.codes.command import TYPOGRAPHIC_DASH
from ...diagnostics.codes.damage import (
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
from ...diagnostics.source import Source, Span
from ..excerpt import Excerpt
from ..pattern import pattern
from ..placeholders import between_guillemets
from ..word import Command
from .prompts import NAMES, PROMPT, RUNS
from .quotes import overlaps, quoted_ranges

_DASH = "\u2010-\u2015\u2212"
#: Some editors put a blank after such a dash, as in a sentence: `— dport 443`.
_DASHES_BEFORE_OPTION = pattern(
    rf"(?<![^\s(])(?=-*[{_DASH}])[-{_DASH}]+(?:(?=(?P<name>[A-Za-z0-9][\w-]*))|[ \t]+(?=[a-z][a-z-]{{2,}}[ \t]+\S))"
)
_DASH_WITHIN = pattern(rf"(?<=[0-9A-Za-z])[{_DASH}](?=[0-9A-Za-z])")
_DOUBLE_QUOTES, _SINGLE_QUOTES = "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", "\u2018\u2019\u201a\u201b\u2032"
_CURLY = pattern(f"[{_DOUBLE_QUOTES}{_SINGLE_QUOTES}]")
_BLANK = pattern("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_INVISIBLE = pattern("[\u00ad\u200b-\u200f\u2060\ufeff]+")
_ENTITY = pattern(r"&(?:amp;)?(?:lt|gt|amp|quot|apos|nbsp|ndash|mdash|[lr][sd]quo|#\d{1,5}|#[xX][0-9a-fA-F]{1,4});")
_FULL_WIDTH = pattern("(?<=[!-~])[\u3001\u3002\uff01\uff0c\uff1a\uff1b](?!\\S)")
#: What introduces a remark where only `#` would be valid.
_REMARK = pattern(r"(?<=\S)[ \t]+(?=(?:<--?|<=+|-->|==?>|//+|[\u2190\u21d0\u2192])[ \t\w])")
_BLANK_AFTER_BACKSLASH = pattern(r"(?<=\\)[ \t]+(?P<comment>#[^\n]*)?(?=\n[ \t]*\S)")
#: A line of a command that is nothing but a comment: the shell reads no further.
_COMMENT_LINE = pattern(r"(?<=\n)[ \t]*#[^\n]*\n(?=[ \t]*\S)")
#: A line that the author goes on with in the next.
_GOES_ON = pattern(r"[ \t]*[^\s#][^\n]*\\[ \t]*(?:[ \t]#[^\n]*)?\n?")
_NEXT_COMMAND = pattern(
    r"(?<=[^\s;&|({!'\"`\\])(?P<gap>[ \t]+(?:" + PROMPT + r")?)" + RUNS.replace("#", r"\#"), re.VERBOSE
)
#: The same without anything between the two, as in `-N guardiptables -A`.
_GLUED_COMMAND = pattern(r"(?<=\w)(?=(?P<run>(?:sudo\s+)?(?:/(?:usr/)?(?:local/)?s?bin/)?" + NAMES + "))")
#: What shows that a slash goes on with a path: `/opt`, `PATH=/usr/local`, `./x`.
_BEGINS_PATH = pattern(r"(?:^|[\s=:\"'(])[~.]*/[^\s=:\"'()]*\Z")
#: Brackets after a word, which are not closed yet: a remark, as in `DROP(or iptables -P INPUT ACCEPT)`.
_IN_BRACKETS = pattern(r"\w\([^()\n]*\Z")
#: How far back these are looked for.
_NEAR = 100
_BACKTICKED = pattern(
    r"(?<!\S)`(?P<word>nat|filter|mangle|raw|tcp|udp|icmp|all|lo|[A-Z][A-Z_]+|[\d.:/]+"
    r"|(?:eth|en[ops]|wl|wg|tun|tap|br|docker|ppp)[\w.+-]*)`(?!\S)"
)
#: What an entity, a remark, or a word in backticks has in it. Any other damage of ASCII text is to several commands, or
#: at the end of a line within one.
_MAY_BE_DAMAGE = pattern(r"[&`<>]|//")
_RUNS_LINE = pattern(r"\s*" + RUNS)
#: A line that can only be the continuation of the command above it.
_REST = pattern(r"[ \t]*+(?:![ \t]*+)?(?:--[a-z]{2}|-[jmpsdio][ \t]+\S)")
_ENDS = ("\\", "&&", "||", "|", ";", "#")


@dataclass(frozen=True, slots=True)
class Damage:
    """A place in the source, the code of what happened there, and what it must have been before.

    `is_comment` says that there is a comment, which the author wants to keep elsewhere.
    """

    code: Code
    span: Span
    replacement: str
    is_comment: bool = False


@dataclass(frozen=True, slots=True)
class DamagedLine:
    """A damaged line, and the commands in it once the damage is undone.

    `mended` is the line as it must have been, without what precedes its commands.
    """

    span: Span
    damages: tuple[Damage, ...]
    mended: str
    commands: tuple[Command, ...] = ()


def lines_of(code: Excerpt) -> list[Excerpt]:
    """The lines of a shell text, each with its continuation lines: after a backslash, even one followed by spaces, or
    lines that can only be the rest of a command.
    """
    whole: list[Excerpt] = []
    pending: list[Excerpt] = []
    last = ""
    for line in code.lines():
        is_run = pending and _RUNS_LINE.match(pending[0].text)
        is_rest = is_run and _REST.match(line.text) and not last.rstrip().endswith(_ENDS)
        if pending and not _GOES_ON.fullmatch(last) and not is_rest:
            whole.append(Excerpt.join(pending))
            pending, last = [], ""
        pending.append(line)
        # After a backslash, blank lines change nothing.
        last = line.text if line.text.strip() else last
    return [*whole, Excerpt.join(pending)] if pending else whole


def damage_in(source: Source, line: Excerpt) -> list[tuple[int, int, Damage]]:
    """The damages of a line of `lines_of`, in order: the half-open range of each in the line's text, and the damage."""
    text = line.text
    if "tables" not in text or _is_sound(text):
        return []
    damages = sorted(_candidates(source, line), key=lambda each: (each[0], -each[1]))
    return [
        each for before, each in zip([None, *damages], damages, strict=False) if before is None or before[1] <= each[0]
    ]


def _is_sound(text: str) -> bool:
    """Whether a line, as most are, has nothing in it that can be damage: it is the one line of one command."""
    return text.isascii() and text.count("tables") == 1 and "\n" not in text[:-1] and not _MAY_BE_DAMAGE.search(text)


def mended(line: Excerpt, damages: list[tuple[int, int, Damage]]) -> Excerpt:
    """The line with its damages undone, each character keeping its place in the source."""
    pieces: list[Excerpt] = []
    at = 0
    for start, end, damage in damages:
        pieces += line.cut(at, start), Excerpt.written_for(damage.replacement, damage.span)
        at = end
    return Excerpt.join((*pieces, line.cut(at, len(line.text))))


def _candidates(source: Source, line: Excerpt) -> Iterator[tuple[int, int, Damage]]:
    text = line.text
    quoted = quoted_ranges(text)
    for code, start, end, replacement in (
        *_characters(text, quoted),
        *_entities(text, quoted),
        *_line_ends(text, quoted, _line_prefix(source, line)),
    ):
        damaged = text[start:end]
        is_comment = damaged.lstrip().startswith("#")
        shown = line.span(start, end)
        if is_comment:
            shown = line.span(end - len(damaged.lstrip()), start + len(damaged.rstrip()))
        yield start, end, Damage(code, shown, replacement, is_comment)


def _characters(text: str, ranges: list[tuple[int, int]]) -> Iterator[tuple[Code, int, int, str]]:
    """Characters replaced by others, outside of quotes and comments, whose ranges are given."""
    if _CURLY.search(text) and text.count('"') % 2:
        # A straight quote closes a curly one: what it seems to quote is not quoted.
        ranges = [each for each in ranges if text[each[0]] != '"']

    def is_quoted(at: int) -> bool:
        return overlaps(ranges, at, at + 1)

    if not text.isascii():
        yield from _foreign_characters(text, is_quoted)
    remark = next((match for match in _REMARK.finditer(text) if not is_quoted(match.end())), None)
    if remark and re.search(NAMES, text[: remark.start()]):
        yield PROSE_IN_COMMAND, remark.end(), remark.end(), "# "
    for match in _BACKTICKED.finditer(text):
        yield STRAY_BACKTICK, *match.span(), match["word"]


def _foreign_characters(text: str, is_quoted: Callable[[int], bool]) -> Iterator[tuple[Code, int, int, str]]:
    """The non-ASCII ones among the replaced characters."""
    for match in _DASHES_BEFORE_OPTION.finditer(text):
        if not is_quoted(match.start()):
            name = match["name"]
            is_short = name is not None and (len(name) == 1 or not name.islower())
            yield TYPOGRAPHIC_DASH, *match.span(), "-" if is_short else "--"
    for code, damaged, replacement in (
        (TYPOGRAPHIC_DASH, _DASH_WITHIN, "-"),
        (NO_BREAK_SPACE, _BLANK, " "),
        (NO_BREAK_SPACE, _INVISIBLE, ""),
        (FULL_WIDTH_SIGN, _FULL_WIDTH, ""),
    ):
        yield from (
            (code, *match.span(), replacement) for match in damaged.finditer(text) if not is_quoted(match.start())
        )
    placeholders = between_guillemets(text)
    for match in _CURLY.finditer(text):
        if not (is_quoted(match.start()) or overlaps(placeholders, *match.span())):
            yield CURLY_QUOTE, *match.span(), '"' if match[0] in _DOUBLE_QUOTES else "'"


def _entities(text: str, quoted: list[tuple[int, int]]) -> Iterator[tuple[Code, int, int, str]]:
    """HTML entities, which are harmless only in comments."""
    comments = [(start, end) for start, end in quoted if text[start] == "#"]
    for match in _ENTITY.finditer(text):
        if overlaps(comments, match.start(), match.start() + 1):
            continue
        yield HTML_ENTITY, *match.span(), unescape(unescape(match[0])).replace("\u00a0", " ")


def _line_ends(text: str, quoted: list[tuple[int, int]], prefix: str) -> Iterator[tuple[Code, int, int, str]]:
    """Line ends that were lost, or that lost their backslash."""
    after_backslash = list(_BLANK_AFTER_BACKSLASH.finditer(text))
    yield from ((BLANK_AFTER_BACKSLASH, *match.span(), "") for match in after_backslash)
    continued = {match.end() for match in after_backslash}
    for match in _COMMENT_LINE.finditer(text):
        yield LOST_BACKSLASH, *match.span(), ""
    for start, end in _further_commands(text):
        if not overlaps(quoted, end, end + 1) and not _IN_BRACKETS.search(_before(text, start)):
            yield LOST_LINE_END, start, end, "\n" + prefix
    for match in re.finditer(r"(?<![ \t])[ \t]*\n(?=[^\n])", text):
        if match.start() not in continued and not text.endswith("\\", 0, match.start()):
            yield LOST_BACKSLASH, match.start(), match.end() - 1, " \\"


def _before(text: str, at: int) -> str:
    return text[max(0, at - _NEAR) : at]


def _further_commands(text: str) -> Iterator[tuple[int, int]]:
    """What is between a command and the next one on the same line: blanks with a prompt, or nothing."""
    first = re.search(NAMES, text)
    glued = [
        match
        for match in _GLUED_COMMAND.finditer(text, first.end() if first else len(text))
        if not (match["run"].startswith("/") and _BEGINS_PATH.search(_before(text, match.start())))
    ]
    yield from (match.span() for match in glued)
    runs = [match.span("run") for match in glued]
    for match in _NEXT_COMMAND.finditer(text, first.end() if first else len(text)):
        if not overlaps(runs, *match.span()):
            yield match.span("gap")


def _line_prefix(source: Source, line: Excerpt) -> str:
    """What precedes a line's code in the source: its indentation, quote marks and prompt."""
    if not line.text:
        return ""
    number, column = source.position(line.starts[0])
    return source.line(number)[: column - 1]
