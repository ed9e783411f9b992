"""The references in a page, or in a drawing (SVG)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Protocol

from proofreader.kinds.html import LOADING, with_loaded
from proofreader.kinds.stylesheets import with_addresses
from proofreader.kinds.tags import all_but_elements_with, with_elements

from . import json_texts

#: A link of a reader's has nothing that matters, but perhaps a style.
_UNCONCERNED = all_but_elements_with(LOADING, links_with=("style",), address_in="content")
_NOT_EVEN_LINKED = all_but_elements_with(LOADING, links_with=LOADING, address_in="content")
#: What readers follow, and what other addresses begin with.
_LINKS = frozenset({"a", "area", "base"})
#: What a page loads by `<link>`; by all others it names another page, or what has to be at an address of its own.
_LOADING = frozenset({
    "stylesheet", "icon", "apple-touch-icon", "apple-touch-icon-precomposed", "apple-touch-startup-image", "mask-icon",
    "fluid-icon", "image_src", "preload", "modulepreload", "prefetch",
})  # fmt: skip
#: A file that a script asks for later by its own address is of no use under another one.
_ASKED_FOR_BY_SCRIPTS = frozenset({"fetch", "worker", "sharedworker", "serviceworker"})
_WHOLE_ADDRESS = re.compile(r"\s*(?:(?:https?:)?//|/)", re.IGNORECASE)


class References(Protocol):
    """What becomes of the references in one text."""

    def loaded(self, value: str) -> str:
        """Return a reference to what is loaded to show the text."""

    def module(self, value: str) -> str:
        """Return a reference to a script that is loaded as a module."""

    def image(self, value: str) -> str:
        """Return what may be a reference to a picture."""

    def linked(self, value: str) -> str:
        """Return a reference to something that a reader may follow, or that is not loaded."""

    def manifest(self, value: str) -> str:
        """Return a reference to a web manifest."""

    def script(self, script: str) -> str:
        """Return what a module says that stands in the text."""

    def integrity(self, value: str, of: str) -> str:
        """Return the digests of the file that a reference, as it was, leads to."""


def with_references(html: str, references: References, has_links: bool = False) -> str:
    """Return HTML or SVG in which each reference is what `references` makes of it; also each that a reader may follow,
    if it `has_links` that may change. What stays the same is left as it is written. Takes time that grows with the
    length.
    """
    unconcerned = _NOT_EVEN_LINKED if has_links else _UNCONCERNED

    def change(name: str, attributes: Mapping[str, str]) -> Mapping[str, str]:
        return _changed(name, attributes, references)

    def inside(name: str, attributes: Mapping[str, str], text: str) -> str:
        if name == "style":
            return with_addresses(text, references.loaded)
        kind = attributes.get("type", "").strip().lower()
        if kind == "application/ld+json":
            return json_texts.with_addresses(text, references.image)
        return references.script(text) if kind == "module" else text

    return with_elements(html, unconcerned, change, inside)


def _changed(name: str, attributes: Mapping[str, str], references: References) -> Mapping[str, str]:
    """The attributes of a start tag."""
    changed = {}
    load = _of_element(name, attributes, references)
    for attribute, value in attributes.items():
        if attribute == "content" and name == "meta" and _WHOLE_ADDRESS.match(value):
            changed[attribute] = references.image(value)
        else:
            is_style = attribute == "style"
            changed[attribute] = with_loaded(name, attribute, value, references.loaded if is_style else load)
    if "integrity" in attributes:
        of = attributes.get("src", attributes.get("href", ""))
        changed["integrity"] = references.integrity(attributes["integrity"], of)
    return changed


def _of_element(name: str, attributes: Mapping[str, str], references: References) -> Callable[[str], str]:
    """What becomes of the addresses in a start tag."""
    if name in _LINKS:
        return references.linked
    if name == "link":
        kinds = attributes.get("rel", "").lower().split()
        if "manifest" in kinds:
            return references.manifest
        is_loaded = _LOADING.intersection(kinds) and attributes.get("as", "").lower() not in _ASKED_FOR_BY_SCRIPTS
        load = references.module if "modulepreload" in kinds else references.loaded
        return load if is_loaded else references.linked
    is_module = name == "script" and attributes.get("type", "").strip().lower() == "module"
    return references.module if is_module else references.loaded


def base_of(html: str) -> str:
    """Return what the `<base>` of a page says; empty if it has none."""
    if "<base" not in html and "<BASE" not in html:
        return ""
    found: list[str] = []

    def note(name: str, attributes: Mapping[str, str]) -> Mapping[str, str]:
        if name == "base" and "href" in attributes:
            found.append(attributes["href"])
        return attributes

    with_elements(html, _UNCONCERNED, note, lambda name, attributes, text: text)
    return found[0] if found else ""
