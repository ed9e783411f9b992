"""CONNMARK: set the mark of a connection, or copy it to and from the packet's. iptables-extensions(8), CONNMARK.

Observed with iptables-legacy 1.8.9: whichever way a mark is set, `--set-xmark` is printed; later options override
earlier ones, and of two shifts the last one counts.
"""

from collections.abc import Sequence
from typing import NamedTuple

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


class _Effect(NamedTuple):
    """What is done, with the mark that is set, both masks, and the option for the shift."""

    operation: str
    mark: int
    connection_mask: int
    packet_mask: int
    shift: str


def _effect(use: Use) -> _Effect:
    """What all options do together: of two that say the same, the later one counts."""
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
    return _Effect(operation, mark, connection_mask, packet_mask, shift)


def saved(use: Use) -> Sequence[str]:
    """What was asked for, with both masks, and the shift."""
    effect = _effect(use)
    words = [f"--{effect.operation}"]
    if effect.operation == "set-xmark":
        words.append(f"{effect.mark:#x}/{effect.connection_mask:#x}")
    else:
        words += ["--nfmask", f"{effect.packet_mask:#x}", "--ctmask", f"{effect.connection_mask:#x}"]
    return words + (option_words(use, effect.shift) if effect.shift else [])


def _excludes(name: str) -> str:
    """The operations after this one in the table: of a pair, iptables names the first before the second."""
    operations = (*_SETTING, *_COPYING)
    return " ".join(operations[operations.index(name) + 1 :])


def set_or_copied(use: Use) -> str:
    """The new mark of the connection, or of the packet, shifted if that is asked for."""
    effect = _effect(use)
    by = use.value(effect.shift, 0) if effect.shift else 0
    if effect.operation == "set-xmark" and effect.connection_mask == _ALL:
        shifted = effect.mark << by if effect.shift == _SHIFTS[0] else effect.mark >> by
        return f"ct mark set {shifted & _ALL:#x}"
    if effect.operation == "set-xmark":
        goal, mark = "ct mark", nft_mark("ct mark", effect.mark, effect.connection_mask)
    else:
        goal, mark = _copied(effect, by)
    return f"{goal} set {f'( {mark} ) {_SHIFT_SIGNS[effect.shift]} {by}' if by else mark}"


def _copied(effect: _Effect, by: int) -> tuple[str, str]:
    """Which mark is set, and to what; raises Unsayable where bits of both are mixed after a shift."""
    packet, connection = effect.packet_mask, effect.connection_mask
    source, goal, taken, replaced = ("mark", "ct mark", packet, connection)
    if effect.operation == "restore-mark":
        source, goal, taken, replaced = ("ct mark", "meta mark", connection, packet)
    mark = source if taken == _ALL else f"{source} and {taken:#x}"
    if replaced == _ALL:
        return goal, mark
    if by or taken & ~replaced:
        raise Unsayable("nft does not mix shifted bits of one mark with those of another", f"`{goal} set {mark}`")
    return goal, f"{goal} and {replaced ^ _ALL:#x} or {mark}"


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
