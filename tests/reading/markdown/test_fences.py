"""Code is found where Python-Markdown finds it, and a fence that it would not see is reported."""

from __future__ import annotations

from textwrap import dedent
from typing import get_args

import markdown
import pytest
from code_blocks import CodeBlocks
from drytables.diagnostics.diagnostic import apply
from drytables.diagnostics.source import Source
from drytables.reading.fence import Fence
from drytables.reading.markdown.dialect import WITH_SUPERFENCES, Dialect
from drytables.reading.markdown.fences import Snippets, read_fences
from hypothesis import given
from hypothesis import strategies as st
from markdown.extensions import Extension
from markdown.extensions.fenced_code import FencedBlockPreprocessor
from pymdownx.superfences import highlight_validator


def read(text: str, dialect: Dialect = "superfences") -> Snippets:
    return read_fences(Source("post.md", "Title: A post\n\n" + text), dialect)


def only(text: str, dialect: Dialect = "superfences") -> Fence:
    (fence,) = read(text, dialect).fences
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
        ("```{.sh wide}", "sh", {"wide": None}),
    ],
)
@pytest.mark.parametrize("dialect", ["fenced_code", "superfences", "commonmark"])
def test_info(opening: str, language: str, marks: dict[str, str | None], dialect: Dialect) -> None:
    mark = opening[: len(opening) - len(opening.lstrip("`~"))]
    fence = only(f"{opening}\niptables -L\n{mark}\n", dialect)
    assert (fence.kind, fence.language, fence.is_seen) == ("fence", language, True)
    assert {key: mark.value for key, mark in fence.marks.items()} == marks


@pytest.mark.parametrize(
    ("opening", "language", "marks"),
    [
        ('```sh {iptables="1.4.10"}', "sh", {"iptables": "1.4.10"}),
        ('```sh title="a script"', "sh", {"title": "a script"}),
        ("```{.sh} ", "sh", {}),
    ],
)
def test_info_of_superfences(opening: str, language: str, marks: dict[str, str]) -> None:
    fence = only(f"{opening}\niptables -L\n```\n")
    assert (fence.language, {key: mark.value for key, mark in fence.marks.items() if mark.value}) == (language, marks)


@pytest.mark.parametrize("info", ["sh title=x", "bash {1,3}", "sh [one.sh]", "sh refused", "{.sh", "c++ {a} b", "js:x"])
def test_any_info_will_do_for_commonmark(info: str) -> None:
    found = read(f"```{info}\niptables -L\n```\n", "commonmark")
    assert [(fence.is_seen, fence.diagnostic) for fence in found.fences] == [(True, None)]
    assert not found.diagnostics


SEEN_IN_CONTAINERS = [
    "- item\n\n    ```sh\n    iptables -L\n    ```\n",
    "- item\n    ```sh\n    iptables -L\n    ```\n- item\n",
    "- item\n  ```sh\n  iptables -L\n  ```\n",
    "1. item\n\n   ```\n   iptables -L\n   ```\n",
    "- item\n    - inner\n\n        ~~~\n        iptables -L\n        ~~~\n",
    " ```sh\n iptables -L\n ```\n",
    "text\n    ```sh\n    iptables -L\n    ```\n",
    "- item\n\n\t```sh\n\tiptables -L\n\t```\n",
    "> ```sh\n> iptables -L\n> ```\n",
    "> text\n>\n> > ```sh\n> > iptables -L\n> > ```\n",
    ">```\n>iptables -L\n>```\n",
    "- item\n\n    > ```sh\n    > iptables -L\n    > ```\n",
]


@pytest.mark.parametrize("text", SEEN_IN_CONTAINERS)
def test_superfences_takes_a_fence_in_a_list_or_a_quote(text: str) -> None:
    found = read(text)
    (fence,) = found.fences
    assert (fence.is_seen, fence.code.text.strip(), fence.diagnostic) == (True, "iptables -L", None)
    assert fences_of_superfences(text) == ["iptables -L"]


@pytest.mark.parametrize("text", [*SEEN_IN_CONTAINERS, "- ```sh\n  iptables -L\n  ```\n", "```\niptables -L\n````\n"])
def test_commonmark_takes_them_too_and_behind_a_bullet(text: str) -> None:
    if not text.startswith("text"):
        assert (only(text, "commonmark").is_seen, read(text, "commonmark").diagnostics) == (True, ())


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
        ("- item\n\n  text behind the list\n\n    iptables -L\n", "iptables -L\n"),
        ("> text\n>\n>     iptables -L\n>     iptables -F\n", "iptables -L\niptables -F\n"),
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


def test_code_right_below_the_title_of_a_box() -> None:
    """`quotes` puts a blank line there."""
    text = "> [!NOTE]\n>     iptables -L\n"
    (fence,) = read(text, "quotes").fences
    assert (fence.kind, fence.code.text) == ("indented", "iptables -L\n")
    assert not read(text).fences
    shown = markdown.markdown(
        text, extensions=["pymdownx.quotes"], extension_configs={"pymdownx.quotes": {"callouts": True}}
    )
    assert "<pre><code>iptables -L" in shown


def test_fence_shown_in_indented_code_is_code() -> None:
    found = read("text\n\n    ```sh\n    iptables -L\n    ```\n")
    assert [(fence.kind, fence.diagnostic) for fence in found.fences] == [("indented", None)]


def test_fence_in_a_longer_fence_is_its_text() -> None:
    found = read("````\n```sh refused\niptables -L\n```\n````\n~~~\n```\n~~~\n")
    assert [fence.code.text for fence in found.fences] == ["```sh refused\niptables -L\n```\n", "```\n"]
    assert not any(fence.diagnostic for fence in found.fences)


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


EXTENSIONS: dict[Dialect, list[str | Extension]] = {
    "fenced_code": ["fenced_code"],
    "superfences": ["pymdownx.superfences"],
    "superfences+any_info": ["pymdownx.superfences", CodeBlocks()],
    "quotes": ["pymdownx.superfences", "pymdownx.quotes"],
    "quotes+any_info": ["pymdownx.superfences", "pymdownx.quotes", CodeBlocks()],
}
AS_PROSE = "this fence is published as prose"
NEVER_CLOSED = "this fence is never closed and is published as prose"
CUT_OFF = "this fence is published as prose: not all of its lines start like the first"
INDENTED = "an indented fence is published as prose"
UNSEEN: list[tuple[Dialect, str, str]] = [
    ("fenced_code", "```sh refused\niptables -L\n```\n", AS_PROSE),
    ("fenced_code", '```sh iptables="1.4.10"\niptables -L\n```\n', AS_PROSE),
    ("fenced_code", "```{.sh} \niptables -L\n```\n", AS_PROSE),
    ("fenced_code", "- item\n\n    ```sh\n    iptables -L\n    ```\n", INDENTED),
    ("fenced_code", "- item\n  ```sh\n  iptables -L\n  ```\n", INDENTED),
    ("fenced_code", "- ```sh\n  iptables -L\n  ```\n", INDENTED),
    ("fenced_code", "1. item\n\n   ```\n   iptables -L\n   ```\n", INDENTED),
    ("fenced_code", " ```sh\n iptables -L\n ```\n", INDENTED),
    ("fenced_code", "> ```sh\n> iptables -L\n> ```\n", "a fence in a block quote is published as prose"),
    ("fenced_code", "```sh\niptables -L\n", NEVER_CLOSED),
    ("fenced_code", "```sh\niptables -L\n````\n", NEVER_CLOSED),
    ("fenced_code", "~~~\niptables -L\n ~~~\n", NEVER_CLOSED),
    ("superfences", "```sh refused\niptables -L\n```\n", AS_PROSE),
    ("superfences", '```sh iptables="1.4.10"\niptables -L\n```\n', AS_PROSE),
    ("superfences", "- item\n\n    ```sh refused\n    iptables -L\n    ```\n", AS_PROSE),
    ("superfences", "- ```sh\n  iptables -L\n  ```\n", "a fence on the same line as a bullet is published as prose"),
    ("superfences", "```sh\niptables -L\n", NEVER_CLOSED),
    ("superfences", "```sh\niptables -L\n````\n", NEVER_CLOSED),
    ("superfences", "~~~\niptables -L\n ~~~\n", CUT_OFF),
    ("superfences", "- item\n\n  ```sh\niptables -L\n  ```\n", CUT_OFF),
    ("superfences", "- item\n\n    ```sh\n    iptables -L\n  ```\n", CUT_OFF),
    ("superfences", "> ```sh\n>iptables -L\n> ```\n", CUT_OFF),
    ("quotes", "> > ```sh\n> > iptables -L\n> ```\n", CUT_OFF),
    ("quotes+any_info", "> > ```sh refused\n> > iptables -L\n> ```\n", CUT_OFF),
    ("superfences+any_info", "```sh refused\niptables -L\n", NEVER_CLOSED),
]


@pytest.mark.parametrize(("dialect", "text", "message"), UNSEEN)
def test_unseen_is_reported_and_still_read(dialect: Dialect, text: str, message: str) -> None:
    found = read(text, dialect)
    (fence,) = found.fences
    told = fence.diagnostic
    assert told is not None and not found.diagnostics
    assert (told.code, told.message, told.severity) == ("unseen-fence", message, "error")
    assert told.help
    assert not fence.is_seen
    assert fence.code.text == "iptables -L\n"


@pytest.mark.parametrize(("dialect", "text"), [(dialect, text) for dialect, text, _ in UNSEEN])
def test_markdown_really_makes_prose_of_it(dialect: Dialect, text: str) -> None:
    assert "<pre>" not in markdown.markdown(text, extensions=EXTENSIONS[dialect])


@pytest.mark.parametrize(("dialect", "text"), [(dialect, text) for dialect, text, _ in UNSEEN])
def test_edits_make_it_seen(dialect: Dialect, text: str) -> None:
    source = Source("post.md", "\n" + text)
    (fence,) = read_fences(source, dialect).fences
    if fence.diagnostic and fence.diagnostic.edits:
        mended = Source("post.md", apply(fence.diagnostic.edits, source.text))
        (fence,) = read_fences(mended, dialect).fences
        assert fence.is_seen and fence.diagnostic is None
        assert fence.code.text == "iptables -L\n"


@pytest.mark.parametrize(
    ("info", "language", "marks"),
    [
        ("sh refused=also-requires", "sh", {"refused": "also-requires"}),
        ('sh title="fw.sh" {2}', "sh", {"title": "fw.sh"}),
        ("bash,linenos", "bash", {}),
        ("{.sh x y", "sh", {}),
    ],
)
@pytest.mark.parametrize("dialect", ["superfences+any_info", "quotes+any_info"])
def test_any_info_string_begins_a_fence(info: str, language: str, marks: dict[str, str], dialect: Dialect) -> None:
    text = f"```{info}\niptables -L\n```\n"
    found = read(text, dialect)
    (fence,) = found.fences
    assert fence.is_seen and fence.diagnostic is None and not found.diagnostics
    assert (fence.language, {key: mark.value for key, mark in fence.marks.items() if mark.value}) == (language, marks)
    assert fences_of_superfences(text, dialect) == ["iptables -L"]


def test_a_mark_without_its_value_is_reported_behind_any_words() -> None:
    for info in ("sh refused", "sh title=x unchecked", "{.sh refused"):
        (told,) = read(f"```{info}\niptables -L\n```\n", "quotes+any_info").diagnostics
        assert told.message.endswith(("has no value", "has no reason"))


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
    page = read_fences(source)
    found = [*page.diagnostics, *(fence.diagnostic for fence in page.fences if fence.diagnostic)]
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


def fences_of_superfences(text: str, dialect: Dialect = "superfences") -> list[str]:
    """The code of the fences that superfences itself takes, in order; beside `quotes`, it takes fewer."""
    found = []

    def keep(source: str, *_: object, **__: object) -> str:
        found.append(source)
        return ""

    every = [{"name": "*", "class": "", "format": keep, "validator": highlight_validator}]
    md = markdown.Markdown(
        extensions=EXTENSIONS[dialect], extension_configs={"pymdownx.superfences": {"custom_fences": every}}
    )
    fences = md.preprocessors["fenced_code_block"]
    lines = md.preprocessors["normalize_whitespace"].run(text.split("\n"))
    if "any_info" in md.preprocessors:
        lines = md.preprocessors["any_info"].run(lines)
    fences.run(lines)
    return found


pieces = st.sampled_from(
    ["```", "````", "~~~", "sh", "{.sh}", '{.sh iptables="1"}', "{.sh} x}", "{}", "{a=}", " ", "\n", "\n\n", "x", "}",
     'hl_lines="1"', "=", '"', "'", ".", "#", "é"]
)  # fmt: skip


@given(st.lists(pieces, max_size=25).map("".join))
def test_markdown_agrees(text: str) -> None:
    """Where nothing is reported as unseen, the fences are those which Python-Markdown takes, character by character."""
    found = read_fences(Source("post.md", "\n" + text), "fenced_code")
    if not any(fence.diagnostic for fence in found.fences):
        assert [fence.code.text for fence in found.fences if fence.kind == "fence"] == fences_of_markdown(text)


leads = st.sampled_from(["", "", " ", "  ", "> ", ">", "> > ", ">  "])
rest = st.sampled_from(
    [
        "```",
        "```",
        "````",
        "~~~",
        "```sh",
        '```{.sh a="1"}',
        "```sh {.x} }",
        "```sh `x`",
        "```x```",
        "``` sh x",
        '```sh title="a"',
        "x",
        "",
        "x ```",
    ]
)


@given(
    st.lists(st.tuples(leads, rest).map("".join), max_size=12).map("\n".join),
    st.sampled_from(sorted(WITH_SUPERFENCES)),
)
def test_superfences_agrees(text: str, dialect: Dialect) -> None:
    """The same for superfences, alone and beside `quotes` and `code_blocks`, but for the blanks before a line."""
    found = read_fences(Source("post.md", "\n" + text), dialect)
    if not any(fence.diagnostic for fence in found.fences):
        ours = [fence.code.text.removesuffix("\n") for fence in found.fences if fence.kind == "fence"]
        assert [_without_blanks(each) for each in ours] == [
            _without_blanks(each) for each in fences_of_superfences(text, dialect)
        ]


def _without_blanks(text: str) -> list[str]:
    return [line.strip(" >") for line in text.split("\n")]


soup = st.lists(
    st.sampled_from(
        ["```", "~~~", "    ", "\t", "> ", "- ", "1. ", "<!--", "-->", "<pre>", "</pre>", "&lt;", "&#x3c;", "<b>", "\n",
         "\r\n", "iptables -L", "{.sh", 'unchecked=""', "}", "---", "Title: x", "…", "\ufeff", "\x00"]
    )
    | st.text(max_size=4),
    max_size=30,
).map("".join)  # fmt: skip


@given(soup, st.sampled_from(get_args(Dialect)))
def test_any_text_is_read(text: str, dialect: Dialect) -> None:
    """No text raises; fences come in order, within the text, and every character of code knows a place in it."""
    source = Source("post.md", text)
    found = read_fences(source, dialect)
    at = 0
    for fence in found.fences:
        assert at <= fence.block.start <= fence.content.start <= fence.content.end <= fence.block.end <= len(text)
        at = fence.block.start
        assert len(fence.code.starts) == len(fence.code.ends) == len(fence.code.text)
        assert list(fence.code.starts) == sorted(fence.code.starts)
        assert all(low <= high <= len(text) for low, high in zip(fence.code.starts, fence.code.ends, strict=True))
    for diagnostic in found.diagnostics:
        assert 0 <= diagnostic.span.start <= diagnostic.span.end <= len(text)
