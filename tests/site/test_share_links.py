"""plugins/share_links.py: what the share links carry, measured by X's own library."""

import json
import shutil
import subprocess
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from conftest import NODE_MODULES, NPM, need
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from share_links import (
    ELLIPSIS,
    characters,
    cut_after_a_word,
    share_on_bluesky,
    share_on_mastodon,
    share_on_x,
    weight_on_x,
)

ADDRESS = "https://www.woitasen.com.ar/2012/03/load-balance-between-source-ips-in-linux/"

TITLES = [
    "Load balance between source IPs in Linux",
    "Cats & dogs # 1 % of 2?",
    "\"quotes\" and 'quotes' and “curly” ones",
    "--mode nth --every 3 -- again",
    "Ánimo 🙂 👨‍👩‍👧‍👦 🇦🇷 end",
    "a+b = c; d/e \\ f | g ~ h",
    "</title><script>alert(1)</script>",
    "100%25 &amp; &lt;b&gt;",
    "日本語のタイトル",
]

# X's library, given texts as JSON on standard input, answers with what each weighs.
ORACLE = (
    "const {parseTweet} = require('twitter-text');"
    "const texts = JSON.parse(require('fs').readFileSync(0, 'utf8'));"
    "console.log(JSON.stringify(texts.map(text => parseTweet(text).weightedLength)));"
)


def weighed_by_x(texts: list[str]) -> list[int]:
    """Return what each text weighs by X's own library, or skip."""
    node = need(shutil.which("node"), "Node", "apt-get install nodejs npm")
    need(NODE_MODULES / "twitter-text", "twitter-text", NPM)
    answer = subprocess.run(
        [node, "-e", ORACLE],
        cwd=NODE_MODULES.parent,
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=True,
    )
    weights: list[int] = json.loads(answer.stdout)
    return weights


@pytest.mark.parametrize("title", TITLES)
def test_x_carries_title_and_address(title: str) -> None:
    """Both come out of the link as they went in, and nothing else does."""
    link = urlsplit(share_on_x(title, ADDRESS))

    assert (link.scheme, link.netloc, link.path, link.fragment) == ("https", "x.com", "/intent/tweet", "")
    assert parse_qs(link.query, strict_parsing=True) == {"text": [title], "url": [ADDRESS]}


@pytest.mark.parametrize("title", TITLES)
def test_mastodon_and_bluesky_carry_both_in_the_text(title: str) -> None:
    """The whole text comes out as it went in."""
    mastodon = share_on_mastodon(title, ADDRESS)
    bluesky = urlsplit(share_on_bluesky(title, ADDRESS))

    assert mastodon.startswith("https://share.joinmastodon.org/#text=")
    assert unquote(mastodon.partition("#text=")[2]) == f"{title} {ADDRESS}"
    assert (bluesky.netloc, bluesky.path) == ("bsky.app", "/intent/compose")
    assert parse_qs(bluesky.query, strict_parsing=True) == {"text": [f"{title} {ADDRESS}"]}


def test_exact_form() -> None:
    """Spaces are %20 and reserved characters are encoded, in UTF-8."""
    assert share_on_x("A & B 🙂", "https://example.org/a/") == (
        "https://x.com/intent/tweet?text=A%20%26%20B%20%F0%9F%99%82&url=https%3A%2F%2Fexample.org%2Fa%2F"
    )


CUT = [
    # text, limit => what is left
    ("one two three", 13, "one two three"),
    ("one two three", 12, "one two…"),
    ("one two three", 8, "one two…"),
    ("one two three", 7, "one…"),
    ("onetwothree", 6, "onetw…"),
    ("one  two", 5, "one…"),
    (" one two", 5, " one…"),
    ("🇦🇷🇧🇷🇨🇱", 2, "🇦🇷…"),
    ("", 5, ""),
]


@pytest.mark.parametrize(("text", "limit", "left"), CUT)
def test_cut_after_a_word(text: str, limit: int, left: str) -> None:
    """What is left ends with a whole word and fits."""
    assert cut_after_a_word(text, limit, characters) == left


WEIGHED = [
    *TITLES,
    "",
    "a" * 256,
    "— – “ ” ‘ ’ …",
    "é e\u0301 ñ n\u0303",
    "☎️ ☎ 1️⃣ ©️ © ™ ❤️ 👍🏽 🏴󠁧󠁢󠁳󠁣󠁴󠁿 ✂️ ⌚ ⏰ 🇦🇷",
    "joined: 👩‍💻 ❤️‍🔥 🧑🏿‍🚀 👨‍👩‍👧‍👦",
    "net.core.somaxconn and /etc/rc.local and 192.168.1.201 and 1.4.10",
    "ip_forward=1 (really) 50%",
]
PLAIN = [text for text in WEIGHED if "." not in text and "\u200d" not in text]


@pytest.mark.starts_programs
def test_weight_is_what_x_counts() -> None:
    """Where no word may be a link, and no emoji is made of others, the weight is exactly X's."""
    assert [weight_on_x(text) for text in PLAIN] == weighed_by_x(PLAIN)


@pytest.mark.starts_programs
def test_weight_is_never_less_than_x_counts() -> None:
    """Where a word may be a link, or an emoji is made of others, it may be more."""
    assert all(ours >= theirs for ours, theirs in zip(map(weight_on_x, WEIGHED), weighed_by_x(WEIGHED), strict=True))


@pytest.mark.starts_programs
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.lists(
            st.one_of(
                st.text(st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"]), max_size=12),
                st.sampled_from(
                    ["a.sh", "sysctl.net", "x.com/a", "https://a.org", "@diego", "#tag", "🙂", "👩‍💻", "🇦🇷", "--to"]
                ),
            ),
            max_size=40,
        ).map(" ".join),
        min_size=60,
        max_size=60,
    )
)
def test_never_over_the_limit_as_x_counts(titles: list[str]) -> None:
    """Whatever the title, X's composer opens with a text that can be posted, which ends where a word does."""
    posted = []
    for title in titles:
        query = parse_qs(urlsplit(share_on_x(title, ADDRESS)).query, keep_blank_values=True)
        text = query["text"][0]
        posted.append(f"{text} {query['url'][0]}")
        if text != title:
            words = text.removesuffix(ELLIPSIS)
            assert title.startswith(words)
            assert title[len(words) :][:1].isspace() or not any(map(str.isspace, words.strip()))

    assert max(weighed_by_x(posted)) <= 280


@pytest.mark.parametrize("title", ["word " * 90, "b" * 700, "🙂" * 400])
def test_long_titles_fit_elsewhere(title: str) -> None:
    """Mastodon and Bluesky get at most 500 characters and 300 graphemes."""
    assert len(unquote(share_on_mastodon(title, ADDRESS).partition("#text=")[2])) <= 500
    assert characters(parse_qs(urlsplit(share_on_bluesky(title, ADDRESS)).query)["text"][0]) <= 300
