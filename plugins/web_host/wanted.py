"""What the settings of a site ask of its host, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from .codes import BAD_HOST_SETTING, NOT_LOOKED_FOR
from .facts.redirects import SETTING as OLD_ARTICLE_URLS
from .facts.redirects import patterns_of
from .facts.site import Site
from .files import security_txt
from .settings_faults import SettingFault

CNAME, HEADERS, POLICY = "CNAME", "RESPONSE_HEADERS", "CONTENT_SECURITY_POLICY"
_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_DIRECTIVE = re.compile(r"[a-z][a-z-]*")
_DOMAIN = re.compile(r"(?=.{1,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]", re.IGNORECASE)
#: What every policy would be worth nothing with.
_UNSAFE = "'unsafe-inline'"


class Wanted(NamedTuple):
    """`domain` is the name for CNAME, `security_txt` are the fields of that file, `headers` those of every answer that
    are to differ, and `sources` what pages may load besides. Each is empty if nothing is wanted.
    """

    domain: str
    security_txt: Mapping[str, Any]
    headers: Mapping[str, str | None]
    sources: Mapping[str, tuple[str, ...]]


def wanted(settings: Mapping[str, Any], site: Site) -> Wanted:
    """Take this from settings without faults. `CNAME = True` is the site's own host."""
    domain = settings.get(CNAME) or ""
    return Wanted(
        str(urlsplit(site.address).hostname if domain is True else domain).strip(),
        settings.get(security_txt.SETTING) or {},
        settings.get(HEADERS) or {},
        {name: tuple(_sources(each)) for name, each in (settings.get(POLICY) or {}).items()},
    )


def faults(settings: Mapping[str, Any], site: Site, now: datetime) -> Iterator[SettingFault]:
    """What is wrong with the settings at a time, which has a zone."""
    if settings.get(security_txt.SETTING):
        yield from security_txt.faults(settings[security_txt.SETTING], site, now)
    if settings.get(CNAME):
        yield from _of_domain(settings[CNAME], site)
    yield from _of_table(settings, HEADERS, '{"X-Robots-Tag": "noai"}', _of_header)
    yield from _of_table(settings, POLICY, '{"frame-src": ["https://www.youtube.com"]}', _of_directive)
    for each in patterns_of(settings):
        yield from _of_pattern(each)


def _of_domain(given: object, site: Site) -> Iterator[SettingFault]:
    words = str(given).strip()
    if given is not True and not _DOMAIN.fullmatch(words):
        advice = f"write `{urlsplit(site.address).hostname}`, without `https:` and without a slash"
        yield SettingFault(BAD_HOST_SETTING, CNAME, f"`{words}` is not the name of a host", advice, words)
    elif given is not True and words.lower() != urlsplit(site.address).hostname:
        message = f"the site is built for {site.address}, and `CNAME` names {words}"
        yield SettingFault(BAD_HOST_SETTING, CNAME, message, "give both one name", words, "warning")
    elif site.folder:
        message = f"`CNAME` gives the site a host of its own, and it is built for the folder {site.folder}/"
        advice = "remove one of them"
        yield SettingFault(NOT_LOOKED_FOR, CNAME, message, advice, severity="warning")


def _of_table(settings: Mapping[str, Any], setting: str, example: str, of_entry: Any) -> Iterator[SettingFault]:
    given = settings.get(setting) or {}
    if not isinstance(given, Mapping):
        yield SettingFault(BAD_HOST_SETTING, setting, f"`{setting}` is not a table", f"write {setting} = {example}")
        return
    for name, value in given.items():
        yield from of_entry(str(name), value)


def _of_header(name: str, value: object) -> Iterator[SettingFault]:
    if not _TOKEN.fullmatch(name):
        yield SettingFault(
            BAD_HOST_SETTING, HEADERS, f"`{name}` is not the name of a header", "write letters and hyphens", name
        )
    elif value is not None and not (isinstance(value, str) and value.isprintable() and value.isascii()):
        message = f"the value of `{name}` cannot be in a header"
        yield SettingFault(
            BAD_HOST_SETTING, HEADERS, message, "write one line of ASCII, or None for no such header", name
        )


def _of_directive(name: str, value: object) -> Iterator[SettingFault]:
    if not _DIRECTIVE.fullmatch(name):
        advice = "write one such as `frame-src` or `connect-src`"
        yield SettingFault(BAD_HOST_SETTING, POLICY, f"`{name}` is not a directive of a policy", advice, name)
        return
    if not isinstance(value, str | list | tuple | set | None):
        message, advice = f"the value of `{name}` is not a list of sources", 'write ["https://example.org"]'
        yield SettingFault(BAD_HOST_SETTING, POLICY, message, advice, name)
        return
    for each in _sources(value):
        if not each.isascii() or not each.isprintable() or {*each} & {*";, "}:
            message = f"`{each}` is not a source of a policy"
            yield SettingFault(
                BAD_HOST_SETTING, POLICY, message, "write an origin, such as `https://example.org`", each
            )
        elif each == _UNSAFE:
            message = "`'unsafe-inline'` would allow whatever gets into a page"
            advice = "remove it: what your own pages have within is allowed already"
            yield SettingFault(BAD_HOST_SETTING, POLICY, message, advice, each)


def _sources(value: object) -> list[str]:
    """The sources, in one text or in a list."""
    return value.split() if isinstance(value, str) else [str(each) for each in value or ()]  # type: ignore[attr-defined]


def _of_pattern(pattern: str) -> Iterator[SettingFault]:
    example = {"slug": "s", "lang": "en", "date": datetime(2012, 3, 1), "author": "a", "category": "c", "path": "p"}
    try:
        pattern.format(**example)
    except (LookupError, ValueError, TypeError, AttributeError):
        message = f"`{pattern}` is not a pattern for addresses"
        advice = "write one as in ARTICLE_URL, such as `{date:%Y}/{date:%m}/{slug}/`"
        yield SettingFault(BAD_HOST_SETTING, OLD_ARTICLE_URLS, message, advice, pattern)
