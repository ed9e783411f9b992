"""NFLOG: hand packets to a logging program. iptables-extensions(8), NFLOG.

Observed with iptables-legacy 1.8.9: a size is printed even if it is 0, everything else only if it is not.
"""

from ...extension import Option, Target
from ...nft_words import option_words
from ...rule import Use
from ...values.base import uint16, uint32
from ...values.log_prefixes import log_prefix, whole_log_prefix
from ...values.unchecked import Unchecked


def in_a_group(use: Use) -> str:
    """The words of `log` for a group, which is 0 unless another one is named."""
    words = ["log"]
    if use.has("nflog-prefix"):
        words.append(option_words(use, "nflog-prefix"))
    if use.value("nflog-size"):
        words.append(f"snaplen {use.value('nflog-size')}")
    if use.value("nflog-threshold"):
        words.append(f"queue-threshold {use.value('nflog-threshold')}")
    return " ".join([*words, f"group {use.value('nflog-group', 0)}"])


nflog = Target(
    "NFLOG",
    Option(
        "nflog-prefix",
        log_prefix(longest=63),
        before={"1.4.11": whole_log_prefix(longest=63)},
        sentence="put the prefix {value} before it",
        negation_ignored_in="..1.4.10",
        nft="prefix {value}",
    ),
    Option(
        "nflog-group",
        uint16(),
        before={"1.4.11": Unchecked(bits=16, least=0, bang=False)},
        default=0,
        sentence="hand it to the programs that listen to group {value}",
        negation_ignored_in="..1.4.10",
    ),
    Option(
        "nflog-range",
        uint32(),
        before={"1.4.11": Unchecked(bits=32, least=0)},
        default=0,
        excludes="nflog-size",
        sentence="meant to hand over {value:byte} of it, but this option has never worked",
        negation_ignored_in="..1.4.10",
    ),
    Option("nflog-size", uint32(), sentence="hand over the first {value:byte} of it"),
    Option(
        "nflog-threshold",
        uint16(),
        before={"1.4.11": Unchecked(bits=16, least=1)},
        default=0,
        sentence="hand over {value:packet} at a time",
        negation_ignored_in="..1.4.10",
    ),
    common=True,
    sentence="hand the packet to a logging program, and go on with the next rule",
    nft=in_a_group,
)
