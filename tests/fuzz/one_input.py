"""One input for the fuzzer, or of a case it once found: whatever it is, drytables must answer and not fall over."""

import json

from drytables.diagnostics.source import Source
from drytables.formats.explanation import explanation
from drytables.formats.github import annotation
from drytables.formats.records import report_record, rule_record
from drytables.formats.sarif import result
from drytables.formats.terminal import short, text
from drytables.grammar.builtin import BY_NAME, CHAINS, STANDARD_TARGETS, TABLES
from drytables.grammar.catalogue import all_extensions
from drytables.grammar.history.releases import NEWEST, Release
from drytables.page.check import check
from drytables.page.report import Report
from drytables.reading.markdown.dialect import Dialect
from drytables.reading.relevance import may_concern_us

_PIECES = (
    "\n", "\n\n", " ", "    ", "\t", "```", "```sh\n", "\n```\n", "~~~", '```{.sh iptables="1.4.10"}\n', "> ", "1. ",
    "- ", "---\n", "Title: x\n", "Iptables-needs: chain X\n", "<pre>", "</pre>", "<!--", "-->", "`",
    "{% highlight sh %}", "{% endhighlight %}", "iptables ", "ip6tables ", "sudo ", "$ ", "# ", "root@x:~# ", "$X",
    "${X:-1}", "$(", ")", "`", "<ip>", "[port]", "{{x}}", "...", "…", "–", "—", "‘", "“", "\u00a0", "\ufeff", "\r\n",
    "\\\n", "\\", "'", '"', "&&", "||", ";", "|", ">", "<<EOF\n", "\nEOF\n", "for i in 1 2; do ", "; done", "if ",
    "; then ", "; fi", "f() {", "}", "*filter\n", ":INPUT ACCEPT [0:0]\n", ":X - [0:0]\n", "COMMIT\n", "[0:0] ", "!",
    ",", ":", "/", "-", "--", "=", "+", "0", "1", "65535", "4294967296", "-1", "1.5", "0x", "0xff/0xf", "192.0.2.1",
    "::1", "/33", "eth0", "tcp", "udp", "icmp", "all", "X", "é", "\x00", "\ud800", "𝕏",
)  # fmt: skip


def vocabulary() -> list[str]:
    """The pieces that a soup is made of: of Markdown, of shells, and every word of the grammar."""
    words = [f"--{name} " for name in BY_NAME] + [f"-{letter} " for letter in "ACDIRLSFZNXPEtpsdijogmfcvnxw"]
    words += [f"{name} " for name in (*CHAINS, *TABLES, *STANDARD_TARGETS)]
    for extension in all_extensions():
        words.append(f"-{'m' if extension.kind == 'match' else 'j'} {extension.name} ")
        words += [f"--{option.name} " for option in extension.options]
    return [*_PIECES, *dict.fromkeys(words)]


_VOCABULARY = vocabulary()
_DIALECTS: tuple[Dialect, ...] = ("fenced_code", "superfences", "quotes", "commonmark")
_NEWEST, _OLD = Release(NEWEST), Release("1.4.10")


def input_of(data: bytes) -> str:
    """The text that bytes stand for: the first says whether they are its letters or choose pieces of the soup, and
    whether that stands in a fence.
    """
    if data[:1] < b"\x80":
        return data[1:].decode(errors="surrogateescape" if data[:1] < b"\x40" else "replace")
    choices = (int.from_bytes(data[at : at + 2], "big") for at in range(1, len(data) - 1, 2))
    soup = "".join(_VOCABULARY[choice % len(_VOCABULARY)] for choice in choices)
    fences = {0xC0: "```sh\niptables -A INPUT ", 0xD0: "```iptables-save\n*filter\n-A INPUT ", 0xE0: "```\niptables "}
    return fences.get(data[0] & 0xF0, "") + soup


def throw(data: bytes) -> Report:
    """Give one input to all that reads; what it raises names the text."""
    page = input_of(data)
    try:
        return answer(page, _DIALECTS[len(data) % len(_DIALECTS)])
    except Exception as error:
        error.add_note(f"the text was: {page!r}")
        raise


def answer(page: str, dialect: Dialect) -> Report:
    """The report on a page, which was judged with every form of report, and its first line by itself.

    A page of which nothing is read because it cannot concern us is read after all, with a word that makes it one that
    can: nothing may be found in it.
    """
    report = reported(page, dialect)
    if not may_concern_us(page):
        assert report.snippets == ()
        read = reported(f"{page}\n\nSee iptables.\n", dialect)
        assert not read.all_diagnostics()
        assert not any(snippet.commands for snippet in read.snippets)
    line = page.partition("\n")[0]
    json.dumps(rule_record(line, _OLD))
    json.dumps(rule_record(f"iptables {line}", _NEWEST))
    explanation(f"ip6tables {line}", _NEWEST, False)
    return report


def reported(page: str, dialect: Dialect) -> Report:
    """The report on a page, after it was written in every form."""
    source = Source("post.md", page)
    report = check(source, _NEWEST, dialect)
    for found in report.all_diagnostics():
        assert 0 <= found.span.start <= found.span.end <= len(page), found
        for render in (text, short, annotation, result):
            render(found, source)
    json.dumps(report_record(report))
    return report
