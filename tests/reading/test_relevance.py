"""A page that cannot concern this checker is not read; one that does always is."""

import pytest
from case_files import all_cases
from drytables.diagnostics.source import Source
from drytables.page.check import check
from drytables.reading.relevance import may_concern_us


@pytest.mark.parametrize(
    "text",
    [
        "A page about tables, and -a option.\n\n```sh\nmake install\n```\n",
        "They refused: unfounded.\n\n- *emphasis*\n- :smile: YES\n",
        "```\n*bold*\n:key value\n```\n",
        "$i\n${i}\n-Aa\n",
    ],
)
def test_a_page_without_iptables_is_not_read(text: str) -> None:
    assert not may_concern_us(text)
    assert check(Source("page.md", text)).snippets == ()


@pytest.mark.parametrize(
    "text",
    [
        "iptables -L",
        "IP6TABLES -L",
        "$IPT -A INPUT -j DROP",
        "${ip6t} -F",
        "-A INPUT -j DROP",
        "*filter\nCOMMIT",
        "*filtr\n:INPUT ACCEPT [0:0]\nCOMMIT",
        "<pre>ip<b>tables</b> -L</pre>",
        '```{.sh refused="x"}\nls\n```',
        '```{.sh unchecked=""}\nls\n```',
        "Iptables-needs: chain WEB",
    ],
)
def test_a_page_with_iptables_is_read(text: str) -> None:
    assert may_concern_us(f"Words.\n\n{text}\n")


def test_every_command_of_the_cases_makes_its_page_one_that_is_read() -> None:
    assert [case.place for case in all_cases() if not may_concern_us(case.command)] == []
