"""Matches and targets: tables of options that read like a man page's synopsis; contradictory ones do not import."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple, TypedDict, Unpack

from ..diagnostics.code import Code
from .history.releases import spans
from .nft import Form, NotInNft
from .rule import Setting, Use
from .values.base import Value

if TYPE_CHECKING:
    from .gates import Gate


class CheckFailure(NamedTuple):
    """The result of a failed check: the code and message of a diagnostic, and where it is in terms of the table.

    The caret goes to the `option` (the extension's name if empty) or to the built-in option `letter`, with `label`
    beside it, and the dashes to the extension's name or to the option `cause`. `says` are the words of iptables, or of
    the kernel if `by_kernel`. `insert` is a text that is certain to fix the fault if put after the option, and
    `replace` one that is certain to if put in place of its value. `since` and `until` are the first and the last
    release that report the fault, unless all do.
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


#: What an option asks for, as a template, or what makes it out of the use and of the option as it was given.
Sentence = str | Callable[[Use, Setting], str]
#: Checks one use of an extension, in a rule read to its end.
Check = Callable[[Use], CheckFailure | None]
#: Checks one option as soon as it is read: what comes later on the line is not yet known.
SettingCheck = Callable[[Use, Setting], CheckFailure | None]
#: The words that `iptables -S` prints for a use, after `-m NAME` or `-j NAME`.
Saver = Callable[[Use], Sequence[str]]
#: Says which of the packets that reach a use of a match it lets through, whatever is in them.
Gatekeeper = Callable[[Use], "Gate"]


class Otherwise(TypedDict, total=False):
    """The releases that read an option otherwise than the newest: `..1.4.10` or `1.4.11..1.4.12`, with a space between
    several ranges. Observed by running every release from 1.3.8 to 1.8.11.

    twice_in     they let it be given more than once in one use of the extension
    not_negatable_in   they refuse the `!` before it, by mistake
    negation_ignored_in   they ignore the `!` before it, though it is not negatable
    negated_inside_in   they take a `!` between it and its value
    forgets_in   they forget the options named in `forgets` if these are given before it
    glued_in     they accept `--NAME=VALUE`; all do, if it is not given

    today        what means the same in every release, in place of the match and the option, where the man page calls
                 the match an older one: `-m conntrack {! }--ctstate {value}`
    """

    twice_in: str
    not_negatable_in: str
    negation_ignored_in: str
    negated_inside_in: str
    forgets: str
    forgets_in: str
    glued_in: str
    today: str


class Option:
    """One option of a match or target, by its long name without dashes.

    value        what it accepts; None for a flag
    before       what older releases accepted: `{"1.4.11": any_level}` is for those before 1.4.11, `"ipv6 1.3.7"` for
                 those of ip6tables alone; the oldest first, and each reads to something that `value` can write
    aliases      other long names, separated by spaces
    said_as      the long name in iptables' own messages, if it is not `name`, which `-S` prints
    optional     it may be given without its value, which is the next word unless that looks like an option
    required     the extension cannot be used without it
    required_since, also_since, excludes_since   the release that introduced the demand, if older ones are known not to
                 have made it; otherwise they are taken to demand what the newest does
    negatable    it may be preceded by `!`
    negated_says iptables' words if it is negated and must not be, where they are not the usual ones
    repeatable   it may be given more than once in one use of the extension
    repeated_says   iptables' words if it is given a second time, where they are not the usual ones
    also         names that must be given with it
    excludes     names that must not be given with it; listed on one side or on both, as in iptables
    default      the value that `-S` leaves out
    assumed      the value that releases before `also_since` assumed if it was left out
    cure         why one would write the `assumed` value: `to take …`, with `{every}` for another option's value
    check        is called as soon as the option is read
    sentence     what it asks for, in words: `{value}` is its value as a person says it, `{value:packet}` so many
                 packets, `{not }` the word "not " if negated, and of `{holds|does not hold}` the second is used if
                 negated
    nft          its words in nft: `{value}` is its value as nft spells it, with `!=` before it if negated; of
                 `{exists|missing}` the second is used if negated; or why it has none. Empty if it asks nothing of
                 packets, and None if its extension says it

    `Otherwise` has the rest of what releases differ in.
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
        negated_says: str = "",
        repeatable: bool = False,
        repeated_says: str = "",
        also: str = "",
        also_since: str = "",
        excludes: str = "",
        excludes_since: str = "",
        default: object = None,
        assumed: str = "",
        cure: str = "",
        check: SettingCheck | None = None,
        sentence: Sentence = "",
        nft: str | NotInNft | None = None,
        **otherwise: Unpack[Otherwise],
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
        self.also, self.also_since, self.excludes, self.excludes_since = also, also_since, excludes, excludes_since
        self.default, self.assumed, self.cure = default, assumed, cure
        self.check, self.sentence, self.nft = check, sentence, nft
        self.forgets, self.today = otherwise.get("forgets", "").split(), otherwise.get("today", "")
        self.twice_in = spans(otherwise.get("twice_in", ""))
        self.not_negatable_in = spans(otherwise.get("not_negatable_in", ""))
        self.negation_ignored_in = spans(otherwise.get("negation_ignored_in", ""))
        self.negated_inside_in = spans(otherwise.get("negated_inside_in", ""))
        self.forgets_in, self.glued_in = spans(otherwise.get("forgets_in", "")), spans(otherwise.get("glued_in", ".."))
        self._refuse_contradictions()

    def _refuse_contradictions(self) -> None:
        if self.said_as not in self.names:
            raise ValueError(f"option {self.name!r}: {self.said_as!r} is none of its names")
        for name in self.names:
            if name.startswith("-"):
                raise ValueError(f"option {name!r}: names are written without dashes")
        if self.value is None and (self.default is not None or self.assumed or self.before):
            raise ValueError(f"option {self.name!r}: a flag has no value to leave out")
        if self.not_negatable_in and not self.negatable:
            raise ValueError(f"option {self.name!r}: no release is named that refuses a `!` which none accepts")
        if self.negation_ignored_in and self.negatable:
            raise ValueError(f"option {self.name!r}: a `!` is ignored only where it is not negatable")
        if self.twice_in and self.repeatable:
            raise ValueError(f"option {self.name!r}: all releases accept it twice")
        if self.negatable and isinstance(self.nft, str) and self.nft and not _says_negation(self.nft):
            raise ValueError(f"option {self.name!r}: its words in nft say the same if it is negated")
        if self.required and (self.default is not None):
            raise ValueError(f"option {self.name!r}: what is required has no default")


def _says_negation(words: str) -> bool:
    return "{value}" in words or "|" in words


class Extension:
    """A match or target: its name and its options, in the order in which `-S` prints them.

    family       the only family that has it (`ipv4`, `ipv6`); empty for both
    checks       the extension's own checks, made before those that the table states
    table_since  the release that moved its options into a table, and since then states its demands in the usual words
    tables, hooks, protocols   where the kernel allows its use, separated by spaces; empty for no restriction
    kernel       what else the kernel checks, in terms of the table
    saved        the words `-S` prints, if the table cannot say; saved_as a name other than its own
    checks_ranges   it checks itself whether a range ends before it begins, and did so when libxtables did not
    reversed_says   what releases before 1.8.11 said of such a range, if it was not `LOW should be less than HIGH`
    last_in      the releases that refuse any option of another match after its own, if they offer it to this one
                 first; `last_says` are iptables' words
    reworded     iptables' words since 1.8.11, and those that older releases used in their place
    sentence     what it does, in words, for explain
    nft          what it is in nft: words in which `{a}` stands for those of its option `a`, `{a,b}` for those of both
                 with a comma between, and `[…]` for something that is left out if its options are not given; or a
                 function; or why nft cannot say it. None if its options say it all, one after another
    nft_bare     its words in nft if none of its options has any

    Of a match only:

    looks_at     what its answer depends on, where that is certain: `nothing`, if every packet matches; `packet`, what
                 no target changes while the packet is in a chain; `changeable`, what a target may change
    gate         says which packets it lets through, if it counts them or leaves that to chance
    comes_with   the protocol, as written after `-p`, that brings the match in

    Of a target only:

    terminates   a packet that it acts on does not reach the next rule of the chain; iptables-extensions(8) calls the
                 others "non-terminating", or says that rule traversal continues
    common       widely used: a misspelt chain name may have been meant as this target
    named_by_value   a picture labels it with the value of its first option alone: `10.0.0.1`, not `SNAT 10.0.0.1`
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
        last_in: str = "",
        last_says: str = "",
        reworded: Mapping[str, str] | None = None,
        sentence: str = "",
        nft: Form | None = None,
        nft_bare: str = "",
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
        self.saved, self.saved_as, self.sentence, self.nft, self.nft_bare = (
            saved,
            saved_as or name,
            sentence,
            nft,
            nft_bare,
        )
        self.checks_ranges, self.reversed_says, self.reworded = checks_ranges, reversed_says, reworded or {}
        self.last_in, self.last_says = spans(last_in), last_says
        self.looks_at, self.gate, self.comes_with = looks_at, gate, comes_with
        self.terminates, self.common, self.named_by_value = terminates, common, named_by_value
        self.by_name = {spelling: option for option in options for spelling in option.names}
        self._refuse_contradictions()

    def _refuse_contradictions(self) -> None:
        if len(self.by_name) != sum(len(option.names) for option in self.options):
            raise ValueError(f"{self.name}: an option's name appears twice")
        if self.nft is None and (not self.options or any(option.nft is None for option in self.options)):
            raise ValueError(f"{self.name}: it does not say what it is in nft")
        if self.kind == "match" and (self.terminates or self.common or self.named_by_value):
            raise ValueError(f"{self.name}: a match says of itself what only a target is")
        if self.kind == "target" and (self.looks_at or self.gate or self.comes_with):
            raise ValueError(f"{self.name}: a target says of itself what only a match is")
        own = {option.name for option in self.options}
        for option in self.options:
            if {*option.forgets} - own:
                raise ValueError(f"{self.name} --{option.name}: it forgets an option that there is not")
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
