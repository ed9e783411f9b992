"""comment: a remark on the rule. iptables-extensions(8), comment.

More than 255 bytes are silently cut off since 1.4.11 (observed with iptables-legacy 1.8.9).
"""

from ...extension import Match, Option
from ...nft import LONGEST_COMMENT, Said, quoted
from ...nft_words import option_words
from ...rule import Use
from ...values.base import Family, Text, text


class Comment(Text):
    """A comment, which is shorter in nft, and has no double quotes in it."""

    def nft(self, value: str, family: Family) -> str:
        octets = value.replace('"', "'").encode(errors="replace")
        return quoted(octets[:LONGEST_COMMENT].decode(errors="ignore"))


def in_a_comment(use: Use) -> Said:
    """The comment of the whole rule."""
    return Said(comment=option_words(use, "comment"))


comment = Match(
    "comment",
    Option(
        "comment",
        Comment(cut_at=255),
        before={"1.4.11": text(max=255, bang=False)},
        required=True,
        twice_in="..1.4.10",
        sentence="a comment for those who read the rules: {value}",
        nft="{value}",
    ),
    table_since="1.4.11",
    looks_at="nothing",
    sentence="carry a comment; every packet matches",
    nft=in_a_comment,
)
