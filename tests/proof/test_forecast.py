"""plugins/proof/forecast.py: what the model foretells, and that it notices where something else was seen.

That the kernel agrees is in test_prove.py, where every experiment is tried.
"""

from __future__ import annotations

from typing import Any

import pytest
from drytables.diagnostics.source import Source
from proof.backends import BACKENDS
from proof.experiment import Experiment
from proof.forecast import Forecast, forecasts
from proof.lab.plan import SeenConnection
from proof.planning import plan_of
from proof.reading import read_experiments
from proof.snippets import page_snippets


def forecast(rules: str, traffic: str, *seen: dict[str, Any], head: str = "") -> Forecast:
    """The forecast of one traffic, held against some connections, each what differs from an ordinary one."""
    page = f"Title: x\n\n```sh\n{rules}\n```\n"
    text = f'[[experiment]]\ntitle = "x"\n{head}\n[experiment.traffic]\n{traffic}\nexpect.answered = 1\n'
    (experiment,) = read_experiments(Source("x.experiment.toml", text))
    assert isinstance(experiment, Experiment), experiment
    plan = plan_of(experiment, page_snippets(Source("x.md", page)), BACKENDS[0])
    found = [connection(number, **each) for number, each in enumerate(seen)]
    (only,) = forecasts(experiment, plan, [{"connections": found, "logged": {}}])
    return only


def connection(number: int, **facts: Any) -> SeenConnection:
    """A connection from the client that the server has answered, unless other facts are given."""
    usual: dict[str, Any] = {
        "verdict": "answered", "source": "192.0.2.10", "host": "server", "address": "203.0.113.80", "port": 80,
        "reason": "", "mark": None, "connmark": None, "answers": 1, "sent_from": ("192.0.2.10", 40000 + number),
        "began": number / 1000,
    }  # fmt: skip
    if facts.get("verdict", "answered") != "answered":
        usual |= {"source": "", "host": "", "address": "", "port": 0, "answers": 0}
    found: SeenConnection = {**usual, **facts}  # type: ignore[typeddict-item]
    return found


DROPPED: dict[str, Any] = {"verdict": "dropped"}
REFUSED: dict[str, Any] = {"verdict": "refused", "reason": "icmp-port-unreachable"}
HERE = {"host": "machine", "address": "192.0.2.1"}
NTH = "-m statistic --mode nth"

IN_SET = "iptables -A FORWARD -i eth1 -m set --match-set x src -j"
SETS = ["ipset create x hash:net", "ipset add x 192.0.2.0/28"]

RIGHT = [
    # rules, traffic, what was seen
    ("iptables -P FORWARD ACCEPT", "", [{}, {}]),
    ("iptables -P FORWARD DROP", "", [DROPPED]),
    ("iptables -A FORWARD -j REJECT", "", [REFUSED]),
    ("iptables -A FORWARD -i eth1 -o eth0 -p tcp --dport 80 -s 192.0.2.0/24 -j DROP", "", [DROPPED]),
    ("iptables -A FORWARD -i eth0 -j DROP", 'protocol = "udp"', [{**DROPPED}]),
    (f"iptables -A FORWARD -i eth1 {NTH} --every 2 --packet 1 -j DROP", 'protocol = "udp"', [{}, DROPPED, {}]),
    (
        "iptables -A FORWARD -m limit --limit 1/min --limit-burst 3 -j ACCEPT\niptables -P FORWARD DROP",
        'protocol = "udp"',
        [{}, DROPPED, DROPPED],
    ),
    ("iptables -t nat -A POSTROUTING -o eth0 -j MASQUERADE", "", [{"source": "203.0.113.1"}]),
    ("iptables -t nat -A PREROUTING -p tcp --dport 80 -j REDIRECT --to-ports 3128", "", [{**HERE, "port": 3128}]),
    ("iptables -A INPUT -p icmp -j DROP", 'protocol = "icmp"\nto = "machine"', [DROPPED]),
    ("iptables -t mangle -A FORWARD -j MARK --set-mark 5", "expect.marks = {}", [{"mark": 5}]),
    (
        f"iptables -t nat -A POSTROUTING {NTH} --every 2 --packet 0 -j SNAT --to-source 203.0.113.1",
        "",
        [{"source": "203.0.113.1"}, {}, {"source": "203.0.113.1"}],
    ),
    (f"iptables -A FORWARD -p udp {NTH} --every 2 --packet 0 -j DROP", "", [{}, {}]),
    (f"iptables -A FORWARD -p tcp --syn {NTH} --every 2 --packet 0 -j DROP", "", [DROPPED, {}]),
    (
        "iptables -P FORWARD DROP\niptables -A FORWARD -m conntrack --ctstate ESTABLISHED -j ACCEPT\n"
        "iptables -A FORWARD -p tcp --dport 80 -j ACCEPT",
        "packets = 3",
        [{"answers": 3}],
    ),
]


@pytest.mark.parametrize(("rules", "traffic", "seen"), RIGHT, ids=[rules for rules, *_ in RIGHT])
def test_what_comes_is_predicted(rules: str, traffic: str, seen: list[dict[str, Any]]) -> None:
    assert forecast(rules, f"connections = {len(seen)}\n{traffic}", *seen) == Forecast(len(seen))


@pytest.mark.parametrize(
    ("rules", "sets", "seen"),
    [
        (f"{IN_SET} DROP", SETS, DROPPED),
        (f"{IN_SET} DROP", [*SETS, "ipset del x 192.0.2.0/28"], {}),
        (f"{IN_SET} DROP", [*SETS, "ipset create y hash:net", "ipset swap x y"], {}),
        (IN_SET.replace("src", "dst") + " DROP", SETS, {}),
        (IN_SET.replace("--match", "! --match") + " DROP", SETS, {}),
    ],
)
def test_the_sets_that_are_made_before_are_looked_into(rules: str, sets: list[str], seen: dict[str, Any]) -> None:
    assert forecast(rules, "", seen, head=f"before = {sets}") == Forecast(1)


WRONG = [
    ("iptables -P FORWARD ACCEPT", [DROPPED], "connection 1: verdict predicted answered, seen dropped"),
    ("iptables -P FORWARD DROP", [{}], "connection 1: verdict predicted dropped, seen answered"),
    (
        "iptables -A FORWARD -j REJECT --reject-with tcp-reset -p tcp",
        [REFUSED],
        "connection 1: reason predicted tcp-reset",
    ),
    (
        "iptables -t nat -A POSTROUTING -o eth0 -j MASQUERADE",
        [{}],
        "connection 1: source predicted 203.0.113.1, seen 192.0.2.10",
    ),
    ("iptables -t mangle -A FORWARD -j MARK --set-mark 5", [{"mark": 6}], "connection 1: mark predicted 5, seen 6"),
    (
        "iptables -t nat -A PREROUTING -p tcp -j REDIRECT --to-ports 81",
        [{}],
        "connection 1: host predicted machine, seen server",
    ),
    (
        f"iptables -t nat -A POSTROUTING {NTH} --every 2 --packet 1 -j SNAT --to-source 203.0.113.1",
        [{"source": "203.0.113.1"}, {}],
        "connection 1: source predicted 192.0.2.10, seen 203.0.113.1",
    ),
    (
        "iptables -t nat -A POSTROUTING -m statistic --mode random --probability 0.5 -j SNAT --to-source 203.0.113.1",
        [{}] * 100,
        "203.0.113.1: predicted 1/2 of 100, seen 0",
    ),
]


@pytest.mark.parametrize(("rules", "seen", "said"), WRONG, ids=[rules for rules, *_ in WRONG])
def test_what_else_was_seen_is_told(rules: str, seen: list[dict[str, Any]], said: str) -> None:
    found = forecast(rules, f"connections = {len(seen)}", *seen)

    assert found.predicted == len(seen)
    assert any(each.startswith(said) for each in found.differences), found.differences


UNTOLD = [
    ("iptables -A FORWARD -m statistic --mode nth --every 2 --packet 0 -j DROP", "", "a rule counts packets"),
    ("iptables -P FORWARD ACCEPT", 'before = "nft add table ip x"', "what `nft` does is not in the model"),
    (f"{IN_SET} DROP", 'before = "ipset create x hash:ip,port"', "not known: "),
    (f"{IN_SET} DROP", 'before = ["ipset create x hash:ip timeout 9", "ipset add x 192.0.2.10"]', "not known: "),
    (f"{IN_SET} DROP", 'before.client = "ipset create x hash:ip"', "not known: "),
    ("iptables -P FORWARD ACCEPT", 'before.server = "iptables -P INPUT DROP"', "server has rules too"),
    ("iptables -A FORWARD -m string --algo bm --string x -j DROP", "", "not known: "),
]


@pytest.mark.parametrize(("rules", "head", "why"), UNTOLD, ids=[why for *_, why in UNTOLD])
def test_what_is_not_predicted_says_why(rules: str, head: str, why: str) -> None:
    found = forecast(rules, "", {}, head=head)

    assert (found.predicted, found.differences) == (0, ())
    assert found.untold.startswith(why)
