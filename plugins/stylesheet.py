"""The site's single stylesheet, assembled when the site is built: a Pelican plugin.

`theme/static/style.css` is followed by the stylesheet of the figures, which drytables ships. As two files they would
cost every page one more request. Comments are for those who edit the stylesheets, and are left out.
"""

import re
from pathlib import Path

from drytables import STYLESHEET
from pelican import Pelican, signals

_COMMENT = re.compile(r" */\*.*?\*/", re.DOTALL)


def assembled(theme: Path) -> str:
    """Return the whole stylesheet of a theme, given the theme's folder."""
    sheets = (theme / "static/style.css", Path(STYLESHEET))
    return "".join(_COMMENT.sub("", sheet.read_text(encoding="utf-8")) for sheet in sheets)


def write_stylesheet(pelican: Pelican) -> None:
    """Write it in place of the theme's own part, which Pelican has copied."""
    settings = pelican.settings
    sheet = Path(pelican.output_path, settings["THEME_STATIC_DIR"], "style.css")
    sheet.write_text(assembled(Path(settings["THEME"])), encoding="utf-8")


def register() -> None:
    """Connect to Pelican, which calls this."""
    signals.finalized.connect(write_stylesheet)
