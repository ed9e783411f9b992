"""The report on addresses: each once, at the first of its places, with the others below."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from drytables.diagnostics.code import Code
from drytables.diagnostics.diagnostic import Diagnostic, Edit, Label, Severity
from drytables.diagnostics.source import Source
from drytables.pelican_plugin.further_checks import Found
from drytables.pelican_plugin.showing import shown
from proofreader.codes import DEAD_ANCHOR

from .codes import GONE_LINK, MOVED_LINK, REFUSED_LINK, UNREACHABLE_LINK
from .mentions.mention import Mention
from .trying.answer import Answer, Outcome
from .trying.places import has_place, is_place

#: The host in an address. It may be malformed, as in `http://[x/`, which is counted too.
_HOST = re.compile(r"[a-z]+://(?:[^/?#]*@)?(\[[^\]/?#]*+\]|[^/?#:]*)", re.IGNORECASE)
#: So many places are named besides the first.
_MOST_PLACES = 5
#: What is reported of an address, by outcome: the code, the severity, the message and what to do.
_TOLD: Mapping[Outcome, tuple[Code, Severity, str, str]] = {
    Outcome.GONE: (
        GONE_LINK,
        "error",
        "`{address}` is gone",
        "look for a new address, or for a copy at https://web.archive.org/web/{address}",
    ),
    Outcome.UNREACHABLE: (
        UNREACHABLE_LINK,
        "warning",
        "`{address}` cannot be reached",
        "try it again another day, and look for a new address if it stays so",
    ),
    Outcome.REFUSED: (
        REFUSED_LINK,
        "note",
        "cannot tell whether `{address}` is there",
        "look at it in a browser; LINKS_IGNORED has an address left out",
    ),
}
#: The words of the last line, in their order.
_COUNTED = (
    (Outcome.GOOD, "good"),
    (Outcome.MOVED, "moved"),
    (Outcome.GONE, "gone"),
    (Outcome.UNREACHABLE, "not reached"),
    (Outcome.REFUSED, "refused"),
    (Outcome.UNTRIED, "not tried"),
)


def faults(mentions: Mapping[str, Sequence[Mention]], answers: Mapping[str, Answer]) -> Iterator[Found]:
    """Yield what is wrong with addresses that were tried; `mentions` are those of each."""
    for address, answer in answers.items():
        every = sorted(mentions[address], key=lambda each: (each.path, each.span))
        if answer.outcome is Outcome.MOVED:
            yield _moved(every, answer)
        elif answer.outcome in _TOLD:
            code, severity, message, remedy = _TOLD[answer.outcome]
            yield _found(
                every,
                Diagnostic(
                    code,
                    message.format(address=address),
                    Label(every[0].span, answer.reason),
                    help=remedy.format(address=address),
                    severity=severity,
                ),
            )
        if answer.ids is not None:
            yield from _without_place(every, answer.ids)


def _moved(every: Sequence[Mention], answer: Answer) -> Found:
    first = every[0]
    to = answer.moved_to
    if first.fragment and "#" not in to:
        to += f"#{first.fragment}"
    if _is_front_page(to) and not _is_front_page(first.address):
        label = "it leads to the front page now"
        remedy = "the page that was meant may be gone: look for it there, or for a copy at https://web.archive.org/web/"
        diagnostic = Diagnostic(
            MOVED_LINK,
            f"`{first.address}` leads to {to} now",
            Label(first.span, label),
            help=f"{remedy}{first.address}",
            severity="warning",
        )
    else:
        diagnostic = Diagnostic(
            MOVED_LINK,
            f"`{first.address}` has moved for good",
            Label(first.span, "it has another address"),
            help=f"write `{to}`",
            edits=(Edit(first.span, to),),
            severity="warning",
        )
    return _found(every, diagnostic)


def _is_front_page(address: str) -> bool:
    parts = urlsplit(address)
    return parts.path in ("", "/") and not parts.query


def _without_place(every: Sequence[Mention], ids: frozenset[str]) -> Iterator[Found]:
    fragments = dict.fromkeys(each.fragment for each in every if is_place(each.fragment))
    for fragment in (each for each in fragments if not has_place(ids, each)):
        some = [each for each in every if each.fragment == fragment]
        yield _found(
            some,
            Diagnostic(
                DEAD_ANCHOR,
                f"`{some[0].address}#{fragment}` leads to a place that the page does not have",
                Label(some[0].span, f"nothing on the page has the id `{fragment}`, unless a script makes it"),
                help="look for where that is now, or leave the `#` and what follows it out",
                severity="warning",
            ),
        )


def _found(every: Sequence[Mention], diagnostic: Diagnostic) -> Found:
    """A diagnostic at the first of some places, which names the others."""
    first, *others = every
    notes = [f"also at {_place(each)}" for each in others[:_MOST_PLACES]]
    if len(others) > _MOST_PLACES:
        notes.append(f"and in {len(others) - _MOST_PLACES} more places")
    return Found(first.path, first.text, diagnostic._replace(notes=(*diagnostic.notes, *notes)))


def _place(each: Mention) -> str:
    line, column = Source(each.path, each.text).position(each.span.start)
    return f"{shown(Path(each.path))}:{line}:{column}"


def summary(answers: Mapping[str, Answer], remembered: int) -> str:
    """Summarize all outcomes in one line; `remembered` addresses were good recently and were not tried."""
    if not answers:
        return "no links to other sites"
    counts = Counter(answer.outcome for answer in answers.values())
    parts = [f"{counts[outcome]:,} {words}" for outcome, words in _COUNTED if counts[outcome]]
    hosts = len({found[1].lower() for address in answers if (found := _HOST.match(address))})
    lately = f" ({remembered:,} not asked again)" if remembered else ""
    return f"{_several(len(answers), 'address', 'es')} on {_several(hosts, 'host', 's')}: {', '.join(parts)}{lately}"


def _several(number: int, word: str, ending: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else ending}"
