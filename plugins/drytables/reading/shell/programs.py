"""Which program a shell command runs, after `sudo` and the like, and which of its words are scripts themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from ..family import is_of_ipv6
from ..names import FOLDER, IPTABLES, is_shell
from ..pattern import pattern
from .runners import (
    ASSIGNMENT,
    PARALLEL,
    SEEKERS,
    WRAPPERS,
    XARGS,
    Wrapper,
    after_options,
    only_names,
    reads_as_sentence,
)

_NAMED = f"({IPTABLES})"
#: Below /etc are files and init scripts of these names.
_PROGRAM = pattern(
    rf"(?!/(?:etc|usr/share)/)(?:.*/)?{_NAMED}|<(ip6?tables)>|(?:\$\(|`)\s*(?:which|command\s+-v|type\s+-[pP])\s+{_NAMED}\s*[)`]"
)
_VARIABLE = pattern(
    r"(?:\$\{?|\{\{\s*)(?:IPTABLES|IPT|IP4TABLES|IPT4|(?P<six>IP6TABLES|IPT6|IP6T))(?:_?(?:BIN|CMD|COMMAND|PATH|PROG|EXE))?"
    r"(?:\}|\s*\}\})?",
    re.IGNORECASE,
)
#: What a template replaces.
_UNNAMED = pattern(r"\{\{[^{}]*\}\}")
_BUILT_IN = frozenset({"INPUT", "FORWARD", "OUTPUT", "PREROUTING", "POSTROUTING"})
_SUDO_VARIABLE = pattern(r"\$\{?(?=\w*sudo)\w+\}?|\$\(\s*which\s+sudo\s*\)", re.IGNORECASE)
#: Those that take a script after -c as shells do.
_AS_SHELLS = frozenset({"su", "runuser"})
_VERSION = pattern(r"v\d")
#: What follows the word in prose: `iptables (the old one)`, `iptables - a packet filter`, `iptables -> nftables`.
_WORDS_IN_BRACKETS = pattern(r"\((?![-\s|\[<]*-)")
_DASH = pattern(r"[-‐‑‒–—―−=<>]+")
_OPTION = pattern(r"[-‐‑‒–—―−]{1,2}[A-Za-z]")
#: Programs that run their arguments, or take them as a script.
_RUNNING = frozenset({*WRAPPERS, *SEEKERS, *_AS_SHELLS, "xargs", "parallel", "find", "watch", "eval", "trap"})
#: Programs, and commands for `ipset restore`, that matter by more than their name.
_ASKED_FOR = frozenset({"ipset", "create", "add"})
#: A program whose name contains nothing that the shell, or a reader of placeholders, might take for something else.
_PLAIN = pattern(r"""(?:sudo[ \t]+(?!-))?(?P<program>[^\s'"`$\\;&|()<>{}\[\]*?!#~=]++)(?=[ \t\n;&|)]|\Z)""")
_SCRIPT_OF_IPTABLES = pattern(
    rf"(?P<option>--[a-z][\w-]*=)?\s*(?:sudo\s+(?:-\w+\s+)*|su\s.*-c\s+\W?)?{FOLDER}{IPTABLES}\s"
)
#: The commands of sed that add a line, or put one in the place of others, before a line that runs iptables.
_ADDED_LINE = pattern(
    r"(?:^|(?<=[\s\d$/!},+]))[aic](?:\\\n|\\|[ \t])*"
    rf"(?=(?:sudo[ \t]+)?(?:/(?:[\w.-]+/){{0,5}})?{IPTABLES}[ \t]+-{{1,2}}[A-Za-z])"
)
#: How the options of iptables begin where something plainly runs it: a command, a table, or what goes with any command.
_FIRST_OPTION = pattern(
    r"-(?:[ADIRCNPEFXZLStwWvn46]|[nvx]*[LS][nvx]*|t\w+)"
    r"|--(?:append|delete|insert|replace|check|new|policy|rename|flush|zero|list|table|wait)[\w-]*(?:=.*)?"
)
#: Those of ipset that change what sets there are.
_COMMANDS_OF_IPSET = frozenset(
    {"create", "destroy", "rename", "swap", "restore", "-N", "-X", "-E", "-W", "-R", "-exist", "-!"}
)
_TAKES_CHAIN = frozenset({"-A", "-D", "-I", "-R", "-C", "-N", "-P", "-E"})
_EXECUTES = frozenset({"-exec", "-execdir", "-ok", "-okdir"})
_ARGUMENTS = frozenset({":::", "::::", ":::+", "::::+"})
_REPLACEMENT = pattern(r"\{[^\s{}]*\}")


class Running(NamedTuple):
    """The program that a command eventually runs: the half-open range of its words.

    `replaced` is what stands in them for each of many arguments, `%` of `xargs -I %`; `is_appended` says that further
    arguments follow, which are not shown.
    """

    at: int
    end: int
    replaced: str = ""
    is_appended: bool = False


def running(words: Sequence[str], *, may_guess: bool = True) -> Running:
    """The program that is eventually run; unless it `may_guess`, only after programs that are known to run another."""
    run = Running(0, len(words))
    while run.at < run.end:
        at = run.at
        while at < run.end and ASSIGNMENT.match(words[at]):
            at += 1
        if at == run.end:
            break
        name = words[at].rpartition("/")[2]
        if name in ("xargs", "parallel"):
            after = _behind_arguments(words, at, run, name)
        elif name == "find" and any(words[i] in _EXECUTES for i in range(at, run.end)):
            after = _executed(words, at, run)
        else:
            wrapper = Wrapper() if _SUDO_VARIABLE.fullmatch(words[at]) else WRAPPERS.get(name)
            if wrapper is None:
                return run._replace(at=_sought(words, at, run.end, may_guess=may_guess))
            start = after_options(words, at + 1, wrapper) + wrapper.own
            after = run._replace(at=start + (start < run.end and words[start] == "--"))
        if after.at >= after.end:
            return run._replace(at=at)
        run = after
    return run


def _behind_arguments(words: Sequence[str], at: int, run: Running, name: str) -> Running:
    """What `xargs` and GNU `parallel`, at an index, run for each of many arguments."""
    given: dict[str, str] = {}
    after = after_options(words, at + 1, XARGS if name == "xargs" else PARALLEL, given)
    if name == "xargs":
        replaced = given.get("I", given.get("replace", given.get("J")))
        attached = next((word[2:] for word in words[at:after] if re.match(r"-i(?!-)", word)), None)
        replaced = replaced if attached is None else attached
        return Running(after, run.end, "" if replaced is None else replaced or "{}", replaced is None or "J" in given)
    end = next((i for i in range(after, run.end) if words[i] in _ARGUMENTS), run.end)
    replaced = given.get("I", "{}")
    shows = any(replaced in word or _REPLACEMENT.search(word) for word in words[after:end])
    return Running(after, end, replaced, not shows)


def _executed(words: Sequence[str], at: int, run: Running) -> Running:
    """What `find`, at an index, runs for each file."""
    after = next(i for i in range(at, run.end) if words[i] in _EXECUTES) + 1
    end = next((i for i in range(after, run.end) if words[i] in (";", "+")), run.end)
    return Running(after, end, "{}")


def _sought(words: Sequence[str], at: int, end: int, *, may_guess: bool) -> int:
    """The index of the program that another one, at an index, runs after words that cannot be told apart; that index
    itself if it runs none.
    """
    if family_of(words[at]):
        return at
    is_known = words[at].rpartition("/")[2] in SEEKERS
    if not (is_known or may_guess):
        return at
    for place in range(at + 1, end):
        runs_ipset = words[place] == "ipset" and words[place + 1 : place + 2] and words[place + 1] in _COMMANDS_OF_IPSET
        if runs_ipset or (family_of(words[place]) and is_run(words[place + 1 : end])):
            is_sentence = reads_as_sentence(words[place:end]) if is_known else only_names(words[at:end])
            return at if is_sentence else place
        if is_known and _takes_script(words[place]) and not _hands_on_words(words, place):
            return place
    return at


def _hands_on_words(words: Sequence[str], at: int) -> bool:
    """Whether a `su` of Android, at an index, is given the words of a command: `su 0 iptables -L`."""
    return words[at].rpartition("/")[2] == "su" and not any(" " in word for word in words[at:])


def plain_program(text: str, at: int) -> tuple[int, int] | None:
    """The half-open range of the program that the command at an index of a shell text runs.

    None if more than the program matters, as it may run another, or if only the shell can tell what it is.
    """
    match = _PLAIN.match(text, at)
    if match is None:
        return None
    name = match["program"].rpartition("/")[2]
    return (
        None
        if name in _RUNNING or name in _ASKED_FOR or (name.endswith("sh") and is_shell(name))
        else match.span("program")
    )


def family_of(program: str) -> str | None:
    """`ipv4` for iptables and `ipv6` for ip6tables, by any path and in either variant; None for any other program.

    `iptables-save`, `-restore`, `-apply` and `-xml` take no rule and are other programs. A variable named the way
    scripts name these programs (`$IPT`, `$IP6TABLES`) counts as one of them, and so does `$(which iptables)`.
    """
    match = _PROGRAM.fullmatch(program)
    if match:
        return "ipv6" if any(name and name.startswith("ip6") for name in match.groups()) else "ipv4"
    variable = _VARIABLE.fullmatch(program)
    if variable:
        return "ipv6" if variable["six"] else "ipv4"
    return None


def family_of_run(words: Sequence[str]) -> str | None:
    """The family of the program that these words run, as `family_of` says; also of one that a template names
    by any other name (`{{ bin }}`), if nothing else has such arguments: they change a chain that is built in.
    """
    if not words:
        return None
    family = family_of(words[0])
    if family or len(words) < 3 or not _UNNAMED.fullmatch(words[0]):
        return family
    at = 1 + sum(1 for _ in takewhile(lambda word: word in ("-w", "--wait"), words[1:]))
    at += 2 * (words[at : at + 1] in (["-t"], ["--table"]))
    if words[at : at + 1] and words[at] in _TAKES_CHAIN and words[at + 1 : at + 2] and words[at + 1] in _BUILT_IN:
        return "ipv6" if is_of_ipv6(" ".join(("", *words[1:]))) else "ipv4"
    return None


def is_command(arguments: Sequence[str]) -> bool:
    """Whether what follows the word iptables makes it a command, not the beginning of a sentence or of output."""
    if not arguments or _VERSION.match(arguments[0]) or _WORDS_IN_BRACKETS.match(arguments[0]):
        return False
    if _DASH.fullmatch(arguments[0]) or arguments[0].isalpha():
        return any(_OPTION.match(argument) for argument in arguments)
    return any(argument[:1] in tuple("-!$<[{(‐‑‒–—―−") for argument in arguments)


def is_run(arguments: Sequence[str]) -> bool:
    """Whether what follows the word iptables shows that it is run, wherever that word is."""
    if not arguments or not (_FIRST_OPTION.fullmatch(arguments[0]) or arguments[0].startswith("$")):
        return False
    return arguments[0] not in _TAKES_CHAIN or (len(arguments) > 1 and not arguments[1].isdecimal())


def scripts_in(words: Sequence[str]) -> list[int]:
    """The indexes of the words that the program runs as scripts, as with `sh -c '…'` and `watch '…'`."""
    at = 0
    while at < len(words):
        if words[at] == "-c":
            return [at + 1] if at + 1 < len(words) else []
        if at and " " in words[at] and _SCRIPT_OF_IPTABLES.match(words[at]):
            return [at]
        name = words[at].rpartition("/")[2]
        if name == "sed":
            return [i for i in range(at + 1, len(words)) if _added_line(words[i]) is not None]
        if _takes_script(name):
            options = range(at + 1, len(words) - 1)
            return next(([i + 1] for i in options if words[i][:1] == "-" and words[i][-1:] == "c"), [])
        if name in ("watch", "eval", "trap"):
            return [i for i in range(at + 1, len(words)) if " " in words[i]][:1]
        quoted = [i for i in range(at + 1, len(words)) if " " in words[i]]
        if name == "ssh":
            return quoted[-1:]
        after = running(words[at:]).at
        if not after:
            return _scripts_of_a_guess(words, at, quoted)
        at += after
    return []


def _takes_script(word: str) -> bool:
    """Whether a word names a shell, or a program that takes a script as one does."""
    return is_shell(word) or word.rpartition("/")[2] in _AS_SHELLS


def script_start(word: str) -> int:
    """Where the script begins in a word that `scripts_in` names: after `--command=` of an option, or in the text that
    sed(1) is to add.
    """
    match = _SCRIPT_OF_IPTABLES.match(word)
    if match:
        return match.end("option") if match["option"] else 0
    return _added_line(word) or 0


def _added_line(word: str) -> int | None:
    """Where in a script of sed(1) the text begins that it adds, if that runs iptables; a pattern ends with a slash."""
    added = _ADDED_LINE.search(word)
    if added is None:
        return None
    line = word[added.end() :].partition("\n")[0]
    return None if line.rstrip("dpgIM").endswith("/") else added.end()


def _scripts_of_a_guess(words: Sequence[str], at: int, quoted: list[int]) -> list[int]:
    """The indexes of the words that look like scripts for a program, at an index, that may run them."""
    if words[at].rpartition("/")[2] not in SEEKERS:
        if only_names([words[at], *(word for word in words[at + 1 :] if " " not in word)]):
            return []
        texts = ((i, words[i][script_start(words[i]) :].split()) for i in quoted)
        quoted = [i for i, script in texts if not reads_as_sentence(script) and is_run(_arguments(script))]
    scripts = [i for i in quoted if _SCRIPT_OF_IPTABLES.match(words[i])]
    shells = (i for i in range(at + 1, len(words)) if _takes_script(words[i]))
    inner = next(shells, None) if not scripts else None
    return scripts if inner is None else [inner + i for i in scripts_in(words[inner:])]


def _arguments(words: Sequence[str]) -> Sequence[str]:
    """The words of a script after the name of iptables."""
    at = next((i for i, word in enumerate(words) if family_of(word)), len(words))
    return words[at + 1 :]
