"""From an experiment and the snippets of its page to what the laboratory is to do."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence
from itertools import pairwise

from drytables.configuration.suggestion import suggestion
from drytables.diagnostics.diagnostic import Diagnostic, Label

from .backends import BACKENDS, Backend
from .codes import NO_SUCH_SNIPPET
from .experiment import Experiment, Form, SetUp, Traffic, Use
from .lab.plan import Plan, PlannedCommand, PlannedHost, PlannedTraffic
from .network import address_of, gateways, is_router
from .snippets import PageSnippet, Step, Unfilled, argv, used_snippets

#: Options whose value may name a port to which connections are sent.
_TO_A_PORT = re.compile(r"--(?:to(?:-(?:ports?|destination))?|on-port|redirect-port)")
_PORT = re.compile(r"(?:^|:)(\d{1,5})(?:-(\d{1,5}))?$")
_GROUP = "--nflog-group"
#: No rule sends connections to more ports than these that anybody listens to.
_MOST_PORTS = 64


class Unplannable(Exception):
    """An experiment that cannot be tried as it is written; holds the diagnostic, in its file."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


def plan_of(experiment: Experiment, snippets: Sequence[PageSnippet], backend: Backend) -> Plan:
    """What is done to try an experiment. Raises Unplannable, NoSuchSnippet, and NoTranslation if a command has no form
    for the backend.
    """
    commands = [
        *_set_up(experiment.before, backend),
        *_from_snippets(experiment, used_snippets(experiment, snippets), backend),
        *_set_up(experiment.after, backend),
    ]
    typed = commands if backend.programs else plan_of(experiment, snippets, BACKENDS[0])["commands"]
    words = [[each["shown"].split()[0], *each["arguments"], *each["text"].split()] for each in typed]
    ports = {traffic.port for traffic in experiment.traffic if traffic.port}
    groups = {int(group) for some in words for group in _after(some, _GROUP) if group.isdigit()}
    has_nflog = any("NFLOG" in some for some in words)
    kinds = {each.name for traffic in experiment.traffic for each in traffic.expectations}
    return {
        **_network(experiment),
        "commands": commands,
        "traffic": [_traffic(each, experiment) for each in experiment.traffic],
        "ports": sorted(ports | {port for some in words for port in _ports(some)}),
        "groups": sorted(groups or ({0} if has_nflog else set())),
        "counting": [[*each] for each in backend.counting],
        "marks": [kind for kind in ("mark", "connmark") if f"{kind}s" in kinds],
    }


def plan_as_written(experiment: Experiment, snippets: Sequence[PageSnippet], backend: Backend) -> Plan | None:
    """What is done to hear what iptables says to the commands as their author wrote them; None if none is corrected.

    Raises Unplannable and NoSuchSnippet.
    """
    written: Form = "written"
    uses = [
        (Use(use.snippet, written, use.on, use.span), each)
        for use, each in used_snippets(experiment, snippets)
        if use.form == "corrected" and each.is_corrected
    ]
    if not uses:
        return None
    commands = [*_set_up(experiment.before, backend), *_from_snippets(experiment, uses, backend)]
    for each in commands[len(experiment.before) :]:
        each["may_fail"] = True
    return {
        **_network(experiment), "commands": commands, "traffic": [], "ports": [], "groups": [], "counting": [],
        "marks": [],
    }  # fmt: skip


def _network(experiment: Experiment) -> Plan:
    hosts: dict[str, PlannedHost] = {
        host.name: {
            "interfaces": {each.name: [str(address) for address in each.addresses] for each in host.interfaces},
            "forwards": is_router(host, experiment),
            "gateways": [*gateways(host, experiment)],
        }
        for host in experiment.hosts
    }
    return {
        "hosts": hosts, "wires": [[*wire] for wire in experiment.wires], "on": experiment.on, "commands": [],
        "traffic": [], "ports": [], "groups": [], "counting": [], "marks": [],
    }  # fmt: skip


def _set_up(commands: Sequence[SetUp], backend: Backend) -> Iterator[PlannedCommand]:
    for each in commands:
        yield from _commands(each.on, [([*each.words], "", False)], backend)


def _from_snippets(
    experiment: Experiment, uses: Sequence[tuple[Use, PageSnippet]], backend: Backend
) -> Iterator[PlannedCommand]:
    for use, snippet in uses:
        steps = [
            ([*_words(step, experiment, use, snippet)], step.text, step.may_fail) for step in snippet.steps[use.form]
        ]
        yield from _commands(use.on, steps, backend)


def _commands(on: str, commands: Sequence[tuple[list[str], str, bool]], backend: Backend) -> Iterator[PlannedCommand]:
    """What is run for some commands on a host: their words, what they read, and whether they may fail."""
    instead = backend.translate([(words, text) for words, text, _ in commands])
    for (_, _, may_fail), found in zip(commands, instead, strict=True):
        for (program, *arguments), read in found:
            yield {
                "on": on,
                "shown": shlex.join([program, *arguments]),
                "program": backend.program(program),
                "arguments": arguments,
                "text": read,
                "may_fail": may_fail,
            }


def _words(step: Step, experiment: Experiment, use: Use, snippet: PageSnippet) -> tuple[str, ...]:
    where = f"line {step.line} of snippet {snippet.number}"
    if step.doubt:
        help = "try a snippet that says each command once, or write the rules in `after`"
        raise _unplannable(f"{where} cannot be run: {step.doubt}", use, experiment, help)
    try:
        return argv(step, experiment.values)
    except Unfilled as unfilled:
        hole = str(unfilled)
        help = suggestion(hole, experiment.values, f"""write values.'{hole}' = "..." """.rstrip())
        raise _unplannable(f"{where} has `{hole}`, which is not known", use, experiment, help) from None


def _unplannable(message: str, use: Use, experiment: Experiment, help: str) -> Unplannable:
    span = use.span if use.span.end else experiment.span
    return Unplannable(Diagnostic(NO_SUCH_SNIPPET, message, Label(span), help=help))


def _traffic(traffic: Traffic, experiment: Experiment) -> PlannedTraffic:
    return {
        "protocol": traffic.protocol,
        "connections": traffic.connections,
        "sender": traffic.sender,
        "address": destination(traffic, experiment),
        "family": traffic.family,
        "port": traffic.port,
        "packets": traffic.packets,
        "every": traffic.every,
        "hold": traffic.hold,
        "source": traffic.source or "",
        "source_port": traffic.source_port or 0,
        "mark": traffic.mark,
    }


def destination(traffic: Traffic, experiment: Experiment) -> str:
    """The address that traffic is sent to. Raises Unplannable if its host has none of the family."""
    hosts = {host.name: host for host in experiment.hosts}
    if traffic.to not in hosts:
        return traffic.to
    try:
        return address_of(hosts[traffic.to], traffic.family, hosts[traffic.sender])
    except LookupError as error:
        help = f"give {traffic.to} an address of {traffic.family} in `hosts`"
        raise Unplannable(Diagnostic(NO_SUCH_SNIPPET, str(error), Label(experiment.span), help=help)) from None


def _after(words: Sequence[str], option: str) -> Iterator[str]:
    return (value for name, value in pairwise(words) if name == option)


def _ports(words: Sequence[str]) -> Iterator[int]:
    """The ports that a rule may send connections to."""
    for name, value in pairwise(words):
        found = _PORT.search(value) if _TO_A_PORT.fullmatch(name) else None
        if found:
            first, last = int(found[1]), int(found[2] or found[1])
            yield from (port for port in range(first, min(last, first + _MOST_PORTS) + 1) if 0 < port < 65536)
