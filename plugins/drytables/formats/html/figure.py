"""The figure of a Snippet: the code, the verdict in words, what to type instead, and how it was checked.

The figure has the class `snippet`, which a theme may style. Every class inside it begins with `snippet-`: a site may
have its own `verdict`, `says` or `last`, and `dt-` is the prefix of DataTables. snippets.css styles the classes, and
lists what each is used on. The classes inside code are those of Pygments, which every Pelican site has a style for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from ...grammar.history.distributions import shipping
from ...grammar.history.ranges import Range, common, in_words, joined
from ...grammar.history.releases import Release, history
from ...judging.acceptance import Acceptance, acceptance
from ...page.report import Checked, Snippet
from ...reading.pattern import pattern
from .advice import advice
from .code import annotated
from .display import display_of
from .explained import Explained
from .glossary import Words
from .nftables import in_nftables
from .pictures import pictures
from .requirements import requirements
from .site import Site, link_to_explanation
from .ticks import sentence
from .trial import UNTRIED, Trial


def figure(
    snippet: Snippet, site: Site, name: str = "", trial: Trial = UNTRIED, story: Sequence[Snippet] = ()
) -> str | None:
    """The HTML of a snippet with iptables commands, with an id where a `name` is given; None for any other. `story` are
    the snippets, in order, of which it is the last that build the same chains.
    """
    if not snippet.commands:
        return None
    language, display = snippet.fence.language, display_of(snippet.fence)
    if snippet.unchecked is not None:
        said = Said("unchecked", "Not checked:", f"{escape(snippet.unchecked.rstrip('.'))}.")
        return _figure(name, said, annotated(snippet.fence.code, language, display=display, name=said.name))
    explained = Explained()
    words = Words(explained)
    notes = words.read(snippet.commands, snippet.fence.code)
    said = _said(snippet, site, words)
    code = annotated(snippet.fence.code, language, notes, display=display, name=said.name)
    drawn, tables = pictures(snippet, trial, story)
    needs = requirements(snippet.commands)
    apart = _apart(words.html() + advice(snippet) + tables + _links(site, name))
    return _figure(
        name,
        said,
        code,
        *said.paragraphs,
        drawn,
        trial.html,
        in_nftables(snippet, explained),
        needs,
        apart,
        _how(snippet, site, name),
    )


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a snippet: its `status` in one word; the verdict, of which the first words are `strong`, and the
    `rest` as HTML; and, as HTML, the `paragraphs` that go into detail.
    """

    status: str
    strong: str
    rest: str
    paragraphs: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name of the figure, for those who do not see it."""
        return f"Commands, {self.strong[:1].lower()}{self.strong[1:].rstrip('.:,')}"


def _figure(name: str, said: Said, code: str, *paragraphs: str) -> str:
    """The verdict comes first, before code that a reader may be in a hurry to copy."""
    identity = f' id="{escape(name)}"' if name else ""
    past = f'<a class="snippet-past" href="#{escape(name)}-end">Past these commands</a>' if name and paragraphs else ""
    verdict = f'<p class="snippet-verdict"><strong>{said.strong}</strong> {said.rest}</p>'
    caption = f"<figcaption>{''.join(paragraphs)}</figcaption>" if paragraphs else ""
    return (
        f'<figure class="snippet snippet-{said.status}"{identity} aria-label="{escape(said.name)}">'
        f"{verdict}{past}{code}{caption}</figure>"
    )


def _said(snippet: Snippet, site: Site, words: Words) -> Said:
    """The result of checking a snippet."""
    refused_later = [checked for checked in snippet.commands if checked.refused_since is not None]
    if refused_later:
        return _refused_today(snippet, refused_later, site, words)
    release = snippet.release or site.newest
    # A code that the author has switched off, such as those of the shell, no longer counts as a refusal.
    refused = [each for each in snippet.commands if each.status == "refused" and each.refusal is not None]
    if refused:
        return _refused(snippet, refused, release)
    unknown = [checked for checked in snippet.commands if checked.status == "open"]
    if unknown:
        return _open(unknown)
    written_for = f" Written for {_program(snippet)} {release}." if release != site.newest else ""
    found = _acceptances(snippet.commands)
    rest = f"by {_program(snippet)} {_taking(found, site.newest)}.{written_for}"
    return Said("accepted", "Accepted", rest, tuple(_misread(found)))


def _refused_today(snippet: Snippet, refused: list[Checked], site: Site, words: Words) -> Said:
    """For what was written for an old release and is refused by newer ones: what they say, and what to type instead."""
    since_release = min(checked.refused_since for checked in refused if checked.refused_since is not None)
    today = next(checked.today for checked in refused if checked.refused_since == since_release)
    refusal = today.refusal if today else None
    assert refusal is not None
    program, month = _program(snippet), date.fromisoformat(dict(history()["releases"])[str(since_release)])
    where = shipping([Range(since_release, site.newest)], ("Debian",))
    every = len(snippet.commands)
    part = "" if len(refused) == every else f" to {len(refused)} of these {every}"
    later = f"all later ones ({where})" if where else "all later ones"
    paragraphs = [
        f"<p>Release {since_release} of {month:%B %Y} and {later} say{part}:</p>",
        _says(refusal.quote.words if refusal.quote else refusal.message),
    ]
    if snippet.correction is not None:
        paragraphs += _corrected(snippet.correction, site, words)
    elif refusal.help:
        paragraphs.append(f"<p>{sentence(refusal.help)}</p>")
    rest = f"Written for {program} {snippet.release}."
    return Said("refused", f"Refused since {program} {since_release}.", rest, tuple(paragraphs))


def _corrected(correction: Snippet, site: Site, words: Words) -> list[str]:
    """The commands to type today."""
    code, commands = correction.fence.code, correction.commands
    found = _acceptances(commands)
    by = f"{_program(correction)} {_taking(found, site.newest)}"
    notes = words.read_corrected(commands, code)
    return [
        f'<p class="snippet-instead"><strong>Type this today.</strong> Accepted by {by}:</p>',
        annotated(code, correction.fence.language, notes, "snippet-corrected", name="Commands to type today"),
        *_misread(found),
    ]


def _refused(snippet: Snippet, refused: list[Checked], release: Release) -> Said:
    refusal = refused[0].refusal
    assert refusal is not None
    every = len(snippet.commands)
    which = "" if len(refused) == every else f" ({len(refused)} of these {every} commands)"
    says = refusal.quote.words if refusal.quote else ""
    paragraphs = [
        f"<p>{'It says' if says else 'What is wrong'}:</p>",
        _says(says or refusal.message),
        *([f"<p>{sentence(refusal.help)}</p>"] if refusal.help else []),
    ]
    return Said("refused", "Refused", f"by {_program(snippet)} {release}{which}.", tuple(paragraphs))


def _open(unknown: Iterable[Checked]) -> Said:
    holes = dict.fromkeys(hole for checked in unknown for hole in checked.verdict.holes)
    if not holes:
        return Said("open", "Checked in part:", "it uses extensions that are not checked here.")
    own = [hole for hole in holes if not _PARAMETER.fullmatch(hole)]
    names = ", ".join(f"<code>{escape(hole)}</code>" for hole in own or holes)
    if own:
        return Said("open", "Checked,", f"with your own values still to be filled in for {names}.")
    return Said("open", "Checked,", f"but for {names}, which stands for what it is called with.")


def _apart(content: str) -> str:
    """What only some readers ask for, folded."""
    if not content:
        return ""
    return f'<details class="snippet-apart"><summary>Taken apart, word by word</summary>{content}</details>'


def _links(site: Site, name: str) -> str:
    """Links to the page that explains how commands are checked, and to the figure itself, for others to follow."""
    about = link_to_explanation(site.explained_at) if site.explained_at else ""
    here = f'<a href="#{escape(name)}">Link to these commands</a>' if name else ""
    return f"<p>{f'{about} {here}'.strip()}</p>" if about or here else ""


def _how(snippet: Snippet, site: Site, name: str) -> str:
    """How it was checked."""
    releases = dict.fromkeys([str(snippet.release or site.newest), str(site.newest)])
    read = f"Read option by option as {_program(snippet)} {' and as '.join(releases)} would when this page was made"
    identity = f' id="{escape(name)}-end"' if name else ""
    return f'<p class="snippet-how"{identity}>{read}, without running anything.</p>'


def _acceptances(commands: Iterable[Checked]) -> list[Acceptance]:
    """The releases that accept each of some accepted commands."""
    return [acceptance(checked.today or checked.verdict) for checked in commands]


def _taking(found: list[Acceptance], newest: Release) -> str:
    """The releases that accept all of some commands: `1.4.11 to 1.8.11 (Debian 7 and later)`."""
    ranges = common([each.accepted for each in found]) or (Range(newest, newest),)
    where = shipping(ranges, ("Debian",))
    return in_words(ranges) + (f" ({where})" if where else "")


def _misread(found: list[Acceptance]) -> list[str]:
    """What releases that accept all of some commands read in place of what is written, if there are such releases."""
    accepting = [joined(sorted([*each.accepted, *(range_ for range_, _ in each.misread)])) for each in found]
    says = {
        (shared, words) for each in found for range_, words in each.misread for shared in common([[range_], *accepting])
    }
    return [f"<p>{sentence(f'{_releases(range_)} it too, but there {words}')}</p>" for range_, words in sorted(says)]


def _releases(range_: Range) -> str:
    return f"release {range_} takes" if range_.first == range_.last else f"releases {range_} take"


def _program(snippet: Snippet) -> str:
    return "ip6tables" if all(checked.command.family == "ipv6" for checked in snippet.commands) else "iptables"


def _says(words: str) -> str:
    """What iptables answers, quoted."""
    return f'<blockquote class="snippet-says"><p><code>{escape(words, quote=False)}</code></p></blockquote>'


#: What a function or a script is called with: no reader has to fill it in.
_PARAMETER = pattern(r"\$(?:[@*#1-9]|\{(?:[@*#]|\d+)(?:[:#%/].*)?\})")
