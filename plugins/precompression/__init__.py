"""Text is compressed once, when the site is published, and not by the host for each reader: a Pelican plugin.

Beside `index.html` there are `index.html.br` (Brotli, at its best level, which is too slow for a host to use) and
`index.html.gz`, if they save enough. Hosts send them to browsers that take them; `web_host` tells nginx and Caddy how.
Neither contains a time or a name, so what did not change is the same to the byte. What was compressed is kept in
CACHE_PATH until it was not needed for a month.

- `gain.py`: which files can gain, and what is enough;
- `kept.py`: one text compressed, or found where it was kept;
- `compressing.py`: all files of an output.
"""

from typing import Any


def begin(pelican: Any) -> None:
    """Have the files compressed when this Pelican has written them, if the site is published."""
    from finishing import finish_published_with

    finish_published_with("precompression", _finish, pelican)


def _finish(pelican: Any, generators: list[Any]) -> None:
    from .compressing import compress_all  # what it needs is loaded for a site that is published, and for no other

    compress_all(pelican, generators)


def register() -> None:
    """Connect to Pelican, which calls this."""
    from pelican import signals

    signals.initialized.connect(begin)
