"""How packets travel through the chains of a snippet: which rule sends them where, and what comes back."""

import re

import pytest
from drive import snippet_of
from drytables.formats.html.flow import flow_in_words, flow_picture
from drytables.formats.html.pictures import pictures
from drytables.meaning.chains import built_chains
from drytables.meaning.flow import tracks
from drytables.page.story import step_of


def words(*commands: str) -> str:
    """The flows of a snippet in words; each command is written without `iptables`."""
    chains = built_chains([step_of(checked) for checked in snippet_of(*commands).commands])
    return "\n".join(map(flow_in_words, tracks(chains)))


@pytest.mark.parametrize(
    ("commands", "expected"),
    [
        (
            ("-N OWN", "-A OWN -s 192.0.2.1 -j DROP", "-A INPUT -p tcp --dport 22 -j OWN"),
            ("-p tcp --dport 22: OWN", "  -s 192.0.2.1: DROP", "  the rest returns", "the rest goes on"),
        ),
        (
            ("-P INPUT DROP", "-N OWN", "-A OWN -j LOG", "-A OWN -j DROP", "-A INPUT -i lo -j OWN"),
            ("-i lo: OWN", "  everything: LOG", "  everything: DROP", "the rest: DROP, the policy"),
        ),
        (
            ("-N OWN", "-A OWN -s 192.0.2.1 -j RETURN", "-A OWN -j DROP", "-A INPUT -j OWN", "-A INPUT -j ACCEPT"),
            (
                "everything: OWN", "  -s 192.0.2.1: RETURN", "  everything else: DROP", "  the rest returns",
                "everything: ACCEPT",
            ),
        ),
        (
            ("-N A", "-N B", "-A A -j B", "-A B -j DROP", "-A INPUT -s 192.0.2.1 -j A", "-A INPUT -j B"),
            ("-s 192.0.2.1: A", "  everything: B", "    everything: DROP", "everything else: B, as above"),
        ),
        (
            ("-N A", "-A A -s 192.0.2.1,192.0.2.2 -j DROP", "-A INPUT -g A", "-A OUTPUT -j ACCEPT"),
            (
                "everything: A", "  -s 192.0.2.1,192.0.2.2: DROP", "  the rest skips the remainder of INPUT",
                "the rest goes on",
            ),
        ),
        (
            ("-N OWN", "-A OWN -s 10.0.0.1 $OPTS -j DROP", "-A OWN -m $MATCH -j DROP", "-A INPUT -j OWN"),
            ("everything: OWN", "  -s 10.0.0.1 $OPTS: DROP", "  $MATCH: DROP", "  the rest returns",
             "the rest goes on"),
        ),
        (("-N OWN", "-A OWN -j $TARGET", "-A INPUT -j OWN"), ()),
        (("-N OWN", "-A OWN -j DROP"), ()),
        (("-A INPUT -j ACCEPT",), ()),
        (("-A INPUT -j MADE_ELSEWHERE",), ()),
        (("-N OWN", "-A OWN -j DROP", "-A INPUT -j OWN", "-D INPUT 9"), ()),
    ],
    ids=[
        "comes back", "ends", "returns", "twice", "goes", "open", "open target", "not entered", "built in", "not built",
        "refused",
    ],
)  # fmt: skip
def test_the_way_of_packets(commands: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert words(*commands) == "\n".join(expected)


def test_what_is_too_deep_begins_anew() -> None:
    """However long the row of chains, each stands there once."""
    count = 200
    commands = [f"-N C{number}" for number in range(count)]
    commands += [f"-A C{number} -j C{number + 1}" for number in range(count - 1)]
    told = words(*commands, f"-A C{count - 1} -j DROP", "-A INPUT -j C0")

    assert len(re.findall(r"everything: C\d+", told)) == count
    assert max(len(line) - len(line.lstrip()) for line in told.split("\n")) == 6


def test_the_picture_is_a_list_with_the_same_words() -> None:
    snippet = snippet_of("-N 'a&b'", "-A 'a&b' -j DROP", "-A INPUT -i lo -j 'a&b'")
    (track,) = tracks(built_chains([step_of(checked) for checked in snippet.commands]))

    html = flow_picture(track)

    assert html in pictures(snippet)
    text = re.sub(r"<[^>]*>", " ", html.replace("<li", "\n<li"))
    assert [" ".join(line.split()) for line in text.split("\n")] == [
        "How packets travel through INPUT of the filter table:",
        "-i lo → a&amp;b",
        "everything → DROP",
        "the rest goes on",
    ]
