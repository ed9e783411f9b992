"""The command line: `drytables check`, `fix`, `explain`, `nft`, `trace`, `codes`, `config`, `rules`, `lsp` and
`completion`.

Exit status 0 clean, 1 findings, 2 wrong usage or a file that cannot be read.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from .commands.status import FINDINGS, INTERRUPTED, USAGE

#: How many objects are created before Python looks for reference cycles, of which each command creates a few. By
#: default it looks every 700 objects: often while the modules load, and all the time while a long line is split.
_OBJECTS = 50_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    gc.set_threshold(_OBJECTS)
    _open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # Neither the locale nor a file name that is not UTF-8 may cause a traceback.
            stream.reconfigure(errors="backslashreplace")
    try:
        try:
            status = _run(sys.argv[1:] if arguments is None else arguments)
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        # The reader of our output has gone; there is nowhere to write the rest.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINDINGS
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:
        print(f"drytables: {error.strerror or error}", file=sys.stderr)
        return USAGE
    return status


def _open_closed_streams() -> None:
    """Have standard input, output and error lead nowhere if whoever started this has closed them. Else the next files
    that are opened would take their places.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115  # to the end


def _run(arguments: Sequence[str]) -> int:
    if [*arguments] == ["rules"]:
        # Programs start this one for a single rule, and loading the option parser would take longer than judging it.
        from .commands.rules import judge_lines

        return judge_lines()
    from .commands.arguments import command_line, with_commits
    from .commands.settings_faults import tell
    from .configuration.find import Unusable

    options = command_line().parse_args(with_commits(arguments))
    try:
        status: int = options.run(options)
    except Unusable as unusable:
        tell(unusable)
        return USAGE
    return status


def run() -> NoReturn:
    """The console script."""
    sys.exit(main())
