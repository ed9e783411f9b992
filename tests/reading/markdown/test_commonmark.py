"""Fences as CommonMark closes them, and complaints about them only where a command of iptables is concerned."""

from __future__ import annotations

import pytest
from drive import report_of
from drytables.reading.markdown.dialect import Dialect

COMMAND = "iptables -A INPUT -i eth9 -j ACCEPT"
REFUSED = "iptables -A INPUT -i eth9 -j ACEPT"


def codes(text: str, dialect: Dialect = "commonmark") -> list[str]:
    return [each.code for each in report_of(f"\n{text}", dialect).all_diagnostics()]


WHOLE = [
    # a longer fence round a shorter one, of either character
    "`````markdown\n````text\n```sh\n@\n```\n````\n`````\n",
    "~~~~markdown\n~~~sh\n@\n~~~\n~~~~\n",
    "````md\n```sh\n@\n```\n````\n\nProse.\n\n```sh\n@\n```\n",
    "~~~\n```sh\n@\n~~~\n",
    "```\n~~~sh\n@\n```\n",
    "```text\n```sh\n@\n```\n",
    # closed by a longer one, or by one that stands elsewhere
    "```sh\n@\n`````\n",
    "```sh\n@\n   ```\n",
    "   ```sh\n@\n```\n",
    "~~~sh\n@\n~~~~  \n",
    # in lists, quotes and what others call directives
    "- item\n  ````md\n  ```sh\n  @\n  ```\n  ````\n- item\n",
    "1. item\n\n   ````md\n   ```sh\n   @\n   ```\n   ````\n",
    "- ````md\n  ```sh\n  @\n  ```\n  ````\n",
    "> ````md\n> ```sh\n> @\n> ```\n> ````\n",
    "````{tabs}\n```{group-tab} Debian\n@\n```\n````\n",
    "`````{note}\n````{tab} a\n```\n@\n```\n````\n`````\n",
    ":::note\n\n```sh\n@\n```\n\n:::\n",
    "10. item\n\n    ```sh\n    @\n    ```\n\n11. item\n",
    "term\n: meaning\n\n  ```sh\n  @\n  ```\n",
    # a line that only looks like one
    "Use ```code``` here.\n\n```sh\n@\n```\n",
    "```a` b\n\n```sh\n@\n```\n",
]


@pytest.mark.parametrize("text", WHOLE)
def test_a_fence_that_commonmark_closes_is_right(text: str) -> None:
    assert codes(text.replace("@", COMMAND)) == []


OPEN = [
    # no line closes it: to the end of the page, of the quote, of the item; and in a text that never says iptables
    "```sh\n@\n",
    "```sh\n@\n\nProse.\n",
    "````sh\n@\n```\n",
    "~~~sh\n@\n```\n",
    "```sh\n@\n```x\n",
    "```sh\n@\n    ```\n",
    "> ```sh\n> @\n\nProse.\n",
    "- item\n  ```sh\n  @\n\nProse.\n",
    # it swallows the next one
    "```js\nx\n\nProse.\n\n```sh\n@\n",
    "````text\nx\n\n```sh\n@\n```\n",
]


@pytest.mark.parametrize("text", OPEN)
def test_a_fence_that_is_open_is_told_where_a_command_is_in_it(text: str) -> None:
    report = report_of("\n" + text.replace("@", COMMAND), "commonmark")
    (slip,) = report.all_diagnostics()

    assert slip.code == "unseen-fence"
    assert slip.message.startswith("this fence is never closed: the rest of the ")
    assert "``" not in slip.help
    assert codes(text.replace("@", "make install")) == []


@pytest.mark.parametrize("text", OPEN)
def test_what_is_in_an_open_fence_is_judged_all_the_same(text: str) -> None:
    assert "unknown-target" in codes(text.replace("@", REFUSED))


@pytest.mark.parametrize(
    ("dialect", "text"),
    [
        ("fenced_code", "- item\n\n    ```sh\n    @\n    ```\n"),
        ("fenced_code", "> ```sh\n> @\n> ```\n"),
        ("fenced_code", "```sh\n@\n````\n"),
        ("superfences", "- ```sh\n  @\n  ```\n"),
        ("superfences", "```sh title=x y\n@\n```\n"),
        ("superfences", "```sh\n@\n"),
    ],
)
def test_a_fence_that_is_prose_is_told_where_a_command_is_in_it(dialect: Dialect, text: str) -> None:
    assert codes(text.replace("@", COMMAND), dialect) == ["unseen-fence"]
    assert codes(text.replace("@", "make install"), dialect) == []


def test_an_open_fence_is_told_once() -> None:
    """What it swallows is its own text, and so opens nothing."""
    assert codes(f"```sh\n{COMMAND}\n\n```js\nx\n\n```sh\n{COMMAND}\n\n~~~\ny\n") == ["unseen-fence"]


@pytest.mark.parametrize(
    ("dialect", "info"),
    [
        ("commonmark", "bash {{ title: 'Make a key for a box' }}"),
        ("commonmark", "js {a=1 a=2}"),
        ("commonmark", "bash {{ title: 'iptables rules', tag: 'a a' }}"),
        ("commonmark", "bash {title: iptables}"),
        ("commonmark", "{bash, echo=FALSE, iptables}"),
        ("commonmark", "bash {1,3-5} showLineNumbers iptables"),
        ("commonmark", '{.sh .numberLines startFrom="10"}'),
        ("mdx", "bash title=iptables unchecked refused"),
        ("mdx", 'bash highlight={2} filename="iptables.sh" collapse={true}'),
        ("superfences", "{.sh iptables}"),
        ("superfences+any_info", "bash noInline iptables copy"),
        ("superfences", '{.python hl_lines = "2"}'),
        ("superfences", '{.python title="a" title="b"}'),
    ],
)
def test_marks_of_others_are_not_our_business(dialect: Dialect, info: str) -> None:
    assert codes(f"```{info}\nmake install\n```\n", dialect) == []
    if dialect in ("commonmark", "mdx"):
        assert codes(f"```{info}\n{COMMAND}\n```\n", dialect) == []


def test_a_mark_that_is_lost_is_told_where_a_command_is() -> None:
    assert codes(f'```{{.sh wide, title = "x"}}\n{COMMAND}\n```\n', "superfences") == ["bad-mark"]
