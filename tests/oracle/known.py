"""Where the iptables of this machine and drytables differ, and why: 1.8.9 against 1.8.11, or a kernel without a module.

Anything else that differs is a bug.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Known:
    """A difference that is explained: commands and answers that fit these expressions, and the reason."""

    command: str
    words: str
    reason: str
    found: str = ""
    variant: str = ""


KNOWN = (
    Known("", r"missing kernel module\?", "this kernel lacks the module; what it would say is not known"),
    Known(r" -\w*b", "Unknown arg", "-b was among the letters by mistake up to 1.8.10; it never did anything"),
    Known("owner", "owner: Bad value", "this machine has no such user or group"),
    Known(
        "",
        r"getaddrinfo|could not map name|bpf object|label '.*' not found|Set .* doesn't exist",
        "this machine does not have what is named, and iptables looks at that first",
        found="something else",
    ),
    Known("! (-[io]|--(in|out)-interface) \\+( |$)", "", "`! -i +` is printed since 1.8.10", found="another form"),
    Known("TCPMSS", "", "nf_tables does not ask whether packets open a connection", "accepts", "nft"),
    Known("TRACE", "", "TRACE works in every table of nf_tables", "accepts", "nft"),
    Known(" (-[A-Za-z0-9]*[XE]|--del|--ren)", "", "nft deletes and renames built-in chains", "accepts", "nft"),
    Known(
        r"(^| )-[a-zA-Z0-9]*[psdjgiomtcAIDRCPENWM]\S|--[a-z-]+=",
        "",
        "1.8.8 and 1.8.9 do not take a value glued to its option; 1.8.10 and later do",
    ),
)


def unknowable(line: str, words: str, found: str, variant: str) -> bool:
    """Whether a difference is one of the known ones."""
    return any(
        known.variant in ("", variant)
        and known.found in found
        and re.search(known.command, line.replace("'", ""))
        and re.search(known.words, words)
        for known in KNOWN
    )
