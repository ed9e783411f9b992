"""What programs say when they fail, whatever the host, and what to do then."""

from __future__ import annotations

import re
from collections.abc import Sequence

#: What is looked for in a program's words, and what to tell then; `{place}` is the host as a user knows it.
Failure = tuple[re.Pattern[str], str]


def failures(*rows: tuple[str, str]) -> Sequence[Failure]:
    """Return a table in which the first row that fits holds."""
    return [(re.compile(pattern, re.IGNORECASE), words) for pattern, words in rows]


FULL = (
    r"no space left|disk quota exceeded|insufficient storage|\b507\b",
    "the disk of {place} is full. Make room there, and deploy again",
)
CONNECTION = (
    (
        r"could not resolve|name or service not known|no such host|nodename nor servname|temporary failure in name",
        "the host of {place} is unknown. Check its name for a typo, and the network",
    ),
    (
        r"connection refused|couldn't connect|failed to connect",
        "the host of {place} is there and takes no connection. Look at the port, and whether the service runs",
    ),
    (
        r"timed out|timeout|no route to host|network is unreachable|not responding",
        "the host of {place} does not answer. Look at the network and its firewall, and deploy again",
    ),
)
SSH = (
    (
        r"identification has changed",
        "the host of {place} has a different key than before. If it was set up again, remove the old key with "
        "`ssh-keygen -R` and its name; if not, someone may be intercepting the connection",
    ),
    (
        r"host key verification failed|no .* host key is known",
        "the key of the host of {place} is not known yet. Connect once by hand with ssh, and compare it",
    ),
    (
        r"permission denied \((?:.*publickey|.*password|.*keyboard)|too many authentication failures",
        "{place} does not let you in. Look at the name of the user, load your key with ssh-add, or install it there "
        "with ssh-copy-id",
    ),
)
FILES = (
    (r"read-only file system", "{place} is on a file system that can only be read"),
    (
        r"permission denied|operation not permitted",
        "you may not write there. Give the folder to the user that you deploy as (chown, as root at the host)",
    ),
)
LOST = (
    r"connection unexpectedly closed|connection (?:closed|reset)|broken pipe|lost connection|mux_client|\beof\b",
    "the connection to {place} was lost. Deploy again: that finishes it",
)
