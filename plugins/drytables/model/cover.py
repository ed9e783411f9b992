"""Whether one rule takes all that another could match, by the meaning of their options."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .condition import AnyOf, Condition, Counted, Look, Unknowable, fields_of, implies
from .conditions import conditions_of
from .ruleset import PlacedRule
from .targets.table import observes

#: What a target may change on the way from one rule to the next. Nothing else does while a packet is in a chain.
CHANGEABLE = frozenset({"mark", "connection_mark", "tos", "ttl", "translated", "state", "source", "destination"})


def covers(earlier: PlacedRule, later: PlacedRule, between: Iterable[PlacedRule] = ()) -> bool:
    """Whether every packet that the later rule of a chain could match is certain to match the earlier one.

    False where that is not certain. `between` are the rules from the earlier one up to the later one, which may change
    packets on the way, as the earlier one itself may.
    """
    if earlier.rule.family != later.rule.family or not is_certain(earlier):
        return False
    return is_covered(conditions_of(earlier), conditions_of(later), any(map(may_change_packets, between)))


def is_certain(earlier: PlacedRule) -> bool:
    """Whether it is known of a rule that it is there, and all that it asks for."""
    return not earlier.rule.unread and not earlier.doubt


def is_covered(wanted: Sequence[Condition], given: Sequence[Condition], may_change: bool = False) -> bool:
    """Whether every packet that meets all the given conditions is certain to have met all the wanted ones before.

    `may_change`: a rule between the two may have changed the packet.
    """
    if any(isinstance(each, Counted) for each in wanted):
        return False
    return not (may_change and are_changeable(wanted)) and are_in(wanted, given)


def are_changeable(conditions: Iterable[Condition]) -> bool:
    """Whether a target may change what one of some conditions looks at."""
    return any(_fields(each) & CHANGEABLE for each in conditions)


def are_in(wanted: Sequence[Condition], given: Sequence[Condition]) -> bool:
    """Whether every packet that meets the given conditions is certain to meet the wanted ones, none of which counts."""
    for condition in wanted:
        # Fields are compared before anything else: of a large rule set, millions of pairs are asked about.
        field = condition.field if isinstance(condition, Look) else None
        for each in given:
            if field is not None and isinstance(each, Look) and each.field != field:
                continue
            if _implies(each, condition):
                break
        else:
            return False
    return True


def looked_at(conditions: Sequence[Condition]) -> frozenset[str]:
    """The fields that some conditions look at, in whatever way."""
    return frozenset().union(*map(_fields, conditions))


def needed(conditions: Sequence[Condition]) -> frozenset[str]:
    """The fields that others have to look at which have some conditions in them."""
    return frozenset(each.field for each in conditions if isinstance(each, Look))


def _fields(condition: Condition) -> frozenset[str]:
    return frozenset() if isinstance(condition, Counted) else fields_of(condition)


def _implies(first: Condition, second: Condition) -> bool:
    """Whether one condition has another in it; what is not understood has itself, if its answer never changes."""
    if isinstance(second, Unknowable):
        return isinstance(first, Unknowable) and first == second and second.is_stable
    if isinstance(first, AnyOf) and first == second:
        return True
    return implies(first, second)


def may_change_packets(placed: PlacedRule) -> bool:
    """Whether a rule sends packets where they may be changed before they come back, or changes them itself."""
    rule = placed.rule
    if rule.target is not None:
        return not (rule.target.extension.terminates or observes(rule.target))
    return rule.jump is not None and rule.jump.text not in ("ACCEPT", "DROP", "RETURN", "QUEUE")
