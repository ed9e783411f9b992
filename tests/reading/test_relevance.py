"""A page that cannot concern this checker is not read; one that does always is."""

import pytest
from case_files import all_cases
from drytables.diagnostics.source import Source
from drytables.page.check import check
from drytables.reading.relevance import data_may_concern_us, may_concern_us


@pytest.mark.parametrize(
    "text",
    [
        "A page about tables, and -a option.\n\n```sh\nmake install\n```\n",
        "They refused: unfounded.\n\n- *emphasis*\n- :smile: YES\n",
        "```\n*bold*\n:key value\n```\n",
        "$i\n${i}\n-Aa\n",
        "```sh\nchmod -R 755 a\ngrep -A 2 x\nls | xargs -I {} rm -f {}\nscp -P 22 a b\n```\n",
        "Of *security*, *nat* and **filters**, and a field:\n\n:class: Named\n",
        "x-A INPUT -j DROP, and --A INPUT -j DROP\n",
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
        "-A INPUT \\\n  -j DROP",
        "-A INPUT \\\r\n  -j DROP",
        "-I  <b>INPUT</b>\t3 ! -s 192.0.2.1 -j DROP",
        "[0:0] -A mine -j DROP",
        "+-A INPUT -j DROP",
        "`-A INPUT -j DROP`",
        "-P FORWARD DROP",
        "-P $CHAIN ACCEPT",
        "*filter\nCOMMIT",
        "printf '*filter\\n:INPUT ACCEPT [0:0]\\n'",
        "*mine\n-A INPUT\n",
        "*mine\r\n-N one\r\n",
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


def test_bytes_that_are_no_text_in_utf_8_are_read_only_where_they_name_iptables_or_may_be_in_another_encoding() -> None:
    assert not data_may_concern_us("Schön".encode("latin-1"))
    assert data_may_concern_us("Schön: iptables -L".encode("latin-1"))
    assert data_may_concern_us("iptables -L".encode("utf-16-le"))
