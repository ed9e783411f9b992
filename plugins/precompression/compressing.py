"""The files of an output are compressed, on all processors."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from press.progress import shown
from press.site.processes import spread

from .gain import can_gain
from .kept import FORMS, Kept

#: A process takes about as long to start as to compress this many pages.
_WORTH_A_PROCESS = 4


def compress_all(pelican: Any, generators: Sequence[Any]) -> None:
    """Compress what gains by it in the output of a Pelican. What the site itself has in that place is left there."""
    output = Path(pelican.output_path)
    own = {static.save_as for generator in generators for static in generator.context.get("staticfiles", ())}
    kept = Kept(Path(pelican.settings["CACHE_PATH"]) / "compressed")

    def compress(files: Sequence[str]) -> None:
        for file in files:
            content = (output / file).read_bytes()
            worth = can_gain(file, content)
            for form in FORMS:
                made = kept.compressed(content, form) if worth else None
                _put(output / f"{file}{form}", made, f"{file}{form}" in own)

    files = sorted(_files(output))
    for _ in shown("Compressing files:", spread(compress, files, _WORTH_A_PROCESS), len(files)):
        pass
    kept.make_room()


def _put(place: Path, made: bytes | None, is_own: bool) -> None:
    """Write what was made; if it is nothing, remove what an earlier build has left, which a host would send."""
    if is_own:
        return
    if made is not None:
        place.write_bytes(made)
    else:
        place.unlink(missing_ok=True)


def _files(output: Path) -> Iterator[str]:
    """The files below a folder that are not themselves compressed ones of others, by their paths in it."""
    for where, folders, names in os.walk(output):
        folders[:] = [each for each in folders if not each.startswith(".") or each == ".well-known"]
        below, there = Path(where).relative_to(output), {*names}
        for name in names:
            stem = next((name.removesuffix(form) for form in FORMS if name.endswith(form)), "")
            if stem not in there:
                yield (below / name).as_posix()
