"""What the command line accepts, and which command it then runs."""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Sequence
from typing import Any

from .. import __version__
from ..configuration.values import INLINE
from ..diagnostics.codes.every import CODES
from ..grammar.history.releases import FIRST, NEWEST, Release
from ..reading.markdown.dialect import DIALECTS
from .completion import SHELLS, completion
from .jobs import Wanted
from .status import CLEAN, FINDINGS, USAGE
from .terminal import has_color

_ABOUT = """\
Check iptables commands as iptables and the kernel would, without running them.

Nothing is executed, and neither iptables nor root is needed.
"""
_EXAMPLES = """\
examples:
  drytables check content                     check the commands in a folder of Markdown
  drytables check --format github '**/*.md'   the same, for GitHub Actions
  drytables fix --diff content                show the repairs that are certain
  drytables fix content                       apply them
  drytables explain 'iptables -A INPUT -p tcp --dport 22 -j ACCEPT'
  drytables nft 'iptables -P INPUT DROP'      write a command in nft
  drytables trace '-p tcp into eth0' rules.v4 show which rules a packet meets
  drytables codes also-requires               explain a code, with an example

exit status: 0 no findings, 1 findings, 2 wrong usage or a file that cannot be read
"""
#: More processes than any machine has processors are a slip of the finger.
_MOST_JOBS = 1024
_PATHS = "a page, a folder, a pattern, or - for Markdown on standard input (default: `paths` of the configuration)"


def command_line() -> argparse.ArgumentParser:
    """The parser of the whole command line; `options.run(options)` then returns the exit status."""
    whole = argparse.ArgumentParser(
        prog="drytables", description=_ABOUT, epilog=_EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    whole.add_argument("--version", action="version", version=f"drytables {__version__}")
    commands = whole.add_subparsers(required=True, metavar="COMMAND", title="commands")
    for add in (
        _add_check,
        _add_fix,
        _add_explain,
        _add_nft,
        _add_trace,
        _add_codes,
        _add_config,
        _add_rules,
        _add_lsp,
        _add_completion,
    ):
        add(commands)
    return whole


def with_commits(arguments: Sequence[str]) -> list[str]:
    """Arguments with the commit of `--changed` said: the next word is a path, and no commit."""
    return ["--changed=HEAD" if each == "--changed" else each for each in arguments]


def _add(commands: Any, name: str, run: Any, about: str, examples: str) -> argparse.ArgumentParser:
    """Add a command's own parser, with a few example lines."""
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
        "drytables check --inline error README.md\n"
        "drytables check --advice rules.sh\n"
        "cat post.md | drytables check -"
    )
    parser = _add(commands, "check", _check, "check every iptables command in pages", examples)
    parser.add_argument("paths", nargs="*", metavar="PATH", help=_PATHS)
    parser.add_argument(
        "--format",
        choices=("text", "short", "json", "github", "sarif"),
        default="text",
        help="text for people (default), short for editors, json for programs, github for workflows,"
        " sarif for code scanning",
    )
    parser.add_argument(
        "--inline",
        choices=INLINE,
        help="the severity of a fault in inline code, within a sentence (default: as in the configuration, else note)",
    )
    parser.add_argument(
        "--advice",
        action=argparse.BooleanOptionalAction,
        help="say in notes what could be better about commands that work (default: as in the configuration, else not)",
    )
    _add_baseline(parser)
    _add_settings(parser)


def _add_baseline(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--changed",
        nargs="?",
        const="HEAD",
        metavar="REF",
        help="check only files that differ from a commit (default: HEAD; of another branch, where this one left it),"
        " and show only faults that were not there then; written --changed=REF",
    )
    parser.add_argument(
        "--baseline",
        metavar="FILE",
        help="leave out the faults in this file (default: as in the configuration)",
    )
    parser.add_argument("--no-baseline", action="store_true", help="use no baseline, and show all faults")
    parser.add_argument(
        "--write-baseline", action="store_true", help="write all faults that there are now into the baseline"
    )
    parser.add_argument(
        "--shrink-baseline", action="store_true", help="take faults that are gone out of the baseline, and add none"
    )


def _add_fix(commands: Any) -> None:
    examples = "drytables fix --diff content\ndrytables fix content\ndrytables fix - < broken.md > repaired.md"
    parser = _add(commands, "fix", _fix, "apply the repairs that are certain", examples)
    parser.add_argument("paths", nargs="*", metavar="PATH", help=_PATHS)
    parser.add_argument("--diff", action="store_true", help="print the changes as a unified diff and write nothing")
    _add_settings(parser)


def _add_explain(commands: Any) -> None:
    examples = "drytables explain 'iptables -t nat -A POSTROUTING -o eth0 -j MASQUERADE'"
    parser = _add(commands, "explain", _explain, "explain what each part of a command does", examples)
    parser.add_argument("words", nargs=argparse.REMAINDER, metavar="COMMAND", help="the command, quoted or not")


def _add_trace(commands: Any) -> None:
    examples = (
        "drytables trace '-p tcp -s 192.0.2.7 --dport 22 into eth0' rules.v4\n"
        "drytables trace 'tcp from 192.0.2.7:4000 to 198.51.100.9:80 new into eth0 out of eth1' setup.sh\n"
        "drytables trace --snippet 2 'udp to 192.0.2.1:53 out of eth0' post.md\n"
        "iptables-save | drytables trace --format json '-p icmp --icmp-type echo-request into eth0' -\n\n"
        "The packet is described by options of iptables, or in words: into eth0, out of eth1,\n"
        "from ADDRESS[:PORT], to ADDRESS[:PORT], tcp, new. What is not said is not guessed:\n"
        "where a rule asks for it, both ways are followed."
    )
    parser = _add(commands, "trace", _trace, "show which rules of a file a packet meets, and where it ends", examples)
    parser.add_argument("packet", metavar="PACKET", help="the packet, as one argument")
    parser.add_argument(
        "file", metavar="FILE", help="a page, a script, what iptables-save prints, or - for any of them"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="text for people, json for programs")
    parser.add_argument("--all", action="store_true", help="show also the rules that do not match")
    parser.add_argument(
        "--snippet",
        action="append",
        type=_number,
        default=[],
        metavar="N",
        help="run only this piece of code of a page, counted from 1 among those with commands; may be repeated",
    )
    parser.add_argument("--host", metavar="NAME", help="the machine, where a page names several in its prompts")
    _add_what_holds(parser)


def _add_nft(commands: Any) -> None:
    examples = (
        "drytables nft 'iptables -A INPUT -p tcp --dport 22 -j ACCEPT'\n"
        "drytables nft post.md > post.nft\n"
        "drytables nft /etc/iptables/rules.v4 | nft -c -f -\n"
        "iptables-save | drytables nft --joined -\n\n"
        "What nft cannot say goes to standard error, with the reason and what comes nearest,\n"
        "and is a comment in the file; the exit status is then 1."
    )
    about = "write commands of iptables in nft"
    parser = _add(commands, "nft", _nft, about, examples)
    parser.add_argument(
        "--joined",
        action="store_true",
        help="write fewer rules that do the same, as a person would: with sets and maps (default: one for each rule)",
    )
    parser.add_argument(
        "words",
        nargs=argparse.REMAINDER,
        metavar="COMMAND|FILE",
        help="a command, quoted or not; or a page, a script or a saved rule set, which becomes one file for `nft -f`",
    )


def _add_codes(commands: Any) -> None:
    examples = "drytables codes\ndrytables codes unknown-option"
    parser = _add(commands, "codes", _codes, "explain the codes of findings", examples)
    parser.add_argument("names", nargs="*", metavar="CODE", help="the codes to explain (default: list all codes)")


def _add_config(commands: Any) -> None:
    examples = "drytables config\ndrytables config docs/install.md"
    parser = _add(
        commands, "config", _config, "show the settings that hold for a file, and where each is made", examples
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help="a file or folder (default: this folder)")
    _add_settings(parser)


def _add_rules(commands: Any) -> None:
    examples = (
        "echo 'iptables -A INPUT -j DROP' | drytables rules\n\n"
        "Each line of standard input is one shell-quoted command, and each line of output\n"
        "one JSON object, in the same order. SCALE.md has recipes for GNU parallel and Spark."
    )
    parser = _add(commands, "rules", _rules, "check commands line by line, for programs", examples)
    parser.add_argument(
        "--jobs",
        type=_count,
        default=0,
        metavar="N",
        help="judge many lines in N processes (default: one for each processor)",
    )
    _add_release(parser, f"check as this iptables release, {FIRST} to {NEWEST} (default: {NEWEST})")


def _add_lsp(commands: Any) -> None:
    examples = (
        "drytables lsp\n\n"
        "An editor starts it, and speaks with it on standard input and output. EDITORS.md\n"
        "says how to set up Visual Studio Code, Neovim, Helix, Emacs and Kate."
    )
    parser = _add(commands, "lsp", _lsp, "check, explain and repair while you type, in an editor", examples)
    parser.add_argument("--stdio", action="store_true", help="what it does anyway; some editors add it")
    _add_settings(parser)


def _add_completion(commands: Any) -> None:
    examples = (
        "source <(drytables completion bash)\n"
        "source <(drytables completion zsh)\n"
        "drytables completion fish | source\n"
        "drytables completion fish > ~/.config/fish/completions/drytables.fish"
    )
    about = "print a script that completes these commands in a shell"
    parser = _add(commands, "completion", _completion, about, examples)
    parser.add_argument("shell", choices=SHELLS, help="the shell to print it for")


def _add_settings(parser: argparse.ArgumentParser) -> None:
    """The options that win over a configuration, and those that say which one it is."""
    _add_what_holds(parser)
    parser.add_argument(
        "--force-exclude",
        action="store_true",
        help="leave out what the configuration excludes, even if it is named here, as pre-commit names files",
    )


def _add_what_holds(parser: argparse.ArgumentParser) -> None:
    """The options for what holds for one file, whether a configuration is for it or not."""
    _add_release(
        parser, f"check as this iptables release, {FIRST} to {NEWEST} (default: as in the configuration, else {NEWEST})"
    )
    parser.add_argument(
        "--markdown",
        choices=("auto", *DIALECTS),
        default="auto",
        help="the Markdown that the files are written for (default: as in the configuration, else what the settings of"
        " Pelican, MkDocs or Docusaurus above a file say of their pages, else commonmark)",
    )
    parser.add_argument(
        "--config",
        metavar="FILE",
        help="use this configuration for all files (default: the nearest .drytables.toml, or pyproject.toml with a"
        " table [tool.drytables], from the folder of a file up to the root of its repository)",
    )
    parser.add_argument("--isolated", action="store_true", help="use no configuration")


def _add_release(parser: argparse.ArgumentParser, about: str) -> None:
    parser.add_argument("--iptables", type=_release, metavar="VERSION", help=about)


def _release(version: str) -> Release:
    try:
        return Release(version)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _number(number: str) -> int:
    if not number.isascii() or not number.isdigit() or not int(number[:9]):
        raise argparse.ArgumentTypeError(f"a number from 1 on, not {number!r}")
    return int(number[:9])


def _count(number: str) -> int:
    if not number.isascii() or not number.isdigit() or not 1 <= int(number) <= _MOST_JOBS:
        raise argparse.ArgumentTypeError(f"a number from 1 to {_MOST_JOBS}, not {number!r}")
    return int(number)


def _wanted(options: argparse.Namespace) -> Wanted:
    return Wanted(
        names=getattr(options, "paths", ()),
        release=options.iptables,
        dialect=None if options.markdown == "auto" else options.markdown,
        inline=getattr(options, "inline", None),
        advises=getattr(options, "advice", None),
        configuration=options.config,
        is_isolated=options.isolated,
        excludes_named=getattr(options, "force_exclude", False),
        changed=getattr(options, "changed", None),
        baseline=getattr(options, "baseline", None),
        is_without_baseline=getattr(options, "no_baseline", False),
        writes_baseline=getattr(options, "write_baseline", False),
        shrinks_baseline=getattr(options, "shrink_baseline", False),
    )


def _check(options: argparse.Namespace) -> int:
    from .check import check_files

    return _status(*check_files(_wanted(options), options.format, has_color(sys.stdout)))


def _fix(options: argparse.Namespace) -> int:
    from .fix import fix_files

    return _status(*fix_files(_wanted(options), is_only_shown=options.diff))


def _status(has_findings: bool, is_complete: bool) -> int:
    return USAGE if not is_complete else FINDINGS if has_findings else CLEAN


def _config(options: argparse.Namespace) -> int:
    from .config import show_settings

    return CLEAN if show_settings(_wanted(options)) else USAGE


def _explain(options: argparse.Namespace) -> int:
    from ..formats.explanation import explanation

    words: list[str] = options.words
    line = words[0] if len(words) == 1 else shlex.join(words)
    shown, is_refused = explanation(line, Release(NEWEST), has_color(sys.stdout))
    print(shown)
    return FINDINGS if is_refused else CLEAN


def _trace(options: argparse.Namespace) -> int:
    from .trace import trace_packet

    return trace_packet(
        options.packet, options.file, _wanted(options), options.format, options.snippet, options.host, options.all
    )


def _nft(options: argparse.Namespace) -> int:
    from .nft import is_command, print_command, print_file

    words: list[str] = options.words
    if not words:
        print("drytables: name a command or a file; `drytables nft --help` has examples", file=sys.stderr)
        return USAGE
    if not is_command(words):
        return print_file(words[0], Release(NEWEST), options.joined)
    line = words[0] if len(words) == 1 else shlex.join(words)
    return print_command(line, Release(NEWEST), has_color(sys.stderr), options.joined)


def _codes(options: argparse.Namespace) -> int:
    unknown = [name for name in options.names if name not in CODES]
    if unknown:
        print(f"drytables: unknown code {unknown[0]}; run `drytables codes` to list them", file=sys.stderr)
        return USAGE
    if not options.names:
        width = max(map(len, CODES))
        print("\n".join(f"{code:<{width}}  {code.sentence}" for code in CODES.values()))
    for name in options.names:
        code = CODES[name]
        print(f"{code}: {code.sentence}\n\n{code.why}\n")
        for title, line in (("Bad", code.bad), ("Good", code.good)):
            if line:
                print(f"{title}:\n    " + "\n    ".join(line.rstrip().split("\n")) + "\n")
    return CLEAN


def _rules(options: argparse.Namespace) -> int:
    from .rules import judge_lines

    return judge_lines(options.iptables, options.jobs)


def _lsp(options: argparse.Namespace) -> int:
    from .lsp import serve_editor

    return serve_editor(_wanted(options))


def _completion(options: argparse.Namespace) -> int:
    print(completion(command_line(), options.shell), end="")
    return CLEAN
