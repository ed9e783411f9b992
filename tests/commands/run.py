"""Runs the command line as a user does: in a process of its own, seen by its exit status and what it prints."""

import os
import subprocess
import sys
from pathlib import Path

from warm import program as warm

PLUGINS = Path(__file__).parent.parent.parent / "plugins"
COMMAND = [sys.executable, "-m", "drytables"]
ENVIRONMENT = {"PYTHONPATH": str(PLUGINS), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
GOOD = "iptables -A INPUT -s 192.0.2.1 -j DROP"
BAD = "iptables -A INPUT -s 192.0.2.300 -j DROP"


def drytables(
    *arguments: str, stdin: str | bytes = "", folder: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run `drytables` to its end; a traceback is never an answer."""
    data = stdin.encode() if isinstance(stdin, str) else stdin
    run = warm.run(["drytables", *arguments], folder or Path.cwd(), ENVIRONMENT | environment, data)
    assert b"Traceback" not in run.stderr, run.stderr.decode()
    return subprocess.CompletedProcess(
        run.args, run.returncode, run.stdout.decode(errors="replace"), run.stderr.decode(errors="replace")
    )


def page(*commands: str, mark: str = "sh") -> str:
    """A post with one fence; the first command is on its sixth line."""
    lines = "\n".join(commands)
    return f"Title: A post\n\nSome words.\n\n```{mark}\n{lines}\n```\n"
