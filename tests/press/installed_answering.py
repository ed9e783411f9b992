"""Writes all answers of a site into a folder: what the preview would send, as files that can be compared with a build.

`python installed_answering.py SETTINGS [PACKAGE]` reads the paths of folders, one a line, from standard input. For each
it looks at the site, fills the folder, and prints what the edition says of itself as a line of JSON. PACKAGE is
`press`, or what it is called where it is installed.
"""

import dataclasses
import importlib
import json
import sys
from pathlib import Path
from typing import Any


def fill(folder: Path, site: Any) -> None:
    """Write every file that the site has an answer for."""
    for name in site.names():
        answer = site.answer("/" + name)
        assert answer is not None, name
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(answer.body)


def main() -> None:
    """Answer until standard input ends."""
    settings, package = [*sys.argv[1:], "press"][:2]
    site = importlib.import_module(f"{package}.site.site").Site(Path(settings))
    for line in sys.stdin:
        edition = site.look()
        fill(Path(line.strip()), site)
        print(json.dumps(dataclasses.asdict(edition)), flush=True)
    site.close()


if __name__ == "__main__":
    main()
