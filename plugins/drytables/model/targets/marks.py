"""Targets that set marks, of the packet and of its connection."""

from __future__ import annotations

from ...grammar.rule import Hole, Use
from ...grammar.values.marks import as_xmark
from ..host import Host
from ..packet import UNTRACKED, Packet
from .effect import Act, Effect, unsure, value

_ALL = 0xFFFF_FFFF
_COPYING = ("save-mark", "restore-mark")


def _flipped(mark: int | None, flip: tuple[int, int]) -> int | None:
    """A mark with the bits of the mask cleared and those of the value flipped; known even if the mark is not, if all
    of its bits are cleared.
    """
    bits, mask = flip
    if mark is None:
        return bits if mask == _ALL else None
    return (mark & ~mask & _ALL) ^ bits


def _setting(use: Use, names: tuple[str, ...] = ()) -> tuple[int, int] | None:
    """What the first option that sets a mark does, as value and mask; None if it is not known."""
    for name, settings in use.settings.items():
        if name.endswith("mark") and name not in names:
            given = settings[-1].value
            return None if isinstance(given, Hole) else as_xmark(name, given)
    return None


def _mark(use: Use, packet: Packet, host: Host) -> Effect:
    flip = _setting(use)
    if flip is None:
        return Effect(packet.changed(mark=None), unknown="the mark that it sets")
    return Effect(packet.changed(mark=_flipped(packet.mark, flip)))


def _connmark(use: Use, packet: Packet, host: Host) -> Effect:
    """Linux copies `value ^ (other & mask)` after clearing a mask of its own, shifted in between (xt_connmark)."""
    if packet.states <= UNTRACKED:
        return Effect(packet, says="does nothing, as the packet has no connection")
    copying = next((name for name in _COPYING if use.has(name)), "")
    shifts = ("left-shift-mark", "right-shift-mark")
    if not copying:
        flip = _setting(use, shifts)
        if flip is None:
            return Effect(packet.changed(connection_mark=None), unknown="the mark that it sets")
        return Effect(packet.changed(connection_mark=_flipped(packet.connection_mark, flip)))
    both = value(use, "mask", _ALL)
    masks = value(use, "nfmask", both), value(use, "ctmask", both)
    left, right = (value(use, name, 0) for name in shifts)
    if copying == "save-mark":
        saved = _copied(packet.mark, packet.connection_mark, masks, left, right)
        return Effect(packet.changed(connection_mark=saved))
    restored = _copied(packet.connection_mark, packet.mark, masks[::-1], left, right)
    return Effect(packet.changed(mark=restored))


def _copied(
    origin: int | None, there: int | None, masks: tuple[int | None, int | None], left: int | None, right: int | None
) -> int | None:
    """The bits of one mark that the first mask keeps, put into another in place of those of the second."""
    kept, cleared = masks
    if origin is None or kept is None or cleared is None or left is None or right is None:
        return None
    bits = (origin & kept) << left & _ALL if left else (origin & kept) >> right
    if there is None:
        return bits if cleared == _ALL else None
    return (there & ~cleared & _ALL) ^ bits


ACTS: dict[str, Act] = {
    "MARK": _mark,
    "CONNMARK": _connmark,
    "HMARK": unsure("the hash of its addresses, which the mark is computed from", "mark"),
}
