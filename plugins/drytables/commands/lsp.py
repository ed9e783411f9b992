"""`drytables lsp`: the language server, if what it needs is installed."""

from __future__ import annotations

import sys

from .jobs import Wanted
from .status import USAGE

#: What is to be installed, as in pyproject.toml.
NEEDED = "pygls>=2.1,<3"


def serve_editor(wanted: Wanted) -> int:
    """Serve the editor at standard input and output until it leaves; returns the exit status.

    `wanted` is what the command line says, as of `drytables check`.
    """
    try:
        from .language_server.server import serve
    except ModuleNotFoundError as missing:
        if (missing.name or "").startswith(__name__.partition(".")[0]):
            raise
        how = f"{sys.executable} -m pip install '{NEEDED}'"
        print(f"drytables: the language server needs pygls; install it with: {how}", file=sys.stderr)
        return USAGE
    if sys.stdin.isatty():
        print("drytables: waiting for an editor on standard input; Ctrl-C ends this", file=sys.stderr)
    return serve(wanted)
