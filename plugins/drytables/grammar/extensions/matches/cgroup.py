"""cgroup: the control group of the process that a packet belongs to. iptables-extensions(8), cgroup.

What the kernel refuses was tried on Linux 6.18: other chains, both options at once, and neither.
"""

from __future__ import annotations

from ....diagnostics.codes.command import EXCLUDES, REQUIRED
from ....reading.need import Need
from ...extension import CheckFailure, Match, Option
from ...nft import NEVER, quoted
from ...rule import Use
from ...values.base import Family, Text, uint32


class CgroupPath(Text):
    """The path of a group below the root of the hierarchy, which must exist."""

    synopsis = "PATH"

    def nft_condition(self, value: str, family: Family, negated: bool) -> str:
        parts = [part for part in value.split("/") if part]
        if not parts:
            return NEVER if negated else ""
        return f"socket cgroupv2 level {len(parts)} {'!= ' if negated else ''}{quoted('/'.join(parts))}"

    def needs(self, value: str) -> list[Need]:
        return [Need("cgroup", str(value))] if value.strip("/") else []


def exactly_one(use: Use) -> CheckFailure | None:
    """The kernel accepts a path or a class, and requires one of them."""
    if use.has("path") == use.has("cgroup"):
        both = use.has("path")
        message = (
            "`--path` and `--cgroup` cannot be used together"
            if both
            else "the `cgroup` match requires `--path` or `--cgroup`"
        )
        return CheckFailure(
            EXCLUDES if both else REQUIRED,
            message,
            option="cgroup" if both else "",
            cause="path" if both else "",
            by_kernel=True,
        )
    return None


cgroup = Match(
    "cgroup",
    Option(
        "path",
        CgroupPath(cut_at=511),
        negatable=True,
        sentence="the process is {not }in the cgroup {value}",
        nft="{value}",
    ),
    Option(
        "cgroup",
        uint32(),
        negatable=True,
        sentence="the process's net_cls class is {not }{value}",
        nft="meta cgroup {value}",
    ),
    table_since="1.6.0",
    hooks="INPUT OUTPUT POSTROUTING",
    kernel=(exactly_one,),
    sentence="look at the control group of the local process",
)
