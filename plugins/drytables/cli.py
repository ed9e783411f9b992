"""The command line: `drytables check`, `fix`, `explain`, `codes`, `rules`.

Exit status 0 clean, 1 findings, 2 wrong usage or a file that cannot be read.
"""

from __future__ import annotations

import argparse
import os
import shlex
import sys
from collections.abc import Iterable, Sequence
from typing import IO, Any, NoReturn

from . import __version__
from .grammar.releases import FIRST, NEWEST, Release

CLEAN, FINDINGS, USAGE = 0, 1, 2
_INTERRUPTED = 130

_ABOUT = """\
Judge iptables commands as iptables and the kernel would, without running them.

Nothing is executed, and neither iptables nor root is needed.
"""
_EXAMPLES = """\
examples:
  drytables check content                     judge the commands in a folder of Markdown
  drytables check --format github '**/*.md'   the same in GitHub Actions
  drytables fix --diff content                see which repairs are certain
  drytables fix content                       make them
  drytables explain 'iptables -A INPUT -p tcp --dport 22 -j ACCEPT'
  drytables codes also-requires               what a finding means, with an example

exit status: 0 clean, 1 something was found, 2 wrong usage or a file that cannot be read
"""
_PATHS = "a Markdown file, a folder of them, a pattern, or - for standard input"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A locale or a file name that UTF-8 cannot show must not end in a traceback.
            stream.reconfigure(errors="backslashreplace")
    try:
        try:
            options = _parser().parse_args(arguments)
            status: int = options.run(options)
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        # The reader of our output went away; what is left to write has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINDINGS
    except KeyboardInterrupt:
        return _INTERRUPTED
    except OSError as error:
        print(f"drytables: {error.strerror or error}", file=sys.stderr)
        return USAGE
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="drytables", description=_ABOUT, epilog=_EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--version", action="version", version=f"drytables {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", title="commands")
    _add_check(commands)
    _add_fix(commands)
    _add_explain(commands)
    codes = _add(
        commands, "codes", _codes, "say what a finding means", "drytables codes\ndrytables codes unknown-option"
    )
    codes.add_argument("names", nargs="*", metavar="CODE", help="the codes to explain (default: list them all)")
    rules = _add(
        commands,
        "rules",
        _rules,
        "judge commands line by line, for programs",
        "echo 'iptables -A INPUT -j DROP' | drytables rules\n\n"
        "Each line of standard input is one shell-quoted command, each line of the answer\n"
        "one JSON object, in the same order.",
    )
    _add_release(rules)
    from .commands.completion import SHELLS

    completion = _add(
        commands,
        "completion",
        _completion,
        "print what a shell needs to complete these commands",
        "source <(drytables completion bash)\ndrytables completion fish > ~/.config/fish/completions/drytables.fish",
    )
    completion.add_argument("shell", choices=SHELLS, help="the shell")
    return parser


def _add(commands: Any, name: str, run: Any, about: str, examples: str) -> argparse.ArgumentParser:
    """A command's own parser, with a few lines to learn from."""
    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        help=about,
        description=f"{about[0].upper()}{about[1:]}.",
        epilog="examples:\n" + "\n".join(f"  {line}".rstrip() for line in examples.split("\n")),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=run)
    return parser


def _add_check(commands: Any) -> None:
    examples = (
        "drytables check content\n"
        "drytables check --format short . | less\n"
        "drytables check --format sarif docs > drytables.sarif\n"
        "drytables check --iptables 1.4.21 old-posts\n"
        "cat post.md | drytables check -"
    )
    parser = _add(commands, "check", _check, "judge every iptables command in Markdown files", examples)
    parser.add_argument("paths", nargs="+", metavar="PATH", help=_PATHS)
    parser.add_argument(
        "--format",
        choices=("text", "short", "json", "github", "sarif"),
        default="text",
        help="text for people (default), short for editors, json for programs, github for workflows,"
        " sarif for code scanning",
    )
    _add_release(parser)
    _add_dialect(parser)


def _add_fix(commands: Any) -> None:
    examples = "drytables fix --diff content\ndrytables fix content\ndrytables fix - < broken.md > repaired.md"
    parser = _add(commands, "fix", _fix, "make the repairs that are certain", examples)
    parser.add_argument("paths", nargs="+", metavar="PATH", help=_PATHS)
    parser.add_argument("--diff", action="store_true", help="print the changes as a unified diff and write nothing")
    _add_release(parser)
    _add_dialect(parser)


def _add_explain(commands: Any) -> None:
    examples = "drytables explain 'iptables -t nat -A POSTROUTING -o eth0 -j MASQUERADE'"
    parser = _add(commands, "explain", _explain, "say what each part of a command does", examples)
    parser.add_argument("words", nargs=argparse.REMAINDER, metavar="COMMAND", help="the command, quoted or not")


def _add_release(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--iptables",
        type=_release,
        default=Release(NEWEST),
        metavar="VERSION",
        help=f"judge as this release, {FIRST} to {NEWEST} (default: {NEWEST})",
    )


def _add_dialect(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--markdown",
        choices=("auto", "commonmark", "fenced_code", "superfences"),
        default="auto",
        help="which Markdown reads the files (default: a pelicanconf.py or mkdocs.yml above a file tells,"
        " else commonmark)",
    )


def _release(version: str) -> Release:
    try:
        return Release(version)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _wants_color() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def _check(options: argparse.Namespace) -> int:
    from .commands.check import check_files

    dialect = None if options.markdown == "auto" else options.markdown
    refused, complete = check_files(options.paths, options.format, options.iptables, dialect, _wants_color())
    return USAGE if not complete else FINDINGS if refused else CLEAN


def _fix(options: argparse.Namespace) -> int:
    from .commands.fix import fix_files

    dialect = None if options.markdown == "auto" else options.markdown
    left, complete = fix_files(options.paths, options.iptables, dialect, is_only_shown=options.diff)
    return USAGE if not complete else FINDINGS if left else CLEAN


def _explain(options: argparse.Namespace) -> int:
    from .showing.explanation import explanation

    words: list[str] = options.words
    line = words[0] if len(words) == 1 else shlex.join(words)
    shown, is_refused = explanation(line, Release(NEWEST), _wants_color())
    print(shown)
    return FINDINGS if is_refused else CLEAN


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


def _rules(options: argparse.Namespace) -> int:
    from .commands.rules import answers

    refused = False
    for text, has_refused in answers(_lines(sys.stdin.buffer), options.iptables):
        refused |= has_refused
        sys.stdout.write(text)
    sys.stdout.flush()
    return FINDINGS if refused else CLEAN


def _lines(stream: IO[bytes]) -> Iterable[str]:
    for line in stream:
        yield line.decode(errors="replace").rstrip("\r\n")


def _completion(options: argparse.Namespace) -> int:
    from .commands.completion import completion

    print(completion(_parser(), options.shell), end="")
    return CLEAN


def run() -> NoReturn:
    """The console script."""
    sys.exit(main())
