"""What a machine needs to try experiments, and what of that it lacks."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence

from .backends import BACKENDS, PATH
from .laboratory import AS_ROOT

#: Each program, and Debian's package that has it.
_PROGRAMS = {
    "unshare": "util-linux",
    "setpriv": "util-linux",
    "mount": "mount",
    "ip": "iproute2",
    "nft": "nftables",
    **{program: "iptables" for backend in BACKENDS for program in backend.programs.values()},
}


def lacking(command: str = "make prove") -> Iterator[str]:
    """What this machine lacks, as sentences that say what to do."""
    if not sys.platform.startswith("linux"):
        yield f"experiments are tried by the kernel of Linux, and this is {sys.platform}: run `{command}` on Linux"
        return
    absent = [program for program in _PROGRAMS if not shutil.which(program, path=PATH)]
    if absent:
        packages = " ".join(dict.fromkeys(_PROGRAMS[program] for program in absent))
        yield f"{_listed(absent)} {'is' if len(absent) == 1 else 'are'} missing: apt-get install {packages}"
    elif not _may_make_namespaces():
        if os.geteuid() == 0:
            yield "not even root may make network namespaces here; if this is a container, start it with --privileged"
        else:
            yield f"only root may make network namespaces on this machine: run `sudo {command}`"


def _may_make_namespaces() -> bool:
    """Whether this user may, in a namespace of users unless it is root."""
    unshare = shutil.which("unshare", path=PATH) or "unshare"
    as_root = () if os.geteuid() == 0 else AS_ROOT
    made = subprocess.run([unshare, *as_root, "--net", "--mount", "--pid", "--fork", "true"], capture_output=True)
    return made.returncode == 0


def _listed(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
