"""What plugins do to a site when all of its pages are written and before it is published, in one order.

Pelican's last signal, `finalized`, reaches plugins in no order that holds, and some write files then. Here each plugin
names the step that it takes, and ORDER says when that is: after all of those files, in every build.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from drytables.pelican_plugin.further_checks import finished, to_be_finished
from pelican import signals
from site_settings import complete, is_published

#: Each step sees what those before it have left in the output.
ORDER = (
    "hashed_names",  # files get the names under which browsers keep them
    "web_host",  # what a host reads, which contains those names
    "precompression",  # of all text, also what a host reads
    "proofreader",  # nothing changes any more: the pages are looked at
)

#: Takes a Pelican that has written all its pages, and the list of its generators.
Step = Callable[[Any, list[Any]], None]

_STEPS = "finishing_steps"
_generators: list[Any] = []


def finish_with(name: str, step: Step, pelican: Any) -> None:
    """Have `step` taken after each run of a Pelican, when ORDER says of `name`. Where pages are written only on request
    (`is_lazy`, as in a preview), it is not taken. Raises ValueError if ORDER has no such name.
    """
    steps: dict[int, Step] = vars(pelican).setdefault(_STEPS, {})
    steps[ORDER.index(name)] = step
    pelican.run = lambda: _run(pelican)
    to_be_finished(pelican)
    signals.all_generators_finalized.connect(_remember)


def finish_published_with(name: str, step: Step, pelican: Any) -> None:
    """Do the same with a step that is only for a site at the address that it has for good (`is_published`)."""

    def if_published(pelican: Any, generators: list[Any]) -> None:
        complete(pelican.settings)  # a site need not have the plugin that does
        if is_published(pelican.settings):
            step(pelican, generators)

    finish_with(name, if_published, pelican)


def rewrite(file: Path, content: bytes) -> None:
    """Give a file of the output another content. Its source stays as it is, also if the file is a link to that
    (STATIC_CREATE_LINKS).
    """
    file.unlink(missing_ok=True)
    file.write_bytes(content)


def _remember(generators: list[Any]) -> None:
    _generators[:] = generators


def _run(pelican: Any) -> None:
    outer = [*_generators]  # within a run a plugin may run another site, such as one for each language
    try:
        type(pelican).run(pelican)
        generators = [*_generators]
    finally:
        # They hold the whole site, which a preview changes for as long as it runs.
        _generators[:] = outer
    if not getattr(pelican, "is_lazy", False):
        for _, step in sorted(vars(pelican)[_STEPS].items()):
            step(pelican, generators)
    finished.send(pelican)
