"""One round of Pelican over a site, from its sources to its pages."""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from pathlib import Path
from typing import NamedTuple

from pelican import signals
from pelican.generators import ArticlesGenerator

from ..build_error import BuildError
from ..project import in_project
from ..reports import Errors
from .reading import Reading
from .unread import tell_of_unread

#: What a plugin puts into the context of Pelican's generators before they have finished: when the site will be another
#: although no file changes, as a POSIX timestamp.
CHANGES_AT = "changes_at"


class Done(NamedTuple):
    """What a round came to: how many posts were read, drafts and hidden ones as well, and how many of them are in the
    lists of the site; what plugins said on standard output, to be shown when the site is in place, and when it will be
    another by itself, if ever.
    """

    posts: int
    listed: int
    said: str
    changes_at: float | None = None


class _Posts:
    """How many posts Pelican has read, and when they will be others."""

    def __init__(self) -> None:
        self.count = self.listed = 0
        self.changes_at: float | None = None
        signals.article_generator_finalized.connect(self.add)

    def add(self, generator: ArticlesGenerator) -> None:
        for posts in (generator.articles, generator.hidden_articles, generator.drafts):
            self.count += len(posts)
        self.listed += len(generator.articles)
        self.changes_at = generator.context.get(CHANGES_AT)


def read(reading: Reading, errors: Errors) -> Done:
    """Run a round. What Pelican logs as an error is counted in `errors`, and the round goes on.

    Raises BuildError, SystemExit from a plugin that has reported why it stops, and whatever else plugins raise.
    """
    _refuse_missing_folders(reading)
    tell_of_unread(reading.settings)
    posts, said = _Posts(), io.StringIO()
    with redirect_stdout(said):
        reading.run()
    errors.show_waiting()
    return Done(posts.count, posts.listed, said.getvalue(), posts.changes_at)


def _refuse_missing_folders(reading: Reading) -> None:
    """Raise BuildError for a folder of posts or pages that the settings name and that is missing: Pelican would build a
    site without them. The default folder for pages may be missing.
    """
    for setting in ("ARTICLE_PATHS", "PAGE_PATHS"):
        for name in reading.settings[setting] if setting in reading.named else ():
            folder = Path(reading.settings["PATH"], name)
            try:
                folder.lstat()
            except OSError as error:
                raise BuildError(
                    f"{in_project(folder)} cannot be read: {error.strerror}. It is listed in {setting} of "
                    f"{reading.settings_file}: create the folder, or remove it from there"
                ) from None
