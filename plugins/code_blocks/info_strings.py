"""The words after the backticks of a fence, in the spelling of any generator.

`superfences` takes a language, and options as pymdown-extensions write them. With any other words it sees no fence at
all: the code becomes text, and the text below it code, up to the next fence. CommonMark, and so every other generator,
allows any words. They are rewritten before `superfences` sees them: as its own options, where they mean one.
"""

from __future__ import annotations

from drytables.reading.pattern import pattern
from markdown.preprocessors import Preprocessor

_FENCE = pattern(r"(?:`{3,}|~{3,})(?P<info>.*)")
#: The language of a fence: also after MyST's directive, and in braces.
_LANGUAGE = pattern(
    r"[ \t]*(?:\{(?:code|code-block|code-cell|sourcecode)\})?[ \t]*\{?[ \t]*\.?"
    r"(?P<language>[A-Za-z0-9_][\w#.+-]*)?(?![\w=])"
)
#: Each option, with what is to be read of its value. Lines: of Docusaurus and VitePress, of Hugo, of Eleventy.
_LINES = pattern(
    r"""\{[ ]?(?P<braces>\d[\d, -]*)\}"""
    r"""|\b(?:hl_lines|highlight)[ ]?[=:][ ]?(?P<value>\[[^\]]{0,400}\]|"[^"]*"|[\d,-]+)"""
)
_TITLE = pattern(
    r"""\b(?:title|file|filename)[ ]?[=:][ ]?(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s,}"']+))"""
)
#: `ruby:app.rb`, as Qiita and Zenn have it.
_NAME = pattern(r"(?P<language>[\w#+-]+):(?P<name>[\w./-]*\.\w+)\s*\Z")
#: Numbers of lines, and the first of them.
_NUMBERED = pattern(
    r"""(?<![\w-])(?:linenos|linenums|lineNos|showLineNumbers|line-numbers|\.?numberLines)(?![\w-])"""
    r"""(?:[ ]?[=:]?[ ]?["']?(?P<value>false|\d+))?"""
)
_FIRST = pattern(r"""\b(?:linenostart|lineNoStart|startFrom|start)[ ]?[=:][ ]?["']?(?P<value>\d+)""")
_RANGE = pattern(r"\d{1,6}(?:\s*-\s*\d{1,6})?")


class AnyInfo(Preprocessor):
    """Rewrites what `superfences` would not take for the beginning of a fence."""

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines of a text, of which each stays where it is."""
        found = [_FENCE.search(line) for line in lines if "```" in line or "~~~" in line]
        return self._rewritten(lines) if any(each and not is_understood(each["info"]) for each in found) else lines

    def _rewritten(self, lines: list[str]) -> list[str]:
        """The lines with options of its own after each fence; what looks like one within code is left as it is."""
        from drytables.diagnostics.source import Source
        from drytables.reading.markdown.dialect import dialect_of
        from drytables.reading.markdown.fences import read_fences

        source = Source("", "\n".join(("", *lines)))  # there is no header above a blank line
        rewritten = [*lines]
        for fence in read_fences(source, dialect_of(self.md)).fences:
            info = source.slice(fence.info)
            if fence.is_seen and not is_understood(info):
                at = fence.line - 2
                rewritten[at] = lines[at].removesuffix(info) + options_of(info)
        return rewritten


def is_understood(info: str) -> bool:
    """Whether `superfences` takes this for what follows the backticks, and loses nothing of it."""
    from drytables.reading.markdown.attributes import read_info  # with the first fence: it takes long to load

    understood = read_info(info.rstrip(), 0, "superfences")
    return understood is not None and understood.unread is None


def options_of(info: str) -> str:
    """What follows the backticks of a fence, with what it means in the words of pymdown-extensions."""
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
