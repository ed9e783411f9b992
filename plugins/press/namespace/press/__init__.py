"""press in Pelican's namespace of plugins, where Pelican looks for `PLUGINS = ["press"]`. All else is in `pelican_press`."""

from pelican_press import register

__all__ = ["register"]
