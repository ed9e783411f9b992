"""What programs other than iptables do to its ruleset, as far as their names tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..reading.word import Command

#: Programs that leave the rules alone: after any other, nothing known is certain any more.
_HARMLESS = frozenset({
    "echo", "printf", "cat", "ls", "cd", "pwd", "set", "export", "exit", "true", "false", ":", "test", "[", "[[",
    "read", "sysctl", "ip", "ifconfig", "route", "tc", "bridge", "brctl", "modprobe", "insmod", "lsmod", "conntrack",
    "wg", "apt", "apt-get", "aptitude", "yum", "dnf", "zypper", "pacman", "apk", "emerge", "opkg", "rpm", "dpkg",
    "mkdir", "cp", "mv", "rm", "ln", "touch", "chmod", "chown", "tee", "install", "sleep", "wait", "date", "clear",
    "grep", "egrep", "sed", "awk", "cut", "tr", "head", "tail", "sort", "uniq", "wc", "less", "more", "watch", "xargs",
    "vi", "vim", "nano", "emacs", "ping", "ping6", "curl", "wget", "nc", "ncat", "telnet", "ssh", "nmap", "traceroute",
    "dig", "host", "nslookup", "ss", "netstat", "tcpdump", "lsof", "ps", "top", "uname", "hostname", "whoami", "id",
    "which", "type", "man", "alias", "unset", "shift", "local", "declare", "crontab", "chkconfig", "update-rc.d",
    "iptables-save", "ip6tables-save", "iptables-xml", "dmesg", "journalctl", "logger", "sudo", "su",
})  # fmt: skip

Kind = Literal["nothing", "makes-set", "destroys-set", "anything"]


@dataclass(frozen=True, slots=True)
class Effect:
    """What a command does: `name` is that of the set it creates or destroys, empty for all. `is_new`: it fails if the
    set already exists.
    """

    kind: Kind
    name: str = ""
    is_new: bool = False


def effect_of(command: Command) -> Effect:
    """What a command of another program may do to the rules and to what they use."""
    words = [word.text for word in command.words]
    program = words[0].rpartition("/")[2]
    if program == "ipset":
        may_exist = any(word in ("-exist", "-!", "--exist") for word in words)
        return _ipset([word for word in words[1:] if word[:1] != "-" or word in ("-N", "-X")], may_exist=may_exist)
    # The lines of a text for `ipset restore`.
    if program == "create" and len(words) > 2 and ":" in words[2]:
        return Effect("makes-set", words[1])
    if program == "add" and len(words) == 3:
        return Effect("nothing")
    return Effect("nothing" if program in _HARMLESS else "anything")


def _ipset(words: list[str], *, may_exist: bool) -> Effect:
    """ipset(8): `create` (`n`, `-N`) and `destroy` (`x`, `-X`); a set may be swapped with or renamed to another."""
    action, name = words[0] if words else "", words[1] if len(words) > 1 else ""
    if action in ("create", "n", "-N") and name:
        return Effect("makes-set", name, is_new=not may_exist)
    if action in ("destroy", "x", "-X"):
        return Effect("destroys-set", name)
    if action in ("rename", "e", "swap", "w") and len(words) > 2:
        return Effect("makes-set", words[2])
    return Effect("nothing")
