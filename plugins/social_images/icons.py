"""The site's icon in the sizes that browsers and phones ask for, and the web manifest that lists them."""

import json
from pathlib import Path
from typing import Any

from finishing import rewrite
from languages.direction import direction
from languages.tags import written_form

from .colours import colours
from .images import ico, png
from .in_pages import ICON

_SIZES = (192, 512)
_TOUCH_ICON_SIZE, _FAVICON_SIZE = 180, 32


def write_icons(settings: dict[str, Any], output: Path) -> None:
    """Write the theme's icon in all sizes, and the manifest, below a folder."""
    theme, folder = Path(settings["THEME"]), settings["THEME_STATIC_DIR"]
    icon = (theme / ICON).read_text(encoding="utf-8")

    def drawn(size: int) -> bytes:
        return png(icon, (size, size), Path(settings["CACHE_PATH"]) / "drawings")

    files = {
        **{f"{folder}/icon-{size}.png": drawn(size) for size in _SIZES},
        "apple-touch-icon.png": drawn(_TOUCH_ICON_SIZE),
        "favicon.ico": ico(drawn(_FAVICON_SIZE), _FAVICON_SIZE),
        "site.webmanifest": json.dumps(manifest(settings, colours(theme)), ensure_ascii=False, indent=2).encode(),
    }
    for name, content in files.items():
        file = output / name
        file.parent.mkdir(parents=True, exist_ok=True)
        rewrite(file, content)


def manifest(settings: dict[str, Any], theme_colours: dict[str, str]) -> dict[str, Any]:
    """Return the web manifest: what a phone needs to put the site on its home screen."""
    folder = settings["THEME_STATIC_DIR"]
    icons = [{"src": f"{folder}/icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png"} for size in _SIZES]
    paper = theme_colours.get("paper", "#ffffff")
    return {
        "name": settings["SITENAME"], "short_name": settings["SITENAME"].split()[0], "start_url": ".",
        "lang": written_form(settings["DEFAULT_LANG"]), "dir": direction(settings["DEFAULT_LANG"]),
        "display": "minimal-ui", **dict.fromkeys(("background_color", "theme_color"), paper),
        "icons": [{"src": f"{folder}/icon.svg", "sizes": "any", "type": "image/svg+xml"}, *icons],
    }  # fmt: skip
