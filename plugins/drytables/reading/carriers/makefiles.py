"""The commands in the recipes of a Makefile, once make has put its variables in. GNU make, Recipe Syntax."""

from __future__ import annotations

from collections.abc import Iterator

from ..excerpt import Excerpt
from ..pattern import pattern
from .carried import UNKNOWN, Carried, Contents, without_lines

_TARGET = pattern(r"[^\s#:=][^#:=\n]*::?(?!=)")
_RECIPE = pattern(r"(?:\t|[ ]{2,})[ \t]*[@+-]*[ \t]*")
_VARIABLE = pattern(r"\$(?:(?P<dollar>\$)|\((?P<name>\w+)\)|\{(?P<braced>\w+)\}|\([^()\n]*\)|(?P<short>\S))")


def makefile_commands(code: Excerpt) -> Contents:
    """The lines of all recipes; a shell of its own runs each. Other lines are left, except for comments."""
    lines = code.lines()
    carried: list[Carried] = []
    taken: set[int] = set()
    at, is_recipe = 0, True
    while at < len(lines):
        match = _RECIPE.match(lines[at].text)
        if not match or not is_recipe:
            taken.update({at} if lines[at].text.lstrip().startswith("#") else ())
            is_recipe = not lines[at].text.strip() or bool(_TARGET.match(lines[at].text))
            at += 1
            continue
        first, at = at, at + 1
        while lines[at - 1].text.endswith("\\\n") and at < len(lines):
            at += 1
        whole = Excerpt.join(lines[first:at])
        carried.append(Carried(Excerpt.join(_expanded(whole.cut(match.end(), len(whole.text)))), use="run"))
        taken.update(range(first, at))
    return Contents(tuple(carried), without_lines(code, taken))


def _expanded(line: Excerpt) -> Iterator[Excerpt]:
    """A line as the shell gets it; a variable of make stays one, and what else make puts in is unknown."""
    at = 0
    for match in _VARIABLE.finditer(line.text):
        yield line.cut(at, match.start())
        at = match.end()
        name = match["name"] or match["braced"]
        text = "$" if match["dollar"] else f"${{{name}}}" if name else UNKNOWN
        yield Excerpt.written_for(text, line.span(*match.span()))
    yield line.cut(at, len(line.text))
