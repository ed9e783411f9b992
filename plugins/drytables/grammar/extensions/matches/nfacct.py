"""nfacct: count packets for an accounting object. iptables-extensions(8), nfacct.

The object must exist. Its name is saved with two spaces before it (observed with iptables-legacy 1.8.9).
"""

from __future__ import annotations

from ....reading.need import Need
from ...extension import Match, Option
from ...nft import NamedSet, Said, quoted
from ...rule import Use
from ...values.base import Family, InvalidValue, Text


class AccountingObject(Text):
    """The name of an accounting object on the reader's machine."""

    synopsis = "NAME"

    def read(self, text: str, family: Family) -> str:
        if not text:
            raise InvalidValue("empty name", says="Argument must have a minimum length of 1 characters")
        return super().read(text, family)

    def write(self, value: str, family: Family) -> str:
        return f" {super().write(value, family)}"

    def needs(self, value: str) -> list[Need]:
        return [Need("nfacct object", str(value))]


def in_a_counter(use: Use) -> Said:
    """A counter with a name, which counts packets and bytes as well."""
    name = use.value("nfacct-name")
    note = f"`nft list counter` shows what it has counted, not `nfacct get {name}`"
    return Said(f"counter name {quoted(name)}", sets=(NamedSet(name, "", kind="counter"),), notes=(note,))


nfacct = Match(
    "nfacct",
    Option("nfacct-name", AccountingObject(cut_at=31), required=True, sentence="count it in the object {value}"),
    table_since="1.4.13",
    sentence="count packets and bytes; every packet matches",
    nft=in_a_counter,
)
