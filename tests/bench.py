"""How fast `drytables rules` is, beside the real thing: `make bench`.

The same 50,000 rules of many kinds are given, in one run, to `drytables rules`, to `iptables-legacy-restore --test`
(one process for all) and to `iptables-legacy` (one process each, of which only some are run). Addresses, ports and marks
differ from rule to rule. Needs root and iptables; changes nothing, as all of it runs in a network namespace of its own.
"""

from __future__ import annotations

import random
import shlex
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
        yield table, rule.format(
            a=f"10.{chosen.randrange(256)}.{chosen.randrange(256)}.{chosen.randrange(1, 255)}",
            b=f"192.168.{chosen.randrange(256)}.{chosen.randrange(1, 255)}",
            p=chosen.randrange(1, 65536),
            m=hex(chosen.randrange(1, 1 << 32)),
        )


def seconds(words: list[str], text: str) -> float:
    """How long a program takes to read a text, from its start to its end."""
    with tempfile.NamedTemporaryFile("w+") as given:
        given.write(text)
        given.flush()
        given.seek(0)
        begun = time.perf_counter()
        subprocess.run(words, stdin=given, stdout=subprocess.DEVNULL, check=True)
        return time.perf_counter() - begun


def main() -> None:
    """Measure, and print a line for each way."""
    made = [*rules()]
    commands = [f"iptables -t {table} -A {rule}\n" for table, rule in made]
    drytables = RULES / seconds([str(Path(sys.executable).with_name("drytables")), "rules"], "".join(commands))
    print(f"drytables rules                  {drytables:9,.0f} rules/s")
    tables: dict[str, list[str]] = {}
    for table, rule in made:
        tables.setdefault(table, []).append(f"-A {rule}\n")
    saved = "".join(f"*{table}\n{''.join(lines)}COMMIT\n" for table, lines in tables.items())
    restore = RULES / seconds(["unshare", "-n", "iptables-legacy-restore", "--test"], saved)
    print(f"iptables-legacy-restore --test   {restore:9,.0f} rules/s: drytables has {drytables / restore:.0%} of it")
    script = "".join(f"iptables-legacy {shlex.join(shlex.split(line)[1:])}\n" for line in commands[:PROCESSES])
    each = PROCESSES / seconds(["unshare", "-n", "sh", "-e"], script)
    print(f"iptables-legacy, once a rule     {each:9,.0f} rules/s: drytables is {drytables / each:.0f} times as fast")


if __name__ == "__main__":
    main()
