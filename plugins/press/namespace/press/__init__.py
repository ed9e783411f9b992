"""The press in Pelican's namespace of plugins, where `PLUGINS = ["press"]` finds it. All else is in `pelican_press`."""

from pelican_press import register

__all__ = ["register"]
