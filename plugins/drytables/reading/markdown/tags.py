"""Code in the tags of site builders and of components, and what such tags hide.

Hugo's `{{< highlight sh >}}` and themes' `{{< file >}}` or `{{< command >}}`; Jekyll's `{% highlight sh %}`, Hexo's
`{% codeblock %}`; MyST's `:::{code-block} sh`; the `<CodeBlock>` of MDX, and the `<pre>` of HTML. A builder takes what
is between them before it, or instead of what, Markdown makes of it; wherever else one begins, in a list or a quote.
A tag with another name contains Markdown, and so does one that begins with a fence.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, NamedTuple

from markdown_it.rules_block import StateBlock

from ..pattern import pattern

#: The names of tags that show code, without hyphens and in lower case. Themes name theirs as they like.
_OF_CODE: Final = frozenset(
    {
        "bash", "cli", "cmd", "code", "codeblock", "codebox", "codesample", "codesnippet", "codeterminal", "command",
        "commandline", "commands", "console", "copycode", "file", "fileexcerpt", "highlight", "output", "prompt", "sh",
        "shell", "shellsession", "snippet", "sourcecode", "term", "terminal", "terminaloutput",
    }
)  # fmt: skip
#: Those that hide what is in them.
_OF_NOTHING: Final = frozenset({"comment"})
#: What a tag that shows code in tabs says of their language.
_LANGUAGE = pattern(r"""(?:\b(?:code)?lang(?:uage)?)[ ]*[=:][ ]*["'{`]*(?P<language>[\w+#-]+)""")
_FIRST_WORD = pattern(r"""\s*["'`]?(?P<language>[\w+#-]++)(?![\w:=./])""")
_STARTS_WITH_FENCE = pattern(r"(?:[ \t>]*\n)*+[ \t>]*(?:`{3}|~{3})")
_COMPONENT_VALUE = r"""[^<>"'{}]|"[^"]*+"|'[^']*+'|\{\s*+(?:String\.raw)?`(?:[^`\\]|\\.)*+`\s*+\}|\{[^{}]*+\}"""


class _Kind(NamedTuple):
    """One spelling of tags: what opens one, with its `name` and `words`, and what ends it."""

    opening: re.Pattern[str]
    closing: str


_KINDS: Final[dict[str, _Kind]] = {
    "hugo": _Kind(
        pattern(r"\{\{[<%][ \t]*(?P<name>[\w-]++)(?P<words>[^\n]*?)[>%]\}\}"),
        r"\{\{[<%]\s*(?:/\s*NAME\s*[>%]\}\}|(?P<again>NAME\b))",
    ),
    "liquid": _Kind(
        pattern(r"\{%-?[ \t]*(?P<name>[\w-]++)(?P<words>[^%\n]*)%\}"),
        r"\{%-?\s*(?:endNAME\s*-?%\}|(?P<again>NAME\b))",
    ),
    "component": _Kind(
        pattern(rf"<(?P<name>[A-Z][\w.]*+)(?P<words>(?:{_COMPONENT_VALUE})*+)>", re.DOTALL),
        r"<(?:/NAME\s*>|(?P<again>NAME\b))",
    ),
    "pre": _Kind(
        pattern(
            r"(?:</?[A-Za-z]\w*+[^<>]*+>[ \t]*+\n?[ \t>]*+){0,8}?(?i:<(?P<name>pre)\b(?P<words>[^<>]*+)>)"
        ),
        r"(?i:</pre\s*>)",
    ),
    "directive": _Kind(
        pattern(r"(?P<name>:{3,})[ \t]*\{(?P<words>(?:code|code-block|sourcecode|code-cell|prompt)\}[^\n]*+)(?=\n)"),
        r"(?m:^[ \t>]*NAME:*[ \t]*$)",
    ),
    "comment": _Kind(pattern(r"\{(?P<name>\{?)(?P<words>/\*)"), r"\*/\s*\}"),
}  # fmt: skip
#: Which kinds may begin with which two characters.
_BY_SIGNS: Final = {
    "{{": ("hugo", "comment"), "{%": ("liquid",), "{/": ("comment",), "::": ("directive",),
}  # fmt: skip


class Tag(NamedTuple):
    """A block of code in a tag, as `token.meta["tag"]`: where its text begins and ends in the text that is parsed.

    `kind` is the spelling of the tag, and `words` are those in its opening. A tag that hides its text has none.
    """

    kind: str
    language: str
    start: int
    end: int
    words: str = ""
    is_hidden: bool = False


def tag(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The block rule of markdown-it-py for a tag that shows or hides what is in it.

    Takes the state of the parser, the line, the line after the last of what is around it, and whether to say only if
    one begins there. Returns whether one does.
    """
    at = state.bMarks[start] + state.tShift[start]
    if state.src[at : at + 1] not in ("{", "<", ":"):
        return False
    # A builder takes its own tags out of indented code too; the others would be text there.
    if state.src[at] != "{" and state.is_code_block(start):
        return False
    found = _tag_at(state, at, state.eMarks[end - 1])
    if found is None:
        return False
    if silent:
        return True
    token = state.push("tag", "code", 0)
    token.meta["tag"] = found
    line = start
    while state.eMarks[line] < found.end:
        line += 1
    state.line = line + 1
    token.map = [start, state.line]
    return True


def _tag_at(state: StateBlock, at: int, limit: int) -> Tag | None:
    """The tag that begins at an offset and ends before another."""
    kinds = _BY_SIGNS.get(state.src[at : at + 2], ("pre", "component") if state.src[at] == "<" else ())
    for name in kinds:
        kind = _KINDS[name]
        opening = kind.opening.match(state.src, at, limit)
        if opening is None:
            continue
        found = _read(state, name, opening, limit)
        if found is not None:
            return found
    return None


def _read(state: StateBlock, kind: str, opening: re.Match[str], limit: int) -> Tag | None:
    """The tag that an opening begins; None if it contains Markdown, or nothing ends it."""
    name, words = opening["name"], opening["words"]
    plain = name.lower().replace("-", "").replace("_", "")
    is_hidden = kind == "comment" or plain in _OF_NOTHING
    stated = _LANGUAGE.search(words)
    if plain == "tabpane":  # of Docsy: it says the language of the tabs in it
        state.env["pane"] = stated
    elif plain == "tab":
        stated = stated or state.env.get("pane")
    if kind == "component" and words.endswith("/"):
        return (
            Tag(kind, stated["language"] if stated else "", opening.start("words"), opening.end("words"), words)
            if (plain in _OF_CODE)
            else None
        )
    is_code = kind in ("pre", "directive") or plain in _OF_CODE or (plain == "tab" and stated is not None)
    if not is_hidden and (not is_code or (kind != "pre" and _STARTS_WITH_FENCE.match(state.src, opening.end(), limit))):
        return None
    closing = _closing(state, kind, name, opening.end(), limit)
    if closing is None:
        return None
    language = stated["language"] if stated else ""
    first = _FIRST_WORD.match(words)
    if not stated and first and plain == "highlight":
        language = first["language"]
    return Tag(kind, language, opening.end(), closing, words, is_hidden)


def _closing(state: StateBlock, kind: str, name: str, start: int, limit: int) -> int | None:
    """Where a tag's text ends; None if nothing before the limit ends it, which is searched for only once."""
    unclosed: dict[tuple[str, str], tuple[int, int]] = state.env.setdefault("unclosed", {})
    least, most = unclosed.get((kind, name), (0, -1))
    if least <= start and limit <= most:
        return None
    closing = _pattern(_KINDS[kind].closing, name).search(state.src, start, limit)
    if closing is None:
        unclosed[kind, name] = start, limit
        return None
    # One without an end, which has another of its name after it, contains nothing.
    return None if closing.re.groups and closing["again"] is not None else closing.start()


@cache
def _pattern(closing: str, name: str) -> re.Pattern[str]:
    return re.compile(closing.replace("NAME", re.escape(name)))
