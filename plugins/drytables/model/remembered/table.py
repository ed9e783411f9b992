"""The memories of all matches that have one, and what they answer of one packet alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ..condition import Counted, Question
from ..connections import Connections
from ..matches.unknowable import LACKING
from ..ruleset import Ruleset
from .arrival import HOW_MANY_BEFORE, Answer, MatchMemory
from .connlimit import Counts
from .hashlimit import Groups
from .limit import Buckets
from .quota import Quotas
from .recent import Lists, always
from .statistic import Counters, share_of


def memories(ruleset: Ruleset, connections: Connections | None = None) -> dict[str, MatchMemory]:
    """Memories of a machine that has just loaded some rules, by the name of the match."""
    return {
        "connlimit": Counts(connections),
        "hashlimit": Groups(ruleset.rules()),
        "limit": Buckets(),
        "quota": Quotas(),
        "recent": Lists(ruleset.rules()),
        "statistic": Counters(),
    }


#: What follows for one packet, whichever came before it, by the name of the match.
_ALONE: Mapping[str, Callable[[Counted], Answer | None]] = {
    "recent": lambda counted: always(counted.use),
    "statistic": share_of,
}


def of_one_packet(counted: Counted) -> Answer:
    """The answer where nothing is known of the packets before this one."""
    name = counted.use.extension.name
    answer = _ALONE[name](counted) if name in _ALONE else None
    return Question(counted.text, LACKING.get(name, HOW_MANY_BEFORE)) if answer is None else answer
