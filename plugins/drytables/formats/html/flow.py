"""The picture of a flow: nested lists, which the stylesheet turns into tracks that branch off and come back.

It is text, so it wraps on a narrow screen, can be read aloud and copied, and is complete without a stylesheet.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from ...meaning.flow import Stop, Track
from ...meaning.spread_text import readable


def flow_picture(track: Track, where: str = "") -> str:
    """The HTML of one flow, starting at the chain in which packets begin; `where` says what rules it has besides."""
    return (
        f'<div class="snippet-flow"><p>How packets travel through {_code(track.chain)} of the {escape(track.table)}'
        f" table{where}:</p>{_list(track)}</div>"
    )


def flow_in_words(track: Track, depth: int = 0) -> str:
    """The same as plain text, a line for each rule; the rules of a chain below it are indented by two more spaces."""
    lines = [f"{'  ' * depth}{line}" for line in (*_lines(track, depth), _end(track)) if line]
    return "\n".join(lines)


def _lines(track: Track, depth: int) -> Iterator[str]:
    for number, stop in enumerate(track.stops):
        below = f"\n{flow_in_words(stop.track, depth + 1)}" if stop.track is not None else ""
        yield f"{' '.join(stop.condition) or _all(track, number)}: {stop.target}{_where(stop)}{below}"


def _list(track: Track) -> str:
    items = [
        ('<li class="snippet-ends">' if stop.ends else "<li>")
        + f"{' '.join(map(_code, stop.condition)) or _all(track, number)} →\N{NO-BREAK SPACE}"
        f"<strong>{escape(readable(stop.target))}</strong>{_where(stop)}"
        f"{_list(stop.track) if stop.track is not None else ''}</li>"
        for number, stop in enumerate(track.stops)
    ]
    if end := _end(track):
        css_class = "snippet-back" if track.is_own and not track.skips else "snippet-last"
        items.append(f'<li class="{css_class}">{escape(end)}</li>')
    return f"<ol>{''.join(items)}</ol>"


def _all(track: Track, number: int) -> str:
    """What a rule without a condition matches."""
    return "everything else" if any(stop.ends for stop in track.stops[:number]) else "everything"


def _where(stop: Stop) -> str:
    return f", as {stop.elsewhere}" if stop.elsewhere else ""


def _end(track: Track) -> str:
    """What happens to packets that no rule takes; empty if there are none."""
    if not track.lets_through:
        return ""
    if track.skips:
        return f"the rest skips the remainder of {readable(track.skips)}"
    if track.is_own:
        return "the rest returns"
    return f"the rest: {track.policy}, the policy" if track.policy else "the rest goes on"


def _code(text: str) -> str:
    return f"<code>{escape(readable(text))}</code>"
