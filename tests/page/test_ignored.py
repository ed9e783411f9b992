"""Comments that switch a code off for the fence below them, in each format that is read."""

import json

import pytest
from drive import report_of
from drytables.diagnostics.source import Source
from drytables.page.check import check

BAD = "iptables -A INPUT -s 192.0.2.300 -j DROP"
FENCE = f"```sh\n{BAD}\n```\n"
IGNORE = "drytables-ignore bad-value: it shows a mistake"


def told(text: str) -> list[str]:
    """What is told of a page, with the line."""
    report = report_of(text, "commonmark")
    return [
        f"{report.source.position(each.span.start)[0]} {each.severity} {each.code}" for each in report.all_diagnostics()
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"<!-- {IGNORE} -->\n{FENCE}",
        f"<!-- {IGNORE} -->\n\n\n{FENCE}",
        f"Words.\n\n> <!-- {IGNORE} -->\n>\n> ```sh\n> {BAD}\n> ```\n",
        f"- item\n\n  <!-- {IGNORE} -->\n\n  ```sh\n  {BAD}\n  ```\n",
        f"<!-- drytables-ignore bad-value, bad-value: both -->\n{FENCE}",
    ],
)
def test_the_code_is_off_for_the_fence_below(text: str) -> None:
    assert told(text) == []
    assert told(f"{text}\n{FENCE}") == [f"{text.count(chr(10)) + 3} error bad-value"]
    assert [why for why, _ in report_of(text, "commonmark").untold] == ["ignored"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"<!-- drytables-ignore bad-value -->\n{FENCE}", ["1 error bad-ignore", "3 error bad-value"]),
        (f"<!-- drytables-ignore bad-value: -->\n{FENCE}", ["1 error bad-ignore", "3 error bad-value"]),
        (f"<!-- drytables-ignore -->\n{FENCE}", ["1 error bad-ignore", "3 error bad-value"]),
        (f"<!-- drytables-ignore bad-valeu: why -->\n{FENCE}", ["1 error bad-ignore", "3 error bad-value"]),
        (f"<!-- drytables-ignore no-command: why -->\n{FENCE}", ["1 warning unused-ignore", "3 error bad-value"]),
        (f"<!-- {IGNORE} -->\n\nWords between.\n\n{FENCE}", ["1 warning unused-ignore", "6 error bad-value"]),
        (f"<!-- {IGNORE} -->\n", ["1 warning unused-ignore"]),
        (f"```html\n<!-- {IGNORE} -->\n```\n", []),
    ],
)
def test_one_that_does_nothing_is_told(text: str, lines: list[str]) -> None:
    assert told(text) == lines


def test_what_was_meant_is_offered() -> None:
    (fault, _) = report_of(f"<!-- drytables-ignore bad-valeu: why -->\n{FENCE}", "commonmark").all_diagnostics()

    assert (fault.message, fault.help) == ("unknown code `bad-valeu`", "did you mean `bad-value`?")


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("restructuredtext", f".. {IGNORE}\n\n.. code-block:: sh\n\n   {BAD}\n"),
        ("asciidoc", f"// {IGNORE}\n[source,sh]\n----\n{BAD}\n----\n"),
        ("mdx", f"{{/* {IGNORE} */}}\n{FENCE}"),
    ],
)
def test_each_format_has_its_own_comments(markup: str, text: str) -> None:
    assert [str(each.code) for each in check(Source("page", text), None, markup).all_diagnostics()] == []  # type: ignore[arg-type]


def left(text: str, markup: str = "commonmark") -> list[str]:
    """What is told of a page, with the words that it is about."""
    source = Source("page", text)
    found = check(source, None, markup).all_diagnostics()  # type: ignore[arg-type]
    return [f"{each.code} {source.slice(each.span)}" for each in found]


def said(last: int, words: str = "Try") -> str:
    """A sentence with a fault."""
    return f"{words} `iptables -A INPUT -s 192.0.2.{last} -j DROP` first."


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("commonmark", f"{said(300)} <!-- {IGNORE} -->\n"),
        ("commonmark", f"<!-- {IGNORE} -->\n{said(300)}\nMore words, {said(301)}\n"),
        ("commonmark", f"<!-- {IGNORE} -->\n\n{said(300)}\n"),
        ("commonmark", f"> {said(300)}\n> <!-- {IGNORE} -->\n"),
        ("commonmark", f"| a | b |\n| --- | --- |\n| x | {said(300)} <!-- {IGNORE} --> |\n"),
        ("mdx", f"{said(300)} {{/* {IGNORE} */}}\n"),
        ("restructuredtext", f".. {IGNORE}\n\n{said(300).replace('`', '``')}\n"),
        ("asciidoc", f"// {IGNORE}\n{said(300)}\n"),
    ],
)
def test_commands_within_the_sentences_of_a_paragraph_are_let_be(markup: str, text: str) -> None:
    """And those of no other."""
    other = said(302).replace("`", "``") if markup == "restructuredtext" else said(302)

    assert left(f"{other}\n\n{text}\n{other}\n", markup) == ["bad-value 192.0.2.302"] * 2


def test_a_comment_in_a_sentence_is_not_for_the_code_around_it() -> None:
    assert left(f"{said(300)} <!-- {IGNORE} --> So:\n{FENCE}") == ["bad-value 192.0.2.300"]
    assert left(f"{FENCE}{said(301)} <!-- {IGNORE} -->\n") == ["bad-value 192.0.2.300"]
    assert left(f"<!-- {IGNORE} -->\n{FENCE}{said(301)}\n") == ["bad-value 192.0.2.301"]


def notebook(*cells: tuple[str, list[str] | str]) -> str:
    """A notebook of cells of some kind."""
    made = [{"cell_type": kind, "metadata": {}, "source": source} for kind, source in cells]
    return json.dumps({"cells": made, "nbformat": 4}, indent=1)


@pytest.mark.parametrize(
    ("kind", "source"),
    [
        ("code", [f"# {IGNORE}\n", f"!{BAD}"]),
        ("code", f"x = 1\n# {IGNORE}\n!{BAD}"),
        ("code", ["%%bash\n", f"# {IGNORE}\n", BAD]),
        ("code", ["%%bash\n", '# drytables-ignore bad-value: it is called "a mistake"\n', BAD]),
        ("markdown", [f"<!-- {IGNORE} -->\n", "```sh\n", f"{BAD}\n", "```"]),
        ("markdown", ["Words.\n", "\n", f"{said(300)} <!-- {IGNORE} -->\n", "\n", "Words."]),
    ],
)
def test_cells_of_a_notebook_have_comments_too(kind: str, source: list[str] | str) -> None:
    text = notebook((kind, source), ("code", [f"!{BAD}"]), ("markdown", [said(300)]))

    assert left(text, "notebook") == ["bad-value 192.0.2.300"] * 2


def test_code_that_is_only_shown_in_a_notebook_is_told_to_nobody_else() -> None:
    text = notebook(("markdown", ["```sh\n", f"# {IGNORE}\n", f"{BAD}\n", "```"]))

    assert left(text, "notebook") == ["bad-value 192.0.2.300"]


def test_a_comment_that_nothing_needs_is_told_of_in_cells_and_sentences_too() -> None:
    fine = said(3)

    assert left(f"{fine} <!-- {IGNORE} -->\n") == ["unused-ignore bad-value"]
    assert left(notebook(("code", [f"# {IGNORE}\n", "!iptables -L"])), "notebook") == ["unused-ignore bad-value"]
