"""Names used as placeholders where a value is expected: `--dport PORT`, `-P CHAIN DROP`, `-D INPUT rule-number`.

Such a name may also be the real name of a chain or an interface, so it counts as a placeholder only where iptables
would refuse it.
"""

from __future__ import annotations

from functools import lru_cache
from unicodedata import combining, normalize

from ..judging.verdict import Verdict
from ..reading.pattern import pattern
from ..reading.word import Command, Word
from .judge import Judge

#: Words for a value, in the languages that most posts are written in.
_VALUES = frozenset({
    "ip", "ipv4", "ipv6", "addr", "address", "port", "ports", "interface", "iface", "intf", "nic", "device",
    "dev", "subnet", "network", "net", "cidr", "netmask", "mask", "prefix", "host", "hostname", "domain", "chain",
    "chainname", "chains", "rule", "rulenum", "rulenumber", "rulespec", "specification", "number", "num", "no",
    "n", "nr", "table", "tablename", "target", "match", "module", "protocol", "proto", "name", "user", "username",
    "uid", "gid", "group", "mac", "mark", "value", "string", "text", "source", "src", "destination", "dest",
    "dst", "state", "states", "limit", "rate", "policy", "option", "options", "parameter", "parameters",
    "criteria", "command", "comment", "id", "foo", "bar", "foobar", "here", "something", "whatever", "index",
    "position", "line", "range", "pattern", "puerto", "puertos", "porta", "porto", "direccion", "adresse",
    "endereco", "indirizzo", "interfaz", "interfaccia", "schnittstelle", "red", "rede", "reseau", "netz",
    "netzwerk", "servidor", "serveur", "cadena", "cadeia", "chaine", "catena", "kette", "regla", "regra", "regle",
    "regel", "regola", "numero", "nummer", "nombre", "nome", "tabla", "tabela", "tabelle", "protocolo",
    "protocole", "protokoll",
})  # fmt: skip
_QUALIFIERS = frozenset({
    "your", "my", "new", "old", "the", "a", "an", "any", "some", "this", "that", "first", "second", "public",
    "private", "local", "remote", "external", "internal", "wan", "lan", "vpn", "server", "client", "gateway",
    "router", "peer", "allowed", "trusted", "blocked", "banned", "attacker", "bad", "custom", "specific", "start",
    "end", "min", "max", "from", "to", "in", "out", "input", "output", "listen", "forward", "original", "real",
    "existing", "current", "tu", "su", "votre", "ton", "dein", "deine", "ihre", "de", "del", "do", "da", "la",
    "le", "el", "der", "die", "das", "of", "for", "and", "or",
})  # fmt: skip
_SEPARATORS = pattern(r"[-_.:/,=\\ ]+|(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=\d)")
_LETTERS = pattern(r"([xXyYzZnN#?])\1+")
#: The most placeholders in one command; a bound, so that judging comes to an end.
_MOST = 12


@lru_cache(maxsize=4096)
def is_placeholder_name(text: str) -> bool:
    """Whether a word consists of words for values, such as `server-port`, `IP:PORT` or `xxxx`, or ends with one."""
    plain = text if text.isascii() else "".join(char for char in normalize("NFKD", text) if not combining(char))
    parts = [part for part in _SEPARATORS.split(plain) if part]
    names = [part.lower() for part in parts if not part.isdecimal()]
    values = [name in _VALUES or bool(_LETTERS.fullmatch(name)) for name in names]
    if len(names) > 1 and all(map(str.isalpha, names)) and names[-1] in _VALUES:
        return True
    return any(values) and all(value or name in _QUALIFIERS for name, value in zip(names, values, strict=True))


def with_implied_holes(command: Command, judge: Judge) -> Command:
    """The command, with a hole for each placeholder name that would be refused as a value."""
    for word in command.words:
        if not word.holes and _may_be_placeholder(word.text):
            break
    else:
        return command
    filled = command
    for _ in range(_MOST):
        verdict = judge.verdict(filled)
        refusal = verdict.refusal
        if refusal is None:
            return _with_unknown_hosts(filled, verdict)
        if "value" not in refusal.code.about:
            return filled
        words = tuple(
            word.as_hole()
            if not word.holes and _covers(word, refusal.span.start, refusal.span.end) and _may_be_placeholder(word.text)
            else word
            for word in filled.words
        )
        if words == filled.words:
            return filled
        filled = filled._replace(words=words)
    return filled


def _with_unknown_hosts(command: Command, verdict: Verdict) -> Command:
    """The command, with a hole for a host whose name is one that posts use as a placeholder."""
    hosts = {need.name for need in verdict.needs if need.kind == "host"}
    words = tuple(
        word.as_hole()
        if not word.holes and word.text.partition("/")[0] in hosts and is_placeholder_name(word.text)
        else word
        for word in command.words
    )
    return command._replace(words=words) if hosts else command


def _covers(word: Word, start: int, end: int) -> bool:
    return word.span.start < max(end, start + 1) and start < word.span.end


@lru_cache(maxsize=4096)
def _may_be_placeholder(text: str) -> bool:
    """Whether a word, without the option that it is attached to, is such a name."""
    return is_placeholder_name(text.partition("=")[2] if text.startswith("--") else text)
