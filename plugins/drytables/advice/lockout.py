"""Rule sets that lock out whoever types them over ssh: for good, or from one of their lines to a later one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..diagnostics.codes.advice import LOCKED_OUT, POLICY_FIRST
from ..diagnostics.diagnostic import Diagnostic, Label
from ..diagnostics.source import Source
from ..model.condition import Condition, Look
from ..model.conditions import conditions_of
from ..model.ruleset import Chain, PlacedRule, Ruleset
from ..model.targets.table import observes
from ..model.targets.verdicts import REFUSING
from ..reading.saved import SavedTable
from ..ruleset.simulation import Event
from ..ruleset.state import Step

_TCP = 6
#: Ports that no ssh server is moved to: those of the mail, the web, names, time, files and printing.
_OTHER_SERVICES = frozenset({20, 21, 23, 25, 53, 67, 68, 69, 80, 110, 111, 123, 137, 138, 139, 143, 161, 389, 443, 445,
                             465, 514, 546, 547, 587, 631, 636, 993, 995, 2049, 3306, 5432, 8080, 8443})  # fmt: skip


def about_lockout(source: Source, events: Sequence[Event], ruleset: Ruleset) -> Iterator[Diagnostic]:
    """What to say of a rule set that is plainly all that a machine has for its own packets.

    It is if INPUT is emptied, or loaded as a whole, and then refuses what no rule lets in, and if it lets in something.
    """
    for family in ("ipv4", "ipv6"):
        chain = ruleset.tables.get((family, "filter"), {}).get("INPUT")
        if chain is None or not _is_whole(events, family):
            continue
        accepting = [placed for placed in chain.rules if placed.goal == "ACCEPT"]
        refusing = _refusing(chain)
        if refusing is None or not accepting:
            continue
        if not any(map(_may_let_in, _before(chain, refusing))):
            yield _locked_out(refusing)
        elif chain.policy == "DROP" and chain.policy_span is not None:
            yield from _policy_first(source, events, family, chain)


def _is_whole(events: Sequence[Event], family: str) -> bool:
    """Whether a table of filters is loaded as a whole, or its chain INPUT emptied before it has rules."""
    for event in events:
        if not isinstance(event, Step):
            saved, steps = event
            if saved.name.text == "filter" and all(step.command.family == family for step in steps):
                return _declares_input(saved)
            continue
        rule = event.rule
        if rule is None or rule.family != family or rule.table != "filter":
            continue
        if rule.command == "flush":
            if not event.command.is_conditional and (rule.chain is None or rule.chain.text == "INPUT"):
                return True
        elif rule.chain is not None and rule.chain.text == "INPUT" and rule.command in ("append", "insert", "replace"):
            return False
    return False


def _declares_input(saved: SavedTable) -> bool:
    return saved.is_whole and any(line.chain.text == "INPUT" for line in saved.chains)


def _refusing(chain: Chain) -> PlacedRule | Label | None:
    """What refuses all that is let through so far: a rule, or the place where the policy is set."""
    for placed in chain.rules:
        if placed.goal in REFUSING and not conditions_of(placed):
            return placed
    return Label(chain.policy_span) if chain.policy == "DROP" and chain.policy_span is not None else None


def _before(chain: Chain, refusing: PlacedRule | Label) -> list[PlacedRule]:
    rules = [*chain.rules]
    return rules[: rules.index(refusing)] if isinstance(refusing, PlacedRule) else rules


def _may_let_in(placed: PlacedRule) -> bool:
    """Whether a rule may let in what belongs to an ssh connection. One that sends packets elsewhere may."""
    target = placed.rule.target
    if placed.goal in ("", "RETURN", *REFUSING) or (target is not None and observes(target)):
        return False
    return not any(map(_is_not_of_ssh, conditions_of(placed)))


def _is_not_of_ssh(condition: Condition) -> bool:
    """Whether no packet that meets a condition comes from an ssh client elsewhere."""
    if not isinstance(condition, Look) or condition.negated:
        return False
    if condition.field == "in_interface":
        return condition.values.only == "lo"
    if condition.field == "protocol":
        return not condition.values.has(_TCP)
    if condition.field == "destination_port":
        return condition.values.only in _OTHER_SERVICES
    return condition.field == "icmp"


def _locked_out(refusing: PlacedRule | Label) -> Diagnostic:
    span = refusing.span
    return Diagnostic(
        LOCKED_OUT,
        "who types these rules over ssh is locked out: nothing lets ssh in, nor connections that there are",
        Label(span, "all else is refused here"),
        help="accept the port of ssh before, and `-m conntrack --ctstate ESTABLISHED,RELATED`",
        severity="note",
    )


def _policy_first(source: Source, events: Sequence[Event], family: str, chain: Chain) -> Iterator[Diagnostic]:
    """A policy that is set before the rules are there which let ssh in."""
    assert chain.policy_span is not None
    if any(not isinstance(event, Step) for event in events) or source.text.startswith("#!"):
        return
    steps = [event for event in events if isinstance(event, Step)]
    if any(step.command.is_conditional for step in steps):
        return  # a script, which runs on without who started it
    letting = [placed for placed in chain.rules if placed.rule.family == family and _may_let_in(placed)]
    first = min(placed.span for placed in letting)
    if first > chain.policy_span:
        command = next((step.command.span for step in steps if chain.policy_span.starts_in(step.command.span)), None)
        yield Diagnostic(
            POLICY_FIRST,
            "from this line on, who types it over ssh may type no other: nothing lets ssh in yet",
            Label(command or chain.policy_span),
            causes=(Label(first, "this is the first rule that may let it in"),),
            help="set the policy last, when the rules are there",
            severity="note",
        )
