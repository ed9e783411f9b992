"""The figure of a Snippet: the code, the verdict in words, what to type instead, and how it was checked.

The figure has the class `snippet`, which a theme may style. Every class inside it begins with `snippet-`: a site may
have its own `verdict`, `says` or `last`, and `dt-` is the prefix of DataTables. snippets.css styles the classes, and
lists what each is used on. The classes inside code are those of Pygments, which every Pelican site has a style for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from html import escape

from ...grammar.history.distributions import shipping
from ...grammar.history.ranges import Range, common, in_words, joined
from ...grammar.history.releases import Release, history
from ...judging.acceptance import Acceptance, acceptance
from ...page.report import Checked, Snippet
from .code import annotated
from .display import display_of
from .glossary import Words
from .pictures import pictures
from .requirements import requirements
from .site import Site, link_to_explanation


def figure(snippet: Snippet, site: Site) -> str | None:
    """The HTML of a snippet with iptables commands; None for any other."""
    if not snippet.commands:
        return None
    words, display = Words(), display_of(snippet.fence)
    if snippet.unchecked is not None:
        code = annotated(snippet.fence.code, snippet.fence.language, display=display)
        return _figure("unchecked", code, _verdict("Not checked:", f"{escape(snippet.unchecked.rstrip('.'))}."))
    notes = words.read(snippet.commands, snippet.fence.code)
    code = annotated(snippet.fence.code, snippet.fence.language, notes, display=display)
    status, paragraphs = _caption(snippet, site, words)
    return _figure(
        status, code, *paragraphs, pictures(snippet), requirements(snippet.commands), words.html(), _how(snippet, site)
    )


def _figure(status: str, code: str, *paragraphs: str) -> str:
    return f'<figure class="snippet snippet-{status}">{code}<figcaption>{"".join(paragraphs)}</figcaption></figure>'


def _caption(snippet: Snippet, site: Site, words: Words) -> tuple[str, list[str]]:
    """The snippet's result in one word, and the paragraphs that describe it."""
    refused_later = [checked for checked in snippet.commands if checked.refused_since is not None]
    if refused_later:
        return "refused", _refused_today(snippet, refused_later, site, words)
    release = snippet.release or site.newest
    # What its author has switched off, such as what the shell says, is no refusal any more.
    refused = [each for each in snippet.commands if each.status == "refused" and each.refusal is not None]
    if refused:
        return "refused", _refused(snippet, refused, release)
    unknown = [checked for checked in snippet.commands if checked.status == "open"]
    if unknown:
        return "open", [_open(unknown)]
    written_for = f" Written for {_program(snippet)} {release}." if release != site.newest else ""
    found = _acceptances(snippet.commands)
    verdict = f"by {_program(snippet)} {_taking(found, site.newest)}.{written_for}"
    return "accepted", [_verdict("Accepted", verdict), *_misread(found)]


def _refused_today(snippet: Snippet, refused: list[Checked], site: Site, words: Words) -> list[str]:
    """For what was written for an old release and is refused by newer ones: what they say, and what to type instead."""
    since_release = min(checked.refused_since for checked in refused if checked.refused_since is not None)
    today = next(checked.today for checked in refused if checked.refused_since == since_release)
    refusal = today.refusal if today else None
    assert refusal is not None
    month = date.fromisoformat(dict(history()["releases"])[str(since_release)]).strftime("%B %Y")
    where = shipping([Range(since_release, site.newest)], ("Debian",))
    every = len(snippet.commands)
    which = "This command was" if every == 1 else "These commands were"
    part = "" if len(refused) == every else f" to {len(refused)} of these {every}"
    parts = [
        _verdict(
            f"Refused since {since_release}.",
            f"{which} written for {_program(snippet)} {snippet.release}. Release {since_release} of {month} and all"
            f" later ones{f' ({where})' if where else ''} say{part}:",
        ),
        _says(refusal.quote.words if refusal.quote else refusal.message),
    ]
    if snippet.correction is not None:
        parts += _corrected(snippet.correction, site, words)
    elif refusal.help:
        parts.append(f"<p>{_sentence(refusal.help)}</p>")
    return parts


def _corrected(correction: Snippet, site: Site, words: Words) -> list[str]:
    """The commands to type today."""
    code, commands = correction.fence.code, correction.commands
    found = _acceptances(commands)
    by = f"{_program(correction)} {_taking(found, site.newest)}"
    return [
        f'<p class="snippet-instead"><strong>Type this today.</strong> Accepted by {by}:</p>',
        annotated(code, correction.fence.language, words.read_corrected(commands, code), "snippet-corrected"),
        *_misread(found),
    ]


def _refused(snippet: Snippet, refused: list[Checked], release: Release) -> list[str]:
    refusal = refused[0].refusal
    assert refusal is not None
    every = len(snippet.commands)
    which = "" if len(refused) == every else f" ({len(refused)} of these {every} commands)"
    says = refusal.quote.words if refusal.quote else ""
    return [
        _verdict("Refused", f"by {_program(snippet)} {release}{which}{', which says:' if says else ':'}"),
        _says(says or refusal.message),
        *([f"<p>{_sentence(refusal.help)}</p>"] if refusal.help else []),
    ]


def _open(unknown: Iterable[Checked]) -> str:
    holes = dict.fromkeys(hole for checked in unknown for hole in checked.verdict.holes)
    if not holes:
        return _verdict("Checked in part:", "it uses extensions that are not checked here.")
    own = [hole for hole in holes if not _PARAMETER.fullmatch(hole)]
    names = ", ".join(f"<code>{escape(hole)}</code>" for hole in own or holes)
    if own:
        return _verdict("Checked,", f"with your own values still to be filled in for {names}.")
    return _verdict("Checked,", f"but for {names}, which stands for what it is called with.")


def _how(snippet: Snippet, site: Site) -> str:
    """How it was checked, with a link to the page that explains it."""
    releases = dict.fromkeys([str(snippet.release or site.newest), str(site.newest)])
    read = f"Read option by option as {_program(snippet)} {' and as '.join(releases)} would, when this page was made."
    link = link_to_explanation(site.explained_at) if site.explained_at else ""
    return f'<p class="snippet-how">{read} Nothing was run.{link}</p>'


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
    return [f"<p>{_sentence(f'{_releases(range_)} it too, but there {words}')}</p>" for range_, words in sorted(says)]


def _releases(range_: Range) -> str:
    return f"release {range_} takes" if range_.first == range_.last else f"releases {range_} take"


def _program(snippet: Snippet) -> str:
    return "ip6tables" if all(checked.command.family == "ipv6" for checked in snippet.commands) else "iptables"


def _verdict(strong: str, rest: str) -> str:
    """The verdict in a sentence, with its first words emphasized. Both are HTML."""
    return f'<p class="snippet-verdict"><strong>{strong}</strong> {rest}</p>'


def _says(words: str) -> str:
    """What iptables answers, quoted."""
    return f'<blockquote class="snippet-says"><p><code>{escape(words, quote=False)}</code></p></blockquote>'


_TICKED = re.compile("`([^`]*)`")
#: What a function or a script is called with: no reader has to fill it in.
_PARAMETER = re.compile(r"\$(?:[@*#1-9]|\{(?:[@*#]|\d+)(?:[:#%/].*)?\})")


def _sentence(words: str) -> str:
    """Words as a sentence in HTML; what is between backticks is code."""
    return _TICKED.sub(r"<code>\1</code>", f"{escape(words[:1].upper())}{escape(words[1:].rstrip('.'))}.")
