"""recent: lists of recently seen addresses. iptables-extensions(8), recent.

Observed beyond it with iptables-legacy 1.8.11: name, mask and side are saved even if not given. What the kernel refuses
was tried on Linux 6.18.
"""

from __future__ import annotations

from ....diagnostics.codes.command import BAD_VALUE, EXCLUDES
from ...checks import names_a_file, needs_one_of
from ...extension import CheckFailure, Match, Option
from ...nft import NEVER, NamedSet, Said, Unsayable
from ...rule import Use
from ...saving import option_words
from ...values.addresses import BITS, Name, prefix_length, write_address
from ...values.base import text, uint32
from ...values.rates import UNITS
from ...values.resolved_addresses import ResolvedHost, resolved_host
from ...values.unchecked import Unchecked
from ...values.wording import Context

_ACTIONS = ("set", "rcheck", "update", "remove")
_MOST_HITS = 65535


class SharingMask(ResolvedHost):
    """The bits of an address that its entry is kept by."""

    def say(self, value: int | Name, context: Context) -> str:
        length = None if isinstance(value, Name) else prefix_length(value, context.family)
        if length == BITS[context.family]:
            return "each address has an entry of its own"
        if length is None:
            return self.say_unknown(context.typed, context)
        return f"addresses in the same /{length} share an entry" if length else "all addresses share one entry"

    def say_unknown(self, text: str, context: Context) -> str:
        return f"addresses that are the same under the mask {text} share an entry"


def conditions_need_a_look(use: Use) -> CheckFailure | None:
    """Only `--rcheck` and `--update` look at times and counts."""
    action = next((action for action in ("set", "remove") if use.has(action)), None)
    for option in ("seconds", "hitcount"):
        if action and use.value(option, 0):
            return CheckFailure(
                EXCLUDES,
                f"`--{option}` cannot be used with `--{action}`",
                option=option,
                cause=action,
                label="only with `--rcheck` or `--update`",
                by_kernel=True,
                help=f"use two rules: one with `--{action}`, and one with `--update --{option} …`"
                if action == "set"
                else "",
            )
    return None


def hits_can_be_counted(use: Use) -> CheckFailure | None:
    """The kernel keeps only a limited number of times for an address."""
    if use.value("hitcount", 0) <= _MOST_HITS:
        return None
    return CheckFailure(BAD_VALUE, f"the kernel counts to at most {_MOST_HITS}", option="hitcount", by_kernel=True)


def saved(use: Use) -> list[str]:
    """What was given, and always the list's name, the mask and the side."""
    family = use.rule.family
    words = option_words(use, *_ACTIONS)
    words += option_words(use, "seconds", "reap", "hitcount", "rttl")
    words += option_words(use, "name") or ["--name", "DEFAULT"]
    words += option_words(use, "mask") or ["--mask", resolved_host.write((1 << BITS[family]) - 1, family)]
    sides = [name for name in use.settings if name in ("rsource", "rdest")]
    return [*words, f"--{sides[-1] if sides else 'rsource'}"]


def on_a_list(use: Use) -> Said:
    """A set with a timeout for a list; how often an address was seen, and its TTL, are not kept in one."""
    name, family = use.value("name", "DEFAULT"), use.rule.family
    word, kind = ("ip", "ipv4_addr") if family == "ipv4" else ("ip6", "ipv6_addr")
    key = f"{word} {'daddr' if use.has('rdest') else 'saddr'}"
    if isinstance(use.value("mask"), Name):
        raise Unsayable("nft does not look up the name of a mask", f"`{key} and` the mask itself")
    if use.has("mask"):
        key += f" and {write_address(use.value('mask'), family)}"
    seconds = use.value("seconds")
    timeout = f" timeout {seconds}s;" if seconds else ""
    action = next(each for each in _ACTIONS if use.has(each))
    if use.value("hitcount", 0) > 1 or use.has("rttl"):
        raise Unsayable(*_nearest_to_hits(use, key))
    negation = "!= " if use.negated(action) else ""
    renewed = f"update @{name} {{ {key} }}"
    words = {
        "set": NEVER if negation else renewed,
        "rcheck": f"{key} {negation}@{name}",
        "update": f"{key} {negation}@{name}" + ("" if negation else f" {renewed}"),
        "remove": f"{key} {negation}@{name}" + ("" if negation else f" delete @{name} {{ {key} }}"),
    }[action]
    if action == "set" and negation:
        raise Unsayable("nft cannot put an address on a list and not match", f"a rule of its own: `{renewed}`")
    notes = (f"an address leaves the list {seconds} seconds after its last entry",) if seconds else ()
    return Said(words, sets=(NamedSet(name, f"type {kind}; flags dynamic,timeout;{timeout}"),), notes=notes)


def _nearest_to_hits(use: Use, key: str) -> tuple[str, str]:
    hits, seconds = use.value("hitcount", 0), use.value("seconds", 60)
    if use.has("rttl"):
        return "nft keeps no TTL with an address", f"a list without it: `{key} @{use.value('name', 'DEFAULT')}`"
    amount, unit = next(
        ((hits * size // seconds, name) for name, size in UNITS.items() if hits * size >= seconds), (1, "day")
    )
    bucket = f"limit rate over {amount}/{unit} burst {hits} packets"
    name = use.value("name", "DEFAULT")
    return (
        "nft does not keep when an address was seen before its last time",
        f"a rate for each address, which refills little by little: `update @{name} {{ {key} {bucket} }}`",
    )


recent = Match(
    "recent",
    Option(
        "set",
        negatable=True,
        excludes="rcheck update remove",
        sentence="put the address on the list, or renew its entry; the rule {matches|does not match} then",
    ),
    Option("rcheck", negatable=True, excludes="update remove", sentence="the address is {not }on the list"),
    Option(
        "update",
        negatable=True,
        excludes="remove",
        sentence="the address is {not }on the list; if it is, renew its entry",
    ),
    Option("remove", negatable=True, sentence="the address was {not }on the list; take it off"),
    Option(
        "seconds",
        uint32(min=1),
        before={"1.4.11": Unchecked(bits=32), "1.4.13": uint32(), "1.4.15": uint32(min=1), "1.4.20": uint32()},
        twice_in="..1.4.10",
        sentence="its last entry is no older than {value:second}",
        negation_ignored_in="..1.4.10",
    ),
    Option("reap", also="seconds", sentence="discard entries that are older than that"),
    Option(
        "hitcount",
        uint32(),
        before={"1.4.11": Unchecked(bits=32)},
        default=0,
        sentence="it was seen at least {value:time}",
        negation_ignored_in="..1.4.10",
        twice_in="..1.4.10",
    ),
    Option(
        "rttl",
        excludes="set remove",
        sentence="its TTL is that of the packet that `--set` saw",
        twice_in="..1.4.0",
        negation_ignored_in="..1.4.10",
    ),
    Option(
        "name",
        text(cut_at=199, quoted=False),
        twice_in="..1.4.10",
        sentence="the list is called {value}",
        negation_ignored_in="..1.4.10",
    ),
    Option("mask", SharingMask(), sentence="{value}"),
    Option(
        "rsource",
        sentence="the address is the packet's source",
        negation_ignored_in="..1.4.10",
        twice_in="..1.4.10",
    ),
    Option(
        "rdest",
        sentence="the address is the packet's destination",
        negation_ignored_in="..1.4.10",
        twice_in="..1.4.10",
    ),
    checks=(
        needs_one_of(*_ACTIONS, says="recent: you must specify one of `--set', `--rcheck' `--update' or `--remove'"),
    ),
    table_since="1.4.11",
    kernel=(conditions_need_a_look, hits_can_be_counted, names_a_file("name", "/proc/net/xt_recent")),
    saved=saved,
    sentence="keep a list of addresses and look them up",
    nft=on_a_list,
)
