"""What a snippet's commands need on the reader's machine: kernel modules, and what must be created beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from ...page.report import Checked
from ...reading.need import Need

#: The kinds of needs whose name is set as code.
_NAMED = frozenset({"chain", "ipset", "host", "user", "group", "interface"})


def requirements(commands: Sequence[Checked]) -> str:
    """A paragraph for a caption; empty if every kernel with iptables will do.

    It names the matches and targets that are separate kernel modules (`xt_statistic`, `xt_nat`), which iptables has the
    kernel load.
    """
    usable = [checked for checked in commands if checked.status != "refused"]
    matches = dict.fromkeys(
        use.extension.name for checked in usable for use in checked.verdict.rule.matches if not use.implicit
    )
    targets = dict.fromkeys(
        checked.verdict.rule.target.extension.name for checked in usable if checked.verdict.rule.target is not None
    )
    parts = [*_several("match", "matches", list(matches)), *_several("target", "targets", list(targets))]
    in_kernel = [f"the {' and the '.join(parts)} in the kernel"] if parts else []
    needs = dict.fromkeys(need for checked in usable for need in checked.needs)
    beforehand = [f"{', '.join(_need(each) for each in needs)}, which must already exist"] if needs else []
    needed = "; and ".join([*in_kernel, *beforehand])
    return f"<p><strong>Needs</strong> {needed}.</p>" if needed else ""


def _several(noun: str, plural: str, names: list[str]) -> list[str]:
    if not names:
        return []
    codes = [f"<code>{escape(name)}</code>" for name in names]
    return [f"{noun} {codes[0]}" if len(codes) == 1 else f"{plural} {', '.join(codes[:-1])} and {codes[-1]}"]


def _need(need: Need) -> str:
    if need.kind in _NAMED and need.name:
        return f"the {need.kind} <code>{escape(need.name)}</code>"
    return escape(str(need))
