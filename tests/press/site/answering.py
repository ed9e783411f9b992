"""Writes all answers of a site into a folder: what the preview would send, as files that can be compared with a build.

`python -m answering` reads the paths of folders, one a line, from standard input. For each it looks at the site in the
working folder, fills the folder, and prints what the edition says of itself as a line of JSON. For `-` it only looks.
What it shows ahead of a look must be what the look comes to.
After an edition that must restart, and for `restart`, to which the answer is `null`, a new process takes over, which
knows nothing of the one before. It must not be given the next line before it has answered the last one.
"""

import dataclasses
import json
import os
import sys
from pathlib import Path

from docutils.core import publish_parts
from drytables.pelican_plugin.build import markdown_of
from pelican.settings import read_settings
from press.edition import Ahead, Answer
from press.site.site import Site

RESTART, END = 0, 1


def fill(folder: Path, site: Site, once: set[str]) -> None:
    """Write every file that the site has an answer for; what it had `once`, and no more, has none."""
    there = site.names()
    for name in there:
        answer = site.answer("/" + name)
        assert answer is not None, name
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(answer.body)
    assert [name for name in once - there if site.answer("/" + name) is not None] == []
    once |= there


def early_answers(site: Site) -> dict[str, Answer | None]:
    """Look at the site as the preview does, and return what it would show ahead of the next look."""
    ahead = site.look(frozenset(site.addresses()))
    return {address: site.answer(address) for address in ahead.ready} if isinstance(ahead, Ahead) else {}


def answer() -> int:
    """Answer until a restart is due, or standard input ends."""
    site = Site(Path("pelicanconf.py"))
    once: set[str] = set()
    try:
        while line := sys.stdin.readline().rstrip("\n"):
            if line == "restart":
                print("null", flush=True)
                return RESTART
            early = early_answers(site)
            edition = site.look()
            assert {address: site.answer(address) for address in early} == early
            if line != "-" and not edition.must_restart:
                fill(Path(line), site, once)
            more = {"renders_on_request": site.renders_on_request}
            print(json.dumps(dataclasses.asdict(edition) | more), flush=True)
            if edition.must_restart:
                return RESTART
    finally:
        site.close()
    return END


def warm_up() -> None:
    """Load Pelican, drytables, and what reads Markdown and reStructuredText; but none of the site's other plugins."""
    markdown_of(read_settings("pelicanconf.py")["MARKDOWN"])
    publish_parts(":a: b\n\nWords, ``code``.\n", writer="html4css1")


def main() -> int:
    """Have one process after the other answer, and return how the last one ended."""
    warm_up()
    while True:
        process = os.fork()
        if process == 0:
            sys.exit(answer())
        status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        if status != RESTART:
            return status - END


if __name__ == "__main__":
    sys.exit(main())
