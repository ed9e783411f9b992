"""press for those who keep the `pelican` command: `PLUGINS = ["press"]`.

The same Pelican then remembers what it read, and reads and writes on all processors. What else the command does stays
as it is: only `press build` exchanges the whole output at once.
"""

from __future__ import annotations

from pelican import Pelican, signals

from .site.opened import listen
from .site.pelican_class import subclass_of
from .site.reading import Remembering


def take_over(pelican: Pelican) -> None:
    """Have a Pelican remember, unless it does already: press may have made it, or be registered twice."""
    if not isinstance(pelican, Remembering):
        pelican.__class__ = subclass_of(type(pelican), Remembering)


def register() -> None:
    """Connect to Pelican, which calls this."""
    listen()
    signals.initialized.connect(take_over)
