"""Builds Pelican sites quickly and safely, and previews them while they are written. Nothing here is about iptables.

- `press build` builds a site and exchanges it for the one before (build.py);
- `press serve` shows it in a browser that follows each save (serve/);
- `PLUGINS = ["press"]` lets the `pelican` command read only what changed, too (pelican_plugin.py).

Both commands are built on `site/`: Pelican as a function from an address to bytes.
"""


def register() -> None:
    """Connect to Pelican, which calls this when it loads the plugin; only then is Pelican needed."""
    from .pelican_plugin import register

    register()
