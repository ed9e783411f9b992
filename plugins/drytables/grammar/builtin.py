"""What iptables has without any extension: its commands, its own options, its tables, chains and hooks.

From iptables(8), sections COMMANDS, PARAMETERS and OTHER OPTIONS; which option goes with which command was observed
with iptables-legacy 1.8.11, which otherwise says "Illegal option".
"""

from __future__ import annotations

from typing import Literal, NamedTuple

#: The chains that each table has from the start; each is at the hook of its name. iptables(8), TABLES.
TABLES: dict[str, tuple[str, ...]] = {
    "filter": ("INPUT", "FORWARD", "OUTPUT"),
    "nat": ("PREROUTING", "INPUT", "OUTPUT", "POSTROUTING"),
    "mangle": ("PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING"),
    "raw": ("PREROUTING", "OUTPUT"),
    "security": ("INPUT", "FORWARD", "OUTPUT"),
}

#: Every built-in chain.
CHAINS: tuple[str, ...] = TABLES["mangle"]

#: What a rule can do with a packet without a target extension. iptables(8), TARGETS; QUEUE is gone from its text, but
#: not from the program (observed).
STANDARD_TARGETS: tuple[str, ...] = ("ACCEPT", "DROP", "QUEUE", "RETURN")

#: The possible policies of a chain: the kernel has no other (observed: "Bad policy name").
POLICIES: tuple[str, ...] = ("ACCEPT", "DROP")

#: The maximum length of a chain or target name, in bytes (iptables: "must be under 29 chars").
LONGEST_NAME = 28

#: The maximum length of an interface name, in bytes (IFNAMSIZ less its final zero).
LONGEST_INTERFACE = 15

Argument = Literal["none", "required", "optional"]


class BuiltIn(NamedTuple):
    """A command or option of iptables itself: its letter, its long names, its argument, and the commands it is for.

    `commands` are the letters of the commands that it goes with; empty if it goes with any. `negatable` is as for an
    extension's option. iptables refuses a `counted` option that is given twice. One that `picks_packets` does so
    without a match. A command also says in `then` what follows its chain.
    """

    letter: str
    names: tuple[str, ...]
    argument: Argument = "none"
    commands: str = ""
    negatable: bool = False
    picks_packets: bool = False
    counted: bool = False
    is_command: bool = False
    then: Literal["", "number", "number?", "name", "policy"] = ""


def _command(letter: str, name: str, argument: Argument = "required", then: str = "") -> BuiltIn:
    return BuiltIn(letter, (name,), argument, is_command=True, then=then)  # type: ignore[arg-type]  # one of the words


#: iptables(8), COMMANDS. An `optional` chain is the next word unless that begins with `-` or `!`.
COMMANDS: tuple[BuiltIn, ...] = (
    _command("A", "append"),
    _command("C", "check"),
    _command("D", "delete", then="number?"),
    _command("I", "insert", then="number?"),
    _command("R", "replace", then="number"),
    _command("L", "list", "optional", then="number?"),
    _command("S", "list-rules", "optional", then="number?"),
    _command("F", "flush", "optional"),
    _command("Z", "zero", "optional", then="number?"),
    _command("N", "new-chain"),
    _command("X", "delete-chain", "optional"),
    _command("P", "policy", then="policy"),
    _command("E", "rename-chain", then="name"),
)

#: The commands that contain a rule.
RULE_COMMANDS = frozenset("ACDIR")

#: iptables(8), PARAMETERS and OTHER OPTIONS.
OPTIONS: tuple[BuiltIn, ...] = (
    BuiltIn("p", ("protocol",), "required", "ACDIR", negatable=True, picks_packets=True, counted=True),
    BuiltIn("s", ("source", "src"), "required", "ACDIR", negatable=True, picks_packets=True, counted=True),
    BuiltIn("d", ("destination", "dst"), "required", "ACDIR", negatable=True, picks_packets=True, counted=True),
    BuiltIn("j", ("jump",), "required", "ACDIR", counted=True),
    BuiltIn("g", ("goto",), "required", "ACDIR"),
    BuiltIn("i", ("in-interface",), "required", "ACDIR", negatable=True, picks_packets=True, counted=True),
    BuiltIn("o", ("out-interface",), "required", "ACDIR", negatable=True, picks_packets=True, counted=True),
    BuiltIn("f", ("fragments",), "none", "ACDIR", negatable=True, picks_packets=True, counted=True),
    BuiltIn("c", ("set-counters",), "required", "AIRP", counted=True),
    BuiltIn("n", ("numeric",), "none", "L", counted=True),
    BuiltIn("x", ("exact",), "none", "L", counted=True),
    BuiltIn("0", ("line-numbers",), "none", "L", counted=True),
    BuiltIn("v", ("verbose",)),
    BuiltIn("m", ("match",), "required"),
    BuiltIn("t", ("table",), "required"),
    BuiltIn("w", ("wait",), "optional"),
    BuiltIn("W", ("wait-interval",), "optional"),
    BuiltIn("M", ("modprobe",), "required"),
    BuiltIn("4", ("ipv4",)),
    BuiltIn("6", ("ipv6",)),
    BuiltIn("h", ("help",), "optional"),
    BuiltIn("V", ("version",)),
)

BY_LETTER: dict[str, BuiltIn] = {entry.letter: entry for entry in (*COMMANDS, *OPTIONS)}
BY_NAME: dict[str, BuiltIn] = {name: entry for entry in (*COMMANDS, *OPTIONS) for name in entry.names}
