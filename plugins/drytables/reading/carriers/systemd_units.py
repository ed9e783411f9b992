r"""The commands of systemd units. systemd.service(5), COMMAND LINES; systemd.syntax(7), QUOTING.

No shell reads them: `||`, `|`, `>` and `&&` are arguments like any other, a `;` between blanks separates commands, and
`\;` is a semicolon for the program. `${NAME}` is replaced within a word and `$NAME` where it is one; `%i` and the like
everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..excerpt import Excerpt
from ..pattern import pattern
from .argument_words import Splitting, split
from .carried import Argument, Carried, Contents, without_lines

_COMMAND_LINE = pattern(
    r"^[ \t]*(?P<key>Exec(?:Start(?:Pre|Post)?|Reload(?:Post)?|Stop(?:Post)?|Condition))[ \t]*=[ \t]*", re.MULTILINE
)
#: What may stand before the program: `@` (the next word is the name it sees), `-` (it may fail), `:` (no variables),
#: and what it may do; `|` hands the line to a shell.
_PREFIX = pattern(r"[-@:+!|]*")
_SECTION = pattern(r"^[ \t]*\[(?:Unit|Service|Install)\][ \t]*$", re.MULTILINE)
_FOR_PEOPLE = pattern(r"[ \t]*(?:Description|Documentation)[ \t]*=")
_COMMENT = pattern(r"[ \t]*[#;]")
_HOLE = pattern(r"""\$\{\w+\}|(?<![^\s"'])\$\w+(?![^\s"'])|%[A-Za-z]""")
_HOLE_WITHOUT_VARIABLES = pattern(r"%[A-Za-z]")
_ESCAPES = {
    "a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "\\": "\\", '"': '"', "'": "'",
    "s": " ",
}  # fmt: skip
_NUMBER = pattern(r"\\(?:x([0-9a-fA-F]{2})|([0-7]{3})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))")


def holds_unit_commands(text: str) -> bool:
    """Whether a text has a line with a command of a unit, or one that begins a part of a unit."""
    return ("Exec" in text and bool(_COMMAND_LINE.search(text))) or bool(_SECTION.search(text))


def systemd_commands(code: Excerpt) -> Contents:
    """The commands of the units in a text; other lines are kept, except those that are meant for people."""
    carried: list[Carried] = []
    taken: set[int] = set()
    lines = code.lines()
    at = 0
    while at < len(lines):
        match = _COMMAND_LINE.match(lines[at].text)
        if not match:
            taken.update({at} if _FOR_PEOPLE.match(lines[at].text) else ())
            at += 1
            continue
        whole, after = _continued(lines, at)
        commands = _commands(whole.cut(match.end(), len(whole.text)))
        if commands is not None:
            carried += commands
            taken.update(range(at, after))
        at = after
    return Contents(tuple(carried), without_lines(code, taken))


def _continued(lines: list[Excerpt], at: int) -> tuple[Excerpt, int]:
    """The line at an index with those that continue it, and the index after them; a comment between them is skipped."""
    pieces: list[Excerpt] = []
    while at < len(lines):
        line, at = lines[at], at + 1
        if pieces and _COMMENT.match(line.text):
            continue
        end = len(line.text.rstrip("\n"))
        is_continued = (end - len(line.text[:end].rstrip("\\"))) % 2 == 1
        pieces.append(line.cut(0, end - is_continued))
        if not is_continued:
            break
        pieces.append(Excerpt.written_for(" ", line.span(end - 1, len(line.text))))
    return Excerpt.join(pieces), at


def _commands(line: Excerpt) -> list[Carried] | None:
    """The commands of a whole line; None if a quote in it is never closed."""
    prefix = _PREFIX.match(line.text)
    signs = prefix[0] if prefix else ""
    if "|" in signs:
        return [Carried(line.cut(len(signs), len(line.text)), use="run", may_fail="-" in signs)]
    words = split(line, _WITHOUT_VARIABLES if ":" in signs else _SYSTEMD)
    return None if words is None else [*_separated(words, line)]


def _separated(words: list[Argument], line: Excerpt) -> Iterator[Carried]:
    """The commands between semicolons, each without the signs before its program."""
    command: list[Argument] = []
    for word in (*words, None):
        if word is not None and not (word.text.text == ";" and word.span.end - word.span.start == 1):
            command.append(word)
            continue
        if command:
            yield _command(command, line)
        command = []


def _command(words: list[Argument], line: Excerpt) -> Carried:
    program = words[0].text
    match = _PREFIX.match(program.text)
    signs = match[0] if match else ""
    bare = program.cut(len(signs), len(program.text))
    first = Argument(bare, bare.span(0, len(bare.text)))
    # After `@`, the second word is only the name that the program sees.
    return Carried(line, (first, *words[1 + ("@" in signs) :]), use="run", may_fail="-" in signs)


def _escape(text: str, at: int) -> tuple[str, int]:
    """What an escape stands for; one that is unknown stays as it is."""
    char = text[at + 1 : at + 2]
    if char in _ESCAPES:
        return _ESCAPES[char], at + 2
    number = _NUMBER.match(text, at)
    if number:
        code = int(number[2], 8) if number[2] else int(number[1] or number[3] or number[4], 16)
        return (chr(code) if 0 < code < 0x110000 else ""), number.end()
    return (";", at + 2) if char == ";" else ("\\", at + 1)


_SYSTEMD = Splitting(_escape, _escape, _escape, _HOLE, ("$$", "%%"), pattern(r"\$\w+"))
_WITHOUT_VARIABLES = Splitting(_escape, _escape, _escape, _HOLE_WITHOUT_VARIABLES, ("%%",))
