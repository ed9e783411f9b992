"""Judges or explains one command line, given as a string. A text with commands in it is for `page.check`."""

from __future__ import annotations

from .diagnostics.diagnostic import Diagnostic
from .diagnostics.source import Source
from .grammar.history.releases import Release
from .judging.verdict import Verdict
from .judging.verdict import judge as judge_command
from .meaning.explain import Part
from .meaning.explain import explain as explain_rule
from .reading.shell.line import read_line


def judge(line: str, release: Release | None = None) -> Verdict:
    """Judge one command line as a release of iptables, and then the kernel, would.

    Takes the line, which begins with `iptables` or `ip6tables` and is quoted as for a POSIX shell, and the release to
    judge as: the newest known if none is named. Nothing is expanded, so `$WAN` is a value like any other.

    Returns the Verdict. Spans in it count the characters of the line.

    Raises ValueError for a line that is not a command of iptables, or in which a quote is never closed.

    >>> judge("iptables -A INPUT -s 192.0.2.300 -j DROP").status
    'refused'
    """
    command = read_line(Source("line", line))
    if isinstance(command, Diagnostic):
        raise ValueError(command.message)
    return judge_command(command, release)


def explain(line: str, release: Release | None = None) -> list[Part]:
    """Explain one command line: what each of its parts does.

    Takes the same line and release as `judge`.

    Returns the parts in the order of the line. What iptables could not read is left out, so a line that is refused
    may have few parts, or none.

    Raises ValueError as `judge` does.

    >>> [part.sentence for part in explain("iptables -A INPUT -j DROP")][-1]
    'drop the packet silently'
    """
    return explain_rule(judge(line, release).rule)
