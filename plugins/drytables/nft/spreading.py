"""Rules that spread what reaches them by a counter or by chance, as one rule with one number and a map.

They do the same from the first packet on, by construction: every rule has the same conditions, none of which remembers
anything or could be changed on the way, and what they do to each packet of a round is followed counter by counter, as
the kernel does (meaning/evaluate.py). The number of the one rule counts the same packets, from 0 as well, so that the
place of a packet in the round is the key of the map. A place at which no rule matches is not in the map, and nft goes
on to the next rule there, as iptables does. A rule may jump to a chain from which no packet comes back: those that do
would meet the next rule of the spread as well.

Chance has no memory: only the shares must be the same. They are where a number below `mod` splits them to within the
steps in which the kernel keeps a probability.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from fractions import Fraction
from itertools import groupby, pairwise
from math import lcm
from typing import NamedTuple

from ..grammar.gates import PROBABILITY_STEPS, Chance, Gate, Nth
from ..grammar.rule import Unknown
from ..meaning.evaluate import Branch, evaluate
from ..reading.pattern import pattern
from .joined import NO_COUNTER, ONE_COUNTER, Joined, JoinedClause, Source
from .translation import Clause, Statement

#: Rules beyond these are not looked at, and no map has more elements than this for each of its rules: nobody writes it.
_MOST_RULES, _MOST_ELEMENTS = 32, 2
#: The highest number of which chance draws one.
_MOST_PARTS = 100_000
#: By how much a share may be another, since a probability is kept in steps.
_ROUNDED = Fraction(2, PROBABILITY_STEPS)

#: What a number is, in words.
_NUMBERED = {"inc": "count what comes here from 0 to {}, and then from 0 again", "random": "draw a number from 0 to {}"}

_ENDING = frozenset({"accept", "drop", "return"})
_VERDICT = pattern(r"(?:accept|drop|return|(?:goto|jump) \S+)\Z")
_JUMP, _ARROW = "jump ", " -> "
_NAT = pattern(r"([sd]nat to) (?P<address>[0-9a-f.]+|\[?[0-9a-f:]+\]?)(?P<port>:\d+)?(?P<flags>(?: [a-z,-]+)?)\Z")
_VALUE = pattern(r"((?:meta|ct) mark set|redirect to) :?(?P<value>0x[0-9a-f]+|\d+)(?P<flags>(?: [a-z,-]+)?)\Z")


class _Member(NamedTuple):
    """A rule of a spread: its conditions, which of them is the gate (-1 for none), its gates, and what it does."""

    conditions: tuple[str, ...]
    at: int
    gate: Gate | None
    action: Clause
    ends: bool


def spread(statements: Sequence[Statement], first: int, ending: Set[str] = frozenset()) -> tuple[Joined | None, int]:
    """The spread that begins with a rule of a chain, as one rule; None if none begins there, or it cannot be one. Also
    the place of the first rule after those that were looked at: none of them need be looked at again. No packet comes
    back from the chains in `ending`.
    """
    members = _run(statements, first, ending)
    end = first + len(members)
    while len(members) > 1:
        made = _together(members)
        if made is not None:
            places = range(first, first + len(members))
            comments = [statements[place].comment for place in places]
            return _joined(statements[first], members[0], places, made, comments), end
        if members[-1].gate is not None:
            break
        members.pop()
    return None, end


def _joined(rule: Statement, member: _Member, places: range, made: JoinedClause, comments: Sequence[str]) -> Joined:
    kept = [clause for at, clause in enumerate(rule.clauses[:-1]) if at != member.at]
    note = ONE_COUNTER
    if " vmap " in made.words:
        kept, note = [clause for clause in kept if not clause.words.startswith("counter")], NO_COUNTER
    clauses = tuple(JoinedClause(clause.words, (Source(clause),)) for clause in kept)
    comment = rule.comment if len({*comments}) == 1 else _subject(rule.comment)
    return Joined(rule.head, (*clauses, made), comment, places, note)


def _run(statements: Sequence[Statement], first: int, ending: Set[str]) -> list[_Member]:
    """The rules from one on that have the same conditions and a gate each, and one without a gate that follows them."""
    head = statements[first]
    members: list[_Member] = []
    for statement in statements[first : first + _MOST_RULES]:
        member = _member(statement, ending)
        if member is None or (statement.head, _subject(statement.comment)) != (head.head, _subject(head.comment)):
            break
        if members and (member.conditions, member.ends) != (members[0].conditions, members[0].ends):
            break
        if not members and member.gate is None:
            break
        members.append(member)
        if member.gate is None:
            break
    return members


def _subject(comment: str) -> str:
    """What a comment is about: kube-proxy writes a service, and after an arrow where the rule sends its packets."""
    subject, arrow, _ = comment.partition(_ARROW)
    return f'{subject}"' if arrow else comment


def _member(statement: Statement, ending: Set[str]) -> _Member | None:
    """A rule that is added at a chain's end, as a part of a spread; None if it cannot be one."""
    if len(statement.clauses) < 2 or not statement.head.startswith("add rule ") or " index " in statement.head:
        return None
    *conditions, action = statement.clauses
    if action.words.startswith(_JUMP) and action.words.removeprefix(_JUMP) not in ending:
        return None  # what comes back meets the next rule as well, and what does not is not counted there
    ends = _ends(action)
    gates = [at for at, clause in enumerate(conditions) if clause.use is not None and clause.use.extension.gate]
    kept = [clause for at, clause in enumerate(conditions) if at not in gates]
    if len(gates) > 1 or (gates and gates[0] < len(conditions) - 2) or not all(_is_kept(each, ends) for each in kept):
        return None
    try:
        gate = _gate(conditions[gates[0]]) if gates else None
    except Unknown:
        return None
    if isinstance(gate, Nth) and gate.is_never_reached:
        return None
    return _Member(tuple(clause.words for clause in kept), gates[0] if gates else -1, gate, action, ends)


def _gate(clause: Clause) -> Gate | None:
    assert clause.use is not None and clause.use.extension.gate is not None
    return clause.use.extension.gate(clause.use)


def _is_kept(clause: Clause, ends: bool) -> bool:
    """Whether a condition gives the same answer for the same packet in each rule of a spread."""
    if clause.use is None or not clause.words:
        return True
    looks_at = clause.use.extension.looks_at
    return looks_at in ("packet", "nothing") or (looks_at == "changeable" and ends)


def _ends(action: Clause) -> bool:
    """Whether no packet comes back from what a rule of a spread does."""
    if action.use is not None:
        return action.use.extension.terminates
    return action.letter == "g" or action.words in _ENDING or action.words.startswith(_JUMP)


def _together(members: Sequence[_Member]) -> JoinedClause | None:
    """The last clause of the one rule; None if the rules cannot be one."""
    gates = [(member.gate,) if member.gate is not None else () for member in members]
    outcome = evaluate([Branch(gate, member.ends) for gate, member in zip(gates, members, strict=True)])
    kinds = {type(gate) for (gate,) in filter(None, gates)}
    if kinds == {Nth}:
        if not outcome.sequence or any(len(matching) > 1 for matching in outcome.sequence):
            return None
        total, keys, number = outcome.period, _rounds(outcome.sequence), "inc"
    elif kinds == {Chance} and members[0].ends:
        parts = _parts(outcome.shares)
        if parts is None:
            return None
        (total, sizes), number = parts, "random"
        keys = _ranges(sizes)
    else:
        return None
    if len(keys) < 2 or len(keys) > _MOST_ELEMENTS * len(members):
        return None
    words = _mapped([(key, members[at].action.words) for key, at in keys], f"numgen {number} mod {total}")
    sources = tuple(Source(members[at].action, at, key) for key, at in keys)
    return JoinedClause(words, sources, _NUMBERED[number].format(total - 1)) if words else None


def why_by_jumps(statements: Sequence[Statement], alone: Set[int], ending: Set[str]) -> str:
    """Why rules of a chain that spread packets by jumps stay as they are, as a note; empty if none does.

    `alone` are the places of the rules that stay, and `ending` the chains from which no packet comes back.
    """
    for at, (one, other) in enumerate(pairwise(statements)):
        names = [_jumps_by_a_gate(one), _jump(other)]
        if at in alone and all(names):
            chain = one.head.removeprefix("add rule ")
            back = next((name for name in names if name not in ending), "")
            why = f"packets may come back from `{back}`" if back else "one number does not say it"
            return f"the spread of `{chain}` stays one rule a jump: {why}"
    return ""


def _jumps_by_a_gate(statement: Statement) -> str:
    """The chain that a rule sends a share of its packets to; empty if it is not such a rule."""
    is_gated = any(clause.use is not None and clause.use.extension.gate for clause in statement.clauses)
    return _jump(statement) if is_gated else ""


def _jump(statement: Statement) -> str:
    words = statement.clauses[-1].words if statement.clauses else ""
    return words.removeprefix(_JUMP) if words.startswith(_JUMP) else ""


def _rounds(sequence: Sequence[tuple[int, ...]]) -> list[tuple[str, int]]:
    """The places of a round, each with the rule that matches there; places in a row are a range."""
    found = []
    for rule, places in groupby(enumerate(sequence), key=lambda pair: pair[1]):
        numbers = [number for number, _ in places]
        if rule:
            found.append((_key(numbers[0], numbers[-1]), rule[0]))
    return found


def _ranges(sizes: Sequence[int]) -> list[tuple[str, int]]:
    found, start = [], 0
    for at, size in enumerate(sizes):
        if size:
            found.append((_key(start, start + size - 1), at))
        start += size
    return found


def _key(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}-{last}"


def _parts(shares: Sequence[Fraction]) -> tuple[int, list[int]] | None:
    """Into how many equal parts chance splits what comes, and how many of them each rule has; None if too many."""
    near = [share.limit_denominator(_MOST_PARTS) for share in shares]
    if any(abs(one - other) > _ROUNDED for one, other in zip(near, shares, strict=True)):
        return None
    total = lcm(*(share.denominator for share in near))
    if total > _MOST_PARTS or sum(near) > 1:
        return None
    return total, [int(share * total) for share in near]


def _mapped(pairs: Sequence[tuple[str, str]], number: str) -> str | None:
    """The one clause with a map from a number to what each rule does; None if they do not do the same kind of thing."""
    if all(_VERDICT.match(words) for _, words in pairs):
        return f"{number} vmap {{ {', '.join(f'{key} : {words}' for key, words in pairs)} }}"
    for form in (_NAT, _VALUE):
        found = [form.match(words) for _, words in pairs]
        if all(found):
            return _of_one_form([key for key, _ in pairs], [each for each in found if each is not None], number)
    return None


def _of_one_form(keys: Sequence[str], found: Sequence[re.Match[str]], number: str) -> str | None:
    begins, flags = found[0][1], found[0]["flags"]
    if any((each[1], each["flags"]) != (begins, flags) for each in found):
        return None
    if "value" in found[0].groupdict():
        colon = ":" if begins == "redirect to" else ""
        return f"{begins} {colon}{_map(number, keys, [each['value'] for each in found])}{flags}"
    addresses = [each["address"].strip("[]") for each in found]
    ports = [each["port"] for each in found]
    if len({*ports}) == 1:
        return f"{begins} {_map(number, keys, addresses)}{ports[0] or ''}{flags}"
    if not all(ports):
        return None
    both = [f"{address} . {port[1:]}" for address, port in zip(addresses, ports, strict=True)]
    return f"{begins} {_map(number, keys, both)}{flags}"


def _map(number: str, keys: Sequence[str], values: Sequence[str]) -> str:
    return f"{number} map {{ {', '.join(f'{key} : {value}' for key, value in zip(keys, values, strict=True))} }}"
