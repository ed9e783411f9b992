"""How fast `drytables rules` is, beside the real thing, and `drytables check` on many files: `make bench`.

The same 50,000 rules of many kinds are given, in one run, to `drytables rules`, to `iptables-legacy-restore --test`
(one process for all) and to `iptables-legacy` (one process each, of which only some are run). Addresses, ports and
marks are others in each rule. Then, how long one rule takes, and how much memory many. Needs root and iptables; all of
it runs in a network namespace of its own.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple

RULES = 50_000
PROCESSES = 1_000

#: What people write: of {a} and {b} come addresses, of {p} ports and of {m} marks.
TEMPLATES = (
    "filter INPUT -i lo -j ACCEPT",
    "filter INPUT -s {a} -j DROP",
    "filter INPUT -p tcp -m tcp --dport {p} -j ACCEPT",
    "filter INPUT -s {a}/24 -p udp -m udp --sport {p} --dport 1024:65535 -j ACCEPT",
    "filter INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT",
    "filter INPUT -p tcp -m multiport --dports 22,{p},8000:8080 -j ACCEPT",
    "filter INPUT -m limit --limit 5/min --limit-burst 7 -j LOG --log-prefix dropped{p} --log-level 4",
    "filter FORWARD -i eth0 -o eth1 -s {a}/16 -d {b} -m state --state NEW -j ACCEPT",
    "filter FORWARD -p icmp -m icmp --icmp-type 8 -m comment --comment ping{p} -j ACCEPT",
    "filter FORWARD -d {b} -p tcp -m tcp --tcp-flags SYN,RST,ACK,FIN SYN -j REJECT --reject-with tcp-reset",
    "filter OUTPUT ! -d {a} -m owner --uid-owner {p} -j ACCEPT",
    "nat POSTROUTING -s {a}/24 ! -d {b}/8 -j MASQUERADE",
    "nat POSTROUTING -s {a} -j SNAT --to-source {b}",
    "nat PREROUTING -d {a} -p tcp -m tcp --dport {p} -j DNAT --to-destination {b}:{p}",
    "nat POSTROUTING -m statistic --mode nth --every 3 --packet 0 -j SNAT --to-source {b}",
    "mangle PREROUTING -s {a} -p tcp -m tcp --dport {p} -j MARK --set-xmark {m}/0xffffffff",
    "mangle FORWARD -p tcp -m tcp --tcp-flags SYN,RST SYN -j TCPMSS --clamp-mss-to-pmtu",
    "mangle OUTPUT -m mark --mark {m} -j CONNMARK --save-mark --nfmask 0xffffffff --ctmask 0xffffffff",
    "raw PREROUTING -s {a} -i eth+ -j DROP",
    "raw PREROUTING -m addrtype --dst-type LOCAL -p udp -m udp --dport {p} -j ACCEPT",
)


def rules() -> Iterator[tuple[str, str]]:
    """The table and the rest of each rule."""
    chosen = random.Random(1)
    for number in range(RULES):
        table, rule = TEMPLATES[number % len(TEMPLATES)].split(" ", 1)
        yield (
            table,
            rule.format(
                a=f"10.{chosen.randrange(256)}.{chosen.randrange(256)}.{chosen.randrange(1, 255)}",
                b=f"192.168.{chosen.randrange(256)}.{chosen.randrange(1, 255)}",
                p=chosen.randrange(1, 65536),
                m=hex(chosen.randrange(1, 1 << 32)),
            ),
        )


class Measured(NamedTuple):
    """What a program took: seconds by the clock and of the processors."""

    clock: float
    processors: float


def measure(words: list[str], text: str = "") -> Measured:
    """Run a program on a text, from its start to its end."""
    with tempfile.TemporaryFile("w+") as given:
        given.write(text)
        given.flush()
        given.seek(0)
        begun = time.perf_counter()
        process = subprocess.Popen(words, stdin=given, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        clock = time.perf_counter() - begun
    if status:
        raise subprocess.CalledProcessError(os.waitstatus_to_exitcode(status), words)
    return Measured(clock, usage.ru_utime + usage.ru_stime)


def show(name: str, count: int, taken: Measured, own: Measured | None = None) -> None:
    """Print the rates of one way; and beside them, how `drytables rules` compares, which took `own` for all rules."""
    rates = count / taken.clock, count / taken.processors
    compared = ""
    if own is not None:
        times = RULES / own.clock / rates[0], RULES / own.processors / rates[1]
        compared = f"   drytables: {times[0]:6.2f} times, {times[1]:6.2f} times"
    print(f"{name:30} {rates[0]:9,.0f} rules/s by the clock, {rates[1]:9,.0f} of one processor{compared}")


def compare_rates(drytables: list[str], made: list[tuple[str, str]], commands: str) -> None:
    """The rates of the three ways; each of the fast ones is taken at its best of a few runs, in turn."""
    tables: dict[str, list[str]] = {}
    for table, rule in made:
        tables.setdefault(table, []).append(f"-A {rule}\n")
    saved = "".join(f"*{table}\n{''.join(lines)}COMMIT\n" for table, lines in tables.items())
    restore = ["unshare", "-n", "iptables-legacy-restore", "--test"]
    runs = [(measure(drytables, commands), measure(restore, saved)) for _ in range(5)]
    own, others = min(run[0] for run in runs), min(run[1] for run in runs)
    show("drytables rules", RULES, own)
    show("iptables-legacy-restore --test", RULES, others, own)
    script = "".join(f"iptables-legacy -t {table} -A {rule}\n" for table, rule in made[:PROCESSES])
    show("iptables-legacy, once a rule", PROCESSES, measure(["unshare", "-n", "sh", "-e"], script), own)


def compare_starts(drytables: list[str], command: str) -> None:
    """How long one rule takes from the start of the program to its end, and Python alone."""
    runs = [(measure(drytables, command).clock, measure([sys.executable, "-c", ""]).clock) for _ in range(20)]
    own, python = (median(run[which] for run in runs) * 1000 for which in (0, 1))
    print(f"one rule, from start to end: {own:.0f} ms, of which Python takes {python:.0f} ms")


#: Runs a program and prints the most memory that it had. A process begins with the size of the one that starts it, so
#: that must be a small one.
PEAK = "import os, sys; pid = os.spawnv(os.P_NOWAIT, sys.argv[1], sys.argv[1:]); print(os.wait4(pid, 0)[2].ru_maxrss)"


def compare_memory(drytables: list[str], commands: str) -> None:
    """Whether memory grows with the number of rules."""
    peaks = []
    for times in (1, 10):
        with tempfile.TemporaryFile("w+") as given, tempfile.TemporaryFile("w+") as told:
            given.writelines(commands for _ in range(times))
            given.seek(0)
            words = [sys.executable, "-S", "-c", PEAK, *drytables]
            subprocess.run(words, stdin=given, stdout=told, check=True)
            told.seek(0)
            peaks.append(int([*told][-1]) / 1024)
    print(f"at the most {peaks[0]:.0f} MiB for {RULES:,} rules, {peaks[1]:.0f} MiB for ten times as many")


#: Pages without a command of iptables, and pages full of them, in a repository of documentation.
DISMISSED, DENSE, COMMANDS = 2_000, 1_000, 36


def compare_repositories(check: list[str], made: list[tuple[str, str]]) -> None:
    """How fast whole folders of pages are checked."""
    prose = "Words on a network, and what its nodes send to one another.\n\n```yaml\nkind: Pod\n```\n\n" * 60
    with tempfile.TemporaryDirectory() as folder:
        dismissed, dense = Path(folder, "dismissed"), Path(folder, "dense")
        dismissed.mkdir()
        dense.mkdir()
        for number in range(DISMISSED):
            dismissed.joinpath(f"{number:04}.md").write_text(prose)
        for number in range(DENSE):
            own = (made[at % len(made)] for at in range(number * COMMANDS, (number + 1) * COMMANDS))
            lines = "\n".join(f"sudo iptables -t {table} -A {rule}" for table, rule in own)
            dense.joinpath(f"{number:04}.md").write_text(f"# Page {number}\n\n```sh\n{lines}\n```\n")
        for where, files, commands in ((dismissed, DISMISSED, 0), (dense, DENSE, DENSE * COMMANDS)):
            taken = measure([*check, str(where)])
            rates = f"{files / taken.clock:7,.0f} files/s, {commands / taken.clock:7,.0f} commands/s"
            print(f"drytables check, {files:,} {where.name} pages: {taken.clock:.1f} s, {rates}")


def main() -> None:
    """Measure, and print a line for each figure."""
    made = [*rules()]
    lines = [f"iptables -t {table} -A {rule}\n" for table, rule in made]
    drytables = [str(Path(sys.executable).with_name("drytables")), "rules"]
    compare_rates(drytables, made, "".join(lines))
    compare_starts(drytables, lines[2])
    compare_memory(drytables, "".join(lines))
    compare_repositories([drytables[0], "check"], made)


if __name__ == "__main__":
    main()
