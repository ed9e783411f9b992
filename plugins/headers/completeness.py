"""What a post or page must have, reported at the place where it is missing: Pelican only says that it leaves the file
out.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from drytables.diagnostics.diagnostic import Diagnostic, first_error
from drytables.diagnostics.source import Span
from drytables.pelican_plugin.further_checks import FOUND_IN_SOURCE, FoundInSource, add_found
from pelican.contents import Article, Content, Page
from pelican.generators import PagesGenerator
from pelican.utils import slugify
from proofreader.codes import NO_ADDRESS

from .addresses import shortened
from .codes import MISSING_FIELD, NO_HEADER
from .fields import known_by
from .header import Text, fault
from .markdown_extension import FACTS, Facts
from .unknown_fields import near_miss

_WRITTEN = {"pelican": "{name}: {value}", "YAML": "{key}: {value}", "TOML": "{key} = {value}"}
#: The heading that a note without a header begins with.
_HEADING = re.compile(r"#[ \t]+(?P<words>\S.*)")
#: How a header in JSON begins: Hugo's, and after semicolons Hexo's.
_JSON = re.compile(r"(?:\{\s*(?:\"|\Z)|;;;+\s*\Z)")
_VALUES = {"title": "…", "date": "2026-11-23"}


def require_fields(generator: Any, metadata: dict[str, Any]) -> None:
    """Note what is missing in the metadata of a post or page that was just read."""
    facts, found = metadata.get(FACTS), metadata.get(FOUND_IN_SOURCE)
    if not isinstance(facts, Facts) or not isinstance(found, FoundInSource) or first_error(found.diagnostics):
        return
    status = str(metadata.get("status", "")).lower()
    is_dated = isinstance(generator, PagesGenerator) or "date" in metadata or status == "draft"
    missing = [name for name in ("title", "date") if name not in metadata and not (name == "date" and is_dated)]
    if missing and status != "skip":
        known = known_by(generator.settings)
        told = _no_header(facts, missing) if not facts.is_there else _missing(facts, missing[0], known)
        metadata[FOUND_IN_SOURCE] = found.with_diagnostic(told)


def _missing(facts: Facts, name: str, known: frozenset[str]) -> Diagnostic:
    line = _line(facts, name, _VALUES[name])
    misspelt = next((each for each in facts.unknown if near_miss(each.words, known).lower() == name), None)
    if misspelt is not None:
        advice = f"write `{near_miss(misspelt.words, known)}`"
        return fault(
            MISSING_FIELD, f"this header has no {name}", misspelt.span, f"is this meant to be the {name}?", help=advice
        )
    draft = f", or `{_line(facts, 'status', 'draft')}` if it is not ready" if name == "date" else ""
    return fault(MISSING_FIELD, f"this header has no {name}", _first_line(facts), help=f"add a line `{line}`{draft}")


def _no_header(facts: Facts, missing: list[str]) -> Diagnostic:
    if _JSON.match(facts.text.split("\n", 1)[0]):
        advice = "write it as YAML: lines `title: …` and `date: 2026-11-23` between two lines `---`"
        return fault(NO_HEADER, "a header in JSON is not read", _first_line(facts), "it begins here", help=advice)
    heading = _HEADING.match(facts.text)
    values = {**_VALUES, "title": heading["words"].strip() if heading else "…"}
    lines = " and ".join(f"`{name.capitalize()}: {values[name]}`" for name in missing)
    return fault(
        NO_HEADER,
        "this file has no header",
        _first_line(facts),
        help=f"begin it with {'lines' if len(missing) > 1 else 'a line'} {lines}, and a blank line",
    )


def _line(facts: Facts, name: str, value: str) -> str:
    quoted = f'"{value}"' if facts.notation == "TOML" and name != "date" else value
    return _WRITTEN[facts.notation].format(name=name.capitalize(), key=name, value=quoted)


def _first_line(facts: Facts) -> Span:
    return Span(0, max(len(facts.text.split("\n", 1)[0].rstrip()), 1))


def give_address(content: Content) -> None:
    """Shorten the address of a post whose title is too long for a file, take that of `my-post/index.md` from its folder
    where addresses are made of names of files, and note where a title makes none at all.
    """
    if not isinstance(content, Article | Page) or not hasattr(content, "slug"):
        return
    if "slug" not in content.metadata:
        content.slug = shortened(_name_of_folder(content) or content.slug)
    facts = getattr(content, FACTS, None)
    if not isinstance(facts, Facts):
        return
    lacking = _field_for_address(content)
    if lacking:
        told = _missing_for_address(facts, lacking, f"{type(content).__name__.upper()}_URL")
        add_found(content, facts.text, told)
        # Pelican stops where it cannot make an address, before anything is reported.
        content.override_url = content.override_save_as = f"without-{lacking}/{facts.places.get('title', Span(0, 0))}"
    if content.slug:
        return
    span = facts.places.get("title", _first_line(facts))
    title = Text(str(getattr(content, "raw_title", "") or content.title), span).words
    told = fault(
        NO_ADDRESS,
        f"no address can be made of the title `{title}`",
        span,
        help=f"add a line `{_line(facts, 'slug', 'some-words')}`",
    )
    add_found(content, facts.text, told)


def _name_of_folder(content: Content) -> str:
    """The slug of a folder that is one post with its pictures, as in Hugo; empty if this is none."""
    source, settings = Path(content.source_path or ""), content.settings
    if settings["SLUGIFY_SOURCE"] != "basename" or source.stem != "index":
        return ""
    return str(slugify(source.parent.name, regex_subs=settings["SLUG_REGEX_SUBSTITUTIONS"]))


def _field_for_address(content: Content) -> str:
    """The field that the settings want in an address, and that a post does not have; empty if there is none."""
    try:
        content.url, content.save_as  # noqa: B018  # which make them
    except KeyError as error:
        return str(error.args[0])
    return ""


def _missing_for_address(facts: Facts, name: str, setting: str) -> Diagnostic:
    return fault(
        MISSING_FIELD,
        f"this header has no {name}, which is in the address of a post",
        _first_line(facts),
        help=f"add a line `{_line(facts, name, '…')}`, or leave `{{{name}}}` out of the setting {setting}",
    )
