"""The line of attributes above a block: `[source,bash]`, `[source%linenums,sh,subs="+attributes"]`, `[listing]`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ...diagnostics.source import Source, Span
from ..fence import Mark
from ..pattern import pattern

_PART = pattern(
    r"""[ ]*(?:(?P<key>[A-Za-z_][\w-]*)[ ]*=[ ]*)?"""
    r"""(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>(?:[^, ]|[ ]+(?![, ]|\Z))*+))[ ]*(?:,|\Z)"""
)
#: What may be glued to the style: an identifier, a role, an option.
_STYLE = pattern(r"(?P<style>[A-Za-z_][\w-]*)?(?:[#.%][^#.%,]*)*\Z")


@dataclass(frozen=True, slots=True)
class Attributes:
    """What is said of a block: its `style`, its `language`, which `substitutions` are made in it, and its named values.

    `span` is that of the line, without its brackets.
    """

    style: str = ""
    language: str = ""
    substitutions: frozenset[str] = frozenset()
    marks: dict[str, Mark] = field(default_factory=dict, hash=False)
    span: Span | None = None


def read_attributes(source: Source, span: Span, before: Attributes) -> Attributes:
    """What a line of attributes says, beside another line above it."""
    text, at = source.slice(span), 0
    positional: list[str] = []
    marks: dict[str, Mark] = dict(before.marks)
    while at < len(text):
        match = _PART.match(text, at)
        if match is None or match.end() == at:
            break
        at = match.end()
        group = next(name for name in ("double", "single", "bare") if match[name] is not None)
        if match["key"] is None:
            positional.append(match[group])
        else:
            key = Span(span.start + match.start("key"), span.start + match.end("key"))
            value = Span(span.start + match.start(group), span.start + match.end(group))
            marks.setdefault(match["key"], Mark(match["key"], match[group], key, value))
    first = _STYLE.match(positional[0].strip()) if positional else None
    style = (first["style"] or "") if first else ""
    language = positional[1].strip() if len(positional) > 1 else ""
    if language and not style:
        style = "source"  # `[,bash]`
    if "language" in marks:
        language = language or marks["language"].value or ""
    named = marks["subs"].value or "" if "subs" in marks else ""
    substitutions = frozenset(re.split(r"[,\s]+", named.replace("+", " "))) - {""}
    return Attributes(
        style or before.style, language or before.language, substitutions or before.substitutions, marks, span
    )
