"""Commands in drawings and usage texts, where the words around them are not typed.

    1. the packet comes in  -->  iptables -t nat -L   (look at the table)
         └─ iptables -L -v -n      <- counters

Only in code that is not a script: in a script, a bracket or an arrow after a command means what the shell makes of it.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from ...diagnostics.source import Span
from ..excerpt import Excerpt
from ..names import IPTABLES
from ..pattern import pattern
from .prompts import RUNS, has_prompt

#: Languages in which an author may draw, or show what a program printed.
_PLAIN_LANGUAGES = frozenset({"", "text", "txt", "plain", "plaintext", "none", "ascii", "ascii-art", "diagram"})
_ARROW = r"(?:<?[-=~]+>|<[-=~]+(?!\S)|[→←↑↓⇒⇐⟶⟵⟹➜➔➡⬅▶◀►◄↳↪]+)"
#: What makes a drawing of code: a frame, a tree, an arrow; numbered steps in words.
_DRAWN = pattern(
    rf"[│┃┌┐└┘├┤┬┴┼─═║╔╗╚╝╠╣▲▼]|(?:^|\s){_ARROW}(?:\s|$)|\+-{{2,}}[+-]|^[^\S\n]*(?:\|--|`--|\+--)\s"
    r"|^[^\S\n]*(?:step|stage|phase|schritt|paso|passo|étape|etape|шаг|крок|krok|adım|第)\s*\d",
    re.MULTILINE | re.IGNORECASE,
)
#: What stands before a command in one.
_BEFORE = pattern(
    rf"""\s*+(?:(?:
        {_ARROW} | [│┃┆┊├┌└╰╭┬─━═║╠╔╚|`+*•◦▪●○■]+-*+(?=\s) | [|`+]--+(?=\s) | [└├╰][─━]+
      | \(?\d+[.):]+(?=\s) | [①-⑳] | (?:[^\W\d_]+\s)?\d+[.:)](?=\s) | [^\W\d_]+:(?=\s)
    )\s*+)++(?={RUNS.replace("#", r"[#]")})""",
    re.VERBOSE,
)
#: What follows one: an arrow and words, a frame, or words in brackets at the end of the line.
_BEHIND = pattern(rf"(?<!\s)\s++(?:{_ARROW}(?=\s|$)|[│┃║┤╣┐┘╗╝]|\|\s*$)")
#: The words of a second column.
_COLUMN = pattern(r"(?<=\S)(?:[ ]{3,}|[ ]*\t[ \t]*)(?=[^\W\d_]+[ ]\S)")
#: A second column with a command of another firewall, or of this one.
_BESIDE = pattern(
    rf"(?<=\S)[ ]{{2,}}(?=(?:sudo[ ])?(?P<program>{IPTABLES}|nft|ufw|firewall-cmd|[ea]btables|ipset|pfctl|netsh)[ ]+\S)"
)
_OPTION = pattern(r"(?:^|\s)-{1,2}[A-Za-z]")
#: A synopsis, which is one by itself: what follows the program is optional, or a name for what is to be put there.
_SYNOPSIS = pattern(r"\s*ip6?tables\s+(?:\[|-t\s+(?:table|<|[^\x00-\x7f]))")
#: The line that begins a usage text, up to the next empty one.
_USAGE = pattern(
    r"""\s*(?:[#*]+\s*)?(?:usage|synopsis|syntax|syntaxe|sintassi|sintaxis|sintaxe|uso|utilisation|verwendung|aufruf
    |benutzung|gebruik|składnia|użycie|kullanım|použití|использование|синтаксис|використання|用法|使用方法|使い方|書式|语法
    |사용법)\s*(?:[:：]|$)""",
    re.IGNORECASE | re.VERBOSE,
)


#: Where a column may begin.
_GAP = pattern(r"(?<=\S)[ ]{2,}(?=\S)")


class Undrawn(NamedTuple):
    """Code without what is drawn, and the lines that were in a drawing or usage text: nobody need have typed them."""

    code: Excerpt
    spans: tuple[Span, ...] = ()


def without_drawing(code: Excerpt, language: str) -> Undrawn:
    """A piece of code, in which the lines that run iptables are without what is drawn or said around the command."""
    if "tables" not in code.text:
        return Undrawn(code)
    is_drawn = language in _PLAIN_LANGUAGES and bool(_DRAWN.search(code.text))
    lines = _in_one_column(code.lines()) if language in _PLAIN_LANGUAGES else code.lines()
    usages = _usage_lines(lines)
    if language in _PLAIN_LANGUAGES:
        usages.update(at for at, line in enumerate(lines) if _SYNOPSIS.match(line.text))
    concerned = [at for at, line in enumerate(lines) if "tables" in line.text and (is_drawn or at in usages)]
    if not concerned:
        return Undrawn(Excerpt.join(lines))
    spans = tuple(lines[at].span(0, len(lines[at].text)) for at in concerned)
    for at in concerned:
        line = _without_column(lines[at]) if at in usages else lines[at]
        lines[at] = _command(line) if is_drawn else _without_brackets(line)
    return Undrawn(Excerpt.join(lines), spans)


def _in_one_column(lines: list[Excerpt]) -> list[Excerpt]:
    """The lines, with what stands in a second column on lines of its own, if another line shows that there is one."""
    breaks = [_BESIDE.search(line.text) if "tables" in line.text else None for line in lines]
    if not any(breaks):
        return lines
    columns = Counter(at for line in lines for at in {match.end() for match in _GAP.finditer(line.text)})
    united: list[Excerpt] = []
    for line, gap in zip(lines, breaks, strict=True):
        if gap is None or columns[gap.end()] < 2:
            united.append(line)
            continue
        first, second = line.cut(0, gap.start()), line.cut(gap.end(), len(line.text))
        end = Excerpt.written_for("\n", line.span(*gap.span()))
        united.append(Excerpt.join((first, end, second)))
    return united


def _usage_lines(lines: list[Excerpt]) -> set[int]:
    """The indexes of the lines of usage texts, each of which ends at an empty line."""
    usages: set[int] = set()
    is_usage = has_begun = False
    for at, line in enumerate(lines):
        heading = _USAGE.match(line.text)
        if heading:
            is_usage, has_begun = True, bool(line.text[heading.end() :].strip())
        elif not line.text.strip():
            is_usage &= not has_begun
        else:
            has_begun = True
        if is_usage:
            usages.add(at)
    return usages


def _command(line: Excerpt) -> Excerpt:
    """The command in one line of a drawing; the line itself if there is none."""
    before = None if has_prompt(line.text) else _BEFORE.match(line.text)
    start = before.end() if before else 0
    behind = _BEHIND.search(line.text, start)
    if behind is None or not line.text[start : behind.start()].strip():
        return _without_brackets(line.cut(start, len(line.text)))
    return _without_brackets(Excerpt.join((line.cut(start, behind.start()), _line_end(line))))


def _without_column(line: Excerpt) -> Excerpt:
    """A line of a usage text without the column that explains what is before it."""
    column = _COLUMN.search(line.text, max(line.text.find("tables"), 0))
    return line if column is None else Excerpt.join((line.cut(0, column.start()), _line_end(line)))


def _without_brackets(line: Excerpt) -> Excerpt:
    """A line without the words in brackets at its end."""
    text = line.text.rstrip()
    at = text.rfind("(")
    if at <= 0 or not text.endswith(")") or not text[at - 1].isspace() or _OPTION.search(text[at + 1 :]):
        return line
    return Excerpt.join((line.cut(0, at), _line_end(line)))


def without_remark(rule: Excerpt) -> Excerpt:
    """A rule that nobody types, as it has no program, without what is said after it."""
    rule = _without_column(rule)
    behind = _BEHIND.search(rule.text)
    if behind is not None:
        rule = Excerpt.join((rule.cut(0, behind.start()), _line_end(rule)))
    return _without_brackets(rule)


def _line_end(line: Excerpt) -> Excerpt:
    return line.cut(len(line.text) - line.text.endswith("\n"), len(line.text))
