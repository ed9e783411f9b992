"""The pages of series: one for each, and one of all, where the settings ask for them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from addresses import address_of_file
from pelican import Pelican
from pelican.generators import Generator

#: The templates, and how the names of the settings for the files of their pages begin.
_TEMPLATES = {"series": "SERIES", "series_list": "SERIES_LIST"}


def add_list(pelican: Pelican) -> None:
    """Complete the settings, and add the page of all series to those that are made if the site wants it. Ends the
    program if the theme cannot show what is wanted.
    """
    settings = pelican.settings
    save_as = settings.setdefault("SERIES_SAVE_AS", "")
    address = settings.setdefault("SERIES_URL", address_of_file(save_as))
    settings.setdefault("SERIES_LANG_URL", f"{{lang}}/{address}")
    settings.setdefault("SERIES_LANG_SAVE_AS", f"{{lang}}/{save_as}" if save_as else "")
    folders = [*settings["THEME_TEMPLATES_OVERRIDES"], Path(settings["THEME"], "templates")]
    for template, name in _TEMPLATES.items():
        is_there = any(Path(folder, f"{template}.html").is_file() for folder in folders)
        if settings.get(f"{name}_SAVE_AS") and not is_there:
            sys.exit(
                f"error: {name}_SAVE_AS: the theme {Path(settings['THEME']).name} has no templates/{template}.html. "
                "Add one, or remove the setting"
            )
    if settings.get("SERIES_LIST_SAVE_AS"):
        settings["DIRECT_TEMPLATES"] = [*dict.fromkeys([*settings["DIRECT_TEMPLATES"], "series_list"])]


class SeriesGenerator(Generator):  # type: ignore[misc]
    """Writes a page for each series, or several where PAGINATED_TEMPLATES has a number for `series`."""

    def generate_output(self, writer: Any) -> None:
        """Write them; Pelican calls this when all sources are read."""
        for series, posts in self.context.get("series_list", ()):
            if series.save_as and series.slug:
                writer.write_file(
                    series.save_as,
                    self.get_template("series"),
                    self.context,
                    self.settings["RELATIVE_URLS"],
                    paginated={"articles": posts},
                    template_name="series",
                    url=series.url,
                    series=series,
                    articles=posts,
                )


def generators(_pelican: object) -> type[SeriesGenerator]:
    """The generators of this plugin."""
    return SeriesGenerator
