"""`make new TITLE="…"`: writes the file of a draft, with its header, and says where it is.

The title comes in the environment, since what a shell or make would take for something else may be in it. The exit
status is 0 if the file was written, 1 if there is one already, or a post at its address, and 2 without a usable title.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from drytables.pelican_plugin.further_checks import text_of
from pelican.settings import read_settings
from pelican.utils import slugify

from .addresses import LONGEST_NAME, shortened
from .fields import known_by
from .meanings import translate
from .reading import read_header

_MARKDOWN = (".md", ".markdown", ".mkd", ".mdown")


class NotWritten(Exception):
    """Why no file was written, and the exit status that says so."""

    def __init__(self, why: str, status: int = 1) -> None:
        super().__init__(why)
        self.status = status


def new_post(title: str, slug: str, settings: dict[str, Any]) -> Path:
    """Write the draft of a post and return its file. Raises NotWritten.

    Without a slug, the title makes one, as it does when Pelican reads it.
    """
    title = one_line(title)
    if not title:
        raise NotWritten('say what it is about: make new TITLE="What it is about"', 2)
    derived = shortened(slug_of(title, settings))
    slug = (slug_of(one_line(slug), settings) or derived).strip("-")
    if not slug:
        raise NotWritten(f'no address can be made of the title `{title}`; add SLUG="some-words"', 2)
    if len(slug.encode()) > LONGEST_NAME:
        raise NotWritten("the slug is too long for the name of a file", 2)
    folder = Path(settings["PATH"], next(iter(settings["ARTICLE_PATHS"]), ""))
    for path, other in posts(settings):
        if other == slug:
            raise NotWritten(f"{shown(path)} has the address of this post already; add SLUG= with another last part")
        if path.parent == folder and path.stem.lower() == slug.lower():
            raise NotWritten(f"{shown(path)} exists already; add SLUG= with another name")
    lines = [f"Title: {title}", f"Date: {now(settings):%Y-%m-%d %H:%M}", "Tags:", "Summary:", "Status: draft"]
    if slug != derived:
        lines.insert(1, f"Slug: {slug}")
    return written(folder / f"{slug}.md", "\n".join(lines) + "\n\n")


def one_line(text: str) -> str:
    """A text in one line, without what no page can show."""
    return " ".join("".join(" " if unicodedata.category(char) in ("Cc", "Cs") else char for char in text).split())


def slug_of(text: str, settings: dict[str, Any]) -> str:
    """What Pelican makes of a title for its address."""
    return str(
        slugify(
            text,
            regex_subs=settings["SLUG_REGEX_SUBSTITUTIONS"],
            preserve_case=settings["SLUGIFY_PRESERVE_CASE"],
            use_unicode=settings["SLUGIFY_USE_UNICODE"],
        )
    )


def now(settings: dict[str, Any]) -> datetime:
    """The time in the site's zone."""
    return datetime.now(ZoneInfo(settings.get("TIMEZONE", "UTC")))


def posts(settings: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    """The files of all posts, each with the last part of its address as far as its header says; it is not built."""
    known = known_by(settings)
    for name in settings["ARTICLE_PATHS"]:
        for path in sorted(Path(settings["PATH"], name).rglob("*")):
            if path.suffix not in _MARKDOWN or not path.is_file():
                yield path, ""
                continue
            said = translate(read_header(text_of(str(path))), known).meta
            given, title = (str(said.get(field, [""])[0]) for field in ("slug", "title"))
            yield path, given or shortened(slug_of(title, settings))


def written(path: Path, text: str) -> Path:
    """Write a file that is not there yet. Raises NotWritten."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise NotWritten(f"{shown(path)} exists already; add SLUG= with another name") from None
    except OSError as error:
        raise NotWritten(f"{shown(path)} cannot be written: {error.strerror}") from None
    return path


def shown(path: Path) -> str:
    """A path as the user knows it."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def main() -> int:
    """Write the post that POST_TITLE and POST_SLUG in the environment name, and return the exit status."""
    try:
        settings = read_settings("pelicanconf.py")
        print(shown(new_post(os.environ.get("POST_TITLE", ""), os.environ.get("POST_SLUG", ""), settings)))
    except NotWritten as error:
        print(f"error: {error}", file=sys.stderr)
        return error.status
    return 0


if __name__ == "__main__":
    sys.exit(main())
