"""Which code of a page has a figure, where it goes, and what it is called."""

from __future__ import annotations

import re

import pytest
from drive import report_of
from drytables.formats.html.places import places
from drytables.formats.html.site import Site
from drytables.formats.html.trial import Trial
from drytables.grammar.history.releases import NEWEST, Release

SITE = Site(Release(NEWEST))


def lines_of(text: str) -> list[tuple[int, int, str]]:
    """The lines of a text that are replaced by figures, and what precedes each figure."""
    return [(place.first, place.last, place.prefix) for place in places(report_of(text), SITE)]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("```sh\niptables -F\n```\n", [(1, 3, "")]),
        ("> ```sh\n> iptables -F\n> ```\n", [(1, 3, "> ")]),
        ("a\n\n    iptables -F\n", [(3, 3, "")]),
        ("<pre>\niptables -F\n</pre>\n", [(1, 3, "")]),
        ('<div>\n  <pre class="x">iptables -F\niptables -L</pre>\n</div>\n', [(2, 3, "")]),
        ("<pre><code>iptables -A INPUT <b>-j</b> DROP</code></pre>\n", [(1, 1, "")]),
        ("<div><pre>iptables -F</pre></div>\n", []),
        ("<pre>iptables -F\n</pre> and more\n", []),
        ("<pre>iptables -F</pre><pre>iptables -L</pre>\n", []),
        ("```c\nint main;\n```\n", []),
    ],
)
def test_lines_that_a_figure_replaces(text: str, lines: list[tuple[int, int, str]]) -> None:
    assert lines_of(text) == lines


@pytest.mark.parametrize(
    ("info", "name"),
    [
        ("{.sh #balance}", "balance"),
        ('{.sh iptables="1.8.11" #balance .wide}', "balance"),
        ("sh {#balance}", "balance"),
        ('{.sh title="see #4 or x #5"}', "commands-[0-9a-f]{6}"),
        ("sh", "commands-[0-9a-f]{6}"),
        ("{.sh .c#x}", "commands-[0-9a-f]{6}"),
    ],
)
def test_the_name_of_a_figure(info: str, name: str) -> None:
    (place,) = places(report_of(f"```{info}\niptables -F\n```\n"), SITE)
    found = re.findall('<figure [^>]*id="([^"]*)"', place.html)

    assert len(found) == 1 and re.fullmatch(name, found[0])
    assert f'id="{found[0]}-end"' in place.html and f'href="#{found[0]}-end"' in place.html


def test_no_two_figures_have_one_name() -> None:
    text = "```sh\niptables -F\n```\n\n" * 2 + "```{.sh #x}\niptables -F\n```\n\n" * 2
    names = [re.findall('<figure [^>]*id="([^"]*)"', place.html)[0] for place in places(report_of(text), SITE)]

    assert names == [names[0], f"{names[0]}-2", "x", "x-2"]


def test_the_last_of_a_story_is_drawn_with_the_rules_above() -> None:
    fences = ["iptables -N web", "iptables -A web -s 192.0.2.1 -j DROP", "iptables -A INPUT -p tcp -j web"]
    text = "\n\n".join(f"```sh\n{each}\n```" for each in fences) + "\n"
    *others, last = [place.html for place in places(report_of(text), SITE)]

    assert all("snippet-flow" not in each for each in others)
    assert "with the rules above" in last and "-s 192.0.2.1" in last.split("snippet-flow")[1].split("</div>")[0]


def test_a_story_with_a_refused_command_is_not_drawn() -> None:
    fences = ["iptables -N web", "iptables -A web -s 192.0.2.1 -j DORP", "iptables -A INPUT -p tcp -j web"]
    text = "\n\n".join(f"```sh\n{each}\n```" for each in fences) + "\n"

    assert all("snippet-flow" not in place.html for place in places(report_of(text), SITE))


def test_a_trial_is_shown_in_the_figure_that_it_is_of() -> None:
    text = "```sh\niptables -F\n```\n\n```sh\niptables -L\n```\n"
    first, second = places(report_of(text), SITE, {1: Trial("<p>seen</p>")})

    assert "<p>seen</p>" not in first.html and "<p>seen</p>" in second.html
