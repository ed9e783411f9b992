"""What the laboratory is asked to do, and what it answers: data that JSON can hold."""

from __future__ import annotations

from typing import TypedDict


class PlannedHost(TypedDict):
    """A host: its interfaces with their addresses, whether it forwards, and the addresses of its gateways."""

    interfaces: dict[str, list[str]]
    forwards: bool
    gateways: list[str]


class PlannedCommand(TypedDict):
    """A command: on which host, its words, what it reads from standard input, and whether it may fail.

    `shown` is the command as the page has it; `program` is run in the place of its first word.
    """

    on: str
    shown: str
    program: str
    arguments: list[str]
    text: str
    may_fail: bool


class PlannedTraffic(TypedDict):
    """Connections, as `proof.experiment.Traffic` says, to an address."""

    protocol: str
    connections: int
    sender: str
    address: str
    family: str
    port: int
    packets: int
    every: float
    hold: bool
    source: str
    source_port: int
    mark: int


class Plan(TypedDict):
    """One experiment with one backend. `wires` are interfaces as `host.interface`; every host listens to `ports`.

    The rules are on the host `on`. `groups` are those of NFLOG that rules write to, `counting` the programs that print
    the rules with their counters (`iptables-legacy-save -c`), and `marks` the kinds of marks that are observed.
    """

    hosts: dict[str, PlannedHost]
    wires: list[list[str]]
    on: str
    commands: list[PlannedCommand]
    traffic: list[PlannedTraffic]
    ports: list[int]
    groups: list[int]
    counting: list[list[str]]
    marks: list[str]


class RanCommand(TypedDict):
    """How a command ended: its exit status and what it wrote to standard error."""

    status: int
    said: str


class SeenConnection(TypedDict):
    """How one connection ended, as `proof.seen.Connection` says; what its sender sent it from, before any rule changed
    that (for a ping, the port is its identifier); and `began`: how many seconds after the first.
    """

    verdict: str
    source: str
    host: str
    address: str
    port: int
    reason: str
    mark: int | None
    connmark: int | None
    answers: int
    sent_from: tuple[str, int]
    began: float


class SeenTraffic(TypedDict):
    """What was seen of some traffic."""

    connections: list[SeenConnection]
    logged: dict[str, int]


class Result(TypedDict):
    """What came of a plan: how each command ended, up to the first that failed, and what was seen of the traffic.

    `trouble` says why it could not be tried at all. `disturbed` says that the machine was too busy for the outcome to
    mean anything: the kernel had to send something again.
    """

    commands: list[RanCommand]
    traffic: list[SeenTraffic]
    trouble: str
    disturbed: bool
