"""A spread in words: a sentence about the rules, and a line for each of them."""

from __future__ import annotations

from dataclasses import dataclass

from .proportions import percentage, proportion, turns
from .spread import Spread, Untold


@dataclass(frozen=True, slots=True)
class Line:
    """What one rule takes, or what passes the last one: `192.168.1.201`, `1 in 3`, `1, 4, 7 …`."""

    label: str
    share: str
    turns: str


def in_words(spread: Spread | Untold) -> str:
    """All that the picture of a spread shows, as plain text; for an Untold, why there is none."""
    if isinstance(spread, Untold):
        return f"It is not certain which rule of {spread.chain} takes how much: {spread.reason}."
    phrases = [
        f"{line.label}: {line.share}" + (f" ({spread.noun}s {line.turns})" if line.turns else "")
        for line in lines(spread)
    ]
    return f"{sentence(spread).replace('`', '')} {'; '.join(phrases)}."


def sentence(spread: Spread) -> str:
    """What the rules do with what reaches them; what was typed is between backticks."""
    is_one = len(spread.shares) == 1
    rules, them = ("This rule", "it") if is_one else ("These rules", "them")
    each = f"{spread.noun} that reaches {them}" + (f" and matches `{spread.condition}`" if spread.condition else "")
    every = f"{spread.noun}s that reach {them}" + (f" and match `{spread.condition}`" if spread.condition else "")
    period = spread.outcome.period
    if spread.is_random:
        leave = "leaves" if is_one else "leave"
        manner = f"{leave} it to chance, decided anew for each {each}; in the long run, these are the shares"
    elif period == 0:
        manner = f"{'counts' if is_one else 'count'} the {every}; in the long run, these are the shares"
    elif period == 1:
        manner = f"{'treats' if is_one else 'treat'} all {every} alike"
    else:
        manner = f"{'counts' if is_one else 'take turns with'} the {every}; the pattern repeats every {period}"
    text = f"{rules} of `{spread.chain}` {manner}."
    if spread.may_return:
        chains = " or ".join(f"`{name}`" for name in spread.may_return)
        text += f" This holds if no {spread.noun} comes back from {chains}."
    return readable(text)


def lines(spread: Spread) -> list[Line]:
    """A line for each rule in order, and one for the rest."""
    write = percentage if spread.is_random else proportion
    sequence = spread.outcome.sequence
    result = [
        Line(readable(share.label), write(share.share), turns(sequence, number))
        for number, share in enumerate(spread.shares)
    ]
    if spread.outcome.rest:
        is_all = all(not share.ends for share in spread.shares)
        result.append(Line("goes on", write(spread.outcome.rest), "" if is_all else turns(sequence, None)))
    return result


def readable(text: str) -> str:
    """A text without characters that are invisible, or that change the direction of others."""
    return "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in text)
