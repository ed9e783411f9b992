"""Is it a setting that keeps Pelican from making anything of a source?

Pelican uses most settings for the first time when it has read a post, and blames the post, or stops. So a post with
nothing but a title and a date is made before any is read. If that fails, each setting is replaced in turn by Pelican's
own default, or left out: the one without which it works is at fault, or, if there are several, without which it ends
with another error.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from pelican import readers, signals
from pelican.contents import Article, Page
from pelican.settings import DEFAULT_CONFIG
from pelican.urlwrappers import Author, Category, Tag

_ARCHIVES = tuple(f"{period}_ARCHIVE_{part}" for period in ("YEAR", "MONTH", "DAY") for part in ("URL", "SAVE_AS"))


def setting_at_fault(settings: dict[str, Any]) -> str:
    """An error that names the setting with which nothing can be made of a post; empty if there is none."""
    error = _failure(settings)
    if error is None:
        return ""
    one_of_several = ""
    for name in sorted(settings):
        others = {key: value for key, value in settings.items() if key != name}
        if name in DEFAULT_CONFIG:
            others[name] = DEFAULT_CONFIG[name]
        left = _failure(others)
        if left is None:
            return _told(name, settings, error)
        if not one_of_several and repr(left) != repr(error):
            one_of_several = name
    return _told(one_of_several, settings, error) if one_of_several else ""


def _told(name: str, settings: dict[str, Any], error: Exception) -> str:
    # Python shows the words of a KeyError as it shows a key.
    words = error.args[0] if isinstance(error, KeyError) and error.args else error
    why = str(words) or type(error).__name__
    return f"error: the setting {name} = {settings[name]!r} cannot be used: {why}"


def _failure(settings: dict[str, Any]) -> Exception | None:
    """What making a post and a page with some settings, and asking for all addresses, ends with; None if it goes well.

    A pattern may ask for a field that the posts of a site have, and this one does not.
    """
    process = readers.BaseReader(settings).process_metadata
    try:
        with signals.content_object_init.muted():
            for kind in (Article, Page):
                metadata = readers.default_metadata(settings, process)
                metadata |= readers.parse_path_metadata("folder/plain.md", settings, process)
                metadata |= {"title": "Plain", "date": datetime(2001, 1, 1)}
                for more in ({}, {"status": "draft"}, {"lang": "xx"}):
                    content = kind("", metadata | more, settings, "folder/plain.md")
                    _ask(lambda content=content: (content.url, content.save_as))
        for named in (Author, Category, Tag):
            _ask(lambda named=named: (named("Plain", settings).url, named("Plain", settings).save_as))
        for setting in _ARCHIVES:
            _ask(lambda pattern=settings[setting]: pattern and pattern.format(date=datetime(2001, 1, 1, tzinfo=UTC)))
    except Exception as error:
        return error
    return None


def _ask(address: Any) -> None:
    try:
        address()
    except KeyError:  # the field of its own that a pattern asks for
        return
