"""statistic: match at random, or one packet in every N. iptables-extensions(8), statistic."""

from ....diagnostics.codes.command import ALSO_REQUIRES, BAD_VALUE, EXCLUDES
from ...extension import CheckFailure, Match, Option
from ...gates import PROBABILITY_STEPS, Chance, Gate, Nth
from ...rule import Use
from ...values.base import Unsigned, one_of, uint32
from ...values.probabilities import fraction, leading_fraction
from ...values.unchecked import Signed
from ...values.wording import Context, place_in_round

_OF_THE_OTHER_MODE = {"random": ("every", "packet"), "nth": ("probability",)}
_NEVER_REACHED = "the --packet p must be 0 <= p <= n-1"


class PlaceInRound(Unsigned):
    """How many packets of a round come before the one that is meant."""

    def say(self, value: int, context: Context) -> str:
        return place_in_round(value)

    def say_unknown(self, text: str, context: Context) -> str:
        return f"number {text}"


def _most(use: Use) -> int:
    """The highest `--packet`. iptables keeps `--every` and `--probability` in one place; the one given last counts."""
    given = [name for name in use.settings if name in ("every", "probability")]
    if not given:
        return 0
    kept: int = use.value(given[-1])
    return kept - 1 if given[-1] == "every" else kept


def mode_has_its_options(use: Use) -> CheckFailure | None:
    """Each mode needs its own option: `random` a probability, `nth` an interval; without a mode, `random` is meant."""
    if use.value("mode", "random") == "random":
        if use.has("probability"):
            return None
        return CheckFailure(
            ALSO_REQUIRES,
            "`--mode random` also requires `--probability`",
            option="mode",
            label="`--probability` is missing",
            says="--probability must be specified when using random mode",
            help="set how often it matches, from 0 to 1: `--probability 0.5` is every second time on average",
            since="1.4.11" if use.has("mode") else "",
        )
    if use.has("every") or (use.has("packet") and use.value("packet") <= _most(use)):
        return None
    return CheckFailure(
        ALSO_REQUIRES,
        "`--mode nth` also requires `--every`",
        option="mode",
        label="`--every` is missing",
        says=_NEVER_REACHED if use.has("packet") else "--every and --packet must be specified when using nth mode",
        help="choose which packets match: `--every 3 --packet 0` is the first of every three",
        since="1.4.11",
    )


def packet_is_below_every(use: Use) -> CheckFailure | None:
    """The counter runs from 0 to one below `--every`."""
    every, packet = use.value("every"), use.value("packet", 0)
    if packet <= _most(use):
        return None
    if every is None:
        message = "`--probability` and `--packet` cannot be used together"
        return CheckFailure(
            EXCLUDES, message, option="packet", cause="probability", says=_NEVER_REACHED, since="1.4.11"
        )
    return CheckFailure(
        BAD_VALUE,
        f"`--packet {packet}` is never reached: the counter of `--every {every}` runs from 0 to {every - 1}",
        option="packet",
        label=f"must be below {every}",
        cause="every",
        says=_NEVER_REACHED,
        help=f"use a number from 0 to {every - 1}",
        since="1.4.0",
    )


def the_mode_has_only_its_options(use: Use) -> CheckFailure | None:
    """Once, this was checked before what the table states."""
    mode = use.value("mode", "random")
    name = next((name for name in _OF_THE_OTHER_MODE[mode] if use.has(name)), None)
    if name is None:
        return None
    other = "random" if mode == "nth" else "nth"
    return CheckFailure(
        EXCLUDES,
        f"`--{name}` can only be used with `--mode {other}`",
        option=name,
        cause="mode",
        says=f"--{name} can only be used in {other} mode",
        until="1.4.10",
    )


def gate(use: Use) -> Gate:
    """Which of the packets that reach it are let through; raises Unknown."""
    if use.has("probability"):
        return Chance(use.value("probability"), use.negated("probability"))
    return Nth(use.value("every", 0), use.value("packet", 0), use.negated("every"))


def by_number_or_chance(use: Use) -> str:
    """A number that counts the packets, or a random one, of 31 bits as the kernel's match has it."""
    if use.value("mode") == "nth":
        negated = use.negated("every")
        return f"numgen inc mod {use.value('every')} {'!= ' if negated else ''}{use.value('packet', 0)}"
    steps, negated = use.value("probability"), use.negated("probability")
    return f"meta random & {PROBABILITY_STEPS - 1} {'>=' if negated else '<'} {steps}"


statistic = Match(
    "statistic",
    Option(
        "mode",
        one_of(
            *("random", "nth"),
            says='Bad mode "{text}"',
            said={"random": "at random", "nth": "by counting them"},
        ),
        required=True,
        sentence="choose packets {value}",
        negation_ignored_in="..1.4.10",
    ),
    Option(
        "probability",
        fraction,
        before={"1.4.11": leading_fraction},
        negatable=True,
        excludes="every packet",
        sentence="match{|, except} with a probability of {value}",
    ),
    Option(
        "every",
        uint32(min=1),
        negatable=True,
        also="packet",
        also_since="1.4.11",
        excludes="probability",
        sentence="match {|all but }one packet in every {value}",
    ),
    Option(
        "packet",
        PlaceInRound(0, 0xFFFF_FFFF),
        before={"1.4.11": Signed(0, 0xFFFF_FFFF)},
        also="every",
        excludes="probability",
        assumed="0",
        cure="to match the first packet of every {every}",
        sentence="{value} of every round (its counter begins at 0)",
        negation_ignored_in="..1.4.10",
    ),
    checks=(the_mode_has_only_its_options, mode_has_its_options, packet_is_below_every),
    table_since="1.4.11",
    gate=gate,
    sentence="match at random, or one in every so many packets",
    nft=by_number_or_chance,
)
