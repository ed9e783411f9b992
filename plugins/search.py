"""Search without a server, for a site that sets SEARCH = True: a Pelican plugin.

The theme's template `search.html` is the page; SEARCH_SAVE_AS says where it is. When the site is published, Pagefind
(https://pagefind.app/) makes an index of all pages that the theme marks with `data-pagefind-body`, and puts it beside
them, below `pagefind/`. Only the search page loads anything of it. A preview has the page, and no index.

Pagefind is asked for as the Python package `pagefind` with its extra `bin`, or as the program `pagefind`, which npm and
other systems install too.
"""

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from pelican import Pelican, signals
from site_settings import complete, is_published

#: Where the index is, below the root of the site.
FOLDER = "pagefind"
#: What Pagefind makes besides the index and the program that reads it: its own search boxes.
_UNUSED = ("pagefind-ui*", "pagefind-modular-ui*", "pagefind-component-ui*", "pagefind-highlight*")
_TEMPLATE = "search.html"


def program() -> list[str] | None:
    """Return the command that starts Pagefind; None if it is not installed."""
    if importlib.util.find_spec("pagefind") and importlib.util.find_spec("pagefind_bin"):
        return [sys.executable, "-m", "pagefind"]
    found = shutil.which("pagefind")
    return [found] if found else None


def add_page(pelican: Pelican) -> None:
    """Add the search page to those that are made, if the site wants it. Ends the program if that cannot be."""
    settings = pelican.settings
    if not settings.get("SEARCH"):
        return
    complete(settings)  # whether the site is published depends on it, and this plugin may come first in PLUGINS
    folders = [*settings["THEME_TEMPLATES_OVERRIDES"], Path(settings["THEME"], "templates")]
    if not any(Path(folder, _TEMPLATE).is_file() for folder in folders):
        sys.exit(
            f"error: SEARCH: the theme {Path(settings['THEME']).name} has no templates/{_TEMPLATE}. Add one, "
            "or set SEARCH = False"
        )
    if is_published(settings) and program() is None:
        sys.exit(
            "error: SEARCH needs Pagefind, which is not installed. Install it with "
            f"`{Path(sys.executable).name} -m pip install 'pagefind[bin]'` in the environment that builds the site, "
            "or set SEARCH = False"
        )
    settings.setdefault("SEARCH_SAVE_AS", "search/index.html")
    settings["DIRECT_TEMPLATES"] = [*dict.fromkeys([*settings["DIRECT_TEMPLATES"], "search"])]


def make_index(pelican: Pelican) -> None:
    """Have Pagefind index the pages that were written. Ends the program if it fails."""
    settings = pelican.settings
    command = program()
    if not settings.get("SEARCH") or not is_published(settings) or command is None:
        return
    output = Path(pelican.output_path)
    # One index for all languages: there is one page to search them.
    options = ["--site", str(output), "--output-subdir", FOLDER, "--force-language", settings["DEFAULT_LANG"]]
    done = subprocess.run([*command, *options], capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        sys.exit(f"error: SEARCH: Pagefind could not make its index:\n{(done.stderr or done.stdout).strip()}")
    for pattern in _UNUSED:
        for file in (output / FOLDER).glob(pattern):
            file.unlink()


def tell_templates(generator: Any) -> None:
    """Give the templates, as SEARCH_INDEX, where the index is below the root of the site; empty if there is none."""
    settings = generator.settings
    generator.context["SEARCH_INDEX"] = FOLDER if settings.get("SEARCH") and is_published(settings) else ""


def register() -> None:
    """Connect to Pelican, which calls this."""
    signals.initialized.connect(add_page)
    signals.generator_init.connect(tell_templates)
    signals.finalized.connect(make_index)
