"""Settings that go with a theme rather than with a site: a Pelican plugin, so that THEME can be changed by itself.

A theme says in `theme.toml`, in its folder, in what it differs from most themes:

- `autoescape = true`: its templates expect that whatever they are given is escaped. Those of most themes escape
  nothing, and would show the markup of posts.
- `links_only_to_what_is_there = true`: it asks whether a category, an author or a tag has a page. Most themes link to
  all of them, and fail on a post without a category, so with them such pages are built even if a setting is empty.
- `plugins = ["menu"]`: its templates call what these plugins add. Without one of them the site is not built, and the
  message names it. Pelican without this plugin gets no further than the filter `needs_the_plugins_in_theme_toml`,
  which templates name for that, and which is added here.

Pages in DIRECT_TEMPLATES that a theme has no template for, such as `404`, are left out. A warning says so, and which
pages are built against the settings.
"""

import json
import logging
import sys
import tomllib
from pathlib import Path
from typing import Any

import pelican
from pelican import Pelican, signals
from pelican.settings import DEFAULT_CONFIG

log = logging.getLogger(__name__)

#: The pages that most themes link to, and where they are put if the settings have none.
_LINKED = {"CATEGORY": "category/{slug}/", "AUTHOR": "author/{slug}/", "TAG": "tag/{slug}/"}


def facts(theme: Path) -> dict[str, Any]:
    """Return what a theme, given by its folder, says of itself. Ends the program if nobody can read that."""
    file = theme / "theme.toml"
    if not file.is_file():
        return {}
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:  # not TOML, or not UTF-8
        sys.exit(f"error: {theme.name}/{file.name} cannot be read: {error}")


def templates_of(settings: dict[str, Any]) -> set[str]:
    """Return the names of the templates that a site has: its own, those of its theme, and Pelican's for all themes."""
    simple = Path(pelican.__file__).parent / "themes/simple/templates"
    folders = (*map(Path, settings["THEME_TEMPLATES_OVERRIDES"]), Path(settings["THEME"], "templates"), simple)
    endings = settings["TEMPLATE_EXTENSIONS"]
    return {file.name.removesuffix(each) for each in endings for folder in folders for file in folder.glob(f"*{each}")}


def leave_out_pages_without_template(settings: dict[str, Any]) -> None:
    """Take out of DIRECT_TEMPLATES what cannot be rendered, in place."""
    there, theme = templates_of(settings), Path(settings["THEME"]).name
    missing = [name for name in settings["DIRECT_TEMPLATES"] if "/" not in name and name not in there]
    for name in missing:
        log.warning("DIRECT_TEMPLATES: the theme %s has no template for %s, so that page is left out", theme, name)
    settings["DIRECT_TEMPLATES"] = [name for name in settings["DIRECT_TEMPLATES"] if name not in missing]


def add_pages_that_are_linked(settings: dict[str, Any]) -> None:
    """Give categories, authors and tags pages, in place."""
    theme = Path(settings["THEME"]).name
    for name, address in _LINKED.items():
        if not settings[f"{name}_SAVE_AS"]:
            settings[f"{name}_URL"], settings[f"{name}_SAVE_AS"] = address, f"{address}index.html"
            log.warning("%s_SAVE_AS is empty, but the theme %s links to these pages: they are built", name, theme)


def refuse_without(needed: list[str], site: Pelican) -> None:
    """End the program if a site is without a plugin that its theme needs."""
    there = {str(getattr(plugin, "__name__", "")).rpartition(".")[2] for plugin in site.plugins}
    missing = [name for name in needed if name not in there]
    if missing:
        theme = Path(site.settings["THEME"]).name
        sys.exit(
            f"error: PLUGINS: {theme}/theme.toml asks for more. Add to the settings: PLUGINS += {json.dumps(missing)}"
        )


def begin(site: Pelican) -> None:
    """Adapt the settings of a site to its theme before its first source is read."""
    settings = site.settings
    known = facts(Path(settings["THEME"]))
    refuse_without(known.get("plugins", []), site)
    if known.get("autoescape"):
        settings["JINJA_ENVIRONMENT"] = {**settings["JINJA_ENVIRONMENT"], "autoescape": True}
    if not known.get("links_only_to_what_is_there"):
        add_pages_that_are_linked(settings)
        # Their templates for lists expect pages of them, be it one.
        settings["PAGINATED_TEMPLATES"] = {**DEFAULT_CONFIG["PAGINATED_TEMPLATES"], **settings["PAGINATED_TEMPLATES"]}
    leave_out_pages_without_template(settings)


def let_templates_compile(generator: Any) -> None:
    """Add the filter that templates of a theme with plugins begin with."""
    generator.env.filters["needs_the_plugins_in_theme_toml"] = lambda value: value


def register() -> None:
    """Connect to Pelican, which calls this."""
    signals.initialized.connect(begin)
    signals.generator_init.connect(let_templates_compile)
