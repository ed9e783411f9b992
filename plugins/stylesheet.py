"""The site's single stylesheet, assembled when the site is built: a Pelican plugin.

`theme/static/style.css` is followed by the stylesheet of the figures, which drytables ships. As two files they would
cost every page one more request. Comments and spaces are for those who edit the stylesheets, and are left out.

A theme without a `static/style.css` keeps its stylesheets as they are, and the figures have none.
"""

import logging
import re
from pathlib import Path

from drytables import STYLESHEET
from pelican import Pelican, signals

log = logging.getLogger(__name__)

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
#: A string, in which each space counts; or a sign with the spaces beside it that a browser does not need (CSS Syntax
#: Level 3, 4.3.1). A colon needs one before it in a selector, and has one after it in a declaration alone.
_STRING_OR_SPACE = re.compile(r"""("[^"]*"|'[^']*')|\s*([{};,>])\s*|(:)\s+|\s+""")

#: The stylesheet of a theme, in its folder.
SHEET = "static/style.css"


def assembled(theme: Path) -> str:
    """Return the whole stylesheet of a theme, given the theme's folder."""
    sheets = (theme / SHEET, Path(STYLESHEET))
    return "".join(without_spaces(_COMMENT.sub("", sheet.read_text(encoding="utf-8"))) for sheet in sheets)


def without_spaces(css: str) -> str:
    """Return a stylesheet without comments in as few characters as mean the same."""
    return _STRING_OR_SPACE.sub(lambda found: found[1] or found[2] or found[3] or " ", css).replace(";}", "}").strip()


def write_stylesheet(pelican: Pelican) -> None:
    """Write it in place of the theme's own part, which Pelican has copied."""
    settings = pelican.settings
    if not Path(settings["THEME"], SHEET).is_file():
        log.warning(
            "stylesheet: the theme %s has no %s that the style of the figures could be added to. "
            'Add the file, or remove "stylesheet" from PLUGINS',
            Path(settings["THEME"]).name,
            SHEET,
        )
        return
    sheet = Path(pelican.output_path, settings["THEME_STATIC_DIR"], "style.css")
    sheet.write_text(assembled(Path(settings["THEME"])), encoding="utf-8")


def register() -> None:
    """Connect to Pelican, which calls this."""
    signals.finalized.connect(write_stylesheet)
