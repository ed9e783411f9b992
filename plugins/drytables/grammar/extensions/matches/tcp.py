"""tcp: look into the TCP header. iptables-extensions(8), tcp.

Observed beyond it with iptables-legacy 1.8.9: flags are read in any case and empty ones ignored; `--syn` is saved as
the equivalent flags; a mask without any flag is not saved. iptables 1.8.11 saves `! --sport :` as `! --sport 0:65535`.
"""

from __future__ import annotations

from typing import NamedTuple

from ....diagnostics.codes.command import EXCLUDES
from ...extension import CheckFailure, Match, Option
from ...rule import Setting, Use
from ...saving import option_words
from ...values.base import Family, InvalidValue, Value
from ...values.ports import LAST_PORT, StrictPortRange
from ...values.tcp_options import OptionKind
from ...values.wording import Context, in_a_row

_FLAGS = {"FIN": 0x01, "SYN": 0x02, "RST": 0x04, "PSH": 0x08, "ACK": 0x10, "URG": 0x20}
_NAMES = {**_FLAGS, "ALL": 0x3F, "NONE": 0}


class Flags(NamedTuple):
    """The flags that are looked at, and those of them that must be set."""

    mask: int
    set: int


#: In the order in which the bits are numbered.
_NFT_FLAGS = {name.lower(): bit for name, bit in sorted(_FLAGS.items(), key=lambda flag: flag[1])}

#: What `--syn` is short for.
SYN_ALONE = Flags(_FLAGS["FIN"] | _FLAGS["SYN"] | _FLAGS["RST"] | _FLAGS["ACK"], _FLAGS["SYN"])


def read_flags(text: str) -> int:
    """Flags by name, separated by commas, as bits; raises InvalidValue."""
    bits = 0
    for name in text.split(","):
        if name and name.upper() not in _NAMES:
            raise InvalidValue(
                f"`{name}` is not a TCP flag that iptables knows",
                says=f"Unknown TCP flag `{name}'",
                help="use SYN, ACK, FIN, RST, URG or PSH, or ALL or NONE for all or none of them",
            )
        bits |= _NAMES.get(name.upper(), 0)
    return bits


def write_flags(bits: int) -> str:
    """Flags as `-S` prints them."""
    return ",".join(name for name, bit in _FLAGS.items() if bits & bit) or "NONE"


class TcpFlags(Value):
    """Two words: the flags to look at, and those of them that must be set."""

    synopsis = "MASK SET"
    words = 2
    missing = "--tcp-flags requires two args."

    def read_pair(self, first: str, second: str, family: Family) -> Flags:
        return Flags(read_flags(first), read_flags(second))

    def write(self, value: Flags, family: Family) -> str:
        return f"{write_flags(value.mask)} {write_flags(value.set)}"

    def nft_condition(self, value: Flags, family: Family, negated: bool) -> str:
        if not value.mask:
            # Whatever the flags are, none of no flags is set.
            return "& 0x0 != 0x0" if negated or value.set else ""
        flags = ",".join(name for name, bit in _NFT_FLAGS.items() if value.set & bit) or "0x0"
        mask = ",".join(name for name, bit in _NFT_FLAGS.items() if value.mask & bit)
        if "," not in mask:
            # Before the slash that nft reads here there must be two flags or more after it.
            return f"& {mask} {'!=' if negated else '=='} {flags}"
        return f"{'!= ' if negated else ''}{flags} / {mask}"

    def say(self, value: Flags, context: Context) -> str:
        """Which flags are set of those that are looked at: `of SYN, RST and ACK, only SYN is set`."""
        given = [name for name, bit in _FLAGS.items() if value.set & bit]
        looked_at = [name for name, bit in _FLAGS.items() if value.mask & bit]
        among = "all flags" if len(looked_at) == len(_FLAGS) else in_a_row(looked_at or ["no flags"])
        if value.set & ~value.mask:
            said = f"no packet has {in_a_row(given)} set where only {in_a_row(looked_at or ['nothing'])} is looked at"
        elif not looked_at:
            said = "no flag is looked at"
        elif not given:
            said = "no flag is set" if among == "all flags" else f"none of {among} is set"
        else:
            are = "is" if len(given) == 1 else "are"
            said = (
                f"{in_a_row(given)} {are} set"
                if given == looked_at
                else f"of {among}, only {in_a_row(given)} {are} set"
            )
        return f"anything but this: {said}" if context.negated else said

    def say_unknown(self, text: str, context: Context) -> str:
        return f"the flags are {'not ' if context.negated else ''}{text}"


_ONE_OF_THEM = "Only one of `--syn' or `--tcp-flags'  allowed"


def syn_or_flags(use: Use, setting: Setting) -> CheckFailure | None:
    """`--syn` is a `--tcp-flags`, and only one of them can be given."""
    other = "tcp-flags" if setting.option.name == "syn" else "syn"
    if not use.has(other):
        return None
    return CheckFailure(
        EXCLUDES,
        "`--syn` and `--tcp-flags` cannot be used together",
        option=setting.option.name,
        cause=other,
        label=f"conflicts with `--{other}`",
        says=_ONE_OF_THEM,
        help="`--syn` is short for `--tcp-flags FIN,SYN,RST,ACK SYN`",
    )


def saved(use: Use) -> list[str]:
    """The options in the order of -S, `--syn` as the equivalent flags, and no flags if the mask is empty."""
    words = option_words(use, "sport", "dport", "tcp-option")
    for setting in (*use.settings.get("syn", ()), *use.settings.get("tcp-flags", ())):
        flags = SYN_ALONE if setting.option.name == "syn" else setting.known
        if flags.mask or setting.negated:
            words += [
                *(["!"] if setting.negated else []),
                "--tcp-flags",
                write_flags(flags.mask),
                write_flags(flags.set),
            ]
    return words


_port = StrictPortRange("tcp")

tcp = Match(
    "tcp",
    Option(
        "sport",
        _port,
        aliases="source-port",
        negatable=True,
        default=(0, LAST_PORT),
        repeated_says="Only one `--source-port' allowed",
        sentence="the source port is {value}",
        glued_in="1.4.6..",
        negated_inside_in="..1.4.11.1",
        nft="tcp sport {value}",
    ),
    Option(
        "dport",
        _port,
        aliases="destination-port",
        negatable=True,
        default=(0, LAST_PORT),
        repeated_says="Only one `--destination-port' allowed",
        sentence="the destination port is {value}",
        glued_in="1.4.6..",
        negated_inside_in="..1.4.11.1",
        nft="tcp dport {value}",
    ),
    Option(
        "tcp-option",
        OptionKind(),
        negatable=True,
        repeated_says="Only one `--tcp-option' allowed",
        sentence="the header {has|does not have} a TCP option of kind {value}",
        glued_in="1.4.6..",
        negated_inside_in="..1.4.11.1",
        nft="{|meta l4proto tcp }tcp option {value} {exists|missing}",
    ),
    Option(
        "syn",
        negatable=True,
        check=syn_or_flags,
        repeated_says=_ONE_OF_THEM,
        sentence="the packet {opens|does not open} a connection (SYN set; FIN, RST and ACK not set)",
        nft="tcp flags {|!= }syn / fin,syn,rst,ack",
    ),
    Option(
        "tcp-flags",
        TcpFlags(),
        negatable=True,
        check=syn_or_flags,
        repeated_says=_ONE_OF_THEM,
        sentence="{value}",
        negated_inside_in="..1.4.11.1",
        nft="tcp flags {value}",
    ),
    protocols="tcp",
    saved=saved,
    looks_at="packet",
    comes_with="tcp",
    sentence="inspect the TCP header",
    nft_bare="meta l4proto tcp",
)
