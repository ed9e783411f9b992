"""The command line: `drytables check`, `drytables rules`, `drytables codes`.

Exit status 0 clean, 1 findings, 2 wrong usage or a file that cannot be read.
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, NoReturn

from .diagnostics.source import Source
from .grammar.releases import FIRST, NEWEST, Release

#: The names of files that hold Markdown.
MARKDOWN = (".md", ".markdown", ".mkd", ".mdown", ".mdx")

CLEAN, FINDINGS, USAGE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    options = _parser().parse_args(arguments)
    try:
        status: int = options.run(options)
    except BrokenPipeError:
        # The reader of our output went away; what is left to write has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINDINGS
    except KeyboardInterrupt:
        return 130
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="drytables",
        description="Judge iptables commands as iptables and the kernel would, without running them.",
        epilog="exit status: 0 clean, 1 something was found, 2 wrong usage or a file that cannot be read",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    check = commands.add_parser(
        "check",
        help="judge the commands in Markdown files",
        description="Judge every iptables command in Markdown files.",
    )
    check.add_argument(
        "paths", nargs="+", metavar="PATH", help="a Markdown file, a folder of them, or - for standard input"
    )
    check.add_argument("--format", choices=("text", "short", "json"), default="text", help="how to show what was found")
    check.set_defaults(run=_check)
    rules = commands.add_parser(
        "rules",
        help="judge commands given line by line",
        description="Judge one shell-quoted command a line; answers with one JSON object a line.",
    )
    rules.set_defaults(run=_rules)
    explain = commands.add_parser(
        "explain",
        help="take a command apart",
        description="Say what each part of a command does, and which iptables takes it.",
    )
    explain.add_argument("words", nargs=argparse.REMAINDER, metavar="COMMAND", help="the command, quoted or not")
    explain.set_defaults(run=_explain)
    codes = commands.add_parser(
        "codes",
        help="say what a diagnostic means",
        description="Say what each diagnostic code means, with a bad and a good line.",
    )
    codes.add_argument("names", nargs="*", metavar="CODE", help="the codes to explain (default: list them all)")
    codes.set_defaults(run=_codes)
    for each in (check, rules):
        each.add_argument(
            "--iptables",
            type=_release,
            default=Release(NEWEST),
            metavar="VERSION",
            help=f"judge as this release, {FIRST} to {NEWEST} (default: {NEWEST})",
        )
    return parser


def _release(version: str) -> Release:
    try:
        return Release(version)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


# drytables explain


def _explain(options: argparse.Namespace) -> int:
    from .showing.explanation import explanation

    words: list[str] = options.words
    line = words[0] if len(words) == 1 else shlex.join(words)
    shown, is_refused = explanation(line, Release(NEWEST), _wants_color())
    print(shown)
    return FINDINGS if is_refused else CLEAN


def _wants_color() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


# drytables codes


def _codes(options: argparse.Namespace) -> int:
    from .diagnostics.codes import CODES

    unknown = [name for name in options.names if name not in CODES]
    if unknown:
        print(f"drytables: there is no code {unknown[0]}; `drytables codes` lists them", file=sys.stderr)
        return USAGE
    if not options.names:
        width = max(map(len, CODES))
        print("\n".join(f"{code.name:<{width}}  {code.sentence}" for code in CODES.values()))
    for name in options.names:
        code = CODES[name]
        print(f"{code.name}: {code.sentence}\n\n{code.why}\n")
        for title, line in (("Bad", code.bad), ("Good", code.good)):
            if line:
                print(f"{title}:\n    " + "\n    ".join(line.rstrip().split("\n")) + "\n")
    return CLEAN


# drytables rules


def _rules(options: argparse.Namespace) -> int:
    from .showing.records import rule_record

    refused = False
    output = sys.stdout
    for line in _lines(sys.stdin.buffer):
        answer = rule_record(line, options.iptables)
        refused |= not answer["ok"]
        output.write(json.dumps(answer, ensure_ascii=False) + "\n")
    output.flush()
    return FINDINGS if refused else CLEAN


def _lines(stream: IO[bytes]) -> Iterable[str]:
    for line in stream:
        yield line.decode(errors="replace").rstrip("\r\n")


# drytables check


def _check(options: argparse.Namespace) -> int:
    from .diagnostics.render import short, text
    from .report import Report, check

    reports: list[Report] = []
    unreadable = False
    for path in _markdown_files(options.paths):
        try:
            source = Source(str(path), _read(path))
        except (OSError, UnicodeDecodeError) as error:
            print(f"drytables: {path}: {_why(error)}", file=sys.stderr)
            unreadable = True
            continue
        reports.append(check(source, options.iptables))
    if options.format == "json":
        from .showing.records import report_record

        print(json.dumps({"files": [report_record(report) for report in reports]}, ensure_ascii=False, indent=1))
    else:
        color = _wants_color()
        shown = [
            short(each, report.source) if options.format == "short" else text(each, report.source, color) + "\n"
            for report in reports
            for each in report.all_diagnostics()
        ]
        if shown:
            print("\n".join(shown))
        if options.format == "text":
            from .showing.records import counts

            print(counts(reports))
    if unreadable:
        return USAGE
    return FINDINGS if any(report.is_refused for report in reports) else CLEAN


def _markdown_files(paths: Iterable[str]) -> Iterable[Path]:
    """The files to read, in the order given; a folder's files by name."""
    for name in paths:
        path = Path(name)
        if path.is_dir():
            yield from sorted(each for each in path.rglob("*") if each.suffix.lower() in MARKDOWN and each.is_file())
        else:
            yield path


def _read(path: Path) -> str:
    """A file's text as it is; a byte order mark is no part of it."""
    data = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    return data.decode("utf-8-sig")


def _why(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return f"it is not UTF-8 text (byte {error.start})"
    return str(getattr(error, "strerror", error) or error)


def run() -> NoReturn:
    """The console script."""
    sys.exit(main())
