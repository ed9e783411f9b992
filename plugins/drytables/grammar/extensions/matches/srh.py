"""srh: the header of IPv6 segment routing. iptables-extensions(8) of Debian 12 has no section for it.

Its options were observed with ip6tables-legacy 1.8.11: the three comparisons of a field share one number, the last one
given; masks of segment addresses are saved even if they are whole, and those with gaps as the 32-bit number -1.
"""

from __future__ import annotations

from ...extension import Match, Option
from ...nft import NotInNft
from ...rule import Setting, Use
from ...saving import option_words
from ...values.addresses import Network, prefix_length, write_address
from ...values.base import Family, uint8, uint16
from ...values.resolved_addresses import ResolvedNetwork

_COMPARED = {
    "srh-hdr-len": "the header's length",
    "srh-segs-left": "the number of segments left",
    "srh-last-entry": "the last entry's index",
}
_WAYS = {"eq": "", "gt": "above ", "lt": "below "}
_NFT_FIELDS = {"srh-hdr-len": "rt hdrlength", "srh-segs-left": "rt seg-left", "srh-last-entry": "srh last-entry"}
_NFT_WAYS = {"eq": "", "gt": "{gt|le} ", "lt": "{lt|ge} "}


class Segment(ResolvedNetwork):
    """A network, with its mask's length."""

    def write(self, value: Network, family: Family) -> str:
        length = prefix_length(value.mask, family)
        return f"{write_address(value.address, family)}/{0xFFFF_FFFF if length is None else length}"


_segment = Segment()


def saved(use: Use) -> list[str]:
    """The comparisons of a field, with the number that was given last."""
    words = option_words(use, "srh-next-hdr")
    for field in _COMPARED:
        given = [use.settings[f"{field}-{way}"][-1] for way in _WAYS if use.has(f"{field}-{way}")]
        last = max(given, key=_place, default=None)
        for setting in given:
            assert last is not None
            words += [*(["!"] if setting.negated else []), f"--{setting.option.name}", str(use.value(last.option.name))]
    return words + option_words(use, "srh-tag", "srh-psid", "srh-nsid", "srh-lsid")


def _place(setting: Setting) -> int:
    return setting.span.start


srh = Match(
    "srh",
    Option(
        "srh-next-hdr",
        uint8(),
        negatable=True,
        sentence="the next header is {not }number {value}",
        nft="rt nexthdr {value}",
    ),
    *(
        Option(
            f"{field}-{way}",
            uint8(),
            negatable=True,
            sentence=f"{meaning} is {{not }}{words}{{value}}",
            nft=f"{_NFT_FIELDS[field]} {_NFT_WAYS[way]}{{value}}",
        )
        for field, meaning in _COMPARED.items()
        for way, words in _WAYS.items()
    ),
    Option("srh-tag", uint16(), negatable=True, sentence="the tag is {not }{value}", nft="srh tag {value}"),
    Option(
        "srh-psid",
        _segment,
        negatable=True,
        sentence="the previous segment is {not }{value}",
        nft=NotInNft(
            "nft looks at a segment in one fixed place only, not beside the one that is due", "`srh sid[N] …`"
        ),
    ),
    Option(
        "srh-nsid",
        _segment,
        negatable=True,
        sentence="the next segment is {not }{value}",
        nft=NotInNft(
            "nft looks at a segment in one fixed place only, not beside the one that is due", "`srh sid[N] …`"
        ),
    ),
    Option(
        "srh-lsid", _segment, negatable=True, sentence="the last segment is {not }{value}", nft="srh sid[1] {value}"
    ),
    family="ipv6",
    table_since="1.6.2",
    saved=saved,
    sentence="inspect the segment routing header",
    nft=(
        "rt type 4 {srh-next-hdr} {srh-hdr-len-eq} {srh-hdr-len-gt} {srh-hdr-len-lt} {srh-segs-left-eq}"
        " {srh-segs-left-gt} {srh-segs-left-lt} {srh-last-entry-eq} {srh-last-entry-gt} {srh-last-entry-lt}"
        " {srh-tag} {srh-psid} {srh-nsid} {srh-lsid}"
    ),
)
