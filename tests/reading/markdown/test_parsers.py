"""The code we find is the code that the parser of each dialect finds, over texts nobody thought of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape

import markdown
import pytest
from drytables.diagnostics.source import Source
from drytables.reading.fence import Fence
from drytables.reading.markdown.dialect import Dialect
from drytables.reading.markdown.fences import read_fences
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

#: What a line begins with: containers, and what only looks like one.
LEADS = st.lists(
    st.sampled_from(["", " ", "  ", "   ", "    ", "\t", "- ", "-   ", "-\t", "* ", "1. ", "10) ", "> ", ">", ">\t"]),
    max_size=4,
).map("".join)
#: What follows it.
RESTS = st.sampled_from(
    ["", "```", "````", "~~~", "~~~~", "``", "```sh", "~~~ sh", "``` a`b", "~~~ a`b", '```{.sh a="1"}', "```sh {1,3}",
     "iptables -L", "iptables -L ", "x", "`x`", "# x", "---", "***", "===", "[a]: /b", "<div>", "</div>", "<b>", "<!--",
     "-->", "\\", "&lt;", "a\tb", "é"]
)  # fmt: skip
LINES = st.tuples(LEADS, RESTS).map("".join)
ENDS = st.sampled_from(["\n", "\n", "\n", "\r\n"])
TEXTS = st.lists(st.tuples(LINES, ENDS).map("".join), max_size=14).map("".join)


def code_of_markdown_it(text: str) -> list[str]:
    """The code in a text, by markdown-it-py."""
    return [each.content for each in MarkdownIt("commonmark").parse(text) if each.type in ("fence", "code_block")]


def code_of_ours(text: str) -> Iterator[str]:
    """The code in a text, by us: that of an open fence, of which we tell, is all that it swallows."""
    source = Source("page.md", text)
    swallowed = 0
    for fence in read_fences(source, "commonmark").fences:
        if fence.swallowed is not None:
            swallowed = fence.swallowed.end
            yield from code_of_markdown_it_at(fence, text)
        elif fence.is_seen and fence.block.start >= swallowed:
            yield fence.code.text


def code_of_markdown_it_at(fence: Fence, text: str) -> Iterator[str]:
    """The code of the token at the line of a fence, which must begin and end where we say that the fence does."""
    for token in MarkdownIt("commonmark").parse(text):
        if token.type == "fence" and token.map is not None and token.map[0] == fence.line - 1:
            lines = Source("", text)
            end = lines.offset(token.map[1]) + len(lines.line(token.map[1]))
            if fence.swallowed is not None and text[end : fence.swallowed.end].strip() == "":
                yield token.content


def without_last_lines(codes: Iterable[str]) -> list[str]:
    """Code without the line ends behind it, which a parser may add."""
    return [each.rstrip("\n") for each in codes]


@settings(deadline=None)
@given(TEXTS)
@example("- \tx\n\n\t  iptables -L\n")
@example("> ```\n> iptables -L\n\n    iptables -F")
@example("-\t```sh\n\tiptables -L\n\t```\n")
def test_markdown_it_agrees(text: str) -> None:
    page = "\n" + text
    assert without_last_lines(code_of_ours(page)) == without_last_lines(code_of_markdown_it(page))


#: What people nest in Python-Markdown: by steps of four columns, each part behind a blank line.
INDENTS = st.sampled_from(["", "", "    ", "        ", "            ", "\t"])
PARTS = st.sampled_from(
    ["- item", "* item", "1. item", "text", "text\n@more", "!!! note", '!!! tip "A title"', "!!! note “a”", "# heading",
     "- item\n@- item", "- item\n@    - item", "- item\n@  more", "!!! note\n@    text", "iptables -L\n@iptables -F",
     "> quoted", "```sh\n@iptables -L\n@```", "~~~\n@\n@iptables -L\n@~~~", "text\n\n@---", "[a]: /b"]
)  # fmt: skip
NESTED = st.lists(st.tuples(INDENTS, PARTS).map(lambda each: each[0] + each[1].replace("@", each[0])), max_size=8).map(
    lambda parts: "\n\n".join(parts) + "\n"
)


FOR_FENCES: dict[Dialect, tuple[str, ...]] = {
    "superfences": ("pymdownx.highlight", "pymdownx.superfences"),
    "fenced_code": ("fenced_code",),
}
#: Without a highlighter, whose HTML is not that of other code.
AS_PLAIN_HTML = {"pymdownx.highlight": {"use_pygments": False}}


def code_of_python_markdown(text: str, extensions: tuple[str, ...]) -> list[str]:
    """The code in a text, by Python-Markdown with extensions for fences."""
    html = markdown.markdown(text, extensions=[*extensions, "admonition"], extension_configs=AS_PLAIN_HTML)
    return [unescape(each) for each in re.findall(r"<pre[^>]*><code[^>]*>(.*?)</code></pre>", html, re.DOTALL)]


@settings(deadline=None)
@given(text=NESTED)
@example(text="- item\n\n    !!! note\n\n        text\n\n            iptables -L\n")
@pytest.mark.parametrize("dialect", ["superfences", "fenced_code"])
def test_python_markdown_agrees(text: str, dialect: Dialect) -> None:
    found = read_fences(Source("page.md", "\n" + text), dialect).fences
    assume(all(each.is_seen for each in found))
    theirs = code_of_python_markdown(text, FOR_FENCES[dialect])
    # Where something that shows nothing is between two blocks, Python-Markdown makes one of them.
    assert lines_of("\n".join(each.code.text for each in found)) == lines_of("\n".join(theirs))


def lines_of(code: str) -> list[str]:
    """The lines of code that are not blank, without the blanks around them."""
    return [line.strip() for line in code.split("\n") if line.strip()]
