"""Which program a shell command runs, after `sudo` and the like, and which of its words are scripts themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

_PROGRAM = re.compile(r"(?:.*/)?(ip6?)tables(?:-legacy|-nft)?|<(ip6?)tables>")
_VARIABLE = re.compile(r"\$\{?(?:IPTABLES|IPT|IP4TABLES|IPT4|(?P<six>IP6TABLES|IPT6|IP6T))\}?", re.IGNORECASE)
_SUDO_VARIABLE = re.compile(r"\$\{?(?=\w*sudo)\w+\}?", re.IGNORECASE)
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=")
_SHELLS = frozenset({"sh", "bash", "dash", "ash", "ksh", "zsh", "su", "runuser"})
_VERSION = re.compile(r"v\d")
#: What follows the word in prose: `iptables (the old one)`, `iptables - a packet filter`, `iptables -> nftables`.
_WORDS_IN_BRACKETS = re.compile(r"\((?![-\s|\[<]*-)")
_DASH = re.compile(r"[-‐‑‒–—―−=<>]+")
_OPTION = re.compile(r"-{1,2}[A-Za-z]")


class _Wrapper(NamedTuple):
    """A program that runs another: its options that take the next word, and how many words of its own come first."""

    valued: str = ""
    own: int = 0


_WRAPPERS = {
    "sudo": _Wrapper("ugpCDhRrTtU"), "doas": _Wrapper("uC"), "exec": _Wrapper("a"), "command": _Wrapper(),
    "builtin": _Wrapper(), "nohup": _Wrapper(), "time": _Wrapper("fo"), "env": _Wrapper("uC"), "nice": _Wrapper("n"),
    "ionice": _Wrapper("cn"), "timeout": _Wrapper("ks", own=1), "setsid": _Wrapper(), "stdbuf": _Wrapper("ioe"),
    "chroot": _Wrapper(own=1), "flock": _Wrapper("wE", own=1), "unshare": _Wrapper("SG"), "nsenter": _Wrapper("tSG"),
    "strace": _Wrapper("eopsE"), "busybox": _Wrapper(), "watch": _Wrapper("n"), "chronic": _Wrapper(),
    "torsocks": _Wrapper(), "xtables-multi": _Wrapper(), "xtables-legacy-multi": _Wrapper(),
    "xtables-nft-multi": _Wrapper(), "pkexec": _Wrapper(), "!": _Wrapper(),
    "ssh": _Wrapper("bcDEeFIiJLlmOopQRSWw", own=1),
    # common names of functions in scripts that run their arguments
    "run": _Wrapper(), "run_cmd": _Wrapper(), "try": _Wrapper(), "execute": _Wrapper(), "retry": _Wrapper(),
}  # fmt: skip
#: Programs that run another after words of their own: `ip netns exec NAME`.
_LONG_WRAPPERS = {
    ("ip", "netns", "exec"): _Wrapper(own=1),
    ("ip", "vrf", "exec"): _Wrapper(own=1),
}
#: Programs that run another after words that cannot be told apart: the first that names a program shows where it
#: begins.
_SEEKING = (
    ("docker", "exec"), ("docker", "run"), ("podman", "exec"), ("podman", "run"), ("docker", "compose"),
    ("docker-compose", "exec"), ("kubectl", "exec"), ("crictl", "exec"), ("lxc", "exec"), ("lxc-attach",),
    ("adb", "shell"), ("vagrant", "ssh"), ("machinectl", "shell"), ("systemd-run",),
    ("multipass", "exec"), ("salt",), ("ansible",), ("gcloud", "compute"), ("ssh",),
)  # fmt: skip
_SEEKERS = frozenset(names[0] for names in _SEEKING)
#: Programs that run their arguments, or take them as a script.
_RUNNING = frozenset(
    {*_WRAPPERS, *(names[0] for names in _LONG_WRAPPERS), *_SHELLS, *_SEEKERS, "xargs", "watch", "eval", "trap"}
)
#: Programs, and commands for `ipset restore`, that matter by more than their name.
_ASKED_FOR = frozenset({"ipset", "create", "add"})
#: A program whose name contains nothing that the shell, or a reader of placeholders, might take for something else.
_PLAIN = re.compile(r"""(?:sudo[ \t]+(?!-))?(?P<program>[^\s'"`$\\;&|()<>{}\[\]*?!#~=]++)(?=[ \t\n;&|)]|\Z)""")
_SCRIPT_OF_IPTABLES = re.compile(r"\s*(?:sudo\s+(?:-\w+\s+)*|su\s.*-c\s+\W?)?(?:\S*/)?ip6?tables\s")


def skip_wrappers(words: Sequence[str]) -> int:
    """The index of the word that names the program which is eventually run."""
    at = 0
    last_shown = next((index for index in reversed(range(len(words))) if words[index].startswith("-I")), 0)
    while at < len(words):
        while at < len(words) and _ASSIGNMENT.match(words[at]):
            at += 1
        if at == len(words):
            break
        length, wrapper = _wrapper_at(words, at, last_shown)
        if wrapper is None:
            return _sought(words, at)
        after = _after_options(words, at + length, wrapper.valued) + wrapper.own
        if after >= len(words):
            break
        at = after + (words[after] == "--")
    return at


def plain_program(text: str, at: int) -> tuple[int, int] | None:
    """The half-open range of the program that the command at an index of a shell text runs.

    None if more than the program matters, as it may run another, or if only the shell can tell what it is.
    """
    match = _PLAIN.match(text, at)
    if match is None:
        return None
    name = match["program"].rpartition("/")[2]
    return None if name in _RUNNING or name in _ASKED_FOR else match.span("program")


def _sought(words: Sequence[str], at: int) -> int:
    """The index of the program that a `_SEEKING` one at an index runs; that index itself if it is not one."""
    if not _is_seeking(words, at):
        return at
    rest = range(at + 1, len(words))
    return next((i for i in rest if family_of(words[i]) or words[i].rpartition("/")[2] in _SHELLS), at)


def _is_seeking(words: Sequence[str], at: int) -> bool:
    name = words[at].rpartition("/")[2]
    # Few of the programs that scripts run have such a name.
    return name in _SEEKERS and any((name, *words[at + 1 : at + len(names)]) == names for names in _SEEKING)


def _wrapper_at(words: Sequence[str], at: int, last_shown: int) -> tuple[int, _Wrapper | None]:
    """How many words name the wrapper at an index, and the wrapper; None if it is not a wrapper.

    `last_shown` is the index of the last `-I`: only with that are all the arguments of xargs visible.
    """
    if _SUDO_VARIABLE.fullmatch(words[at]):
        return 1, _Wrapper()
    name = words[at].rpartition("/")[2]
    if name == "ip":
        for names, wrapper in _LONG_WRAPPERS.items():
            if (name, *words[at + 1 : at + len(names)]) == names:
                return len(names), wrapper
    if name == "xargs":
        return 1, _Wrapper("InPLdEas") if at < last_shown else None
    return 1, _WRAPPERS.get(name)


def _after_options(words: Sequence[str], at: int, valued: str) -> int:
    """The index after the options of a wrapper and the assignments it accepts."""
    while at < len(words):
        word = words[at]
        if word == "--":
            return at + 1
        if _ASSIGNMENT.match(word):
            at += 1
        elif len(word) > 1 and word[0] == "-":
            at += 2 if word[1] != "-" and word[-1] in valued else 1
        else:
            break
    return at


def family_of(program: str) -> str | None:
    """`ipv4` for iptables and `ipv6` for ip6tables, by any path and in either variant; None for any other program.

    `iptables-save`, `-restore`, `-apply` and `-xml` take no rule and are other programs. A variable named the way
    scripts name these programs (`$IPT`, `$IP6TABLES`) counts as one of them.
    """
    match = _PROGRAM.fullmatch(program)
    if match:
        return "ipv6" if "ip6" in match.groups() else "ipv4"
    variable = _VARIABLE.fullmatch(program)
    if variable:
        return "ipv6" if variable["six"] else "ipv4"
    return None


def is_command(arguments: Sequence[str]) -> bool:
    """Whether what follows the word iptables makes it a command, not the beginning of a sentence or of output."""
    if not arguments or _VERSION.match(arguments[0]) or _WORDS_IN_BRACKETS.match(arguments[0]):
        return False
    if _DASH.fullmatch(arguments[0]):
        return any(_OPTION.match(argument) for argument in arguments)
    return any(argument[:1] in tuple("-!$<[{(‐‑‒–—―−") for argument in arguments)


def scripts_in(words: Sequence[str]) -> list[int]:
    """The indexes of the words that the program runs as scripts, as with `sh -c '…'` and `watch '…'`."""
    if not words:
        return []
    at = 0
    while at < len(words):
        name = words[at].rpartition("/")[2]
        if name in _SHELLS:
            options = range(at + 1, len(words) - 1)
            return next(([i + 1] for i in options if words[i][:1] == "-" and words[i][-1:] == "c"), [])
        if name in ("watch", "eval", "trap"):
            return [i for i in range(at + 1, len(words)) if " " in words[i]][:1]
        if _is_seeking(words, at):
            quoted = [i for i in range(at + 1, len(words)) if " " in words[i]]
            if name == "ssh":
                return quoted[-1:]
            scripts = [i for i in quoted if _SCRIPT_OF_IPTABLES.match(words[i])]
            if scripts:
                return scripts
        after = skip_wrappers(words[at:])
        if not after:
            return []
        at += after
    return []
