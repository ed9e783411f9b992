"""`press build` and `press serve`, also as `python -m press`."""

import gc
import sys

from .standard_streams import open_closed

#: Nearly all that a build makes, and all that it loads, is needed to its end: searching it for garbage after every 700
#: objects, as Python does, took a tenth of the time.
_OBJECTS_BEFORE_A_SEARCH = 200_000

USAGE = """usage: press build [CONTENT] [-s SETTINGS] [-o FOLDER]   build a Pelican site
       press serve [CONTENT] [-s SETTINGS] [--port N]    show it in a browser that follows each save

`press build --help` and `press serve --help` say more."""


def main() -> int:
    """Run the command that is named first, and return the exit status. Ctrl-C ends it at any time, without a word."""
    open_closed()
    try:
        return _run()
    except KeyboardInterrupt:
        return 130


def _run() -> int:
    command, *arguments = sys.argv[1:] or [""]
    if command == "build":
        gc.set_threshold(_OBJECTS_BEFORE_A_SEARCH)
        from . import build

        try:
            return build.main(arguments)
        finally:
            # Python's last act is to search all that there is for garbage, twice, which took as long as two posts. All
            # that has to be put away is put away by now.
            gc.freeze()
    if command == "serve":
        from .serve import __main__ as serve  # does without Pelican, and starts faster

        return serve.main(arguments)
    print(USAGE, file=sys.stdout if command in ("-h", "--help") else sys.stderr)
    return 0 if command in ("-h", "--help") else 2


if __name__ == "__main__":
    sys.exit(main())
