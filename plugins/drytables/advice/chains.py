"""Rules that could go: those that can never match, duplicates, and a RETURN at the end of a chain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..diagnostics.codes.advice import COVERED_RULE, REPEATED_RULE, RETURN_AT_END
from ..diagnostics.diagnostic import Diagnostic, Label
from ..diagnostics.source import Source
from ..grammar.builtin import CHAINS
from ..grammar.terminating import terminates
from ..grammar.values.wording import in_a_row
from ..model.condition import Condition, Counted
from ..model.conditions import conditions_of
from ..model.cover import is_certain, may_change_packets
from ..model.earlier_rules import EarlierRules
from ..model.ruleset import Chain, PlacedRule
from ..model.targets.verdicts import REFUSING
from ..model.together import RulesTogether
from ..reading.pattern import pattern

#: How withheld values are written, each perhaps standing for another: `XX:XX:XX:XX:XX:XX`, `10.0.x.x`.
_WITHHELD = pattern(r"[\dXxYyZzNn?_.:/…*#-]+")


def about_chains(source: Source, chain: Chain) -> Iterator[Diagnostic]:
    """What to say of the rules of one chain, in time that grows with their number."""
    if len(chain.rules) < 2:
        return
    yield from _never_matching(source, chain)
    yield from _return_at_end(chain)


def _never_matching(source: Source, chain: Chain) -> Iterator[Diagnostic]:
    earlier, together, changes = EarlierRules(), RulesTogether(), 0
    first_of: dict[tuple[object, ...], tuple[PlacedRule, int]] = {}
    for placed in chain.rules:
        conditions = conditions_of(placed)
        # One command may add several rules; it is reported once, and never as a repetition of itself.
        is_asked = placed.rule.jump is not None and not placed.rule.unread
        by = earlier.covering(conditions, changes) if is_asked else None
        several = together.covering(conditions, changes, placed.rule.family) if is_asked and by is None else ()
        if by is not None and by.span != placed.span:
            yield _covered(source, placed, [by])
        elif several and all(each.span != placed.span for each in several):
            yield _covered(source, placed, several)
        elif _is_settled(placed, conditions):
            key = _effect(placed, conditions)
            first, before = first_of.setdefault(key, (placed, changes))
            if first.span != placed.span and before == changes:
                yield _repeated(source, placed, first)
        changes += may_change_packets(placed)
        if not (placed.rule.goto or terminates(placed.rule)):
            continue
        if not conditions:
            return  # what comes after this is reported as never reached
        if is_certain(placed):
            earlier.add(placed, conditions, changes)
            together.add(placed, conditions, changes)


def _is_settled(placed: PlacedRule, conditions: Sequence[Condition]) -> bool:
    """Whether a rule is there for certain, and what it does depends on the packet alone, and on values that are the
    same wherever they are written the same.
    """
    if any(isinstance(each, Counted) for each in conditions) or placed.rule.jump is None:
        return False
    return is_certain(placed) and not any(each.holes and _WITHHELD.fullmatch(each.text) for each in placed.rule.words)


def _effect(placed: PlacedRule, conditions: Sequence[Condition]) -> tuple[object, ...]:
    """What two rules have in common that are the same."""
    rule, settings = placed.rule, list[str]()
    for name, given in rule.target.settings.items() if rule.target is not None else ():
        settings += (f"{'! ' if each.negated else ''}{name} {each.value}" for each in given)
    return frozenset(conditions), placed.goal, rule.goto, tuple(settings)


def _covered(source: Source, placed: PlacedRule, by: Sequence[PlacedRule]) -> Diagnostic:
    """What is said of a rule whose packets one or several others take, in their order in the chain."""
    causes = {each.span: each for each in sorted(by, key=lambda each: each.span.start)}
    lines = in_a_row([str(line) for line in dict.fromkeys(_line(source, each) for each in causes.values())])
    is_one = len(causes) == 1
    rejects = placed.rule.target is not None and placed.goal in REFUSING and all(each.goal == "DROP" for each in by)
    taking = f"line {lines} takes" if is_one else f"lines {lines} together take"
    dropping = f"line {lines} has" if is_one else f"lines {lines} together have"
    message = (
        f"nothing is rejected here: {dropping} dropped all of these packets before"
        if rejects
        else f"this rule never matches: {taking} all of its packets before it"
    )
    is_same = all(placed.goal == each.goal and placed.rule.goto == each.rule.goto for each in by)
    return Diagnostic(
        COVERED_RULE,
        message,
        Label(placed.span),
        causes=tuple(
            Label(span, _taken(each, "these" if is_one else "some of these")) for span, each in causes.items()
        ),
        help=f"{'leave it out' if is_same else 'put it first'}; if these are two ways, show each in a block of its own",
        severity="note",
    )


def _taken(by: PlacedRule, which: str) -> str:
    """What becomes of packets at a rule that takes them."""
    if by.rule.goto:
        return f"{which} packets go to another chain here, and do not come back"
    if by.goal == "RETURN":
        return f"{which} packets leave the chain here"
    return f"the way of {which} packets through the chain ends here, with {by.goal}"


def _repeated(source: Source, placed: PlacedRule, first: PlacedRule) -> Diagnostic:
    return Diagnostic(
        REPEATED_RULE,
        f"the rule of line {_line(source, first)} is added once more",
        Label(placed.span),
        causes=(Label(first.span, "added here"),),
        notes=("iptables does not look whether a rule is there: a packet that comes back from the first meets both",),
        help="remove one of the two; `iptables -C` asks whether a rule is there",
        severity="note",
    )


def _return_at_end(chain: Chain) -> Iterator[Diagnostic]:
    if chain.name in CHAINS or chain.doubt:
        return
    last = chain.rules[-1]
    if last.goal == "RETURN" and not last.doubt and not last.rule.goto and not conditions_of(last):
        yield Diagnostic(
            RETURN_AT_END,
            f"this rule changes nothing: packets return at the end of `{chain.name}` in any case",
            Label(last.span),
            help="leave it out, unless it is there to be counted, or for rules to be inserted before it",
            severity="note",
        )


def _line(source: Source, placed: PlacedRule) -> int:
    return source.position(placed.span.start)[0]
