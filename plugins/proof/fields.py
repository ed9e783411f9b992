"""What a field of an experiment can be: one function for each kind of value, which returns it as the program uses it,
or raises BadValue with what is wrong with it.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from fractions import Fraction
from ipaddress import IPv4Interface, IPv6Interface, ip_address, ip_interface
from typing import Any, get_args

from drytables.configuration.suggestion import suggestion
from drytables.configuration.values import BadValue, Reader, each_of, kind_of, one_of, text

from .experiment import Family, Host, Interface, Protocol, SetUp, Verdict

_HOST = re.compile(r"[a-z][a-z0-9-]{0,30}")
#: As the kernel takes it, but without what a shell or a rule would read otherwise.
_INTERFACE = re.compile(r"(?!lo$)[A-Za-z0-9][A-Za-z0-9_.-]{0,14}")
_MARK = re.compile(r"0x[0-9a-fA-F]{1,8}|[0-9]{1,10}")
#: What may prepare a host: programs that act on their own network namespace only.
PREPARING = (
    "ip", "tc", "nft", "ipset", "sysctl", "conntrack",
    "iptables", "ip6tables", "iptables-restore", "ip6tables-restore",
)  # fmt: skip
#: A host has no more ports than 28,232 to open connections to one place from, and keeps each for a minute.
_MOST_CONNECTIONS = 20_000
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


def boolean(value: Any, _: object) -> bool:
    """`true` or `false`."""
    if not isinstance(value, bool):
        raise BadValue(f"a boolean is expected, not {kind_of(value)}", "write true or false")
    return value


def number(least: int, most: int) -> Reader:
    """A whole number in a range."""

    def read(value: Any, _: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise BadValue(f"a whole number is expected, not {kind_of(value)}", f"write one from {least:,} to {most:,}")
        if not least <= value <= most:
            raise BadValue(f"{value} is out of range", f"write a number from {least:,} to {most:,}")
        return value

    return read


count = number(0, _MOST_CONNECTIONS)
connections = number(1, _MOST_CONNECTIONS)
port = number(1, 65535)


def seconds(value: Any, _: object) -> float:
    """A time, in seconds."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadValue(f"a number of seconds is expected, not {kind_of(value)}", "write it as in 0.5")
    if not 0 <= value <= 60:
        raise BadValue(f"{value} is out of range", "write a number of seconds from 0 to 60")
    return float(value)


def mark(value: Any, _: object) -> int:
    """A mark of a packet, as a number or as iptables prints it."""
    if isinstance(value, str) and _MARK.fullmatch(value):
        value = int(value, 0) if value.startswith("0x") else int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 1 << 32:
        raise BadValue("a mark is a number of 32 bits", 'write it as in 1 or "0x1"')
    return value


def protocol(value: Any, read: object) -> Protocol:
    """What is sent."""
    return one_of(get_args(Protocol), value, read, "protocol")


def family(value: Any, read: object) -> Family:
    """Over which protocol of the internet."""
    return one_of(get_args(Family), value, read, "family")


def address(value: Any, read: object) -> str:
    """An address, in its usual form."""
    word = text(value, read)
    try:
        return str(ip_address(word))
    except ValueError:
        raise BadValue(f"`{word}` is not an address", 'write one as in "192.0.2.7"') from None


def host_name(value: Any, read: object) -> str:
    """The name of a host; whether there is such a host is asked later."""
    return text(value, read)


def hosts(value: Any, read: object) -> tuple[Host, ...]:
    """A table of hosts, each a table of its interfaces with their addresses."""
    table = _table(value, 'write hosts.machine.eth0 = "192.0.2.1/24"')
    bad = _wrong_names(table, _HOST, "is not a name for a host", "write lower-case letters, digits and hyphens")
    found = each_of(_interfaces, table, read, bad)
    return tuple(Host(name, interfaces) for name, interfaces in found.items())


def _interfaces(value: Any, read: object) -> tuple[Interface, ...]:
    table = _table(value, 'write its interfaces, as in eth0 = "192.0.2.1/24"')
    bad = _wrong_names(table, _INTERFACE, "is not a name for an interface", "it has up to 15 letters and digits")
    found = each_of(_addresses, table, read, bad)
    return tuple(Interface(name, addresses) for name, addresses in found.items())


def _addresses(value: Any, read: object) -> tuple[IPv4Interface | IPv6Interface, ...]:
    if isinstance(value, list):
        return tuple(each_of(_with_network, dict(enumerate(value)), read).values())
    return (_with_network(value, read),)


def _with_network(value: Any, read: object) -> IPv4Interface | IPv6Interface:
    word = text(value, read)
    try:
        found = ip_interface(word)
    except ValueError:
        raise BadValue(f"`{word}` is not an address with its network", 'write it as in "192.0.2.1/24"') from None
    if "/" not in word:
        raise BadValue(f"the network of `{word}` is missing", f'write "{word}/{24 if found.version == 4 else 64}"')
    return found


def wires(value: Any, read: object) -> tuple[tuple[str, ...], ...]:
    """A list of wires, each a list of the interfaces on it; whether there are such is asked later."""
    if not isinstance(value, list):
        raise BadValue(f"a list is expected, not {kind_of(value)}", 'write [["client.eth0", "machine.eth1"]]')
    return tuple(each_of(_wire, dict(enumerate(value)), read).values())


def _wire(value: Any, read: object) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) < 2:
        raise BadValue("a wire connects two interfaces or more", 'write ["client.eth0", "machine.eth1"]')
    return tuple(each_of(text, dict(enumerate(value)), read).values())


def snippet(value: Any, _: object) -> int | str:
    """A snippet of the page: its number from 1, or the id on its fence."""
    if isinstance(value, bool) or not isinstance(value, int | str) or value == "":
        raise BadValue(f"the number of a snippet is expected, not {kind_of(value)}", 'write 1, or "id" for {#id}')
    if isinstance(value, int) and value < 1:
        raise BadValue("snippets are counted from 1", "write 1 for the first")
    return value


def placeholders(value: Any, read: object) -> Mapping[str, str]:
    """A table of placeholders, and what stands in their place."""
    return each_of(text, _table(value, 'write values."$WAN" = "eth0"'), read)


def commands(value: Any, read: object) -> tuple[SetUp, ...]:
    """Commands that prepare hosts: lines, or tables of lines by host. An empty host stands for that with the rules."""
    if isinstance(value, dict):
        found = each_of(_lines, value, read)
        return tuple(SetUp(host, words) for host, some in found.items() for words in some)
    return tuple(SetUp("", words) for words in _lines(value, read))


def _lines(value: Any, read: object) -> tuple[tuple[str, ...], ...]:
    if isinstance(value, str):
        return (_command(value, read),)
    if not isinstance(value, list):
        raise BadValue(f"a list of commands is expected, not {kind_of(value)}", 'write ["ip route add ..."]')
    return tuple(each_of(_command, dict(enumerate(value)), read).values())


def _command(value: Any, read: object) -> tuple[str, ...]:
    line = text(value, read)
    try:
        words = tuple(shlex.split(line))
    except ValueError:
        raise BadValue("a quote in this command is not closed", "close it") from None
    if words[:1] == () or words[0] not in PREPARING:
        name = words[0] if words else line
        known = f"{', '.join(PREPARING[:-1])} and {PREPARING[-1]} may prepare a host, without a shell"
        raise BadValue(f"`{name}` is not run here", suggestion(name, PREPARING, known))
    return words


def labels(value: Any, read: object) -> tuple[str, ...]:
    """A list of what is expected of connections, in their order."""
    if not isinstance(value, list) or not value:
        raise BadValue("a list of sources is expected", 'write ["192.0.2.1", "192.0.2.2"]')
    return tuple(each_of(_label, dict(enumerate(value)), read).values())


def _label(value: Any, read: object) -> str:
    return label(text(value, read))


def label(word: str) -> str:
    """A label in its usual form: an address, a verdict, or `host:port`. Raises BadValue."""
    if word in VERDICTS:
        return word
    try:
        return str(ip_address(word))
    except ValueError:
        pass
    if re.fullmatch(r".+:\d+", word):
        return word
    known = f"write an address, a place as in server:80, or {', '.join(VERDICTS[:-1])} or {VERDICTS[-1]}"
    raise BadValue(f"`{word}` is nothing that can be seen of a connection", suggestion(word, VERDICTS, known))


def counts_by_place(value: Any, read: object) -> Mapping[str, int]:
    """A table of places, as in `server:80`, each with how many connections are expected to arrive there."""
    return each_of(count, _table(value, 'write { "server:80" = 100 }'), read)


def counts_by_address(value: Any, read: object) -> Mapping[str, int]:
    """A table of sources, each with how many connections are expected to come from it."""
    table = _table(value, 'write { "192.0.2.1" = 100 }')
    bad = [BadValue(f"`{name}` is not an address", 'write one as in "192.0.2.7"', (name,), is_key=True)
           for name in table if not _is_address(name)]  # fmt: skip
    return {str(ip_address(name)): found for name, found in each_of(count, table, read, bad).items()}


def counts_by_name(value: Any, read: object) -> Mapping[str, int] | int:
    """A number, or a table of names, each with a number."""
    if isinstance(value, dict):
        return each_of(count, value, read)
    return int(count(value, read))


def counts_by_mark(value: Any, read: object) -> Mapping[str, int]:
    """A table of marks, each with how many connections are expected to have it."""
    table = _table(value, 'write { "0x1" = 100 }')
    bad = _wrong_names(table, _MARK, "is not a mark", 'write one as in "0x1"')
    return {hex(mark(name, read)): found for name, found in each_of(count, table, read, bad).items()}


def shares(value: Any, read: object) -> Mapping[str, Fraction]:
    """A table of labels, each with the share of the connections that is expected of it."""
    found: Mapping[str, Fraction] = _by_label(_share, value, read, 'write { "192.0.2.1" = "1/3" }')
    if not found:
        raise BadValue("no share says nothing", 'write { "192.0.2.1" = "1/3" }')
    if sum(found.values()) > 1 + Fraction(1, 1000):
        raise BadValue("these shares are more than the whole", 'write a third as "1/3"')
    return found


def _share(value: Any, _: object) -> Fraction:
    try:
        found = Fraction(value) if isinstance(value, str) else Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        raise BadValue(f"a share is expected, not {kind_of(value)}", 'write it as in 0.25 or "1/3"') from None
    if isinstance(value, bool) or not 0 < found < 1:
        raise BadValue(f"{value} is not a share", 'write a number between 0 and 1, or "1/3"')
    return found


def probability(value: Any, _: object) -> float:
    """A probability of error."""
    if isinstance(value, bool) or not isinstance(value, float) or not 0 < value <= 0.1:
        raise BadValue("a probability is expected", "write how often chance may fail a good experiment, as in 1e-6")
    return value


def table(value: Any, _: object) -> dict[str, Any]:
    """A table whose names are read later."""
    return _table(value, "write a table")


def tables(value: Any, _: object) -> list[dict[str, Any]]:
    """A table, or a list of tables, whose names are read later."""
    found = [value] if isinstance(value, dict) else value
    if not isinstance(found, list) or not found or not all(isinstance(each, dict) for each in found):
        raise BadValue("a table, or a list of tables, is expected", "write a table")
    return found


def uses(value: Any, read: object) -> list[dict[str, Any]]:
    """A list of snippets, each a number, an id, or a table that says more of it."""
    found = value if isinstance(value, list) else [value]
    if not found:
        raise BadValue("a list of no snippets says nothing", "remove it, and all of the page are tried; or name some")
    plain = {at: each for at, each in enumerate(found) if not isinstance(each, dict)}
    read_ones = each_of(snippet, plain, read)
    return [each if isinstance(each, dict) else {"snippet": read_ones[at]} for at, each in enumerate(found)]


def _by_label(reader: Reader, value: Any, read: object, example: str) -> dict[str, Any]:
    given = _table(value, example)
    bad: list[BadValue] = []
    names: dict[str, str] = {}
    for name in given:
        try:
            names[name] = label(name)
        except BadValue as wrong:
            wrong.way, wrong.is_key = (name,), True
            bad.append(wrong)
    return {names[name]: found for name, found in each_of(reader, given, read, bad).items()}


def _wrong_names(table: Mapping[str, Any], right: re.Pattern[str], message: str, help: str) -> list[BadValue]:
    return [BadValue(f"`{name}` {message}", help, (name,), is_key=True) for name in table if not right.fullmatch(name)]


def _table(value: Any, example: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadValue(f"a table is expected, not {kind_of(value)}", example)
    return value


def _is_address(word: str) -> bool:
    try:
        return bool(ip_address(word))
    except ValueError:
        return False
