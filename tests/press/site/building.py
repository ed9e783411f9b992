"""Builds sites as `press build` does, each in a process of its own that remembers nothing.

`python building.py` reads the paths of sites, one a line, from standard input, builds each into its `output`, and
prints the exit status. What the build says is in the file `said` of the site.
"""

import os
import sys

import press.build
from warm import warm_up


def build(folder: str) -> int:
    """Build one site and return the exit status."""
    process = os.fork()
    if process == 0:
        os.chdir(folder)
        os.dup2(os.open("said", os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 1)
        os.dup2(1, 2)
        os._exit(press.build.main(["pelicanconf.py", "--output", "output", "--require", "drytables"]))
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def main() -> None:
    """Build until standard input ends."""
    warm_up()
    for line in sys.stdin:
        print(build(line.rstrip("\n")), flush=True)


if __name__ == "__main__":
    main()
