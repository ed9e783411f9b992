"""set: whether an address or port is in an ipset set. iptables-extensions(8), set.

Observed beyond it with iptables-legacy 1.8.9: `--set` is an older name of `--match-set`; flags may be repeated;
`--update-counters` and `--update-subcounters` are saved only if they are negated.
"""

from __future__ import annotations

from ....diagnostics.codes.command import EXCLUDES
from ...checks import needs_one_of
from ...extension import CheckFailure, Match, Option
from ...nft import NamedSet, Said, Unsayable
from ...rule import Setting, Use
from ...saving import option_words
from ...values.base import Family, InvalidValue, Value, number
from ...values.ipset_directions import REWORDED, SetAndDirections, nft_key, nft_note


class Counter(Value):
    """A number of 64 bits."""

    synopsis = "N"

    def read(self, text: str, family: Family) -> int:
        value = number(text)
        if value is None or value >= 1 << 64:
            raise InvalidValue("not a 64-bit number", says=f"Cannot parse {text} as a counter value")
        return value


def one_condition(use: Use, setting: Setting) -> CheckFailure | None:
    """A counter takes only one comparison."""
    kind = setting.option.name.partition("-")[0]
    other = next(
        (
            f"{kind}-{way}"
            for way in ("eq", "lt", "gt")
            if f"{kind}-{way}" != setting.option.name and use.has(f"{kind}-{way}")
        ),
        None,
    )
    if other is None:
        return None
    return CheckFailure(
        EXCLUDES,
        f"`--{setting.option.name}` and `--{other}` cannot be used together",
        option=setting.option.name,
        cause=other,
        label=f"conflicts with `--{other}`",
        says=f"only one of the --{kind}-[eq|lt|gt] is allowed",
    )


def saved(use: Use) -> list[str]:
    """The set and its flags, each once."""
    words = option_words(use, "match-set")
    words += ["--return-nomatch"] if use.has("return-nomatch") else []
    for option in ("update-counters", "update-subcounters"):
        if any(setting.negated for setting in use.settings.get(option, ())):
            words += ["!", f"--{option}"]
    return words + option_words(use, *(f"{kind}-{way}" for kind in ("packets", "bytes") for way in ("eq", "lt", "gt")))


def _condition(kind: str, way: str, words: str) -> Option:
    name = f"{kind}-{way}"
    return Option(
        name,
        Counter(),
        negatable=way == "eq",
        check=one_condition,
        repeated_says=f"only one of the --{kind}-[eq|lt|gt] is allowed",
        negated_says=f"--{name} option cannot be inverted",
        sentence=f"the entry {{has|has not}} counted {words} {{value:{kind[:-1]}}}",
    )


def in_a_named_set(use: Use) -> Said:
    """A set of nft's own with the name of the ipset, of the kind that its directions suggest."""
    quiet = ("match-set", *(name for name in ("update-counters", "update-subcounters") if use.negated(name)))
    if unsaid := next((name for name in use.settings if name not in quiet), None):
        raise Unsayable(
            f"nft has nothing like `--{unsaid}`", "a set of nft's own, whose elements may have a counter each"
        )
    name, directions = use.value("match-set")
    key, definition = nft_key(directions, use.rule.family)
    words = f"{key} {'!= ' if use.negated('match-set') else ''}@{name}"
    return Said(words, sets=(NamedSet(name, definition),), notes=(nft_note(name, directions),))


set = Match(
    "set",
    Option(
        "match-set",
        SetAndDirections("--match-set requires two args."),
        aliases="set",
        negatable=True,
        repeated_says="--match-set can be specified only once",
        sentence="the packet is {not }in the set {value}",
        negated_inside_in="..1.4.11.1",
    ),
    Option(
        "return-nomatch",
        repeatable=True,
        negated_says="--return-nomatch flag cannot be inverted",
        sentence="entries that are marked nomatch match, and others do not",
    ),
    Option("update-counters", negatable=True, repeatable=True, sentence="{count|do not count} it in the entry"),
    Option(
        "update-subcounters", negatable=True, repeatable=True, sentence="{count|do not count} it in the sets of a list"
    ),
    _condition("packets", "eq", "exactly"),
    _condition("packets", "lt", "fewer than"),
    _condition("packets", "gt", "more than"),
    _condition("bytes", "eq", "exactly"),
    _condition("bytes", "lt", "fewer than"),
    _condition("bytes", "gt", "more than"),
    checks=(needs_one_of("match-set", says="You must specify `--match-set' with proper arguments"),),
    saved=saved,
    reworded=REWORDED,
    looks_at="changeable",
    sentence="look the packet up in an ipset",
    nft=in_a_named_set,
)
