"""SET: add a packet's addresses or ports to a set, or delete them from one. iptables-extensions(8), SET.

Observed with iptables-legacy 1.8.9: a `!` is accepted and ignored, and flags may be given twice.
"""

from collections.abc import Sequence

from ....diagnostics.codes.command import ALSO_REQUIRES, REQUIRED, WRONG_CHAIN, WRONG_TABLE
from ...builtin import TABLES
from ...extension import CheckFailure, Option, Target
from ...nft import NamedSet, Said, Unsayable
from ...rule import Use
from ...values.base import Family, InvalidValue, Unsigned
from ...values.ipset_directions import REWORDED, SetAndDirections, nft_key, nft_note

_ONE_OF_THEM = ("add-set", "del-set", "map-set")
_MAPPED = ("map-mark", "map-prio", "map-queue")
_LEAVING = ("FORWARD", "OUTPUT", "POSTROUTING")


class Timeout(Unsigned):
    """Seconds, up to one below the largest number of 32 bits."""

    def __init__(self) -> None:
        super().__init__(0, 0xFFFF_FFFE)

    def read(self, text: str, family: Family) -> int:
        try:
            return super().read(text, family)
        except InvalidValue as bad:
            bad.says = f"Invalid value for option --timeout or out of range {self.min}-{self.max}"
            raise


def _only_with(use: Use, name: str, other: str, what: str) -> CheckFailure | None:
    if not use.has(name) or use.has(other):
        return None
    return CheckFailure(
        ALSO_REQUIRES,
        f"`--{name}` also requires `--{other}`",
        option=name,
        label=f"`--{other}` is missing",
        says=f"{what} `--{name}' can be used with `--{other}' only",
    )


def a_set_is_named(use: Use) -> CheckFailure | None:
    """Something must be added, deleted or looked up."""
    if any(use.has(name) for name in _ONE_OF_THEM):
        return None
    return CheckFailure(
        REQUIRED,
        "the `SET` target requires `--add-set`, `--del-set` or `--map-set`",
        label="all of these are missing",
        says="You must specify either `--add-set' or `--del-set' or `--map-set'",
    )


def options_have_their_set(use: Use) -> CheckFailure | None:
    """Options about adding need a set to add to, those about mapping a set to map with."""
    fault = _only_with(use, "exist", "add-set", "Flag") or _only_with(use, "timeout", "add-set", "Option")
    for name in _MAPPED:
        fault = fault or _only_with(use, name, "map-set", "Flag")
    if fault or not use.has("map-set") or any(use.has(name) for name in _MAPPED):
        return fault
    return CheckFailure(
        ALSO_REQUIRES,
        "`--map-set` also requires `--map-mark`, `--map-prio` or `--map-queue`",
        option="map-set",
        label="all of these are missing",
        says="You must specify flags `--map-mark' or '--map-prio` or `--map-queue'",
    )


def mapping_has_its_place(use: Use) -> CheckFailure | None:
    """The kernel maps only in the mangle table, and sets priority and queue only where packets leave."""
    rule = use.rule
    if not use.has("map-set"):
        return None
    if rule.table != "mangle":
        return CheckFailure(
            WRONG_TABLE,
            "`--map-set` works only in the `mangle` table",
            option="map-set",
            by_kernel=True,
            help="use `-t mangle`",
        )
    name = next((each for each in ("map-prio", "map-queue") if use.has(each)), "")
    if not name or rule.chain is None or rule.chain.text not in TABLES["mangle"] or rule.chain.text in _LEAVING:
        return None
    return CheckFailure(
        WRONG_CHAIN,
        f"`--{name}` cannot be used in `{rule.chain.text}`",
        option=name,
        by_kernel=True,
        help="use it in `FORWARD`, `OUTPUT` or `POSTROUTING`",
    )


def saved(use: Use) -> Sequence[str]:
    """The options in the table's order, each once, without the `!` that has no meaning here."""
    words: list[str] = []
    for option in use.extension.options:
        if use.has(option.name):
            words.append(f"--{option.name}")
        if use.has(option.name) and option.value is not None:
            words.append(option.value.write(use.value(option.name), use.rule.family))
    return words


def _set(name: str, sentence: str) -> Option:
    value = SetAndDirections(missing=f"--{name} requires two args.")
    return Option(name, value, negatable=True, repeated_says=f"--{name} can be specified only once", sentence=sentence)


def _flag(name: str, sentence: str) -> Option:
    return Option(name, negatable=True, repeatable=True, sentence=sentence)


def in_a_named_set(use: Use) -> Said:
    """A set of nft's own with the name of the ipset, in which an element is put, or from which it is taken."""
    option = next((name for name in ("add-set", "del-set") if use.has(name)), None)
    if option is None or use.has("map-set"):
        raise Unsayable("nft takes no marks out of an ipset", "a map of nft's own: `meta mark set ip saddr map @…`")
    name, directions = use.value(option)
    key, definition = nft_key(directions, use.rule.family)
    timeout = f" timeout {use.value('timeout')}s" if use.value("timeout") else ""
    verb = "delete" if option == "del-set" else "update" if use.has("exist") else "add"
    flags = "flags dynamic,timeout;" if timeout else "flags dynamic;"
    if use.has("add-set") and use.has("del-set"):
        raise Unsayable("nft's rule for two sets is two rules", "one for each set")
    sets = (NamedSet(name, f"{definition} {flags}"),)
    return Said(f"{verb} @{name} {{ {key}{timeout} }}", sets=sets, notes=(nft_note(name, directions),))


set_target = Target(
    "SET",
    _set("add-set", "add the packet to the set {value}"),
    _flag("exist", "if it is already there, restart its timeout"),
    Option("timeout", Timeout(), negatable=True, repeatable=True, sentence="keep it there for {value:second}"),
    _set("del-set", "delete the packet from the set {value}"),
    _set("map-set", "look the packet up in the set {value}"),
    _flag("map-mark", "give the packet the mark that is found there"),
    _flag("map-prio", "give the packet the priority that is found there"),
    _flag("map-queue", "send the packet by the network card's queue that is found there"),
    checks=(a_set_is_named, options_have_their_set),
    kernel=(mapping_has_its_place,),
    saved=saved,
    reworded=REWORDED,
    sentence="change an ipset with the packet's addresses or ports, and go on with the next rule",
    nft=in_a_named_set,
)
