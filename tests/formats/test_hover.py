"""What an editor shows of a place on a page."""

from html import unescape

import pytest
from drytables.diagnostics.source import Source
from drytables.formats.explanation import explanation
from drytables.formats.hover import hover
from drytables.formats.html.figure import figure
from drytables.formats.html.site import Site
from drytables.grammar.history.releases import NEWEST, Release
from drytables.page.check import check


def hovered(line: str, at: str, mark: str = "sh") -> str:
    """What is said of the first place of some characters in a command; empty if nothing is."""
    text = f"Words.\n\n```{mark}\n{line}\n```\n"
    found = hover(check(Source("a.md", text)), text.index(at, text.index(line)))
    return found.text if found else ""


@pytest.mark.parametrize(
    ("line", "at", "says"),
    [
        ("iptables -A INPUT -p tcp --dport 22", "22", "`--dport 22`: the destination port is 22 (ssh)\n\n---\n\n`"),
        ("iptables -A INPUT -p tcp --dport 22", "--dport", "\n- `-p tcp`: TCP packets\n  - `--dport"),
        ("sudo iptables -A INPUT -i lo", "sudo", "`iptables -A INPUT -i lo`\n\n- `-A INPUT`: "),
        ("iptables -A INPUT -i lo", "iptables", "\n\nAccepted by iptables 1.1.0 to "),
        ("iptables -A INPUT -i $LAN", "$LAN", "Still to be filled in: $LAN."),
        ("iptables -A INPUT -i <lan_if>", "-A", r"packets coming in through \<lan\_if\>"),
        ("iptables -A INPUT -m comment --comment '`a``b`'", "-m", "- ``` --comment `a``b` ```: "),
        ("iptables -A INPUT -j DORP", "DORP", "`unknown-target`: "),
        ("iptables -A INPUT -j DORP", "-A", "`-A INPUT`: add a rule"),
    ],
)  # fmt: skip
def test_a_word_is_explained_with_its_command(line: str, at: str, says: str) -> None:
    assert says in hovered(line, at)


def test_a_fault_comes_first() -> None:
    said = hovered("iptables -A INPUT -p tcp --dport 99999 -j ACCEPT", "99999")

    assert said.startswith(
        "**error: `99999` is not a valid value for `--dport`**\n\niptables says: invalid port/service "
    )
    assert "`bad-value`: A value is not valid for its option." in said


def test_what_later_releases_refuse_is_told() -> None:
    line = "iptables -t nat -A POSTROUTING -m statistic --mode nth --every 3 -j MASQUERADE"

    assert "Refused since iptables 1.4.11." in hovered(line, "-j", '{.sh iptables="1.4.10"}')
    assert "is not to be checked" in hovered(line, "-j", '{.sh unchecked="an example"}')


@pytest.mark.parametrize("at", ["Words", "```sh", "echo"])
def test_elsewhere_nothing_is_said(at: str) -> None:
    text = "Words.\n\n```sh\necho hello\niptables -L\n```\n"

    assert hover(check(Source("a.md", text)), text.index(at)) is None


def test_the_place_is_that_of_the_part() -> None:
    text = "```sh\niptables -A INPUT -p tcp --dport 22\n```\n"
    source = Source("a.md", text)
    found = hover(check(source), text.index("22"))

    assert found is not None and source.slice(found.span) == "--dport 22"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            "-m connbytes --connbytes 700: --connbytes-mode bytes --connbytes-dir both",
            "carried 700 bytes or more so far",
        ),
        ("-m conntrack --ctstate NEW,ESTABLISHED", "the packet begins a connection or belongs to one"),
        ("-p tcp --dport 22", "the destination port is 22 (ssh)"),
        ("! -s 192.0.2.0/24", "packets from any address but 192.0.2.0/24"),
        ("-m statistic --mode nth --every 3 --packet 0", "the first of every round (its counter begins at 0)"),
    ],
)
def test_a_terminal_an_editor_and_the_page_say_the_same(options: str, said: str) -> None:
    line = f"iptables -A INPUT {options}"
    (snippet,) = check(Source("a.md", f"```sh\n{line}\n```\n")).snippets

    assert said in explanation(line, Release(NEWEST), color=False)[0]
    assert said in hovered(line, "INPUT").replace("\\", "")
    assert said in unescape(figure(snippet, Site(Release(NEWEST))) or "")
