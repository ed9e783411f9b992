"""Files that pages load, under names that change with their content: a Pelican plugin, for a site that is published.

A browser may keep them for a year and need not ask again: `theme/style.css` is `immutable/style.1f2e3d4c5b6a7988.css`
until it changes, or a picture that it names. Stylesheets, scripts, pictures and fonts are named so where
pages, stylesheets, modules and web manifests load them, also in structured data and for cards of shared posts.

Each file stays at its own address as well: others link to pictures, feeds are kept for years, and scripts may work out
the addresses of files. So nothing that is not renamed ever leads nowhere: links that readers follow, feeds, and what
a script names. A script that asks where it was loaded from, such as Pagefind's, is loaded from where it is.

From the ground up:

- `kinds.py`: which files get such a name;
- `addresses.py`: where references lead, and how they are written;
- `stylesheets.py`, `scripts.py`, `json_texts.py`, `markup.py`: the references in each kind of text;
- `referring.py`, `circles.py`, `integrity.py`, `names.py`: what each file is called;
- `pages.py`, `renaming.py`: the pages and files of an output.
"""

from typing import Any


def begin(pelican: Any) -> None:
    """Have the files named when this Pelican has written them, if the site is published."""
    from finishing import finish_published_with

    finish_published_with("hashed_names", _finish, pelican)


def _finish(pelican: Any, generators: list[Any]) -> None:
    from .renaming import name_files  # what it needs is loaded for a site that is published, and for no other

    name_files(pelican, generators)


def register() -> None:
    """Connect to Pelican, which calls this."""
    from pelican import signals

    signals.initialized.connect(begin)
