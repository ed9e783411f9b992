"""owner: whose socket a packet comes from. iptables-extensions(8), owner.

Observed beyond it with iptables-legacy 1.8.9: a range may also be written with a colon; `--suppl-groups` must come
after `--gid-owner`. The kernel (Linux 6.18) refuses ranges that end before they begin, and chains that see no local
packets.
"""

from __future__ import annotations

import re

from ....diagnostics.codes.command import ALSO_REQUIRES, EMPTY_RANGE
from ....reading.need import Need
from ....reading.pattern import pattern
from ...checks import needs_one_of
from ...extension import CheckFailure, Match, Option
from ...nft import Said, Unsayable, quoted
from ...nft_words import option_words
from ...rule import Setting, Use
from ...values.addresses import Name
from ...values.base import Family, InvalidValue, Value, leading_number
from ...values.wording import Context

#: The largest id; the next number means "none".
_LAST_ID = 0xFFFF_FFFE
_NAME = pattern(r"[A-Za-z_][A-Za-z0-9_.@\\-]*\$?", re.ASCII)

Ids = tuple[int, int] | Name


class Identity(Value):
    """A user or group by name or number, or a range of numbers; a name other than `root` is known only to the reader's
    machine.
    """

    def __init__(self, kind: str, ranges: bool = True) -> None:
        self.kind, self.ranges = kind, ranges
        self.synopsis = f"{kind.upper()}[-{kind.upper()}]"

    def read(self, text: str, family: Family) -> Ids:
        if text == "root":
            return 0, 0
        first, rest = leading_number(text)
        last = first
        if rest[:1] in ("-", ":") and self.ranges:
            last, rest = leading_number(rest[1:])
        if first is not None and last is not None and not rest and max(first, last) <= _LAST_ID:
            return first, last
        if _NAME.fullmatch(text):
            return Name(text)
        raise InvalidValue(
            f"neither a {self.kind}'s name nor a number from 0 to {_LAST_ID}, nor a range of those",
            says=f'{{extension}}: Bad value for "--{{option}}" option: "{text}"',
        )

    def write(self, value: Ids, family: Family) -> str:
        if isinstance(value, Name):
            return value
        return str(value[0]) if value[0] == value[1] else f"{value[0]}-{value[1]}"

    def nft(self, value: Ids, family: Family) -> str:
        return quoted(value) if isinstance(value, Name) else self.write(value, family)

    def say(self, value: Ids, context: Context) -> str:
        if isinstance(value, Name):
            return f"the {self.kind} {value}"
        first, last = value
        if first == last:
            return f"the {self.kind} root" if context.typed == "root" else f"the {self.kind} with the id {first}"
        return f"a {self.kind} with an id between {first} and {last}"

    def say_unknown(self, text: str, context: Context) -> str:
        return f"the {self.kind} {text}"

    def facts(self, value: Ids) -> Ids | None:
        """The range, if it ends before it begins."""
        return value if isinstance(value, tuple) and value[0] > value[1] else None

    def needs(self, value: Ids) -> list[Need]:
        return [Need(self.kind, str(value))] if isinstance(value, Name) else []


def group_stands_before(use: Use, setting: Setting) -> CheckFailure | None:
    """`--suppl-groups` widens a `--gid-owner`, which must come before it."""
    if use.has("gid-owner"):
        return None
    return CheckFailure(
        ALSO_REQUIRES,
        "`--suppl-groups` requires a `--gid-owner` before it",
        option="suppl-groups",
        says='owner: Bad value for "--suppl-groups" option: "you need to use --gid-owner first"',
        help="write `--gid-owner GROUP --suppl-groups`, in this order",
    )


def ranges_are_forward(use: Use) -> CheckFailure | None:
    """The kernel refuses a range that ends before it begins."""
    for option in ("uid-owner", "gid-owner"):
        ids = use.facts(option)
        if ids is not None:
            return CheckFailure(
                EMPTY_RANGE,
                f"the range ends ({ids[1]}) before it begins ({ids[0]})",
                option=option,
                by_kernel=True,
                replace=f"{ids[1]}-{ids[0]}",
                help=f"write `{ids[1]}-{ids[0]}`",
            )
    return None


def of_the_socket(use: Use) -> Said:
    """The owner's numbers; nft has no packet without a socket in either answer, and iptables in the negated one."""
    if use.has("suppl-groups"):
        raise Unsayable("nft does not know the supplementary groups of a socket's owner", "`skgid`, its own group")
    if use.negated("socket-exists"):
        raise Unsayable("nft cannot ask that a packet has no socket", "a rule before it that takes those with one")
    words = ["skuid != 4294967295"] if use.has("socket-exists") else []
    negated = False
    for option in ("uid-owner", "gid-owner"):
        if use.has(option):
            negated |= use.negated(option)
            words.append(option_words(use, option))
    note = "a packet without a socket has no owner and matches in iptables; in nft it does not"
    return Said(" ".join(words), notes=(note,) if negated else ())


owner = Match(
    "owner",
    Option(
        "socket-exists",
        negatable=True,
        not_negatable_in="1.4.11..1.4.12",
        sentence="the packet {belongs|does not belong} to a socket",
    ),
    Option(
        "uid-owner",
        Identity("user"),
        before={"1.4.1": Identity("user", ranges=False)},
        negatable=True,
        not_negatable_in="1.4.11..1.4.11",
        sentence="the socket {belongs|does not belong} to {value}",
        nft="skuid {value}",
    ),
    Option(
        "gid-owner",
        Identity("group"),
        before={"1.4.1": Identity("group", ranges=False)},
        negatable=True,
        not_negatable_in="1.4.11..1.4.11",
        sentence="the socket {belongs|does not belong} to {value}",
        nft="skgid {value}",
    ),
    Option("suppl-groups", check=group_stands_before, sentence="the owner's supplementary groups count as well"),
    checks=(
        needs_one_of(
            "uid-owner",
            "gid-owner",
            "socket-exists",
            says="owner: At least one of --uid-owner, --gid-owner or --socket-exists is required",
        ),
    ),
    table_since="1.4.11",
    hooks="OUTPUT POSTROUTING",
    kernel=(ranges_are_forward,),
    looks_at="packet",
    sentence="look at the owner of the socket that a local packet comes from",
    nft=of_the_socket,
)
