"""Has the real kernel judge packets, by the rules of a machine in a network namespace of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Literal

from conftest import need
from drytables.model.packet import Packet
from oracle.bytes_of_packets import as_bytes
from oracle.iptables import missing

_WIRE = Path(__file__).parents[1] / "oracle" / "wire.py"


def through(
    variant: str, rules: str, packets: Iterable[Packet], family: str = "ipv4",
    asked: Literal["each", "all", "trace"] = "each", waits: Sequence[float] = (), sets: str = "",
) -> list[Any]:  # fmt: skip
    """What the kernel says of packets: see `oracle/wire.py` for what may be asked, and for the answers."""
    lacking = missing()
    need(not lacking, lacking.partition(" (")[0], lacking.partition("(")[2].rstrip(")"))
    need(Path("/dev/net/tun").exists(), "/dev/net/tun", "load the kernel's module tun")
    request = {
        "variant": variant, "family": family, "rules": rules, "asked": asked, "waits": [*waits], "sets": sets,
        "packets": [(_place(packet), as_bytes(packet, number).hex()) for number, packet in enumerate(packets)],
    }  # fmt: skip
    ran = subprocess.run(
        ["unshare", "--net", "--mount", sys.executable, str(_WIRE)],
        input=json.dumps(request),
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "OUTER_NAMESPACE": str(Path("/proc/self/ns/net").readlink())},
        check=False,
        timeout=120,
    )
    assert ran.returncode == 0, f"{ran.stderr}\n{rules}"
    found = json.loads(ran.stdout)
    assert isinstance(found, list)
    return found


def _place(packet: Packet) -> str:
    """Where a packet comes from."""
    return "local" if packet.way in ("out", "loopback") else str(packet.in_interface)
