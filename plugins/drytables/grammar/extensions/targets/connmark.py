"""CONNMARK: set the mark of a connection, or copy it to and from the packet's. iptables-extensions(8), CONNMARK.

Observed with iptables-legacy 1.8.9: whichever way a mark is set, `--set-xmark` is printed; later options override
earlier ones, and of two shifts the last one counts.
"""

from collections.abc import Sequence

from ....diagnostics.codes.command import ALSO_REQUIRES, BAD_VALUE
from ...checks import needs_one_of
from ...extension import CheckFailure, Option, Target
from ...nft import Unsayable
from ...rule import Setting, Use
from ...saving import option_words
from ...values.base import Hexadecimal, uint8
from ...values.marks import as_xmark, full_mark_mask, nft_mark, setting_in_words

_ALL = 0xFFFF_FFFF
_SETTING = ("set-xmark", "set-mark", "and-mark", "or-mark", "xor-mark")
_COPYING = ("save-mark", "restore-mark")
_SHIFTS = ("left-shift-mark", "right-shift-mark")
_SHIFT_SIGNS = {"left-shift-mark": "<<", "right-shift-mark": ">>"}

_bits = Hexadecimal(_ALL)


def the_shift_keeps_bits(use: Use) -> CheckFailure | None:
    """Linux refuses the shift by 32 bits that iptables accepts, which would leave no bits."""
    for name in _SHIFTS:
        if use.value(name) == 32:
            return CheckFailure(
                BAD_VALUE,
                f"`--{name} 32` would shift out all the bits",
                option=name,
                label="at most 31",
                by_kernel=True,
            )
    return None


def the_operation_stands_before(use: Use, setting: Setting) -> CheckFailure | None:
    """Once, a mask could only be given after what it is for."""
    if any(use.has(name) for name in _COPYING):
        return None
    name = setting.option.name
    return CheckFailure(
        ALSO_REQUIRES,
        f"`--{name}` requires `--save-mark` or `--restore-mark` before it",
        option=name,
        says=f"CONNMARK: --save-mark or --restore-mark is required for --{name}",
        until="1.4.10",
    )


def mark_changed(use: Use, setting: Setting) -> str:
    """What `--set-mark` and `--set-xmark` do to the mark."""
    if setting.told is None:
        return "set the connection's mark to {value}"
    return setting_in_words(
        "the connection's mark", setting.told, setting.words[-1].text, setting.option.name == "set-xmark"
    )


def saved(use: Use) -> Sequence[str]:
    """What was asked for, with both masks, and the shift."""
    mark, connection_mask, packet_mask = 0, _ALL, _ALL
    operation, shift = "", ""
    for name in use.settings:
        value = use.value(name)
        if name in _SETTING:
            operation, (mark, connection_mask) = "set-xmark", as_xmark(name, value)
        elif name in _COPYING:
            operation = name
        elif name in _SHIFTS:
            shift = name
        else:
            connection_mask = connection_mask if name == "nfmask" else value
            packet_mask = packet_mask if name == "ctmask" else value
    words = [f"--{operation}"]
    if operation == "set-xmark":
        words.append(f"{mark:#x}/{connection_mask:#x}")
    else:
        words += ["--nfmask", f"{packet_mask:#x}", "--ctmask", f"{connection_mask:#x}"]
    return words + (option_words(use, shift) if shift else [])


def _excludes(name: str) -> str:
    """The operations after this one in the table: of a pair, iptables names the first before the second."""
    operations = (*_SETTING, *_COPYING)
    return " ".join(operations[operations.index(name) + 1 :])


def set_or_copied(use: Use) -> str:
    """The new mark of the connection, or of the packet, shifted if that is asked for."""
    shift = next((f" {sign} {use.value(name)}" for name, sign in _SHIFT_SIGNS.items() if use.value(name)), "")
    option = next(name for name in use.settings if name in (*_SETTING, *_COPYING))
    if option in _SETTING:
        mark = nft_mark("ct mark", *as_xmark(option, use.value(option)))
        return f"ct mark set {f'( {mark} ){shift}' if shift else mark}"
    both = use.value("mask", _ALL)
    packet, connection = use.value("nfmask", both), use.value("ctmask", both)
    source, kept, goal = ("mark", connection, "ct mark") if option == "save-mark" else ("ct mark", packet, "meta mark")
    taken = packet if option == "save-mark" else connection
    if kept != _ALL:
        raise Unsayable(
            "nft before 1.1.2 cannot put bits of one mark among those of another",
            f"`{goal} set {source} and {taken:#x}`, which clears the other bits",
        )
    mark = source if taken == _ALL else f"{source} and {taken:#x}"
    return f"{goal} set {f'( {mark} ){shift}' if shift else mark}"


connmark = Target(
    "CONNMARK",
    Option(
        "set-xmark",
        full_mark_mask,
        excludes=_excludes("set-xmark"),
        sentence=mark_changed,
        negation_ignored_in="..1.4.10",
    ),
    Option(
        "set-mark",
        full_mark_mask,
        excludes=_excludes("set-mark"),
        sentence=mark_changed,
        negation_ignored_in="..1.4.10",
    ),
    Option(
        "and-mark",
        _bits,
        excludes=_excludes("and-mark"),
        sentence="keep only the bits {value} of the connection's mark",
        negation_ignored_in="..1.4.10",
    ),
    Option(
        "or-mark",
        _bits,
        excludes=_excludes("or-mark"),
        sentence="set the bits {value} in the connection's mark",
        negation_ignored_in="..1.4.10",
    ),
    Option(
        "xor-mark",
        _bits,
        excludes=_excludes("xor-mark"),
        sentence="flip the bits {value} of the connection's mark",
        negation_ignored_in="..1.4.10",
    ),
    Option(
        "save-mark",
        excludes="restore-mark",
        sentence="copy the packet's mark to its connection",
        negation_ignored_in="..1.4.10",
    ),
    Option("restore-mark", sentence="copy the connection's mark to the packet", negation_ignored_in="..1.4.10"),
    Option(
        "nfmask",
        _bits,
        check=the_operation_stands_before,
        excludes="mask",
        excludes_since="1.4.11",
        sentence="of the packet's mark, use only the bits {value}",
        negation_ignored_in="..1.4.10",
    ),
    Option(
        "ctmask",
        _bits,
        check=the_operation_stands_before,
        excludes="mask",
        excludes_since="1.4.11",
        sentence="of the connection's mark, use only the bits {value}",
        negation_ignored_in="..1.4.10",
    ),
    Option(
        "mask",
        _bits,
        check=the_operation_stands_before,
        twice_in="..1.4.10",
        sentence="of both marks, use only the bits {value}",
        negation_ignored_in="..1.4.10",
    ),
    Option("left-shift-mark", uint8(max=32), default=0, sentence="shift the mark left by {value:bit}"),
    Option("right-shift-mark", uint8(max=32), default=0, sentence="shift the mark right by {value:bit}"),
    checks=(needs_one_of(*_SETTING, *_COPYING, says="CONNMARK target: No operation specified"),),
    kernel=(the_shift_keeps_bits,),
    saved=saved,
    common=True,
    sentence="mark the connection, or copy its mark to or from the packet",
    nft=set_or_copied,
)
