"""plugins/proof/planning.py: what the laboratory is told to do."""

from __future__ import annotations

import pytest
from drytables.diagnostics.source import Source
from proof.backends import BACKENDS, NoTranslation
from proof.experiment import Experiment
from proof.lab.plan import Plan
from proof.planning import Unplannable, plan_as_written, plan_of
from proof.reading import read_experiments
from proof.snippets import PageSnippet, page_snippets

LEGACY, NFT, NFTABLES, FEWER_RULES = BACKENDS


def read(code: str, more: str = "", traffic: str = "", marks: str = "") -> tuple[Experiment, list[PageSnippet]]:
    """An experiment and the snippets of a page with one fence."""
    head = f'[[experiment]]\ntitle = "x"\n{more}\n[experiment.traffic]\n{traffic}\nexpect.answered = 1\n'
    (found,) = read_experiments(Source("x.experiment.toml", head))
    assert isinstance(found, Experiment), found
    return found, page_snippets(Source("x.md", f"Title: x\n\n```{{.sh {marks}}}\n{code}\n```\n"))


def plan(code: str, more: str = "", traffic: str = "") -> Plan:
    """What is done with iptables-legacy."""
    return plan_of(*read(code, more, traffic), LEGACY)


def test_each_backend_runs_its_own_programs() -> None:
    code = "iptables -P INPUT DROP\nip6tables -P INPUT DROP\niptables-restore <<E\n*nat\n:A - [0:0]\nCOMMIT\nE"
    more = 'before = "ip route add default via 192.0.2.9"\nafter.client = "iptables -P OUTPUT ACCEPT"'

    for backend in (LEGACY, NFT):
        found = plan_of(*read(code, more), backend)["commands"]
        assert [(each["on"], each["program"]) for each in found] == [
            ("machine", "ip"),
            ("machine", f"iptables-{backend.name}"),
            ("machine", f"ip6tables-{backend.name}"),
            ("machine", f"iptables-{backend.name}-restore"),
            ("client", f"iptables-{backend.name}"),
        ]
        assert found[1]["shown"] == "iptables -P INPUT DROP"
        assert found[3]["text"] == "*nat\n:A - [0:0]\nCOMMIT\n"


PORTS = [
    ("iptables -P INPUT DROP", "", [80]),
    ("iptables -P INPUT DROP", "port = 22", [22]),
    ("iptables -P INPUT DROP", 'protocol = "icmp"', []),
    ("iptables -t nat -A PREROUTING -p tcp -j REDIRECT --to-ports 3128", "", [80, 3128]),
    ("iptables -t nat -A PREROUTING -p tcp -j REDIRECT --to-port 3128-3130", "", [80, 3128, 3129, 3130]),
    ("iptables -t nat -A PREROUTING -p tcp -j DNAT --to 10.0.0.1:8080", "", [80, 8080]),
    ("iptables -t nat -A PREROUTING -p tcp -j DNAT --to-destination 10.0.0.1", "", [80]),
    ("iptables -t nat -A POSTROUTING -p tcp -j SNAT --to-source 10.0.0.1:1024-65535", "", [80]),
    ("ip6tables -t nat -A PREROUTING -p tcp -j DNAT --to-destination [2001:db8::1]:8080", "", [80, 8080]),
]


@pytest.mark.parametrize(("code", "traffic", "ports"), PORTS, ids=[f"{code} {traffic}" for code, traffic, _ in PORTS])
def test_every_host_listens_where_something_may_come(code: str, traffic: str, ports: list[int]) -> None:
    assert plan(code, traffic=traffic)["ports"] == ports


@pytest.mark.parametrize(
    ("code", "groups"),
    [
        ("iptables -A INPUT -j NFLOG --nflog-group 5", [5]),
        ("iptables -A INPUT -j NFLOG", [0]),
        ("iptables -A INPUT -j LOG", []),
    ],
)
def test_the_groups_of_logs_are_listened_to(code: str, groups: list[int]) -> None:
    assert plan(code)["groups"] == groups


def test_marks_are_observed_where_they_are_expected() -> None:
    assert plan("iptables -P INPUT DROP")["marks"] == []
    assert plan("iptables -P INPUT DROP", traffic="expect.connmarks = {}")["marks"] == ["connmark"]


OLD = "iptables -t nat -A POSTROUTING -m statistic --mode nth --every 2 -j SNAT --to 192.0.2.1"


def test_what_the_author_wrote_is_tried_where_the_page_corrects_it() -> None:
    before = 'before = "ip link show"'
    written = plan_as_written(*read(OLD, before, marks='iptables="1.4.10"'), LEGACY)

    assert written is not None
    assert [(each["shown"], each["may_fail"]) for each in written["commands"]] == [("ip link show", False), (OLD, True)]
    assert plan_as_written(*read("iptables -P INPUT DROP"), LEGACY) is None
    form = 'snippets = [{ snippet = 1, form = "written" }]'
    assert plan_as_written(*read(OLD, form, marks='iptables="1.4.10"'), LEGACY) is None


UNPLANNABLE = [
    (
        "iptables -A INPUT -i $WAN -j DROP",
        "",
        "line 1 of snippet 1 has `$WAN`, which is not known",
        "write values.'$WAN' = \"...\"",
    ),
    (
        "iptables -A INPUT -i $WAN -j DROP",
        'values."$WAM" = "eth0"',
        "line 1 of snippet 1 has `$WAN`, which is not known",
        "did you mean `$WAM`? write values.'$WAN' = \"...\"",
    ),
    (
        "if true; then\n  iptables -P INPUT DROP\nfi",
        "",
        "line 2 of snippet 1 cannot be run: it is in a loop, a condition or a function",
        "try a snippet that says each command once, or write the rules in `after`",
    ),
    (
        "iptables -P INPUT DROP",
        'hosts.server.eth0 = "203.0.113.80/24"\nhosts.machine.eth0 = "203.0.113.1/24"',
        "server has no address of ipv6",
        "give server an address of ipv6 in `hosts`",
    ),
]


@pytest.mark.parametrize(("code", "more", "message", "help"), UNPLANNABLE, ids=[each[2] for each in UNPLANNABLE])
def test_what_cannot_be_done_is_told(code: str, more: str, message: str, help: str) -> None:
    with pytest.raises(Unplannable) as error:
        plan(code, more, 'family = "ipv6"')

    assert (error.value.diagnostic.message, error.value.diagnostic.help) == (message, help)


def test_rules_are_run_in_nftables_as_the_page_shows_them() -> None:
    """What rules need is made first; what is no rule stays; somebody listens at the ports of the commands as typed."""
    rule = "iptables -t nat -A PREROUTING -p tcp --dport 80 -j REDIRECT --to-ports 8080"
    plan = plan_of(*read(rule, 'before = "ip route add default via 192.0.2.9"'), NFTABLES)

    assert [(each["program"], each["arguments"]) for each in plan["commands"]] == [
        ("ip", ["route", "add", "default", "via", "192.0.2.9"]),
        ("nft", ["add table ip nat"]),
        ("nft", ["add chain ip nat PREROUTING { type nat hook prerouting priority dstnat; }"]),
        ("nft", ["add rule ip nat PREROUTING tcp dport 80 counter redirect to :8080"]),
    ]
    assert 8080 in plan["ports"]


@pytest.mark.parametrize("command", ["iptables -D INPUT 1", "iptables-restore < rules", "ipset create x hash:ip"])
def test_what_has_no_form_in_nftables_is_not_tried_there(command: str) -> None:
    with pytest.raises(NoTranslation):
        plan_of(*read("iptables -A INPUT -j ACCEPT", f"before = {command!r}"), NFTABLES)


def test_fewer_rules_are_run_where_the_page_shows_them_first() -> None:
    """In the place of the last of the commands that they stand for."""
    rules = "\n".join(
        "iptables -t nat -A POSTROUTING -m statistic --mode nth"
        f" --every {every} --packet 0 -j SNAT --to 192.0.2.{number}"
        for number, every in ((1, 3), (2, 2), (3, 1))
    )
    commands = plan_of(*read(rules), FEWER_RULES)["commands"]

    assert [each["arguments"] for each in commands if "rule" in each["arguments"][0]] == [
        ["add rule ip nat POSTROUTING counter snat to numgen inc mod 3 map"
         " { 0 : 192.0.2.1, 1 : 192.0.2.2, 2 : 192.0.2.3 }"]
    ]  # fmt: skip
