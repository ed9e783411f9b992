"""Writes all answers of a site into a folder: what the preview would send, as files that can be compared with a build.

`python answering.py SETTINGS` reads the paths of folders, one a line, from standard input. For each it looks at the
site, fills the folder, and prints what the edition says of itself as a line of JSON.
"""

import dataclasses
import json
import sys
from pathlib import Path

from press.site.site import Site


def fill(folder: Path, site: Site) -> None:
    """Write every file that the site has an answer for."""
    writer = site._writer
    if writer is None:
        return
    written = [path for path in site._place.rglob("*") if path.is_file()]
    for name in {*writer.notes, *writer.copies, *(str(path.relative_to(site._place)) for path in written)}:
        answer = site.answer("/" + name)
        assert answer is not None, name
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(answer.body)


def main() -> None:
    """Answer until standard input ends."""
    site = Site(Path(sys.argv[1]))
    for line in sys.stdin:
        edition = site.look()
        fill(Path(line.strip()), site)
        print(json.dumps(dataclasses.asdict(edition)), flush=True)
    site.close()


if __name__ == "__main__":
    main()
