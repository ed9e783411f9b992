"""What a rule is in nft, whatever chain it is put into."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..grammar.nft import Said, Unsayable, readable_name
from ..grammar.rule import Rule
from ..grammar.values.unchecked import c_number
from .builtin_options import builtin_clauses
from .forms import said
from .translation import Clause, Condition

#: Two lists of addresses create a rule for each pair. No more rules than this are written.
_MOST_RULES = 10_000

#: What a rule can do without a target extension.
_VERDICTS = {"ACCEPT": "accept", "DROP": "drop", "RETURN": "return", "QUEUE": "queue"}


def conditions(rule: Rule) -> list[Condition]:
    """The rules of nft that one rule becomes: one for each pair of its addresses.

    Raises Unsayable where nft cannot say it, and Unknown where the value of a hole matters.
    """
    most = 1 if rule.command == "replace" else None
    sources, destinations = (rule.sources or (None,))[:most], (rule.destinations or (None,))[:most]
    if len(sources) * len(destinations) > _MOST_RULES:
        raise Unsayable(f"it becomes more than {_MOST_RULES} rules")
    uses = [(use, said(use)) for use in rule.uses()]
    matches = [Clause(form.words, use=use) for use, form in uses if use is not rule.target]
    after = [Clause(form.after, use=use) for use, form in uses if form.after]
    target = [Clause(form.words, use=use) for use, form in uses if use is rule.target] or [*_verdict(rule)]
    sets = tuple(each for _, form in uses for each in form.sets)
    notes = tuple(dict.fromkeys(note for _, form in uses for note in form.notes))
    comment, cut = _comment([form for _, form in uses])
    tail = (*matches, Clause(_counter(rule), "c"), *after, *target)
    return [
        Condition((*builtin_clauses(rule, source, destination), *tail), comment, sets, notes + cut)
        for source, destination in _pairs(sources, destinations)
    ]


def _pairs(sources: tuple[Any, ...], destinations: tuple[Any, ...]) -> Iterator[tuple[Any, Any]]:
    for source in sources:
        for destination in destinations:
            yield source, destination


def _counter(rule: Rule) -> str:
    given = rule.given.get("c")
    words = " ".join(word.text for word in given.words[1:]).split() if given is not None else []
    counts = [c_number(word, 10)[0] or 0 for word in words]
    return "counter packets {} bytes {}".format(*counts) if len(counts) == 2 and any(counts) else "counter"


def _verdict(rule: Rule) -> Iterator[Clause]:
    if rule.jump is None:
        return
    name = rule.jump.text
    if rule.goto or name not in _VERDICTS:
        yield Clause(f"{'goto' if rule.goto else 'jump'} {readable_name(name)}", "g" if rule.goto else "j")
    else:
        yield Clause(_VERDICTS[name], "j")


def _comment(forms: list[Said]) -> tuple[str, tuple[str, ...]]:
    """A rule's comment, in quotes, and what is to be said of it."""
    texts = [form.comment for form in forms if form.comment]
    if not texts:
        return "", ()
    if len(texts) > 1:
        return texts[-1], ("nft keeps one comment, the last",)
    return texts[0], ()
