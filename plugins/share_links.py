"""Share links: plain addresses that open a composer with the post's title and address, without a script.

A Pelican plugin that adds three Jinja filters. Each takes a post's raw title and its absolute address and returns the
address to link to: `{{ article.raw_title|share_on_x(address) }}`.

Each service limits the length of a post in its own measure. A title that is too long is cut after a word.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from pelican import signals

ELLIPSIS = "…"

X_LIMIT = 280
X_WEIGHT_OF_A_LINK = 23
MASTODON_LIMIT = 500
BLUESKY_LIMIT = 300

# X's counting rules, configuration 3 (docs.x.com, "Counting characters"): these code points weigh 1, all others 2.
_LIGHT = ((0x0000, 0x10FF), (0x2000, 0x200D), (0x2010, 0x201F), (0x2032, 0x2037))
# An emoji weighs 2 as a whole, with its skin tone, its keycap or its flag's second letter. Joined ones ("woman, joiner,
# laptop") weigh 2 together if X knows the combination and the sum of their parts if not (twitter-text 3.1.0 knows those
# up to 2019), so they count as the sum here.
_PICTURE = (
    "[\u00a9\u00ae\u203c\u2049\u2122\u2139\u2194-\u21aa\u231a-\u23ff\u24c2\u25aa-\u27bf\u2934\u2935\u2b05-\u2b55"
    "\u3030\u303d\u3297\u3299\U0001f004-\U0001f1e5\U0001f200-\U0001faff]"
)
_JOINER = "\u200d"
_TAIL = "(?:\ufe0f|[\U0001f3fb-\U0001f3ff])?"
_EMOJI = (
    f"[\U0001f1e6-\U0001f1ff]{{2}}|[0-9#*]\ufe0f?\u20e3"
    f"|{_PICTURE}{_TAIL}(?:{_JOINER}{_PICTURE}{_TAIL})*(?:[\U000e0020-\U000e007e]+\U000e007f)?"
)
_EMOJI_OR_CHARACTER = re.compile(f"(?P<emoji>{_EMOJI})|.", re.DOTALL)

# X takes `a.sh` for an address and counts it as a link. Which endings are addresses changes from year to year, so any
# dot between two letters or digits counts as one here: never less than X counts.
_DOT_OF_AN_ADDRESS = re.compile(r"(?<=\w)\.(?=[^\W\d_]{2})")


def weight_on_x(text: str) -> int:
    """Return what `text` weighs as X counts; if X might take a word for a link, at least that."""
    weight = 0
    for part in _EMOJI_OR_CHARACTER.finditer(unicodedata.normalize("NFC", text)):
        if part["emoji"] and len(part["emoji"]) > 1:
            weight += 2 + 3 * part["emoji"].count(_JOINER)
        else:
            point = ord(part.group())
            weight += 1 if any(first <= point <= last for first, last in _LIGHT) else 2
    return weight + X_WEIGHT_OF_A_LINK * len(_DOT_OF_AN_ADDRESS.findall(text))


def characters(text: str) -> int:
    """Return how many characters a reader sees in `text`, counting an emoji as one; combining marks count too."""
    return sum(1 for _ in _EMOJI_OR_CHARACTER.finditer(text))


def cut_after_a_word(text: str, limit: int, measure: Callable[[str], int]) -> str:
    """Return `text` if it measures at most `limit`, else as many of its words as fit, with an ellipsis.

    A first word that is too long by itself is cut between two characters, never inside an emoji.
    """
    if measure(text) <= limit:
        return text
    ends = [space.start() for space in re.finditer(r"\s+", text) if space.start()]
    fitting = bisect_right(ends, limit, key=lambda end: measure(text[:end] + ELLIPSIS))
    if fitting:
        return text[: ends[fitting - 1]] + ELLIPSIS
    shortened = ""
    for part in _EMOJI_OR_CHARACTER.finditer(text):
        if measure(shortened + part.group() + ELLIPSIS) > limit:
            break
        shortened += part.group()
    return shortened + ELLIPSIS


def share_on_x(title: str, address: str) -> str:
    """Return the address of X's composer with `title` and the link to `address`, at most 280 as X counts.

    The parameters are those of docs.x.com, "Web Intent parameter reference". X puts a space and the link, which counts
    23 however long it is, after the text.
    """
    text = cut_after_a_word(title, X_LIMIT - X_WEIGHT_OF_A_LINK - 1, weight_on_x)
    return f"https://x.com/intent/tweet?text={_encoded(text)}&url={_encoded(address)}"


def share_on_mastodon(title: str, address: str) -> str:
    """Return the address of Mastodon's share page, which asks for the reader's own server.

    The text is in the fragment, so the share page's server never sees it (blog.joinmastodon.org, March 2026).
    """
    text = cut_after_a_word(title, MASTODON_LIMIT - len(address) - 1, len)
    return f"https://share.joinmastodon.org/#text={_encoded(f'{text} {address}')}"


def share_on_bluesky(title: str, address: str) -> str:
    """Return the address of Bluesky's composer; the link is part of the text (docs.bsky.app, "Action intent links")."""
    text = cut_after_a_word(title, BLUESKY_LIMIT - len(address) - 1, characters)
    return f"https://bsky.app/intent/compose?text={_encoded(f'{text} {address}')}"


def _encoded(text: str) -> str:
    """Return `text` percent-encoded in UTF-8, with no character left that has a meaning in an address."""
    return quote(text, safe="")


def add_filters(generator: Any) -> None:
    """Add the three filters to the templates of a Pelican generator."""
    for share in (share_on_x, share_on_mastodon, share_on_bluesky):
        generator.env.filters[share.__name__] = share


def register() -> None:
    """Connect to Pelican, which calls this."""
    signals.generator_init.connect(add_filters)
