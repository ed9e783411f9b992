"""Comments that switch a code off for the fence below them, in each format that is read."""

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
