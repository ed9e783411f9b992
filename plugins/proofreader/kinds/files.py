"""Which files besides pages name addresses, and how each kind is read: the one table of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple

from .html import addresses_in_html
from .json_documents import strings_in_json
from .lines import addresses_in_fields, addresses_in_redirects
from .stylesheets import addresses_in_styles
from .xml_documents import strings_in_xml

_Addresses = Callable[[str], Iterator[str]]


def _with_html(strings: Callable[[str], Iterable[tuple[str, str]]], text: str) -> Iterator[str]:
    """The addresses in a document, and those in the HTML that is in it. There, a place on the same page is none of the
    document's.
    """
    for kind, value in strings(text):
        if kind:
            yield from (each for _, _, each in addresses_in_html(value) if not each.startswith("#"))
        else:
            yield value


def _of_markup(text: str) -> Iterator[str]:
    return (each for _, _, each in addresses_in_html(text) if not each.startswith("#"))


class FileKind(NamedTuple):
    """Files whose names fit `names`, and what yields the addresses in the text of one. It raises ValueError for a text
    that nobody can read. `has_whole` is whether their addresses name the host, as only a site that is published knows
    it; `is_quick`, whether their bytes show most addresses as those of a page do.
    """

    names: re.Pattern[str]
    addresses: _Addresses
    has_whole: bool = False
    is_quick: bool = False


FILE_KINDS = (
    FileKind(re.compile(r".*\.(?:xml|atom|rss)\Z"), partial(_with_html, strings_in_xml), has_whole=True, is_quick=True),
    FileKind(re.compile(r".*\.css\Z"), addresses_in_styles),
    FileKind(re.compile(r".*\.svg\Z"), _of_markup),
    FileKind(re.compile(r".*\.(?:webmanifest|json)\Z"), partial(_with_html, strings_in_json), has_whole=True),
    FileKind(re.compile(r"robots\.txt\Z|(?:\.well-known/)?security\.txt\Z"), addresses_in_fields, has_whole=True),
    FileKind(re.compile(r"_redirects\Z"), addresses_in_redirects, has_whole=True),
)


def kind_of(name: str) -> FileKind | None:
    """Return the kind of a file, by its path below the output; None for pages, and for what names no address."""
    return next((each for each in FILE_KINDS if each.names.match(name)), None)
