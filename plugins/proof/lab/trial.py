"""One plan, from its hosts to what was seen."""

from __future__ import annotations

import re
import shlex
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

from .host import Host, HostFailed
from .marks import GROUPS, Ends, Marks, observer
from .plan import Plan, RanCommand, Result, SeenConnection, SeenTraffic
from .wiring import connect

#: How an outcome of `sending` is passed on.
Outcome = tuple[str, str, int, tuple[str, int], float, float]
#: In seconds.
_MARGIN = 0.3
_COUNTED = re.compile(r"\[(\d+):\d+\] (-A .*)")
#: The same as `nft list ruleset` prints it; what has a group goes to whoever listens to that, and not to the log.
_COUNTED_IN_NFTABLES = re.compile(r'counter packets (\d+) bytes \d+ log(?: prefix "([^"]*)")?(?!.* group )')
_TO_THE_LOG = "LOG"
_PREFIX = "--log-prefix"


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
        if plan["marks"]:
            status, _, said = self.rules.run(["nft", "-f", "-"], text=observer(plan["marks"]))
            if status:
                raise HostFailed(f"marks cannot be observed here: {said.strip()}")
        groups = [*plan["groups"], *(GROUPS[kind] for kind in plan["marks"])]
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
        arrivals: dict[int, tuple[str, Ends]] = {}
        logged: dict[int, list[tuple[str, int, bytes]]] = {}
        for name, host in self.hosts.items():
            seen = host.ask("seen")
            for of, connection, _, at, *ends in seen["arrivals"]:
                if of == number:
                    arrivals.setdefault(connection, (name, Ends(*ends)))
                    self.disturbed |= _came_late(sent["outcomes"][connection], at)
            for group, prefix, mark, packet in seen["logged"]:
                logged.setdefault(group, []).append((prefix, mark, bytes.fromhex(packet)))
        marks = {
            kind: Marks([(mark, packet) for _, mark, packet in logged.pop(GROUPS[kind], ())], number)
            for kind in self.plan["marks"]
        }
        prefixes = Counter(prefix for some in logged.values() for prefix, _, _ in some)
        connections = [_connection(outcome, at, arrivals.get(at), marks) for at, outcome in enumerate(sent["outcomes"])]
        return {"connections": connections, "logged": dict(prefixes + self.written_to_the_log() - before)}

    def written_to_the_log(self) -> Counter[str]:
        """How many packets the rules with LOG have counted so far, by prefix.

        In a namespace of its own the kernel writes no such line, or everybody could fill the machine's log; but that
        the rule was met is what its counter says.
        """
        found = Counter[str]()
        for words in self.plan["counting"]:
            status, output, _ = self.rules.run(words)
            for count, prefix in _COUNTED_IN_NFTABLES.findall(output) if status == 0 else ():
                found[prefix] += int(count)
            for count, rule in _COUNTED.findall(output) if status == 0 else ():
                options = shlex.split(rule)
                if "-j" in options and options[options.index("-j") + 1] == _TO_THE_LOG:
                    prefix = options[options.index(_PREFIX) + 1] if _PREFIX in options else ""
                    found[prefix] += int(count)
        return found


def _came_late(outcome: Outcome, at: float) -> bool:
    """Whether a message arrived when its sender had given up, or almost, so that nothing was proved by that."""
    verdict, *_, ended = outcome
    return verdict == "dropped" and at > ended - _MARGIN


def _connection(
    outcome: Outcome, number: int, arrival: tuple[str, Ends] | None, marks: Mapping[str, Marks]
) -> SeenConnection:
    verdict, reason, answers, sent_from, began, _ = outcome
    host, ends = arrival or ("", None)
    found = {kind: each.of(number, ends) for kind, each in marks.items()}
    return {
        "verdict": verdict,
        "source": ends.source if ends else "",
        "host": host,
        "address": ends.address if ends else "",
        "port": ends.port if ends else 0,
        "reason": reason,
        "mark": found.get("mark"),
        "connmark": found.get("connmark"),
        "answers": answers,
        "sent_from": sent_from,
        "began": began,
    }
