"""The picture of a spread: what is drawn is what was evaluated, and the same stands there as text."""

import gzip
import re
from collections.abc import Sequence
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from drive import report_of
from drytables.formats.html.pictures import pictures
from drytables.formats.html.spread import picture, table
from drytables.grammar.gates import Chance, Nth
from drytables.meaning.evaluate import Branch, evaluate
from drytables.meaning.spread import Share, Spread, Untold
from drytables.meaning.spread_text import in_words

Gates = tuple[Nth | Chance, ...]
HALF = Chance(2**30)


def spread(
    *gates: Gates, labels: Sequence[str] = "ABCDEFGHI", ends: bool = True, table: str = "nat", condition: str = ""
) -> Spread:
    """A spread of rules with these gates, named A, B, C …"""
    outcome = evaluate([Branch(each, ends) for each in gates])
    shares = tuple(
        Share(label, share, ends, each) for label, share, each in zip(labels, outcome.shares, gates, strict=False)
    )
    return Spread(table, "CHAIN", condition, shares, outcome)


ROUND_ROBIN = spread((Nth(3),), (Nth(2),), (Nth(1),))
THIRDS = spread((Chance(708669604),), (HALF,), ())


def drawn(html: str) -> ElementTree.Element:
    """The drawing as XML."""
    found = re.search(r"<svg.*</svg>", html)
    assert found
    return ElementTree.fromstring(found[0])


def dots(svg: ElementTree.Element) -> dict[str, list[int]]:
    """By the height at which they stand, the columns that have a dot; the first column is 1."""
    numbers = {each.get("x"): int(each.text or "") for each in svg.iter("text") if (each.text or "").isdecimal()}
    return {
        places[0][1]: [numbers[x] for x, _ in places]
        for path in svg.iter("path")
        if (places := re.findall(r"M([\d.]+) ([\d.]+)h\.01", path.get("d") or ""))
    }


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (ROUND_ROBIN, [[1, 4], [2, 5], [3, 6]]),
        (spread((Nth(4, 1),), (Nth(3),)), [[2, 6], [1, 5]]),
        (spread((Nth(2),), (Nth(2, 1),), ends=False), [[1, 3, 5], [2, 4, 6]]),
        (spread((Nth(1),)), [[1, 2, 3, 4, 5, 6]]),
        (spread((Nth(9, 8),)), [[9]]),
    ],
    ids=["in turn", "with a rest", "that go on", "always", "once in a long period"],
)
def test_each_connection_has_its_dot_on_the_line_of_its_rule(shown: Spread, expected: list[list[int]]) -> None:
    found = dots(drawn(picture(shown)))

    assert [found[height] for height in sorted(found, key=float)] == expected


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (THIRDS, [(0, 0.33), (0.33, 0.335), (0.665, 0.335)]),
        (spread((HALF,)), [(0, 0.5), (0.5, 0.5)]),
        (spread((Nth(100),), ends=False), [(0, 0.01), (0, 1)]),
    ],
    ids=["three", "with a rest", "that goes on"],
)
def test_each_share_has_its_part_of_the_band(shown: Spread, expected: list[tuple[float, float]]) -> None:
    bars = [
        (float(each.get("x", "")), float(each.get("width", "")), float(each.get("height", "")))
        for each in drawn(picture(shown)).iter("rect")
    ]
    whole = bars[0]

    parts = [((x - whole[0]) / whole[1], width / whole[1]) for x, width, height in bars if height == 12]

    for part, (start, width) in zip(parts, expected, strict=True):
        assert part == pytest.approx((start, width), abs=0.005)


@pytest.mark.parametrize("shown", [ROUND_ROBIN, THIRDS, spread(*[(Nth(2),)] * 8)], ids=["in turn", "by chance", "many"])
def test_everything_is_inside(shown: Spread) -> None:
    """No text or line leaves the drawing, and no two lines of text meet."""
    svg = drawn(picture(shown))
    width, height = map(float, svg.attrib["viewBox"].split()[2:])

    for each in svg.iter():
        assert 0 <= float(each.get("x", 0)) <= width
        assert 0 <= float(each.get("y", 0)) <= height
    lines = sorted({float(each.attrib["y"]) for each in svg.iter("text")})
    assert all(below - above >= 14 for above, below in pairwise(lines))


HOSTILE = '<script>alert("1")</script>&\u202e\x07'


def test_hostile_text_is_text() -> None:
    shown = spread((Nth(2),), labels=[HOSTILE], condition=HOSTILE)
    html = picture(shown)

    assert "<script" not in html
    assert not any(each in html for each in "\u202e\x07")
    assert HOSTILE[:8] in "".join(drawn(html).itertext())


@pytest.mark.parametrize("shown", [ROUND_ROBIN, THIRDS])
def test_a_strict_policy_has_nothing_to_refuse(shown: Spread) -> None:
    """No style attribute, no script, no reference to anything; and it is light."""
    html = picture(shown)

    assert not re.search(r"style=|<style|<script|href=|url\(|\sid=|\son\w+=", html)
    assert len(gzip.compress(html.encode())) < 1024


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        (
            ROUND_ROBIN,
            "These rules of CHAIN take turns with the connections that reach them; the pattern repeats every 3. "
            "A: 1 in 3 (connections 1, 4, 7 …); B: 1 in 3 (connections 2, 5, 8 …); C: 1 in 3 (connections 3, 6, 9 …).",
        ),
        (
            THIRDS,
            "These rules of CHAIN leave it to chance, decided anew for each connection that reaches them; in the long "
            "run, these are the shares. A: 33\u00a0%; B: 33.5\u00a0%; C: 33.5\u00a0%.",
        ),
        (
            spread((Chance(2**21),), table="filter", condition="-p udp"),
            "This rule of CHAIN leaves it to chance, decided anew for each packet that reaches it and matches -p udp; "
            "in the long run, these are the shares. A: 0.1\u00a0%; goes on: 99.9\u00a0%.",
        ),
        (
            spread((Nth(4),), table="filter"),
            "This rule of CHAIN counts the packets that reach it; the pattern repeats every 4. "
            "A: 1 in 4 (packets 1, 5, 9 …); goes on: 3 in 4 (packets 2, 3, 4 …).",
        ),
        (Untold("CHAIN", "it is so"), "It is not certain which rule of CHAIN takes how much: it is so."),
    ],
    ids=["in turn", "by chance", "one rule by chance", "one rule", "untold"],
)
def test_the_same_in_words(shown: Spread | Untold, words: str) -> None:
    assert in_words(shown) == words
    if isinstance(shown, Spread):
        assert drawn(picture(shown)).get("aria-label") == words


def test_the_table_has_every_rule_and_what_goes_on() -> None:
    cells = re.findall(r"<t[hd]\b[^>]*>([^<]*)", table(spread((Nth(2),), table="filter")))

    assert cells == ["Rule", "Share", "Packets", "A", "1 in 2", "1, 3, 5 …", "goes on", "1 in 2", "2, 4, 6 …"]


FENCES = {
    "the post's": (
        '```{.sh iptables="1.4.10"}\niptables -A INPUT -m statistic --mode nth --every 2 -j DROP\n```',
        "the pattern repeats every 2",
    ),
    "of two chains": (
        "```sh\niptables -N OWN\niptables -A OWN -m statistic --mode random --probability 0.5 -j DROP\n"
        "iptables -A INPUT -m statistic --mode nth --every 2 --packet 0 -j OWN\n```",
        "This rule of <code>OWN</code>",
    ),
    "put at the head": (
        "```sh\niptables -I INPUT -m statistic --mode nth --every 3 --packet 0 -j DROP\n"
        "iptables -I INPUT -m statistic --mode nth --every 2 --packet 0 -j ACCEPT\n```",
        '<th scope="row">ACCEPT</th><td>1 in 2</td><td>1, 3, 5 …</td></tr><tr><th scope="row">DROP</th><td>1 in 6',
    ),
}


@pytest.mark.parametrize(("text", "part"), FENCES.values(), ids=FENCES)
def test_a_snippet_that_spreads_has_a_picture(text: str, part: str) -> None:
    (snippet,) = report_of(f"{text}\n").snippets

    assert part in "".join(pictures(snippet))


@pytest.mark.parametrize(
    "text",
    [
        "```sh\niptables -A INPUT -j DROP\n```",
        "```sh\nfor n in 1 2; do iptables -A INPUT -m statistic --mode nth --every $n --packet 0 -j DROP; done\n```",
        "```sh\niptables -A INPUT -m statistic --mode nth --every 2 -j DROP\n```",
        '```{.sh unchecked="no"}\niptables -A INPUT -m statistic --mode nth --every 2 --packet 0 -j DROP\n```',
    ],
    ids=["plain", "in a loop", "refused", "unchecked"],
)
def test_a_snippet_of_which_nothing_is_certain_has_none(text: str) -> None:
    (snippet,) = report_of(f"{text}\n").snippets

    assert pictures(snippet) == ("", "")
