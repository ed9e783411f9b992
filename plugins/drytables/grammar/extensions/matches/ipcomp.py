"""ipcomp: the header of IP payload compression. iptables-extensions(8) of iptables 1.8 has no section for it.

Its options were observed with iptables-legacy 1.8.9: without `--ipcompspi` it is saved as 0; all CPIs are not saved,
unless they are negated (1.8.11).
"""

from __future__ import annotations

from ...extension import Match, Option
from ...rule import Use
from ...saving import option_words
from ...values.header_fields import FieldRange


def saved(use: Use) -> list[str]:
    """The CPI, 0 if none was given."""
    given = use.has("ipcompspi")
    return [*([] if given else ["--ipcompspi", "0"]), *option_words(use, "ipcompspi", "compres")]


ipcomp = Match(
    "ipcomp",
    Option(
        "ipcompspi",
        FieldRange("comp cpi", "meta l4proto ipcomp", most=0xFFFF),
        negatable=True,
        default=(0, 0xFFFF_FFFF),
        sentence="the compression parameter index (CPI) is {value}",
        nft="{value}",
    ),
    Option("compres", sentence="the reserved field is zero", nft=""),
    table_since="1.6.0",
    protocols="ipcomp",
    saved=saved,
    sentence="inspect the IP payload compression header",
    nft_bare="meta l4proto ipcomp",
)
