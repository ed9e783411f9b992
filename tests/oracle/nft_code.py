"""Tells what nft makes of statements, and of what iptables-translate says: `unshare --net --mount python nft_code.py`.

It reads a request a line, in JSON: `statements`, and, where iptables-translate is to be asked, its `words` and what
must exist `before` its own statements. It answers a line: the `error` that nft reports, empty if it takes them, and the
`code` that the kernel would run for their rules; and of iptables-translate the `lines` that it prints, with their own
`theirs_error` and `theirs_code`. The kernel looks at the statements, and nothing is kept. One nft answers all, in a
copy of this process for each question: to start one would take most of the time, and some statements end it.
"""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
from pathlib import Path

_LIBRARY = "libnftables.so.1"
_NETLINK = 1 << 3


class Nft:
    """nft as a library, which shows the code, and changes nothing."""

    def __init__(self) -> None:
        self.library = ctypes.CDLL(_LIBRARY)
        self.library.nft_ctx_new.restype = ctypes.c_void_p
        self.library.nft_ctx_get_output_buffer.restype = ctypes.c_char_p
        self.library.nft_ctx_get_error_buffer.restype = ctypes.c_char_p
        self.context = ctypes.c_void_p(self.library.nft_ctx_new(0))
        self.library.nft_ctx_buffer_output(self.context)
        self.library.nft_ctx_buffer_error(self.context)
        self.library.nft_ctx_output_set_debug(self.context, _NETLINK)
        self.library.nft_ctx_set_dry_run(self.context, True)

    def taken(self, statements: list[str]) -> tuple[str, str]:
        """The error and the code of some statements."""
        text = "\n".join(statements).encode(errors="surrogateescape")
        status = self.library.nft_run_cmd_from_buffer(self.context, ctypes.c_char_p(text))
        code = self.library.nft_ctx_get_output_buffer(self.context).decode(errors="replace")
        error = self.library.nft_ctx_get_error_buffer(self.context).decode(errors="replace")
        return (error or "refused") if status else "", code


def translated(words: list[str]) -> list[str]:
    """The statements that iptables-translate prints for a command; none if it leaves the rule as a comment."""
    program = [f"{words[0]}-translate", *words[1:]]
    run = subprocess.run(program, capture_output=True, encoding="utf-8", errors="surrogateescape", check=False)
    found = [line.removeprefix("nft ").strip("'") for line in run.stdout.splitlines() if line]
    return [] if run.returncode or any("#" in line[:1] for line in found) else found


def answer(nft: Nft, request: dict[str, list[str]]) -> dict[str, object]:
    """What nft says to the statements, and to those of iptables-translate."""
    error, code = taken_apart(nft, request["statements"])
    found: dict[str, object] = {"error": error, "code": code}
    if request.get("words"):
        lines = translated(request["words"])
        theirs_error, theirs_code = taken_apart(nft, [*request["before"], *lines]) if lines else ("", "")
        found |= {"lines": lines, "theirs_error": theirs_error, "theirs_code": theirs_code}
    return found


def taken_apart(nft: Nft, statements: list[str]) -> list[str]:
    """The error and the code of some statements, from a copy of this process, which nft may end."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        with os.fdopen(writer, "wb") as pipe:
            pipe.write(json.dumps(nft.taken(statements)).encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return list(json.loads(said)) if said else ["nft has ended", ""]


def lacks_library() -> bool:
    """Whether this machine has no nft as a library."""
    try:
        ctypes.CDLL(_LIBRARY)
    except OSError:
        return True
    return False


if __name__ == "__main__":
    if str(Path("/proc/self/ns/net").readlink()) == os.environ.get("OUTER_NAMESPACE", "unknown"):
        sys.exit("nft looks at the tables of this machine: it may run in a network namespace of its own only")
    nft = Nft()
    for request in sys.stdin:
        print(json.dumps(answer(nft, json.loads(request))), flush=True)
