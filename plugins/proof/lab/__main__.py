"""`python -m proof.lab`, which `proof` starts inside `unshare`: a plan a line in, a result a line out."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys

from .isolation import NotIsolated, require_own
from .trial import try_out


def main() -> int:
    """Answer until there are no more requests, and return the exit status."""
    try:
        require_own("net", "mnt", "pid")
    except NotIsolated as error:
        print(error, file=sys.stderr)
        return 1
    # Whoever is the first process of a namespace is not ended by a signal that it does not wait for.
    signal.signal(signal.SIGTERM, lambda *_: os._exit(1))
    # The lock of the machine's own iptables, and the names that `ip netns` gives, are nobody's business here.
    subprocess.run(["mount", "-t", "tmpfs", "-o", "mode=755", "proof", "/run"], check=True)
    for line in sys.stdin:
        print(json.dumps(try_out(json.loads(line))), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
