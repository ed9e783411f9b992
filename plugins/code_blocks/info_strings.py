"""The words behind the backticks of a fence, as any generator has them.

`superfences` takes a language, and options as pymdown-extensions write them. With other words a fence is none for it:
the code becomes text, and the text below it code, up to the next fence. CommonMark, and so every other generator, takes
any words. So those are rewritten before `superfences` sees them: as options of its own, where they mean any.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown.preprocessors import Preprocessor

_FENCE = re.compile(r"(?P<lead>[> \t]*)(?P<mark>`{3,}(?=[^`]*\Z)|~{3,})(?P<info>.*)")
#: Lines below which an indented fence is part of an item, a note or a box, and no indented code.
_CONTAINER = re.compile(r"[> \t]*(?:[-*+]|\d{1,9}[.)])[ \t]|\[\^[^\]]+\]:|:[ \t]|!!!|\?\?\?|===")
#: From how many columns on an indented line is code.
_CODE = 4

#: The language of a fence: also behind MyST's directive, and in braces.
_LANGUAGE = re.compile(
    r"[ \t]*(?:\{(?:code|code-block|code-cell|sourcecode)\})?[ \t]*\{?[ \t]*\.?"
    r"(?P<language>[A-Za-z0-9_][\w#.+-]*)?(?![\w=])"
)
#: Each option, with what is to be read of its value. Lines: of Docusaurus and VitePress, of Hugo, of Eleventy.
_LINES = re.compile(
    r"""\{[ ]?(?P<braces>\d[\d, -]*)\}"""
    r"""|\b(?:hl_lines|highlight)[ ]?[=:][ ]?(?P<value>\[[^\]]{0,400}\]|"[^"]*"|[\d,-]+)"""
)
_TITLE = re.compile(
    r"""\b(?:title|file|filename)[ ]?[=:][ ]?(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s,}"']+))"""
)
#: `ruby:app.rb`, as Qiita and Zenn have it.
_NAME = re.compile(r"(?P<language>[\w#+-]+):(?P<name>[\w./-]*\.\w+)\s*\Z")
#: Numbers of lines, and the first of them.
_NUMBERED = re.compile(
    r"""(?<![\w-])(?:linenos|linenums|lineNos|showLineNumbers|line-numbers|\.?numberLines)(?![\w-])"""
    r"""(?:[ ]?[=:]?[ ]?["']?(?P<value>false|\d+))?"""
)
_FIRST = re.compile(r"""\b(?:linenostart|lineNoStart|startFrom|start)[ ]?[=:][ ]?["']?(?P<value>\d+)""")
_RANGE = re.compile(r"\d{1,6}(?:\s*-\s*\d{1,6})?")


class AnyInfo(Preprocessor):
    """Rewrites what `superfences` would not take for the beginning of a fence."""

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines of a text, of which each stays where it is."""
        return [*_rewritten(lines)] if any("```" in line or "~~~" in line for line in lines) else lines


def _rewritten(lines: list[str]) -> Iterator[str]:
    open_mark, is_in_container = "", False
    for line in lines:
        found = _FENCE.match(line) if "```" in line or "~~~" in line else None
        if open_mark:
            open_mark = "" if found and found["mark"] + found["info"].rstrip() == open_mark else open_mark
        elif found and (is_in_container or _columns(found["lead"]) < _CODE):
            open_mark = found["mark"]
            if found["info"].strip() and not is_understood(found["info"]):
                line = f"{found['lead']}{found['mark']}{options_of(found['info'])}"
        elif line.strip() and _columns(line) < _CODE:
            is_in_container = bool(_CONTAINER.match(line))
        yield line


def _columns(line: str) -> int:
    """How far a line is indented, within a quote if it is in one."""
    inside = line.rpartition(">")[2] if line.lstrip().startswith(">") else line
    spaced = inside.expandtabs(_CODE)
    return len(spaced) - len(spaced.lstrip())


def is_understood(info: str) -> bool:
    """Whether `superfences` takes this for what stands behind the backticks, and loses nothing of it."""
    from drytables.reading.markdown.attributes import read_info  # with the first fence: it takes long to load

    understood = read_info(info.rstrip(), 0, "superfences")
    return understood is not None and understood.unread is None


def options_of(info: str) -> str:
    """What stands behind the backticks of a fence, with what it means in the words of pymdown-extensions."""
    named = _NAME.match(info.strip())
    language = named or _LANGUAGE.match(info)
    title, lines = _TITLE.search(info), _LINES.search(info)
    numbered, first = _NUMBERED.search(info), _FIRST.search(info)
    options: list[str] = []
    if language and language["language"]:
        options.append(f".{language['language']}")
    if lines:
        wanted = ",".join("".join(each.split()) for each in _RANGE.findall(lines["braces"] or lines["value"]))
        options += [f'hl_lines="{wanted}"'] if wanted else []
    name = named["name"] if named else next(filter(None, title.groups()), "") if title else ""
    options += [f'title="{name}"' if '"' not in name else f"title='{name}'"] if name else []
    if first or (numbered and numbered["value"] != "false"):
        start = first["value"] if first else (numbered["value"] if numbered else None) or "1"
        options.append(f'linenums="{start}"')
    return f"{{{' '.join(options)}}}" if options else ""
