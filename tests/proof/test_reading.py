"""plugins/proof/reading.py: what a file of experiments says, and what is said of one with faults: each at its place."""

from fractions import Fraction

import pytest
from drytables.diagnostics.diagnostic import Diagnostic
from drytables.diagnostics.source import Source
from proof.experiment import Experiment
from proof.reading import _OF_EXPECT, _OF_EXPERIMENT, _OF_TRAFFIC, read_experiments

#: Where a case says nothing else: what is left out is what it needs to be whole.
HEAD = '[[experiment]]\ntitle = "x"\n'
SENDS = f"{HEAD}[[experiment.traffic]]\n"
TRAFFIC = "[[experiment.traffic]]\nexpect.answered = 1\n"


def read(text: str) -> tuple[Experiment, ...]:
    """The experiments in a text that has no fault."""
    found = read_experiments(Source("x.experiment.toml", text))
    assert all(isinstance(each, Experiment) for each in found), found
    return tuple(each for each in found if isinstance(each, Experiment))


def told(text: str) -> list[str]:
    """What is wrong with a text, a line each."""
    source = Source("x.experiment.toml", text)
    found = read_experiments(source)
    assert not any(isinstance(each, Experiment) for each in found), found
    return [
        "{}:{} {}: {}".format(*source.position(each.span.start), each.message, each.help)
        for each in found
        if not isinstance(each, Experiment)
    ]


def test_what_is_left_out_is_as_usual() -> None:
    (experiment,) = read(HEAD + TRAFFIC)

    assert [host.name for host in experiment.hosts] == ["client", "machine", "server"]
    assert experiment.wires == (("client.eth0", "machine.eth1"), ("machine.eth0", "server.eth0"))
    assert (experiment.on, experiment.snippets) == ("machine", ())
    (traffic,) = experiment.traffic
    assert traffic.words == "1 TCP connection from client to server, port 80"


def test_what_is_said_is_taken() -> None:
    (experiment,) = read(
        """
        [[experiment]]
        title = "x"
        on = "gate"
        snippets = [1, "two", { snippet = 3, form = "written", on = "far" }]
        values."$WAN" = "eth0"
        before = "ip route add 10.0.0.0/8 via 192.0.2.9"
        after.far = ["sysctl -w net.ipv4.ip_forward=0"]
        [experiment.hosts]
        gate = { eth0 = "192.0.2.1/24", eth1 = "10.0.0.1/8" }
        far.eth0 = ["192.0.2.9/24", "2001:db8::9/64"]
        [experiment.traffic]
        protocol = "udp"
        from = "gate"
        to = "2001:0db8::9"
        connections = 30
        packets = 2
        expect = { shares = { "2001:db8::0:1" = "1/3", dropped = 0.25 }, alpha = 1e-9 }
        """.replace("\n        ", "\n")
    )

    assert [(use.snippet, use.form, use.on) for use in experiment.snippets] == [
        (1, "corrected", "gate"), ("two", "corrected", "gate"), (3, "written", "far"),
    ]  # fmt: skip
    assert [(each.on, each.words[0]) for each in (*experiment.before, *experiment.after)] == [
        ("gate", "ip"), ("far", "sysctl"),
    ]  # fmt: skip
    (traffic,) = experiment.traffic
    assert traffic.words == "30 UDP conversations from gate to 2001:db8::9, port 80 over IPv6, 2 packets each"
    (expected,) = traffic.expectations
    assert expected.wanted == {"2001:db8::1": Fraction(1, 3), "dropped": Fraction(1, 4)}
    assert expected.alpha == 1e-9


FAULTS = [
    # a text, where it is wrong, how, and what to do
    ("", "1:1 there is no experiment here: write [[experiment]]"),
    ("[[experiment]]\n" + TRAFFIC, "1:3 this experiment has no `title`: write in a few words"),
    (HEAD, "1:3 this experiment has no traffic: write [[experiment.traffic]] below it"),
    (HEAD + TRAFFIC + HEAD + TRAFFIC, "6:9 another experiment has this title: give each"),
    (HEAD + 'titel = "x"\n' + TRAFFIC, "3:1 unknown field of an experiment `titel`: did you mean `title`?"),
    (HEAD + "links = []\n" + TRAFFIC, "3:1 unknown field of an experiment `links`: did you mean `wires`?"),
    ("[[experiments]]\n", "1:3 unknown table `experiments`: did you mean `experiment`?"),
    (SENDS + "conections = 3\nexpect.answered = 1\n", "4:1 unknown field of traffic `conections`: did"),
    (SENDS + "expect.rejected = 1\n", "4:8 unknown expectation `rejected`: did you mean `refused`?"),
    (SENDS + "connections = 3\n", "3:14 nothing is expected of this traffic: write expect"),
    (SENDS + "expect = {}\n", "3:14 nothing is expected of this traffic: write expect"),
    (SENDS + 'from = "clinet"\nexpect.answered = 1\n', "4:8 there is no host `clinet`: did you mean `client`?"),
    (SENDS + 'to = "srever"\nexpect.answered = 1\n', "4:6 there is no host `srever`: did you mean `server`?"),
    (HEAD + 'on = "router"\n' + TRAFFIC, "3:6 there is no host `router`: the hosts are `client`, `machine`, `server`"),
    (HEAD + 'hosts.a.eth0 = "192.0.2.1/24"\n' + TRAFFIC, "1:3 this does not say which host has the rules: write on ="),
    (
        HEAD + 'hosts.machine.eth0 = "192.0.2.1"\n' + TRAFFIC,
        '3:22 the network of `192.0.2.1` is missing: write "192.0.2.1/24"',
    ),
    (
        HEAD + 'hosts.machine.eth0 = "192.0.2.300/24"\n' + TRAFFIC,
        "3:22 `192.0.2.300/24` is not an address with its network",
    ),
    (HEAD + 'hosts.machine.lo = "192.0.2.1/24"\n' + TRAFFIC, "3:15 `lo` is not a name for an interface"),
    (
        HEAD + 'wires = [["client.eth0", "machine.eth9"]]\n' + TRAFFIC,
        "3:26 there is no interface `machine.eth9`: did you mean",
    ),
    (HEAD + 'wires = [["client.eth0"]]\n' + TRAFFIC, "3:10 a wire connects two interfaces or more"),
    (HEAD + "snippets = [0]\n" + TRAFFIC, "3:13 snippets are counted from 1"),
    (
        HEAD + 'snippets = [{ snippet = 1, form = "corected" }]\n' + TRAFFIC,
        "3:35 unknown form `corected`: did you mean `corrected`?",
    ),
    (HEAD + 'before = "rm -rf /"\n' + TRAFFIC, "3:10 `rm` is not run here: ip, tc, nft"),
    (HEAD + 'before = ["ipst create x hash:ip"]\n' + TRAFFIC, "3:11 `ipst` is not run here: did you mean `ipset`?"),
    (HEAD + 'before = ["ip link set \'x"]\n' + TRAFFIC, "3:11 a quote in this command is not closed: close it"),
    (SENDS + "expect.sources = { machine = 1 }\n", "4:20 `machine` is not an address: write"),
    (
        SENDS + 'expect.order = ["droped"]\n',
        "4:17 `droped` is nothing that can be seen of a connection: did you mean `dropped`?",
    ),
    (SENDS + 'expect.reached = { "sever:80" = 1 }\n', "4:20 there is no host `sever`: did you mean `server`?"),
    (SENDS + "expect.shares = { answered = 1.5 }\n", "4:30 1.5 is not a share"),
    (SENDS + "expect.shares = { answered = 0.9, dropped = 0.9 }\n", "4:17 these shares are more than the whole"),
    (SENDS + "expect = { answered = 1, alpha = 1e-6 }\n", "4:26 `alpha` is for shares only"),
    (
        SENDS + 'connections = 5\nexpect.shares = { "192.0.2.1" = 0.5 }\n',
        "5:19 of 5 connections, chance allows any number to be 192.0.2.1: send more",
    ),
    (SENDS + "expect.shares = {}\n", "4:17 no share says nothing"),
    (SENDS + "expect.marks = { red = 1 }\n", "4:18 `red` is not a mark"),
    (SENDS + 'protocol = "icmp"\nport = 80\nexpect.answered = 1\n', "5:1 icmp has no ports: remove it"),
    (
        SENDS + 'to = "2001:db8::1"\nfamily = "ipv4"\nexpect.answered = 1\n',
        "4:6 `2001:db8::1` is not an address of ipv4",
    ),
    (SENDS + "connections = 0\nexpect.answered = 1\n", "4:15 0 is out of range: write a number from 1"),
    (SENDS + "connections = true\nexpect.answered = 1\n", "4:15 a whole number is expected, not a boolean"),
    (SENDS + "every = -1\nexpect.answered = 1\n", "4:9 -1 is out of range"),
    (SENDS + "connections = nan\nexpect.answered = 1\n", "4:15 a whole number is expected, not a number"),
    (SENDS + "every = nan\nexpect.answered = 1\n", "4:9 nan is out of range"),
    (SENDS + "expect.answered = 2026-01-01\n", "4:19 a whole number is expected, not a date or time"),
    (HEAD + "traffic = 7\n", "3:11 a table, or a list of tables, is expected"),
    ('experiment = ["x"]', "1:14 a table, or a list of tables, is expected"),
    ("[[experiment]\n", "1:13 this is not TOML: "),
]


@pytest.mark.parametrize(("text", "expected"), FAULTS, ids=[expected for _, expected in FAULTS])
def test_a_fault_is_told_at_its_place(text: str, expected: str) -> None:
    assert any(line.startswith(expected) for line in told(text)), told(text)


def test_all_faults_are_told_at_once() -> None:
    text = HEAD.replace("title", "titel") + "[[experiment.traffic]]\nprot = 1\nexpect.orders = 1\nport = 0\n"

    assert [line.split(" ")[0] for line in told(text)] == ["1:3", "2:1", "4:1", "5:8", "6:8"]


def test_nothing_that_is_read_ends_in_a_traceback() -> None:
    """Whatever stands in the place of any value, it is read, or told as a fault within the text."""
    values = ("1", "-1", "1.5", "true", '"x"', '""', "[]", "{}", "[1]", '["x"]', "[[]]", "{ x = 1 }", "nan", "07:30:00")
    for value in values:
        texts = [f"[[experiment]]\n{field} = {value}\n" for field in _OF_EXPERIMENT]
        texts += [f"{SENDS}{field} = {value}\n" for field in _OF_TRAFFIC]
        texts += [f"{SENDS}expect.{field} = {value}\n" for field in _OF_EXPECT]
        for text in texts:
            found = read_experiments(Source("x", text))
            faults = [each for each in found if isinstance(each, Diagnostic)]
            assert found, text
            assert all(0 <= each.span.start <= each.span.end <= len(text) for each in faults), text
