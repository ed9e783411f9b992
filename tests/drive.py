"""Drives drytables without a program of its own: from a line to its verdict, from a page to its report."""

from drytables.diagnostics.source import Source
from drytables.grammar.history.releases import NEWEST, Release
from drytables.judging.verdict import Verdict, judge
from drytables.page.check import check
from drytables.page.report import Report, Snippet
from drytables.reading.markdown.dialect import Dialect
from drytables.reading.shell.line import read_line
from drytables.reading.word import Command


def command_of(line: str) -> Command:
    """The command that a line is read as; it has to be one."""
    command = read_line(Source("-", line))
    assert isinstance(command, Command), command
    return command


def verdict_of(line: str, release: str = NEWEST) -> Verdict:
    """The verdict of a release on a command line."""
    return judge(command_of(line), Release(release))


def report_of(page: str, dialect: Dialect = "superfences") -> Report:
    """The report on the text of a post."""
    return check(Source("post.md", page), dialect=dialect)


def report_of_code(code: str, language: str = "sh") -> Report:
    """The report on a post that shows nothing but this code."""
    return report_of(f"Title: x\n\n```{language}\n{code}\n```\n")


def snippet_of(*commands: str) -> Snippet:
    """The one snippet of a post, with these commands; each is written without `iptables`."""
    (snippet,) = report_of_code("\n".join(f"iptables {each}" for each in commands)).snippets
    return snippet
