"""The pictures under a snippet: how its rules spread packets, and how packets travel through its chains."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ...grammar.builtin import STANDARD_TARGETS
from ...grammar.rule import Rule
from ...meaning.chains import BuiltChain, built_chains, ending_chains
from ...meaning.flow import tracks
from ...meaning.spread import Spread, is_gated, spreads
from ...page.report import Snippet
from ...page.story import step_of
from .flow import flow_picture
from .spread import picture, table
from .trial import UNTRIED, Trial


class Pictures(NamedTuple):
    """The HTML of a snippet's pictures, and of tables with what they show; empty if nothing certain can be drawn."""

    drawn: str = ""
    tables: str = ""


def pictures(snippet: Snippet, trial: Trial = UNTRIED, story: Sequence[Snippet] = ()) -> Pictures:
    """The pictures of a snippet, for its caption, with the numbers of a trial where it has those of all that is drawn.
    If it ends a story that several snippets tell, they show what all of these build.

    Commands that the newest iptables refuses have pictures if the page shows how to write them today: a correction
    changes how a command is written, not what it means.
    """
    if not _can_be_drawn(snippet):
        return Pictures()
    chains = _chains(story) if story and all(map(_can_be_drawn, story)) else ()
    where = ", with the rules above" if chains else ""
    chains = chains or _chains([snippet])
    found = [*_spreads(chains)]
    spread_pictures = [picture(spread, trial) for spread in found]
    drawn = [*spread_pictures, *(flow_picture(track, where) for track in tracks(chains))]
    return Pictures("".join(drawn), "".join(map(table, found)))


def _can_be_drawn(snippet: Snippet) -> bool:
    is_refused_today = any(checked.refused_since is not None for checked in snippet.commands)
    return snippet.unchecked is None and not (is_refused_today and snippet.correction is None)


def _spreads(chains: Sequence[BuiltChain]) -> Iterator[Spread]:
    tables: dict[tuple[str, str], list[BuiltChain]] = {}
    for chain in chains:
        tables.setdefault((chain.family, chain.table), []).append(chain)
    ending: dict[tuple[str, str], frozenset[str]] = {}
    for chain in filter(_is_spreading, chains):
        place = chain.family, chain.table
        if place not in ending:
            ending[place] = ending_chains(tables[place])
        yield from (each for each in spreads(chain.rules, ending[place]) if isinstance(each, Spread))


def _is_spreading(chain: BuiltChain) -> bool:
    return any(map(is_gated, chain.rules))


def _chains(snippets: Sequence[Snippet]) -> tuple[BuiltChain, ...]:
    """The chains that some snippets build; none where no rule has anything to be drawn."""
    rules = [checked.verdict.rule for snippet in snippets for checked in snippet.commands]
    if not any(is_gated(rule) or _may_jump(rule) for rule in rules):
        return ()
    return built_chains([step_of(checked) for snippet in snippets for checked in snippet.commands])


def _may_jump(rule: Rule) -> bool:
    """Whether a rule may send packets to a chain of a user."""
    return rule.target is None and rule.jump is not None and rule.jump.text not in STANDARD_TARGETS
