"""The code we find is the code that the parser of each dialect finds, over texts nobody thought of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from drytables.diagnostics.source import Source
from drytables.reading.fence import Fence
from drytables.reading.markdown.fences import read_fences
from hypothesis import example, given
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


@given(TEXTS)
@example("- \tx\n\n\t  iptables -L\n")
@example("> ```\n> iptables -L\n\n    iptables -F")
@example("-\t```sh\n\tiptables -L\n\t```\n")
def test_markdown_it_agrees(text: str) -> None:
    page = "\n" + text
    assert without_last_lines(code_of_ours(page)) == without_last_lines(code_of_markdown_it(page))
