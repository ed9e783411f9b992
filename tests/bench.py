"""How fast `drytables rules` is, beside the real thing: `make bench`.

The same 50,000 rules of many kinds are given, in one run, to `drytables rules`, to `iptables-legacy-restore --test`
(one process for all) and to `iptables-legacy` (one process each, of which only some are run). Addresses, ports and
marks are others in each rule. Needs root and iptables; all of it runs in a network namespace of its own.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

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


def seconds(words: list[str], text: str) -> tuple[float, float]:
    """How long a program takes to read a text, from its start to its end: by the clock, and of the processors' time."""
    with tempfile.NamedTemporaryFile("w+") as given:
        given.write(text)
        given.flush()
        given.seek(0)
        begun, used = time.perf_counter(), _used()
        subprocess.run(words, stdin=given, stdout=subprocess.DEVNULL, check=True)
        return time.perf_counter() - begun, _used() - used


def _used() -> float:
    """The processors' time that this process's children have used so far."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def show(
    name: str, count: int, taken: tuple[float, float], own: tuple[float, float] | None = None
) -> tuple[float, float]:
    """Print the rates of one way, and how drytables' `own` compare; return them."""
    rates = count / taken[0], count / taken[1]
    compared = "" if own is None else f"   drytables: {own[0] / rates[0]:6.2f} times, {own[1] / rates[1]:6.2f} times"
    print(f"{name:30} {rates[0]:9,.0f} rules/s by the clock, {rates[1]:9,.0f} of one processor{compared}")
    return rates


def main() -> None:
    """Measure, and print a line for each way."""
    made = [*rules()]
    commands = [f"iptables -t {table} -A {rule}\n" for table, rule in made]
    drytables = [str(Path(sys.executable).with_name("drytables")), "rules"]
    own = show("drytables rules", RULES, seconds(drytables, "".join(commands)))
    tables: dict[str, list[str]] = {}
    for table, rule in made:
        tables.setdefault(table, []).append(f"-A {rule}\n")
    saved = "".join(f"*{table}\n{''.join(lines)}COMMIT\n" for table, lines in tables.items())
    restore = ["unshare", "-n", "iptables-legacy-restore", "--test"]
    show("iptables-legacy-restore --test", RULES, seconds(restore, saved), own)
    script = "".join(f"iptables-legacy {line.partition(' ')[2]}" for line in commands[:PROCESSES])
    show("iptables-legacy, once a rule", PROCESSES, seconds(["unshare", "-n", "sh", "-e"], script), own)


if __name__ == "__main__":
    main()
