"""`press build` and `press serve`, also as `python -m press`."""

import sys

USAGE = """usage: press build [SETTINGS] [-o FOLDER]   build a Pelican site
       press serve [SETTINGS] [--port N]    show it in a browser that follows each save

`press build --help` and `press serve --help` say more."""


def main() -> int:
    """Run the command that is named first, and return the exit status."""
    command, *arguments = sys.argv[1:] or [""]
    if command == "build":
        from . import build

        return build.main(arguments)
    if command == "serve":
        from .serve import __main__ as serve  # does without Pelican, and starts faster

        return serve.main(arguments)
    print(USAGE, file=sys.stdout if command in ("-h", "--help") else sys.stderr)
    return 0 if command in ("-h", "--help") else 2


if __name__ == "__main__":
    sys.exit(main())
