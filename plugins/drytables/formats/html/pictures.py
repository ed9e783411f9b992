"""The pictures under a snippet: how its rules spread packets, and how packets travel through its chains."""

from __future__ import annotations

from ...meaning.chains import built_chains, ending_chains
from ...meaning.flow import tracks
from ...meaning.spread import Spread, spreads
from ...page.report import Snippet
from ...page.story import step_of
from .flow import flow_picture
from .spread import picture


def pictures(snippet: Snippet) -> str:
    """The HTML of a snippet's pictures, for its caption; empty if there is nothing certain to draw.

    Commands that the newest iptables refuses have pictures if the page shows how to write them today: a correction
    changes how a command is written, not what it means.
    """
    is_refused_today = any(checked.refused_since is not None for checked in snippet.commands)
    if snippet.unchecked is not None or (is_refused_today and snippet.correction is None):
        return ""
    chains = built_chains([step_of(checked) for checked in snippet.commands])
    drawn = []
    for chain in chains:
        beside = [each for each in chains if (each.family, each.table) == (chain.family, chain.table)]
        found = spreads(chain.rules, ending_chains(beside))
        drawn += [picture(spread) for spread in found if isinstance(spread, Spread)]
    drawn += [flow_picture(track) for track in tracks(chains)]
    return "".join(drawn)
