"""What a site may leave out of its settings or leave empty: a Pelican plugin that puts something sensible in its place.

Templates and the other plugins then need not ask: SITENAME is never empty, CANONICAL_SITE is the public address without
a slash at its end, or empty if no setting has one, and AUTHOR is left out rather than empty. Pelican itself fails on an
empty AUTHOR (observed with 4.12).
"""

from typing import Any
from urllib.parse import urlsplit

from pelican import Pelican, signals

#: Where the name of a site is taken from if it has none.
_NAMES = ("SITENAME", "SITESUBTITLE", "AUTHOR")
_NAMELESS = "Blog"


def complete(settings: dict[str, Any]) -> None:
    """Fill in what is missing or empty in Pelican's settings, in place."""
    for name in ("SITEURL", "SITESUBTITLE"):
        settings[name] = str(settings.get(name) or "").rstrip("/" if name == "SITEURL" else "")
    settings["CANONICAL_SITE"] = str(settings.get("CANONICAL_SITE") or settings["SITEURL"]).rstrip("/")
    settings["FEED_DOMAIN"] = settings.get("FEED_DOMAIN") or settings["CANONICAL_SITE"]
    if not settings.get("AUTHOR"):
        settings.pop("AUTHOR", None)
    host = urlsplit(settings["CANONICAL_SITE"]).hostname
    settings["SITENAME"] = next(filter(None, map(settings.get, _NAMES)), host or _NAMELESS)


def is_published(settings: dict[str, Any]) -> bool:
    """Whether a site is built for the address that it has for good, and not as a preview. The settings are complete."""
    return bool(settings["SITEURL"]) and settings["SITEURL"] == settings["CANONICAL_SITE"]


def begin(pelican: Pelican) -> None:
    """Complete the settings of a site before its first source is read."""
    complete(pelican.settings)


def register() -> None:
    """Connect to Pelican, which calls this."""
    signals.initialized.connect(begin)
