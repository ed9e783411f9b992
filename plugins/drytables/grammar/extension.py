"""Matches and targets: tables of options that read like a man page's synopsis; a contradictory table will not
import.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple

from ..diagnostics.code import Code
from .rule import Setting, Use
from .values.base import Value

if TYPE_CHECKING:
    from .gates import Gate


class CheckFailure(NamedTuple):
    """What a check found: the code and message of a diagnostic, and where it is in terms of the table.

    The caret goes to the `option` (the extension's name when empty) or to the built-in option `letter`, with `label`
    beside it, and the dashes to the extension's name or to the option `cause`. `says` are the words of iptables, or
    of the kernel when `by_kernel`; `insert` is a text that, put behind the option, is certain to cure the fault, and
    `replace` one that, put in the place of its value, is. `since` and `until` are the first and the last release that
    find the fault, where not all do.
    """

    code: Code
    message: str
    option: str = ""
    letter: str = ""
    label: str = ""
    cause: str = ""
    says: str = ""
    by_kernel: bool = False
    help: str = ""
    insert: str = ""
    replace: str = ""
    since: str = ""
    until: str = ""


#: Looks at one use of an extension, in a rule read to its end.
Check = Callable[[Use], CheckFailure | None]
#: Looks at one option as soon as it is read: what comes later on the line is not yet known.
SettingCheck = Callable[[Use, Setting], CheckFailure | None]
#: The words that `iptables -S` prints for a use, after `-m NAME` or `-j NAME`.
Saver = Callable[[Use], Sequence[str]]
#: Tells which of the packets that come to a use of a match it lets through, whatever is in them.
Gatekeeper = Callable[[Use], "Gate"]


class Option:
    """One option of a match or target, by its long name without dashes.

    value        what it takes; None for a flag
    before       what older releases took: `{"1.4.11": any_level}` is what those before 1.4.11 read, `"ipv6 1.3.7"`
                 those of ip6tables alone; the oldest first, and read into what `value` writes
    aliases      other long names, separated by blanks
    said_as      the long name that iptables' own messages use, where it is not `name`, which `-S` prints
    optional     it may stand without its value, which is the next word unless that looks like an option
    required     the extension cannot be used without it
    required_since, also_since, excludes_since, once_since   the release that began to demand it, where older ones are
                 known not to have done so; where nothing is known they are taken to demand what the newest does
    negatable    a `!` may stand before it
    negation_broken   the first and the last of the releases that refused this `!` by mistake: `1.4.11 1.4.12`
    inverted     iptables' words when it is negated and must not be, where they are not the usual ones
    repeatable   it may be given more than once in one use of the extension
    twice        iptables' words when it is given a second time, where they are not the usual ones
    also         names that must be given with it
    excludes     names that must not be given with it; listed on one side or on both, as iptables does
    default      the value that `-S` leaves out
    assumed      what releases before `also_since` took for it when it was left out
    cure         why one would write the `assumed` value: `to take …`, with `{every}` for another option's value
    check        looks at it as soon as it is read
    sentence     what it asks for, in words: `{value}` is its value, `{not }` the word "not " when negated, and of
                 `{holds|does not hold}` the second stands when negated
    """

    def __init__(
        self,
        name: str,
        value: Value | None = None,
        *,
        before: Mapping[str, Value] | None = None,
        aliases: str = "",
        said_as: str = "",
        optional: bool = False,
        required: bool = False,
        required_since: str = "",
        negatable: bool = False,
        negation_broken: str = "",
        negated_says: str = "",
        repeatable: bool = False,
        repeated_says: str = "",
        once_since: str = "",
        also: str = "",
        also_since: str = "",
        excludes: str = "",
        excludes_since: str = "",
        default: object = None,
        assumed: str = "",
        cure: str = "",
        check: SettingCheck | None = None,
        sentence: str = "",
    ) -> None:
        self.name, self.value, self.before = name, value, before or {}
        self.names, self.said_as = (name, *aliases.split()), said_as or name
        self.optional, self.required, self.required_since = optional, required, required_since
        self.negatable, self.negated_says, self.repeatable, self.repeated_says = (
            negatable,
            negated_says,
            repeatable,
            repeated_says,
        )
        self.negation_broken = negation_broken.split()
        self.once_since, self.also, self.also_since = once_since, also, also_since
        self.excludes, self.excludes_since = excludes, excludes_since
        self.default, self.assumed, self.cure = default, assumed, cure
        self.check, self.sentence = check, sentence
        self._refuse_contradictions()

    def _refuse_contradictions(self) -> None:
        if self.said_as not in self.names:
            raise ValueError(f"option {self.name!r}: {self.said_as!r} is none of its names")
        for name in self.names:
            if name.startswith("-"):
                raise ValueError(f"option {name!r}: names are written without dashes")
        if self.value is None and (self.default is not None or self.assumed or self.before):
            raise ValueError(f"option {self.name!r}: a flag has no value to leave out")
        if self.negation_broken and not (self.negatable and len(self.negation_broken) == 2):
            raise ValueError(f"option {self.name!r}: two releases bound those that broke the negation it has")
        if self.required and (self.default is not None):
            raise ValueError(f"option {self.name!r}: what is required has no default")


class Extension:
    """A match or target: its name and its options, in the order in which `-S` prints them.

    family       the only family that has it (`ipv4`, `ipv6`); empty for both
    checks       the extension's own checks, made before those that the table says
    table_since  the release that put its options into a table, and since then says in the usual words what it demands
    tables, hooks, protocols   all that the kernel lets it be used in, separated by blanks; empty for any
    kernel       what the kernel checks besides, in words of the table
    saved        the words `-S` prints, where the table cannot say; saved_as another name than its own
    checks_ranges   it looks itself whether a range ends before it begins, and did so when libxtables did not
    reversed_says   what releases before 1.8.11 said of such a range, where it was not `LOW should be less than HIGH`
    reworded     words of iptables since 1.8.11, and those that older releases used in their place
    sentence     what it does, in words, for explain

    Of a match only:

    looks_at     what its answer hangs on, where that is certain: `nothing`, when every packet matches; `packet`, what
                 no target changes while the packet is in a chain; `changeable`, what a target may change
    gate         tells which packets it lets through, where it counts them or leaves that to chance
    comes_with   the protocol, as it is written after `-p`, that one names to bring the match in

    Of a target only:

    terminates   a packet that it takes does not come to the next rule of the chain; iptables-extensions(8) calls the
                 others "non-terminating", or says that rule traversal continues
    common       everybody uses it: a misspelt name of a chain may have meant it
    named_by_value   a picture names it by the value of its first option alone: `10.0.0.1`, not `SNAT 10.0.0.1`
    """

    kind: ClassVar[str] = "extension"

    def __init__(
        self,
        name: str,
        *options: Option,
        family: str = "",
        checks: Sequence[Check] = (),
        table_since: str = "",
        tables: str = "",
        hooks: str = "",
        protocols: str = "",
        kernel: Sequence[Check] = (),
        saved: Saver | None = None,
        saved_as: str = "",
        checks_ranges: bool = False,
        reversed_says: str = "",
        reworded: Mapping[str, str] | None = None,
        sentence: str = "",
        looks_at: Literal["", "nothing", "packet", "changeable"] = "",
        gate: Gatekeeper | None = None,
        comes_with: str = "",
        terminates: bool = False,
        common: bool = False,
        named_by_value: bool = False,
    ) -> None:
        self.name, self.options, self.family = name, options, family
        self.checks, self.table_since, self.kernel = tuple(checks), table_since, tuple(kernel)
        self.tables, self.hooks, self.protocols = tables.split(), hooks.split(), protocols.split()
        self.saved, self.saved_as, self.sentence = saved, saved_as or name, sentence
        self.checks_ranges, self.reversed_says, self.reworded = checks_ranges, reversed_says, reworded or {}
        self.looks_at, self.gate, self.comes_with = looks_at, gate, comes_with
        self.terminates, self.common, self.named_by_value = terminates, common, named_by_value
        self.by_name = {spelling: option for option in options for spelling in option.names}
        self._refuse_contradictions()

    def _refuse_contradictions(self) -> None:
        if len(self.by_name) != sum(len(option.names) for option in self.options):
            raise ValueError(f"{self.name}: an option's name appears twice")
        if self.kind == "match" and (self.terminates or self.common or self.named_by_value):
            raise ValueError(f"{self.name}: a match says of itself what only a target is")
        if self.kind == "target" and (self.looks_at or self.gate or self.comes_with):
            raise ValueError(f"{self.name}: a target says of itself what only a match is")
        own = {option.name for option in self.options}
        for option in self.options:
            also, excludes = option.also.split(), option.excludes.split()
            if strangers := {*also, *excludes} - own:
                raise ValueError(f"{self.name} --{option.name}: no such option: {', '.join(sorted(strangers))}")
            if option.name in also or option.name in excludes or {*also} & {*excludes}:
                raise ValueError(f"{self.name} --{option.name}: requires and excludes contradict each other")
            if any(self.by_name[name].required for name in excludes) and option.required:
                raise ValueError(f"{self.name} --{option.name}: two required options exclude each other")

    def __repr__(self) -> str:
        return f"<{self.kind} {self.name}>"


class Match(Extension):
    """A match, named by `-m NAME`."""

    kind: ClassVar[str] = "match"


class Target(Extension):
    """A target, named by `-j NAME`."""

    kind: ClassVar[str] = "target"
