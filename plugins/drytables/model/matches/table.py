"""All matches: the conditions that one use of a match makes of a packet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...grammar.rule import Unknown, Use
from ...meaning.conditions import typed, typed_use
from ..condition import Condition, Counted, Unknowable
from ..ruleset import AddressSet
from . import addresses, connection, header, ports
from .reader import Reader
from .unknowable import AS_A_WHOLE, COUNTING, EVERY_PACKET, LACKING

READERS: dict[str, dict[str, Reader]] = {
    **addresses.READERS, **connection.READERS, **header.READERS, **ports.READERS,
}  # fmt: skip


def conditions_of_use(use: Use, sets: Mapping[str, AddressSet]) -> Iterator[Condition]:
    """The conditions that one use of a match makes; all of them must be met. `sets` are those that are known."""
    name, is_stable = use.extension.name, use.extension.looks_at == "packet"
    if name in EVERY_PACKET:
        return
    if name in COUNTING:
        yield Counted(use, typed_use(use))
    elif (in_a_set := addresses.look_in_a_set(use, sets)) is not None:
        yield in_a_set
    elif name in AS_A_WHOLE:
        yield Unknowable(LACKING[name], typed_use(use), is_stable)
    else:
        readers, modifiers = READERS.get(name, {}), addresses.MODIFIERS.get(name, frozenset())
        for option, settings in use.settings.items():
            for setting in settings if option not in modifiers else ():
                reader = readers.get(option)
                if reader is None:
                    yield Unknowable(LACKING[name], typed(setting), is_stable)
                    continue
                try:
                    yield reader(use, setting)
                except Unknown:
                    yield Unknowable(f"what `{setting.words[-1].text}` stands for", typed(setting))
