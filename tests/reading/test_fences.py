"""Code is found where Python-Markdown finds it, and a fence that it would not see is reported."""

from __future__ import annotations

from textwrap import dedent

import markdown
import pytest
from drytables.diagnostics.diagnostic import apply
from drytables.diagnostics.source import Source
from drytables.reading.fences import Fence, Snippets, read_fences
from hypothesis import given
from hypothesis import strategies as st
from markdown.extensions.fenced_code import FencedBlockPreprocessor


def read(text: str) -> Snippets:
    return read_fences(Source("post.md", "Title: A post\n\n" + text))


def only(text: str) -> Fence:
    (fence,) = read(text).fences
    return fence


@pytest.mark.parametrize(
    ("opening", "language", "marks"),
    [
        ("```", "", {}),
        ("```sh", "sh", {}),
        ("``` sh ", "sh", {}),
        ("```.sh", "sh", {}),
        ("~~~~ c++", "c++", {}),
        ('```sh hl_lines="1 3"', "sh", {"hl_lines": "1 3"}),
        ("```{.sh}", "sh", {}),
        ('```{.sh iptables="1.4.10"}', "sh", {"iptables": "1.4.10"}),
        ("```{ .sh .numbered #one refused='also-requires' }", "sh", {"refused": "also-requires"}),
        ("``` {.sh iptables=1.4.10}", "sh", {"iptables": "1.4.10"}),
        ('```{iptables="1.4.10" .sh}', "sh", {"iptables": "1.4.10"}),
        ('```{.sh unchecked="a } in it"}', "sh", {"unchecked": "a } in it"}),
        ("```{.sh linenums}", "sh", {"linenums": None}),
    ],
)
def test_info(opening: str, language: str, marks: dict[str, str | None]) -> None:
    mark = opening[: len(opening) - len(opening.lstrip("`~"))]
    fence = only(f"{opening}\niptables -L\n{mark}\n")
    assert (fence.kind, fence.language, fence.is_seen) == ("fence", language, True)
    assert {key: mark.value for key, mark in fence.marks.items()} == marks


def test_spans_of_marks_are_those_of_the_raw_file() -> None:
    source = Source("post.md", "Title: x\n\n```{.sh iptables=\"1.4.10\" unchecked='why not'}\niptables -L\n```\n")
    (fence,) = read_fences(source).fences
    said = [(source.slice(mark.key_span), source.slice(mark.value_span)) for mark in fence.marks.values()]
    assert said == [("iptables", "1.4.10"), ("unchecked", "why not")]
    assert source.slice(fence.info) == "{.sh iptables=\"1.4.10\" unchecked='why not'}"
    assert source.slice(fence.content) == "iptables -L\n"
    assert source.slice(fence.block) == source.text[source.text.index("```") :]
    assert fence.line == 3


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("text\n\n    iptables -L\n\n    iptables -F\n\ntext", "iptables -L\n\niptables -F\n"),
        ("# Heading\n    iptables -L\n", "iptables -L\n"),
        ("text\n\n\tiptables -L\n", "iptables -L\n"),
        ("- item\n\n        iptables -L\n", "iptables -L\n"),
        ("1. item\n    - inner\n\n            iptables -L\n", "iptables -L\n"),
    ],
)
def test_indented(text: str, code: str) -> None:
    fence = only(text)
    assert (fence.kind, fence.code.text) == ("indented", code)


@pytest.mark.parametrize(
    "text",
    [
        "text\n    iptables -L\n",
        "- item\n\n    iptables -L goes on in the item\n",
        "<!--\n```sh\niptables -L\n```\n-->\n",
        "<!-- a note -->\ntext\n",
        "text with ```sh iptables -L``` inside\n",
        "```inline``` code that begins a line\n",
        "no code at all",
        "",
    ],
)
def test_no_code(text: str) -> None:
    assert read(text) == Snippets((), ())


def test_fence_shown_in_indented_code_is_code() -> None:
    found = read("text\n\n    ```sh\n    iptables -L\n    ```\n")
    assert [fence.kind for fence in found.fences] == ["indented"]
    assert not found.diagnostics


def test_fence_in_a_longer_fence_is_its_text() -> None:
    found = read("````\n```sh refused\niptables -L\n```\n````\n~~~\n```\n~~~\n")
    assert [fence.code.text for fence in found.fences] == ["```sh refused\niptables -L\n```\n", "```\n"]
    assert not found.diagnostics


@pytest.mark.parametrize(
    ("header", "fences"),
    [
        ("Title: x\nTags: ```\n    ```\n\n", 1),
        ("---\nTitle: x\n---\n", 1),
        ("Title: x\n...\n", 1),
        ("\n", 1),
        ("", 1),
        ("\ufeffTitle: x\n\n", 1),
    ],
)
def test_metadata_is_no_body(header: str, fences: int) -> None:
    assert len(read_fences(Source("post.md", header + "```\niptables -L\n```\n")).fences) == fences


def test_pre() -> None:
    source = Source(
        "post.md", '\n<pre><code class="language-sh">iptables -s &lt;ip&gt; <b>-j DROP</b>\n</code></pre>\n'
    )
    (fence,) = read_fences(source).fences
    assert (fence.kind, fence.language, fence.code.text) == ("pre", "sh", "iptables -s <ip> -j DROP\n")
    at = fence.code.text.index("<ip>")
    assert source.slice(fence.code.span(at, at + 4)) == "&lt;ip&gt;"


UNSEEN = [
    ("```sh refused\niptables -L\n```\n", "this fence is published as prose"),
    ('```sh iptables="1.4.10"\niptables -L\n```\n', "this fence is published as prose"),
    ("```{.sh} \niptables -L\n```\n", "this fence is published as prose"),
    ("- item\n\n    ```sh\n    iptables -L\n    ```\n", "an indented fence is published as prose"),
    ("- item\n  ```sh\n  iptables -L\n  ```\n", "an indented fence is published as prose"),
    ("- ```sh\n  iptables -L\n  ```\n", "an indented fence is published as prose"),
    ("1. item\n\n   ```\n   iptables -L\n   ```\n", "an indented fence is published as prose"),
    (" ```sh\n iptables -L\n ```\n", "an indented fence is published as prose"),
    ("> ```sh\n> iptables -L\n> ```\n", "a fence in a block quote is published as prose"),
    ("```sh\niptables -L\n", "this fence is never closed, and is published as prose"),
    ("```sh\niptables -L\n````\n", "this fence is never closed, and is published as prose"),
    ("~~~\niptables -L\n ~~~\n", "this fence is never closed, and is published as prose"),
]


@pytest.mark.parametrize(("text", "message"), UNSEEN)
def test_unseen_is_reported_and_still_read(text: str, message: str) -> None:
    found = read(text)
    (fence,) = found.fences
    (diagnostic,) = found.diagnostics
    assert (diagnostic.code, diagnostic.message, diagnostic.severity) == ("unseen-fence", message, "error")
    assert diagnostic.help
    assert not fence.is_seen
    assert fence.code.text == "iptables -L\n"


@pytest.mark.parametrize("text", [text for text, _ in UNSEEN])
def test_markdown_really_makes_prose_of_it(text: str) -> None:
    assert "<pre>" not in markdown.markdown(text, extensions=["fenced_code"])


@pytest.mark.parametrize("text", [text for text, _ in UNSEEN])
def test_edits_make_it_seen(text: str) -> None:
    source = Source("post.md", "\n" + text)
    (diagnostic,) = read_fences(source).diagnostics
    if diagnostic.edits:
        mended = Source("post.md", apply(diagnostic.edits, source.text))
        (fence,) = read_fences(mended).fences
        assert fence.is_seen
        assert fence.code.text == "iptables -L\n"
        assert not read_fences(mended).diagnostics


def test_marks_of_an_unseen_fence_are_read() -> None:
    fence = only('```sh iptables="1.4.10"\niptables -L\n```\n')
    assert (fence.language, fence.marks["iptables"].value) == ("sh", "1.4.10")


def test_a_forgotten_closing_line_does_not_swallow_the_next_fence() -> None:
    found = read("- item\n\n  ```sh\n  iptables -L\n\ntext\n\n```sh\niptables -F\n```\n")
    assert [fence.code.text.strip().split("\n")[0] for fence in found.fences] == ["iptables -L", "iptables -F"]
    assert [fence.is_seen for fence in found.fences] == [False, True]


@pytest.mark.parametrize(
    ("info", "code", "shown"),
    [
        ('{.sh unchecked=""}', "empty-reason", "unchecked="),
        ("{.sh unchecked}", "empty-reason", "unchecked"),
        ('{.sh unchecked="  "}', "empty-reason", "unchecked="),
        ('{.sh refused=""}', "bad-mark", "refused="),
        ('{.sh iptables="1.4.10" iptables="1.8"}', "bad-mark", 'iptables="1.8'),
        ('{.sh iptables = "1.4.10"}', "bad-mark", "iptables"),
    ],
)
def test_bad_marks(info: str, code: str, shown: str) -> None:
    source = Source("post.md", f"\n```{info}\niptables -L\n```\n")
    found = read_fences(source).diagnostics
    assert found[0].code == code
    assert source.slice(found[0].span).startswith(shown)
    assert all(each.code in (code, "bad-mark") for each in found)


def test_code_in_a_list_and_a_quote_knows_its_place() -> None:
    text = dedent("""
        - item

          ```sh
          iptables -L
            -n
          ```

        > > ```
        > > iptables -F
        > > ```
        """)
    source = Source("post.md", text)
    listed, quoted = read_fences(source).fences
    assert listed.code.text == "iptables -L\n  -n\n"
    assert quoted.code.text == "iptables -F\n"
    for code in (listed.code, quoted.code):
        assert all(source.text[start] == char for char, start in zip(code.text, code.starts, strict=True))


def fences_of_markdown(text: str) -> list[str]:
    """The code of the fences that Python-Markdown itself takes, in order."""
    found = []
    reader = FencedBlockPreprocessor(markdown.Markdown(extensions=["attr_list"]), {"lang_prefix": ""})
    reader._escape = lambda code: found.append(code) or ""  # type: ignore[attr-defined,method-assign]
    reader.run(text.split("\n"))
    return found


pieces = st.sampled_from(
    ["```", "````", "~~~", "sh", "{.sh}", '{.sh iptables="1"}', "{.sh} x}", "{}", "{a=}", " ", "\n", "\n\n", "x", "}",
     'hl_lines="1"', "=", '"', "'", ".", "#", "é"]
)  # fmt: skip


@given(st.lists(pieces, max_size=25).map("".join))
def test_markdown_agrees(text: str) -> None:
    """Where nothing is reported as unseen, the fences are those which Python-Markdown takes, character by character."""
    found = read_fences(Source("post.md", "\n" + text))
    if not any(each.code == "unseen-fence" for each in found.diagnostics):
        assert [fence.code.text for fence in found.fences if fence.kind == "fence"] == fences_of_markdown(text)


soup = st.lists(
    st.sampled_from(
        ["```", "~~~", "    ", "\t", "> ", "- ", "1. ", "<!--", "-->", "<pre>", "</pre>", "&lt;", "&#x3c;", "<b>", "\n",
         "\r\n", "iptables -L", "{.sh", 'unchecked=""', "}", "---", "Title: x", "…", "\ufeff", "\x00"]
    )
    | st.text(max_size=4),
    max_size=30,
).map("".join)  # fmt: skip


@given(soup)
def test_any_text_is_read(text: str) -> None:
    """No text raises; fences come in order, within the text, and every character of code knows a place in it."""
    source = Source("post.md", text)
    found = read_fences(source)
    at = 0
    for fence in found.fences:
        assert at <= fence.block.start <= fence.content.start <= fence.content.end <= fence.block.end <= len(text)
        at = fence.block.start
        assert len(fence.code.starts) == len(fence.code.ends) == len(fence.code.text)
        assert list(fence.code.starts) == sorted(fence.code.starts)
        assert all(low <= high <= len(text) for low, high in zip(fence.code.starts, fence.code.ends, strict=True))
    for diagnostic in found.diagnostics:
        assert 0 <= diagnostic.span.start <= diagnostic.span.end <= len(text)
