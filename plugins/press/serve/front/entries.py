"""The errors and warnings of a report, one by one."""

import re

from . import painted

_BEGINNING = re.compile(r"(?:error|warning|critical)\b", re.IGNORECASE)


def entries_of(report: str) -> list[str]:
    """Return the errors and warnings of a report, each with the lines that belong to it, and what else is set apart."""
    entries: list[list[str]] = []
    is_apart = True
    for line in report.splitlines():
        if is_apart or _BEGINNING.match(painted.plain(line)):
            entries.append([])
        entries[-1].append(line)
        is_apart = not line.strip()
    return [text for entry in entries if (text := "\n".join(entry).strip("\n"))]


def joined(report: str, other: str) -> str:
    """Return a report with what another one says besides."""
    known = {*entries_of(report)}
    more = [entry for entry in entries_of(other) if entry not in known]
    return "\n\n".join([report.rstrip("\n"), *more]).lstrip("\n") if more else report
