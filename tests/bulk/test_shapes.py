"""A command that differs from others in its values only gets the answer that it would get by itself."""

import shlex
from collections import defaultdict
from random import Random

import pytest
from drytables.bulk import shapes
from drytables.bulk.shapes import Shapes
from drytables.formats.records import as_line, rule_record
from drytables.grammar.history.releases import NEWEST, Release
from examples import examples
from oracle.commands import TEXTS, command

NEW = Release(NEWEST)

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


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The lines that are judged in full from now on."""
    lines: list[str] = []

    def noted(line: str, release: Release) -> dict[str, object]:
        lines.append(line)
        return rule_record(line, release)

    monkeypatch.setattr(shapes, "rule_record", noted)
    return lines


def line_of(rest: str) -> str:
    """A command with an append to its right chain."""
    return f"iptables -A {'POSTROUTING' if 'nat' in rest else 'OUTPUT'} {rest}"


def answer_in_full(line: str, release: Release) -> tuple[str, bool]:
    """What `Shapes.answer` should say."""
    record = rule_record(line, release)
    return as_line(record), not record["ok"]


@pytest.mark.parametrize("rests", [*REMEMBERED, *JUDGED], ids=lambda rests: rests[2])
def test_the_answer_is_that_of_the_command_alone(rests: tuple[str, ...]) -> None:
    memory = Shapes(NEW)
    lines = [line_of(rest) for rest in (*rests, *rests)]

    assert [memory.answer(line) for line in lines] == [answer_in_full(line, NEW) for line in lines]


@pytest.mark.parametrize("rests", REMEMBERED, ids=lambda rests: rests[2])
def test_what_makes_no_difference_is_not_judged_again(rests: tuple[str, ...], judged: list[str]) -> None:
    first, second, third = map(line_of, rests)
    memory = Shapes(NEW)

    for line in (first, second, third):
        memory.answer(line)

    assert judged == [first, second]


@pytest.mark.parametrize("rests", JUDGED, ids=lambda rests: rests[2])
def test_what_may_make_a_difference_is_judged(rests: tuple[str, ...], judged: list[str]) -> None:
    memory = Shapes(NEW)

    for rest in rests:
        memory.answer(line_of(rest))

    assert judged[-1] == line_of(rests[2])


def varied(line: str, chosen: Random, values: dict[str, list[str]]) -> str:
    """A command with other values, of those that its options had elsewhere or of any kind."""

    def other(found: "shapes.re.Match[str]") -> str:
        if chosen.random() < 0.5:
            return found[0]
        anything = shlex.quote(chosen.choice(TEXTS))
        value = chosen.choice(values[found[1]]) if chosen.random() < 0.7 else anything
        return f" {found[1]} {value}"

    return shapes._VALUE.sub(other, line)


@pytest.mark.parametrize(("version", "count"), [(NEWEST, 150), ("1.8.7", 40), ("1.4.10", 40), ("1.3.5", 40)])
def test_made_up_commands_are_answered_as_they_are_alone(version: str, count: int) -> None:
    """Of every extension, with values right and wrong, one after the other in one memory."""
    release, chosen, memory = Release(version), Random(1), Shapes(Release(version))
    commands = [command(11, number) for number in range(examples(count))]
    values: dict[str, list[str]] = defaultdict(list)
    for line in commands:
        for found in shapes._VALUE.finditer(line):
            values[found[1]].append(found[2])
    lines = [
        line
        for made in commands
        for line in (made, made, *(varied(made, chosen, values) for _ in range(8)), *[varied(made, chosen, values)] * 2)
    ]

    differing = [line for line in lines if memory.answer(line) != answer_in_full(line, release)]

    assert differing == []


def test_only_so_much_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many shapes there are, and however many values that count."""
    monkeypatch.setattr(shapes, "_MOST", 20)
    memory = Shapes(NEW)

    for number in range(200):
        memory.answer(f"iptables -A INPUT -i eth{number} -j DROP")
        memory.answer(f"iptables -A INPUT -m limit --limit {number + 1}/day")
        assert sum(1 + len(shape.answers) for shape in memory._shapes.values()) <= 2 * 20
