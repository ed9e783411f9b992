"""An experiment: which rules are tried where, what is sent, and what is expected. Data, and no more.

Experiments are in a file of TOML beside their page (`reading.py` reads it; PROVING.md is its manual).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from ipaddress import IPv4Interface, IPv6Interface
from typing import Any, Literal

from drytables.diagnostics.source import Span

Protocol = Literal["tcp", "udp", "icmp"]
Family = Literal["ipv4", "ipv6"]
#: Whether the commands are those that the page tells its reader to type today, or those that its author wrote.
Form = Literal["corrected", "written"]

_NOWHERE = Span(0, 0)

#: What is expected of a connection, or was seen of it: its source where it arrived, where it arrived, or its verdict.
Label = str
#: How a connection ended for whoever opened it: with an answer, with a refusal, or without a word.
Verdict = Literal["answered", "refused", "dropped"]


@dataclass(frozen=True, slots=True)
class Interface:
    """A network interface of a host, with its addresses."""

    name: str
    addresses: tuple[IPv4Interface | IPv6Interface, ...]


@dataclass(frozen=True, slots=True)
class Host:
    """A machine of the experiment: a network namespace of its own."""

    name: str
    interfaces: tuple[Interface, ...]


@dataclass(frozen=True, slots=True)
class Use:
    """One snippet of the page: its number from 1 or the id on its fence, in which form, and on which host it is run."""

    snippet: int | str
    form: Form
    on: str
    span: Span = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class SetUp:
    """A command that prepares a host, as words."""

    on: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Expectation:
    """Something that can turn out to be false. What `wanted` is depends on the name, one of `expectations.KINDS`.

    `alpha` is the probability with which an experiment that does what is expected is called false by chance.
    """

    name: str
    wanted: Mapping[str, int] | Mapping[str, Fraction] | tuple[Label, ...] | int
    alpha: float = 0.0


@dataclass(frozen=True, slots=True)
class Traffic:
    """Connections that are opened one after another, `every` so many seconds.

    `sender` is a host, and `to` a host or an address. Each connection sends `packets` messages and waits for an answer
    to each; it stays open until all are through if `hold`. `source` and `source_port` are None where the kernel of the
    sender chooses. `mark` is what the sender's socket puts on its packets.
    """

    protocol: Protocol
    connections: int
    sender: str
    to: str
    family: Family
    port: int
    packets: int = 1
    every: float = 0.0
    hold: bool = False
    source: str | None = None
    source_port: int | None = None
    mark: int = 0
    expectations: tuple[Expectation, ...] = ()

    @property
    def words(self) -> str:
        """What is sent, in words: `300 TCP connections from machine to server, port 80`."""
        noun = "connection" if self.protocol == "tcp" else "ping" if self.protocol == "icmp" else "conversation"
        kind = "" if self.protocol == "icmp" else f"{self.protocol.upper()} "
        count = f"{self.connections:,} {kind}{noun}{'' if self.connections == 1 else 's'}"
        port = "" if self.protocol == "icmp" else f", port {self.port}"
        packets = f", {self.packets} packets each" if self.packets > 1 else ""
        version = " over IPv6" if self.family == "ipv6" else ""
        return f"{count} from {self.sender} to {self.to}{port}{version}{packets}"


@dataclass(frozen=True, slots=True)
class Experiment:
    """One experiment of a page.

    `wires` are the interfaces that are connected, each as `host.interface`. `snippets` are run on their hosts in that
    order; none stand for all that are on the page. `values` stand for placeholders in their commands. `before` is run
    before them, and `after` after them. `data` is its table as it was written, and `span` its place in the file.
    """

    title: str
    hosts: tuple[Host, ...]
    wires: tuple[tuple[str, ...], ...]
    on: str
    snippets: tuple[Use, ...]
    values: Mapping[str, str]
    before: tuple[SetUp, ...]
    after: tuple[SetUp, ...]
    traffic: tuple[Traffic, ...]
    data: Mapping[str, Any]
    span: Span = _NOWHERE

    def host(self, name: str) -> Host:
        """The host of a name. Raises KeyError."""
        for host in self.hosts:
            if host.name == name:
                return host
        raise KeyError(name)
