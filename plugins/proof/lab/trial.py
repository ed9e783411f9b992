"""One plan, from its hosts to what was seen."""

from __future__ import annotations

import re
import shlex
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

from .headers import Header, header_of
from .host import Host, HostFailed
from .messages import message_in
from .plan import Plan, RanCommand, Result, SeenConnection, SeenTraffic
from .wiring import connect

#: The group to which our own observer logs; no rule of a page has it.
_OBSERVED = 65000
#: Sees each packet that has passed all other rules, on its way out or to a program here, and changes nothing.
_OBSERVER = f"""\
table inet proof_observer {{
 chain leaving {{ type filter hook postrouting priority 1000; log group {_OBSERVED} snaplen 256; }}
 chain arriving {{ type filter hook input priority 1000; log group {_OBSERVED} snaplen 256; }}
}}
"""
_COUNTED = re.compile(r"\[(\d+):\d+\] (-A .*)")
_TO_THE_LOG = "LOG"
_PREFIX = "--log-prefix"

#: The marks of a packet.
Marks = tuple[int, int]


def try_out(plan: Plan) -> Result:
    """Make the network of a plan, run its commands, send its traffic, and return what was seen."""
    result: Result = {"commands": [], "traffic": [], "trouble": "", "disturbed": False}
    try:
        with _network(plan) as hosts:
            result["commands"] = [*_run_commands(plan, hosts)]
            if not _has_failed(plan, result["commands"]):
                trial = _Trial(plan, hosts)
                result["traffic"] = [trial.send(number) for number in range(len(plan["traffic"]))]
                result["disturbed"] = trial.disturbed
    except (HostFailed, OSError) as error:
        result["trouble"] = str(error)
    return result


@contextmanager
def _network(plan: Plan) -> Iterator[dict[str, Host]]:
    """The hosts of a plan, connected, until the end of the block."""
    hosts: dict[str, Host] = {}
    middle = Host("the wires")
    try:
        for name in plan["hosts"]:
            hosts[name] = Host(name)
        for host in (middle, *hosts.values()):
            host.ask("seen")  # it is in its namespace now
        connect(plan, hosts, middle)
        if plan["traffic"]:
            for host in hosts.values():
                host.ask("listen", ports=plan["ports"])
        yield hosts
    finally:
        for host in (*hosts.values(), middle):
            with suppress(OSError):
                host.end()


def _run_commands(plan: Plan, hosts: Mapping[str, Host]) -> Iterator[RanCommand]:
    """Run the commands up to the first that fails and may not."""
    for command in plan["commands"]:
        words = [shlex.split(command["shown"])[0], *command["arguments"]]
        status, _, said = hosts[command["on"]].run(words, command["program"], command["text"])
        yield {"status": status, "said": said.strip()}
        if status and not command["may_fail"]:
            return


def _has_failed(plan: Plan, ran: list[RanCommand]) -> bool:
    return any(each["status"] and not command["may_fail"]
               for command, each in zip(plan["commands"], ran, strict=False))  # fmt: skip


class _Trial:
    """Sends the traffic of a plan, and puts together what was seen of it by all hosts."""

    def __init__(self, plan: Plan, hosts: Mapping[str, Host]) -> None:
        self.plan, self.hosts = plan, hosts
        self.rules = hosts[plan["on"]]
        self.disturbed = False
        self.counted: Counter[str] = Counter()
        groups = {str(group): False for group in plan["groups"]}
        if plan["watches_marks"]:
            groups[str(_OBSERVED)] = True
            status, _, said = self.rules.run(["nft", "-f", "-"], text=_OBSERVER)
            if status:
                raise HostFailed(f"marks cannot be observed here: {said.strip()}")
        if groups:
            self.rules.ask("watch", groups=groups)

    def send(self, number: int) -> SeenTraffic:
        """Send some traffic, and return what was seen of it."""
        traffic = self.plan["traffic"][number]
        before = self.written_to_the_log()
        for host in self.hosts.values():
            host.ask("seen")
        sent = self.hosts[traffic["sender"]].ask("send", traffic=traffic, number=number)
        self.disturbed |= sent["disturbed"]
        arrivals: dict[int, tuple[str, list[object]]] = {}
        logged = Counter[str]()
        observed: list[tuple[Header, bytes, Marks]] = []
        for name, host in self.hosts.items():
            seen = host.ask("seen")
            for of, connection, _, *where in seen["arrivals"]:
                if of == number:
                    arrivals.setdefault(connection, (name, where))
            for group, prefix, mark, connmark, packet in seen["logged"]:
                if group == _OBSERVED:
                    data = bytes.fromhex(packet)
                    observed += ((header, data, (mark, connmark)) for header in header_of(data))
                else:
                    logged[prefix] += 1
        logged += self.written_to_the_log() - before
        marks = _Marks(observed, number, traffic["protocol"])
        connections = [
            _connection(outcome, arrivals.get(at), marks.of(at, arrivals.get(at)))
            for at, outcome in enumerate(sent["outcomes"])
        ]
        return {"connections": connections, "logged": dict(logged)}

    def written_to_the_log(self) -> Counter[str]:
        """How many packets the rules with LOG have counted so far, by prefix.

        In a namespace of its own the kernel writes no such line, or everybody could fill the machine's log; but that
        the rule was met is what its counter says.
        """
        found = Counter[str]()
        for words in self.plan["counting"]:
            status, output, _ = self.rules.run(words)
            for count, rule in _COUNTED.findall(output) if status == 0 else ():
                options = shlex.split(rule)
                if "-j" in options and options[options.index("-j") + 1] == _TO_THE_LOG:
                    prefix = options[options.index(_PREFIX) + 1] if _PREFIX in options else ""
                    found[prefix] += int(count)
        return found


class _Marks:
    """The marks of packets that our observer saw, by connection."""

    def __init__(self, observed: list[tuple[Header, bytes, Marks]], number: int, protocol: str) -> None:
        self.by_message: dict[int, Marks] = {}
        self.by_ends: dict[tuple[str, int, str, int], Marks] = {}
        for header, data, marks in observed:
            message = message_in(data)
            # An answer is the same message on its way back, and was seen after it.
            if message is not None and message.traffic == number:
                self.by_message.setdefault(message.connection, marks)
            if protocol == "tcp" and header.is_first:
                self.by_ends.setdefault(header.ends, marks)

    def of(self, connection: int, arrival: tuple[str, list[object]] | None) -> Marks | None:
        """The marks of the first packet of a connection, which for TCP has no message in it."""
        if arrival is not None:
            source, source_port, address, port = arrival[1]
            first = self.by_ends.get((str(source), int(str(source_port)), str(address), int(str(port))))
            if first is not None:
                return first
        return self.by_message.get(connection)


def _connection(
    outcome: tuple[str, str, int, float], arrival: tuple[str, list[object]] | None, marks: Marks | None
) -> SeenConnection:
    verdict, reason, answers, began = outcome
    host, (source, _, address, port) = arrival or ("", ["", 0, "", 0])
    return {
        "verdict": verdict,
        "source": str(source),
        "host": host,
        "address": str(address),
        "port": int(str(port)),
        "reason": reason,
        "mark": marks[0] if marks else None,
        "connmark": marks[1] if marks else None,
        "answers": answers,
        "began": began,
    }
