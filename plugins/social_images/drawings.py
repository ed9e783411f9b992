"""All images of a site are drawn when its articles are written."""

import logging
from pathlib import Path
from typing import Any

from .in_pages import ICON

log = logging.getLogger(__name__)

#: What the theme must have for cards.
CARD = "templates/card.svg"
_MADE_OF = {ICON: "icons", CARD: "cards"}


def draw_all(generator: Any, writer: Any) -> None:
    """Write every image that the theme has a drawing of; warn of those that it has not."""
    settings = generator.settings
    theme = Path(settings["THEME"])
    missing = [name for name in _MADE_OF if not (theme / name).is_file()]
    if missing:
        log.warning(
            "social_images: the theme %s has no %s, so there are no %s. "
            'Add what is missing, or remove "social_images" from PLUGINS',
            theme.name,
            " and no ".join(missing),
            " and no ".join(_MADE_OF[name] for name in missing),
        )
    if CARD not in missing and settings["SITEURL"] == settings["CANONICAL_SITE"]:
        from .cards import Cards

        Cards(generator).write_all()
    if ICON not in missing:
        from .icons import write_icons

        write_icons(settings, Path(generator.output_path))
