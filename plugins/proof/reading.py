"""Reads a file of experiments: the experiments in it, or all that is wrong with them, each fault at its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from ipaddress import ip_address
from typing import Any

from drytables.configuration.suggestion import suggestion
from drytables.configuration.toml_places import Way, places
from drytables.configuration.toml_tables import Fault, Known, parsed, read_names, told
from drytables.configuration.values import Reader, kind_of, one_of, text
from drytables.diagnostics.diagnostic import Diagnostic
from drytables.diagnostics.source import Source, Span

from . import fields
from .chance import range_of
from .codes import BAD_FIELD_OF_EXPERIMENT, INCOMPLETE_EXPERIMENT, UNKNOWN_FIELD_OF_EXPERIMENT
from .expectations import KINDS
from .experiment import Expectation, Experiment, Family, Host, SetUp, Traffic, Use
from .network import USUAL_HOSTS, wires_by_network

#: The host that has the rules, and those that traffic comes from and goes to, where there are such and nobody says.
_MACHINE, _CLIENT, _SERVER = "machine", "client", "server"
#: How often chance may fail an experiment that does what is expected: once in a million runs.
_USUAL_ALPHA = 1e-6
_USUAL_PORT = 80

_OF_EXPERIMENT: dict[str, Reader] = {
    "title": text,
    "hosts": fields.hosts,
    "wires": fields.wires,
    "on": fields.host_name,
    "snippets": fields.uses,
    "values": fields.placeholders,
    "before": fields.commands,
    "after": fields.commands,
    "traffic": fields.tables,
}
_OF_USE: dict[str, Reader] = {
    "snippet": fields.snippet,
    "form": lambda value, read: one_of(("corrected", "written"), value, read, "form"),
    "on": fields.host_name,
}
_OF_TRAFFIC: dict[str, Reader] = {
    "protocol": fields.protocol,
    "connections": fields.connections,
    "from": fields.host_name,
    "to": fields.host_name,
    "port": fields.port,
    "family": fields.family,
    "packets": fields.number(1, 1000),
    "every": fields.seconds,
    "hold": fields.boolean,
    "source": fields.address,
    "source-port": fields.port,
    "mark": fields.mark,
    "expect": fields.table,
}
_OF_EXPECT: dict[str, Reader] = {**{name: kind.reader for name, kind in KINDS.items()}, "alpha": fields.probability}
#: What people call the same.
_OTHER_NAMES = {
    "name": "title", "links": "wires", "host": "on", "machine": "on", "fence": "snippets", "snippet": "snippets",
    "rules": "snippets", "setup": "before", "send": "traffic", "count": "connections", "proto": "protocol",
    "dport": "port", "sport": "source-port", "interval": "every", "expected": "expect", "expects": "expect",
    "source": "sources", "destination": "reached", "redirected": "reached", "rejected": "refused", "log": "logged",
    "accepted": "answered", "sequence": "order", "tolerance": "alpha", "src": "source", "dst": "to",
}  # fmt: skip


def read_experiments(source: Source) -> tuple[Experiment, ...] | tuple[Diagnostic, ...]:
    """The experiments in a text of TOML, in order; or, if anything is wrong, all that is."""
    data = parsed(source)
    if isinstance(data, Diagnostic):
        return (data,)
    reading = _Reading()
    found = tuple(reading.experiments(data))
    if reading.faults:
        return told(reading.faults, source)
    where = places(source)
    return tuple(_placed(each, at, where) for at, each in enumerate(found))


def _placed(experiment: Experiment, at: int, where: Mapping[Way, Any]) -> Experiment:
    """An experiment that knows where it and the snippets it uses are named."""
    way: Way = ("experiment", at)

    def span(*more: str | int) -> Span:
        place = where.get((*way, *more)) or where[way]
        return Span(*place.value)

    uses = tuple(
        replace(use, span=span("snippets", number) if (*way, "snippets", number) in where else span("snippets"))
        for number, use in enumerate(experiment.snippets)
    )
    return replace(experiment, span=span("title"), snippets=uses)


class _Reading:
    """Reads one file; `faults` are those found so far."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def experiments(self, data: Mapping[str, Any]) -> Iterator[Experiment]:
        """The experiments in a file."""
        given = self.names(data, {"experiment": fields.tables}, (), "table", {"experiments": "experiment"})
        if not given and not self.faults:
            self.faults.append(Fault(INCOMPLETE_EXPERIMENT, (), "there is no experiment here", "write [[experiment]]"))
        titles: set[str] = set()
        for at, table in enumerate(given.get("experiment", ())):
            yield self.experiment(table, ("experiment", at), titles)

    def experiment(self, table: Mapping[str, Any], way: Way, titles: set[str]) -> Experiment:
        """One experiment; what is wrong with it goes to the faults."""
        given = self.names(table, _OF_EXPERIMENT, way, "field of an experiment")
        title = given.get("title", "")
        if "title" not in table:
            self.incomplete(way, "this experiment has no `title`", 'write in a few words what it shows: title = "..."')
        elif title in titles:
            self.bad((*way, "title"), "another experiment has this title", "give each a title of its own")
        titles.add(title)
        hosts: tuple[Host, ...] = given.get("hosts", () if "hosts" in table else USUAL_HOSTS)
        names = [host.name for host in hosts]
        on = self.host(given.get("on"), names, (*way, "on"), (_MACHINE,), "has the rules")
        snippets = tuple(self.uses(given.get("snippets", ()), names, on, way))
        if "traffic" not in table:
            self.incomplete(way, "this experiment has no traffic", "write [[experiment.traffic]] below it")
        is_list = isinstance(table.get("traffic"), list)
        traffic = tuple(
            self.traffic(each, (*way, "traffic", *((at,) if is_list else ())), hosts)
            for at, each in enumerate(given.get("traffic", ()))
        )
        before, after = (
            tuple(self.set_up(given.get(name, ()), names, on, (*way, name))) for name in ("before", "after")
        )
        wires, values = self.wires(given.get("wires"), hosts, (*way, "wires")), given.get("values", {})
        return Experiment(title, hosts, wires, on, snippets, values, before, after, traffic, dict(table))

    def uses(self, given: Iterable[Mapping[str, Any]], names: list[str], on: str, way: Way) -> Iterator[Use]:
        """The snippets that an experiment uses."""
        for at, each in enumerate(given):
            here = (*way, "snippets", at)
            read = self.names(each, _OF_USE, here, "field of a snippet")
            if "snippet" not in each:
                self.incomplete(here, "this does not say which snippet", "write snippet = 1")
            host = self.host(read["on"], names, (*here, "on"), (), "") if "on" in read else on
            yield Use(read.get("snippet", 1), read.get("form", "corrected"), host)

    def set_up(self, given: Iterable[SetUp], names: list[str], on: str, way: Way) -> Iterator[SetUp]:
        """The commands that prepare hosts."""
        for each in given:
            yield SetUp(self.host(each.on, names, (*way, each.on), (), "") if each.on else on, each.words)

    def traffic(self, table: Mapping[str, Any], way: Way, hosts: tuple[Host, ...]) -> Traffic:
        """One kind of traffic."""
        given = self.names(table, _OF_TRAFFIC, way, "field of traffic")
        names = [host.name for host in hosts]
        sender = self.host(given.get("from"), names, (*way, "from"), (_CLIENT, _MACHINE), "sends")
        to = self.destination(given.get("to"), names, (*way, "to"))
        protocol = given.get("protocol", "tcp")
        if protocol == "icmp" and ("port" in given or "source-port" in given):
            self.bad(
                (*way, "port" if "port" in given else "source-port"), "icmp has no ports", "remove it", is_key=True
            )
        expectations = self.expectations(given.get("expect", {}), (*way, "expect"), names)
        self.could_be_false(expectations, given.get("connections", 1), (*way, "expect"))
        if "expect" not in table or not (expectations or self.faults):
            self.incomplete(
                way, "nothing is expected of this traffic", "write expect = { answered = 1 }, or more of it"
            )
        return Traffic(
            protocol, given.get("connections", 1), sender, to, self.family(given, to, way),
            port=0 if protocol == "icmp" else given.get("port", _USUAL_PORT),
            packets=given.get("packets", 1), every=given.get("every", 0.0), hold=given.get("hold", False),
            source=given.get("source"), source_port=given.get("source-port"), mark=given.get("mark", 0),
            expectations=expectations,
        )  # fmt: skip

    def family(self, given: Mapping[str, Any], to: str, way: Way) -> Family:
        """Over which protocol traffic goes, which an address says as well."""
        addresses = {name: given[name] for name in ("source",) if name in given}
        if _is_address(to):
            addresses["to"] = to
        named: Family | None = given.get("family")
        for name, address in addresses.items():
            of_address: Family = "ipv4" if ip_address(address).version == 4 else "ipv6"
            if named is not None and named != of_address:
                self.bad((*way, name), f"`{address}` is not an address of {named}", f'write family = "{of_address}"')
            named = of_address
        return named or "ipv4"

    def expectations(self, table: Mapping[str, Any], way: Way, names: list[str]) -> tuple[Expectation, ...]:
        """What is expected of traffic."""
        given = self.names(table, _OF_EXPECT, way, "expectation")
        alpha = given.pop("alpha", _USUAL_ALPHA)
        if "alpha" in table and "shares" not in table:
            self.bad((*way, "alpha"), "`alpha` is for shares only", "remove it", is_key=True)
        for name, wanted in given.items():
            for label in wanted if isinstance(wanted, Mapping | tuple) and KINDS[name].is_of_labels else ():
                self.place(label, names, (*way, name, label) if isinstance(wanted, Mapping) else (*way, name))
        return tuple(
            Expectation(name, wanted, alpha if KINDS[name].is_of_chance else 0.0) for name, wanted in given.items()
        )

    def could_be_false(self, expectations: Iterable[Expectation], connections: int, way: Way) -> None:
        """Look whether there are enough connections for chance not to allow everything."""
        for each in expectations:
            if not isinstance(each.wanted, Mapping) or not KINDS[each.name].is_of_chance:
                continue
            alpha = each.alpha / len(each.wanted)
            for label, share in each.wanted.items():
                if range_of(Fraction(share), connections, alpha) == (0, connections):
                    message = f"of {connections} connections, chance allows any number to be {label}"
                    self.bad((*way, each.name, label), message, "send more, such as 1,000", is_key=True)

    def place(self, label: str, names: list[str], way: Way) -> None:
        """Look whether the host in a label is one."""
        host = label.rpartition(":")[0] if not _is_address(label) and ":" in label else label
        if host not in names and host not in fields.VERDICTS and not _is_address(host.strip("[]")):
            help = suggestion(host, names, f"the hosts are {', '.join(f'`{each}`' for each in names)}")
            self.bad(way, f"there is no host `{host}`", help, is_key=True)

    def wires(self, given: Any, hosts: tuple[Host, ...], way: Way) -> tuple[tuple[str, ...], ...]:
        """The wires that are named, or else those that the addresses tell."""
        if given is None:
            return wires_by_network(hosts)
        ends = [f"{host.name}.{interface.name}" for host in hosts for interface in host.interfaces]
        seen: set[str] = set()
        for at, wire in enumerate(given):
            for number, end in enumerate(wire):
                if end not in ends:
                    known = f"the interfaces are {', '.join(f'`{each}`' for each in ends)}"
                    self.bad((*way, at, number), f"there is no interface `{end}`", suggestion(end, ends, known))
                elif end in seen:
                    self.bad((*way, at, number), f"`{end}` is on a wire already", "an interface is on one wire")
                seen.add(end)
        return tuple(given)

    def host(self, name: str | None, names: list[str], way: Way, usual: tuple[str, ...], does: str) -> str:
        """A host by its name, or the first of the usual ones that there is."""
        known = f"the hosts are {', '.join(f'`{each}`' for each in names)}"
        if name is None:
            found = next((each for each in usual if each in names), None)
            if found is None and names:
                help = f"write {way[-1]} = ...; {known}"
                self.incomplete(way[:-1], f"this does not say which host {does}", help)
            return found or ""
        if names and name not in names:
            self.bad(way, f"there is no host `{name}`", suggestion(name, names, known))
        return name

    def destination(self, name: str | None, names: list[str], way: Way) -> str:
        """A host or an address."""
        if name is not None and _is_address(name):
            return str(ip_address(name))
        return self.host(name, names, way, (_SERVER,), "receives")

    def names(
        self, table: Any, readers: Mapping[str, Reader], way: Way, noun: str, others: Mapping[str, str] = _OTHER_NAMES
    ) -> dict[str, Any]:
        """What can be used of a table."""
        if not isinstance(table, dict):
            self.bad(way, f"a table is expected, not {kind_of(table)}", "write a table")
            return {}
        return read_names(
            table,
            Known(noun, readers, UNKNOWN_FIELD_OF_EXPERIMENT, BAD_FIELD_OF_EXPERIMENT, others),
            None,
            way,
            self.faults,
        )

    def bad(self, way: Way, message: str, help: str, *, is_key: bool = False) -> None:
        """Note a value that cannot be."""
        self.faults.append(Fault(BAD_FIELD_OF_EXPERIMENT, way, message, help, is_key))

    def incomplete(self, way: Way, message: str, help: str) -> None:
        """Note what is missing."""
        self.faults.append(Fault(INCOMPLETE_EXPERIMENT, way, message, help, is_key=True))


def _is_address(word: str) -> bool:
    try:
        return bool(ip_address(word))
    except ValueError:
        return False
