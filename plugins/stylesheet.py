"""The site's one stylesheet, put together when the site is built: a Pelican plugin.

`theme/static/style.css` is followed by the sheet of the figures, which drytables ships. In two files they would be one
more request of every page. Comments are for those who change a sheet, and stay behind.
"""

import re
from pathlib import Path

from drytables import STYLESHEET
from pelican import Pelican, signals

_COMMENT = re.compile(r" */\*.*?\*/", re.DOTALL)


def assembled(theme: Path) -> str:
    """Return the whole stylesheet of a theme, the folder of which is given."""
    sheets = (theme / "static/style.css", Path(STYLESHEET))
    return "".join(_COMMENT.sub("", sheet.read_text(encoding="utf-8")) for sheet in sheets)


def write_stylesheet(pelican: Pelican) -> None:
    """Write it in the place of the theme's own part, which Pelican has copied."""
    settings = pelican.settings
    sheet = Path(pelican.output_path, settings["THEME_STATIC_DIR"], "style.css")
    sheet.write_text(assembled(Path(settings["THEME"])), encoding="utf-8")


def register() -> None:
    """Connect to Pelican, which calls this."""
    signals.finalized.connect(write_stylesheet)
