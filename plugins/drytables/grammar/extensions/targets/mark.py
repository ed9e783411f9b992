"""MARK: set the mark of a packet. iptables-extensions(8), MARK.

Observed with iptables-legacy 1.8.9: whichever option is given, `--set-xmark` is printed.
"""

from collections.abc import Sequence

from ...checks import needs_one_of
from ...extension import Option, Target
from ...rule import Setting, Use
from ...saving import option_words
from ...values.marks import NewBits, NewMark, as_xmark, setting_in_words, unmasked_mark


def mark_changed(use: Use, setting: Setting) -> str:
    """What `--set-mark` and `--set-xmark` do to the mark."""
    if setting.told is None:
        return "set the packet's mark to {value}"
    return setting_in_words(
        "the packet's mark", setting.told, setting.words[-1].text, setting.option.name == "set-xmark"
    )


def saved(use: Use) -> Sequence[str]:
    """Any operation, as the only one that the kernel knows."""
    option = next(iter(use.settings))
    if option == "set-xmark":
        return option_words(use, option)
    value, mask = as_xmark(option, use.value(option))
    return "--set-xmark", f"{value:#x}/{mask:#x}"


mark = Target(
    "MARK",
    Option(
        "set-xmark",
        NewMark("mark", "set-xmark"),
        excludes="set-mark and-mark or-mark xor-mark",
        sentence=mark_changed,
        nft="{value}",
    ),
    Option(
        "set-mark",
        NewMark("mark", "set-mark"),
        before={"1.4.1": unmasked_mark},
        excludes="and-mark or-mark xor-mark",
        sentence=mark_changed,
        nft="{value}",
    ),
    Option(
        "and-mark",
        NewBits("mark", "and-mark"),
        excludes="or-mark xor-mark",
        sentence="keep only the bits {value} of the packet's mark",
        nft="{value}",
    ),
    Option(
        "or-mark",
        NewBits("mark", "or-mark"),
        excludes="xor-mark",
        sentence="set the bits {value} in the packet's mark",
        nft="{value}",
    ),
    Option(
        "xor-mark", NewBits("mark", "xor-mark"), sentence="flip the bits {value} of the packet's mark", nft="{value}"
    ),
    checks=(
        needs_one_of(
            "set-mark",
            "set-xmark",
            "and-mark",
            "or-mark",
            "xor-mark",
            says="MARK: One of the --set-xmark, --{and,or,xor,set}-mark options is required",
        ),
    ),
    saved=saved,
    common=True,
    sentence="mark the packet, for routing and for later rules",
    nft="meta mark set {set-xmark} {set-mark} {and-mark} {or-mark} {xor-mark}",
)
