"""Targets that do something which no later rule can see: they log, count, copy and label."""

from __future__ import annotations

from ...grammar.rule import Use
from ..fate import LogLine
from ..host import Host
from ..packet import Packet
from .effect import Act, Effect, noted, unsure, value


def _log(use: Use, packet: Packet, host: Host) -> Effect:
    option = next((option.name for option in use.extension.options if option.name.endswith("-prefix")), "")
    prefix = value(use, option, "")
    unknown = "" if prefix is not None else "how the line begins"
    return Effect(packet, log=LogLine(use.extension.name, prefix or ""), unknown=unknown)


def _set(use: Use, packet: Packet, host: Host) -> Effect:
    if use.has("map-set"):
        return unsure("what is in the set", "mark")(use, packet, host)
    return Effect(packet, says="changes what is in a set")


def set_changed_by(use: Use) -> str | None:
    """The set that a use of a target changes; empty for none, and None if it is not known which."""
    if use.extension.name != "SET":
        return ""
    found = [value(use, option) for option in ("add-set", "del-set") if use.has(option)]
    names = {each[0] if each is not None else None for each in found}
    return names.pop() if len(names) == 1 else None if names else ""


ACTS: dict[str, Act] = {
    "LOG": _log,
    "NFLOG": _log,
    "ULOG": _log,
    "AUDIT": noted("writes a record for the audit"),
    "CLASSIFY": noted("puts it into a class of traffic"),
    "CLUSTERIP": unsure("which node of the cluster it is for"),
    "CONNSECMARK": noted("copies its security mark to or from its connection"),
    "IDLETIMER": noted("starts a timer again"),
    "LED": noted("lights a LED"),
    "RATEEST": noted("counts it for an estimator"),
    "SECMARK": noted("sets its security mark"),
    "SET": _set,
    "TEE": noted("sends a copy of it somewhere else"),
    "TRACE": noted("has every rule that it meets from here on logged"),
}
