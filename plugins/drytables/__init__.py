"""drytables: iptables that never gets wet. Judges every iptables command in a text as iptables and the kernel would.

`check(Source(path, text))` gives a Report. As a Pelican plugin (`PLUGINS = ["drytables"]`) it judges every post at
build time, and a refused command fails the build. Nothing is ever executed, and neither iptables nor root is needed.
"""

#: Semantic versioning: a new code, or a command judged otherwise, is a minor release; CHANGELOG.md tells of each.
__version__ = "1.2.0"

#: The stylesheet of the figures that the plugin makes: a file, for Pelican's setting THEME_STATIC_PATHS.
STYLESHEET = f"{__path__[0]}/showing/snippets.css"


def register() -> None:
    """What Pelican calls when it loads the plugin; only then is Pelican needed."""
    from .plugin import register

    register()
