"""physdev: the bridge ports that a packet comes in and goes out through. iptables-extensions(8), physdev.

What the kernel refuses was tried on Linux 6.18: in OUTPUT, the way out is known only for bridged packets.
"""

from __future__ import annotations

from ....diagnostics.codes.command import WRONG_CHAIN
from ...builtin import LONGEST_INTERFACE
from ...checks import needs_something
from ...extension import CheckFailure, Match, Option
from ...nft import Unsayable, interface
from ...rule import Use
from ...values.base import Family, InvalidValue, Value
from ...values.interfaces import say_interface
from ...values.wording import Context


class InterfaceName(Value):
    """The name of an interface, or a prefix of it followed by `+`."""

    synopsis = "NAME"

    def read(self, text: str, family: Family) -> str:
        if len(text.encode(errors="surrogateescape")) > LONGEST_INTERFACE:
            raise InvalidValue(
                f"longer than {LONGEST_INTERFACE} bytes",
                says=f"interface name `{text}' must be shorter than IFNAMSIZ (15)",
            )
        return text

    def say(self, value: str, context: Context) -> str:
        return say_interface(value)


def way_out_is_known(use: Use) -> CheckFailure | None:
    """A local packet's way out is not yet known, unless it is bridged."""
    chain = use.rule.chain.text if use.rule.chain else ""
    option = next((name for name in ("physdev-out", "physdev-is-out") if use.has(name)), None)
    is_bridged = use.has("physdev-is-bridged") and not use.negated("physdev-is-bridged")
    if chain != "OUTPUT" or option is None or is_bridged:
        return None
    return CheckFailure(
        WRONG_CHAIN,
        f"`--{option}` cannot be used in `OUTPUT`",
        option=option,
        by_kernel=True,
        label="the bridge port is not chosen yet",
        help="use it in FORWARD or POSTROUTING, with `--physdev-is-bridged`",
    )


def in_the_bridge(use: Use) -> str:
    """Bridge ports are seen in nft's tables of the family `bridge` only."""
    words = []
    for option, key in (("physdev-in", "iifname"), ("physdev-out", "oifname")):
        if use.has(option):
            words.append(f"{key} {'!= ' if use.negated(option) else ''}{interface(use.value(option))}")
    where = f" with `{' '.join(words)}`" if words else ""
    raise Unsayable("in a table of this family nft does not see bridge ports", f"a rule in a table `bridge`{where}")


physdev = Match(
    "physdev",
    Option(
        "physdev-is-in",
        negatable=True,
        not_negatable_in="1.4.11..1.4.12",
        sentence="the packet {came|did not come} in through a bridge",
    ),
    Option(
        "physdev-in",
        InterfaceName(),
        negatable=True,
        sentence="the bridge port it came in through is {not }{value}",
        glued_in="1.4.6..",
        negated_inside_in="..1.4.10",
    ),
    Option(
        "physdev-is-out",
        negatable=True,
        not_negatable_in="1.4.11..1.4.12",
        sentence="the packet {goes|does not go} out through a bridge",
    ),
    Option(
        "physdev-out",
        InterfaceName(),
        negatable=True,
        sentence="the bridge port it goes out through is {not }{value}",
        glued_in="1.4.6..",
        negated_inside_in="..1.4.10",
    ),
    Option(
        "physdev-is-bridged",
        negatable=True,
        not_negatable_in="1.4.11..1.4.12",
        sentence="the packet is {not }bridged",
    ),
    checks=(needs_something("PHYSDEV: no physdev option specified"),),
    table_since="1.4.11",
    kernel=(way_out_is_known,),
    looks_at="packet",
    sentence="look at the bridge ports",
    nft=in_the_bridge,
)
