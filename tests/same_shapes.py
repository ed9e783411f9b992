"""Commands that differ from others in their values only, some of which need not be judged, and others that must be."""

import re
import shlex
from collections import defaultdict
from random import Random

from drytables.bulk import shapes
from oracle.commands import TEXTS, command

#: Two commands of one shape, and others of it that need not be judged once these were.
REMEMBERED = (
    ("-s 10.0.0.1 -j DROP", "-s 10.0.0.2 -j DROP", "-s 192.0.2.77/255.255.255.0 -j DROP"),
    ("-p tcp --dport 22 -j ACCEPT", "-p tcp --dport 23 -j ACCEPT", "-p tcp --dport http:0x1f90 -j ACCEPT"),
    ("! -d 10.0.0.1 -j DROP", "! -d 10.0.0.2 -j DROP", "! -d 0.0.0.0/0 -j DROP"),
    ("-o eth0 -j DROP", "-o eth1 -j DROP", "-o veth0123456789a -j DROP"),
    ("! --out-interface eth0 -j DROP", "! --out-interface eth1 -j DROP", "! --out-interface eth+ -j DROP"),
    ("-m mark --mark 1", "-m mark --mark 2", "-m mark --mark 0xff/0xff"),
    ("-m comment --comment a", "-m comment --comment b", "-m comment --comment 'it is {0} %s'"),
    ("-m comment --comment a", "-m comment --comment b", "-m comment --comment \"a 'b' c\""),
    ("-j LOG --log-prefix a", "-j LOG --log-prefix 'b c'", '-j LOG --log-prefix "d: "'),
    ("-p tcp -m multiport --dports 1,2", "-p tcp -m multiport --dports 3", "-p tcp -m multiport --dports 9,10,11"),
    ("-j MARK --set-xmark 1/1", "-j MARK --set-xmark 2/3", "-j MARK --set-xmark 0xabc"),
    ("-m owner --uid-owner 1", "-m owner --uid-owner 2", "-m owner --uid-owner root"),
    ("-m limit --limit 5/min", "-m limit --limit 5/min", "-m limit --limit 5/min"),
)

#: The same with others whose value makes a difference.
JUDGED = (
    ("-s 10.0.0.1 -j DROP", "-s 10.0.0.2 -j DROP", "-s 10.0.0.256 -j DROP"),
    ("-s 10.0.0.1 -j DROP", "-s 10.0.0.2 -j DROP", "-s 0.0.0.0/0 -j DROP"),
    ("-s 10.0.0.1 -j DROP", "-s 10.0.0.2 -j DROP", "-s 10.0.0.1,10.0.0.2 -j DROP"),
    ("-s 10.0.0.1 -j DROP", "-s 10.0.0.2 -j DROP", "-s example.org -j DROP"),
    ("-o eth0 -j DROP", "-o eth1 -j DROP", "-o + -j DROP"),
    ("-o eth0 -j DROP", "-o eth1 -j DROP", "-o veth0123456789ab -j DROP"),
    ("-p tcp --dport 22 -j ACCEPT", "-p tcp --dport 23 -j ACCEPT", "-p tcp --dport 99999 -j ACCEPT"),
    ("-p tcp --dport 22 -j ACCEPT", "-p tcp --dport 23 -j ACCEPT", "-p tcp --dport 0:65535 -j ACCEPT"),
    (
        "-m statistic --mode nth --every 3 --packet 0",
        "-m statistic --mode nth --every 3 --packet 1",
        "-m statistic --mode nth --every 3 --packet 3",
    ),
    ("-p tcp -m multiport --dports 1,2", "-p tcp -m multiport --dports 3", "-p tcp -m multiport --dports http:ftp"),
    ("-p tcp -m multiport --dports 1,2", "-p tcp -m multiport --dports 3", "-p tcp -m multiport --dports 9:10,11"),
    ("-m owner --uid-owner 1", "-m owner --uid-owner 2", "-m owner --uid-owner 9-5"),
    ("-m owner --uid-owner 1", "-m owner --uid-owner 2", "-m owner --uid-owner alice"),
    ("-m set --match-set a src", "-m set --match-set b src", "-m set --match-set c src"),
    ("-t nat -j SNAT --to-source 10.0.0.1", "-t nat -j SNAT --to 10.0.0.2", "-t nat -j SNAT --to-source 10.0.0.3:80"),
    ("-m hashlimit --hashlimit-name a", "-m hashlimit --hashlimit-name b", "-m hashlimit --hashlimit-name c"),
)


def line_of(rest: str) -> str:
    """A command with an append to its right chain."""
    return f"iptables -A {'POSTROUTING' if 'nat' in rest else 'OUTPUT'} {rest}"


def varied(line: str, chosen: Random, values: dict[str, list[str]]) -> str:
    """A command with other values, of those that its options had elsewhere or of any kind."""

    def other(found: re.Match[str]) -> str:
        if chosen.random() < 0.5:
            return found[0]
        anything = shlex.quote(chosen.choice(TEXTS))
        value = chosen.choice(values[found[1]]) if chosen.random() < 0.7 else anything
        return f" {found[1]} {value}"

    return shapes._VALUE.sub(other, line)


def made_up(count: int) -> list[str]:
    """Commands of every extension, with values right and wrong, each with others of its shape."""
    chosen = Random(1)
    commands = [command(11, number) for number in range(count)]
    values: dict[str, list[str]] = defaultdict(list)
    for line in commands:
        for found in shapes._VALUE.finditer(line):
            values[found[1]].append(found[2])
    return [
        line
        for made in commands
        for line in (made, made, *(varied(made, chosen, values) for _ in range(8)), *[varied(made, chosen, values)] * 2)
    ]
