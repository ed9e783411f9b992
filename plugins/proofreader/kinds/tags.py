"""The start tags in HTML and their attributes, in the order of the text.

Comments, and what is in scripts and stylesheets, contain none. Each character is looked at once, whatever is left open.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape, unescape
from typing import NamedTuple

#: What follows the name in a tag. A quote matters only after an equals sign.
_REST = r"""(?:[^>=]++|=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s"'>][^\s>]*+)?+)*+"""
#: Elements that contain no tags.
_RAW = "script|style|textarea|title|xmp"
_TAG = re.compile(
    rf"<!--(?:.*?-->|.*)"
    rf"|<(?P<raw>(?:{_RAW})(?=[\s/>]))(?P<of_raw>{_REST})>?(?P<text>(?:[^<]++|<(?!/(?P=raw)\b))*+)"
    rf"|<(?P<name>[a-z][^\s/>]*+)(?P<rest>{_REST})",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"""(?:(?<=[\s"'/])|\A)(?P<name>[^\s"'<>/=]++)\s*+=\s*+(?P<value>"[^"]*+"?|'[^']*+'?|[^\s"'>][^\s>]*+)"""
)

#: What is neither text nor markup.
_CODE = ("script", "style")

#: The name of an attribute with its value as a browser reads it.
Attribute = tuple[str, str]


class Element(NamedTuple):
    """The name of an element, what its start tag has after that, as it is written, and the text of one whose text is
    no markup, such as a script.
    """

    name: str
    inside: str
    text: str


def elements(html: str) -> Iterator[Element]:
    """Yield each element, in the order of their start tags."""
    return (element for found in _TAG.finditer(html) if (element := _element(found)) is not None)


def element_at(html: str, at: int) -> tuple[Element | None, int]:
    """The element whose start tag is at a place, or None for a comment, and where the tag and such a text end."""
    found = _TAG.match(html, at)
    return (_element(found), found.end()) if found else (None, at + 1)


def _element(found: re.Match[str]) -> Element | None:
    if found["name"]:
        return Element(found["name"].lower(), found["rest"], "")
    return Element(found["raw"].lower(), found["of_raw"], found["text"]) if found["raw"] else None


def attributes(inside: str) -> list[Attribute]:
    """The attributes with values in what a start tag has after its name."""
    return [*_attributes(inside)]


def tags(html: str, having: re.Pattern[str]) -> Iterator[tuple[str, list[Attribute]]]:
    """Yield the name and the attributes of each start tag whose inside, in lower case, `having` finds something in."""
    for found in _TAG.finditer(html):
        rest = found["rest"] or found["of_raw"]
        if rest and having.search(rest.lower()):
            yield (found["name"] or found["raw"]).lower(), [*_attributes(rest)]


def _attributes(rest: str) -> Iterator[Attribute]:
    for found in _ATTRIBUTE.finditer(rest):
        yield found["name"].lower(), _read(found["value"])


def _read(written: str) -> str:
    value = written[1:].removesuffix(written[0]) if written[0] in "\"'" else written
    return unescape(value) if "&" in value else value


def with_values(html: str, having: re.Pattern[str], change: Callable[[str, str], str]) -> str:
    """Return HTML with the values of attributes that `change` returns, given the name and value of each, in the tags
    whose inside `having` finds something in. What stays the same is left as it is written; what changes has the name of
    its attribute in lower case, as Pelican reads it.
    """

    def of_attribute(found: re.Match[str]) -> str:
        value = _read(found["value"])
        changed = change(found["name"].lower(), value)
        return found[0] if changed == value else f'{found["name"].lower()}="{escape(changed)}"'

    pieces: list[str] = []
    done, next_find = 0, -1
    for found in _TAG.finditer(html):
        if next_find < found.start():
            find = having.search(html, found.start())
            if find is None:
                break
            next_find = find.start()
        if next_find >= found.end():
            continue
        start, end = found.span("of_raw" if found["rest"] is None else "rest")
        if start < end and having.search(html, start, end):
            pieces += [html[done:start], _ATTRIBUTE.sub(of_attribute, html[start:end])]
            done = end
    return "".join([*pieces, html[done:]])


def all_but_elements_with(attributes: Iterable[str], links_with: Iterable[str], address_in: str) -> re.Pattern[str]:
    """Return what `with_elements` passes over: all but elements with one of some attributes, or with `address_in` that
    begins like a complete address; and but links with one of others.
    """

    def without(names: Iterable[str]) -> str:
        """The rest of a tag that has none of some attributes, nor a blank in front of an equals sign."""
        is_none = "".join(rf"(?<!{name}=)" for name in ("\\s", *names))
        is_no_address = rf"(?:(?<!{address_in}=)|(?!\s*+[\"']?+\s*+(?:https?:|/)))"
        return _REST.replace("|=", rf"|={is_none}{is_no_address}", 1) + r"(?=>|\Z)"

    others = rf"<(?!(?:{_RAW}|a)(?=[\s/>]))[a-z][^\s/>]*+{without(attributes)}"
    links = rf"<a(?=[\s/>]){without(links_with)}"
    return re.compile(rf"(?:[^<]++|<(?![a-z!])|<!(?!--)|{others}|{links})++", re.IGNORECASE)


def with_elements(
    html: str,
    passed_over: re.Pattern[str],
    change: Callable[[str, Mapping[str, str]], Mapping[str, str]],
    change_inside: Callable[[str, Mapping[str, str], str], str],
) -> str:
    """Return HTML with the attributes that `change` returns, given the name and all attributes with a value of each
    element but those `passed_over`; and with what `change_inside` makes of what is in each script and stylesheet, given
    that as well. What stays the same is left as it is written.
    """
    pieces, at = [], 0
    while at < len(html):
        skipped = passed_over.match(html, at)
        start = skipped.end() if skipped is not None else at
        found = _TAG.match(html, start)
        end = found.end() if found is not None else start + 1
        pieces += [html[at:start], html[start:end] if found is None else _changed(found, change, change_inside)]
        at = end
    return "".join(pieces)


def _changed(
    found: re.Match[str],
    change: Callable[[str, Mapping[str, str]], Mapping[str, str]],
    change_inside: Callable[[str, Mapping[str, str], str], str],
) -> str:
    """A start tag, and what is in a script or stylesheet."""
    is_raw = found["rest"] is None
    if is_raw and found["raw"] is None:
        return found[0]
    name, group = (found["raw"].lower(), "of_raw") if is_raw else (found["name"].lower(), "rest")
    attributes: dict[str, str] = {}
    for each, value in _attributes(found[group]):
        attributes.setdefault(each, value)  # of two with one name the first counts
    start, end = (at - found.start() for at in found.span(group))
    inside = found[0][end:]
    if name in _CODE and inside[1:]:
        inside = inside[:1] + change_inside(name, attributes, inside[1:])
    return found[0][:start] + _written(found[group], attributes, change(name, attributes)) + inside


def _written(rest: str, before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """The inside of a tag with the values of attributes that changed."""
    if before == after:
        return rest

    def of_attribute(found: re.Match[str]) -> str:
        name = found["name"].lower()
        if before[name] == after[name] or _read(found["value"]) != before[name]:
            return found[0]
        return f'{name}="{escape(after[name])}"'

    return _ATTRIBUTE.sub(of_attribute, rest)
