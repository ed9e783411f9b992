"""What we say in nft, held against the real nft, and against the code of what iptables-translate says.

NFT_N says how many commands are made up (300), NFT_SEED from which number (1). A command with a difference is shown
with the lines of both.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from commands.run import drytables
from conftest import need
from drytables.diagnostics.diagnostic import Diagnostic
from drytables.diagnostics.source import Source
from drytables.judging.verdict import judge
from drytables.nft.chains import is_base, table_name
from drytables.nft.commands import translate
from drytables.nft.releases import needed
from drytables.reading.shell.line import read_line
from nft.cases import Case, case_of, cases

from oracle import nft_changes, nft_code, nft_known, nft_packets
from oracle.commands import taken_command
from oracle.iptables import missing

pytestmark = pytest.mark.starts_programs

COUNT = int(os.environ.get("NFT_N", "300"))
MANY = 2000
SEED = int(os.environ.get("NFT_SEED", "1"))

#: What nft or this kernel may lack, or what is only on a reader's machine: a form with one of these is not at fault.
LACKING = (
    "Could not resolve hostname", "Could not parse devgroup name", "Could not parse routing realm",
    "could not parse conntrack label", "Interface does not exist", "cgroupv2 path fails", "User does not exist",
    "Group does not exist", "resolve service",
)  # fmt: skip
#: Words of nft that need a module which a kernel may not have.
NEED_A_MODULE = re.compile(r"\bqueue\b|secmark|dccp option|\bosf\b|synproxy|ct helper|ct timeout")


@pytest.fixture(scope="module", autouse=True)
def _nft() -> None:
    """Only where there are nft and iptables, and a namespace can be had."""
    need(not nft_code.lacks_library() and bool(shutil.which("nft")), "nft", "install nftables")
    need(bool(shutil.which("iptables-translate")), "iptables-translate", "install iptables")
    need(os.geteuid() == 0 and bool(shutil.which("unshare")), "root", "run as root, with util-linux")


def ask(requests: Iterable[object], program_file: ModuleType = nft_code) -> list[Any]:
    """What a program of this folder answers to some requests, in a network namespace of its own."""
    program = ["unshare", "--net", "--mount", sys.executable, str(program_file.__file__)]
    lines = "".join(json.dumps(request) + "\n" for request in requests)
    outer = str(Path("/proc/self/ns/net").readlink())
    environment = os.environ | {"OUTER_NAMESPACE": outer, "TZ": "UTC"}
    run = subprocess.run(program, input=lines, capture_output=True, encoding="utf-8", env=environment, check=True)
    return [json.loads(line) for line in run.stdout.splitlines()]


@cache
def version() -> tuple[int, ...]:
    """The release of the installed nft."""
    said = subprocess.run(["nft", "--version"], capture_output=True, encoding="utf-8", check=True).stdout
    found = re.search(r"v(\d+(?:\.\d+)*)", said)
    assert found is not None
    return tuple(map(int, found[1].split(".")))


def is_taken(case: Case) -> bool:
    """Whether the installed nft is new enough."""
    return not case.since or version() >= tuple(map(int, case.since.split(".")))


def request_of(line: str) -> tuple[dict[str, list[str]], list[str]] | None:
    """What to ask about a command, and its lines in nft; None if it is not taken, or nft cannot say it."""
    command = read_line(Source("-", line))
    assert not isinstance(command, Diagnostic)
    verdict = judge(command)
    if verdict.status != "accepted":
        return None
    rule = verdict.rule
    translation = translate(rule)
    if translation.lines is None:
        return None
    table = table_name(rule.family, rule.table)
    used = {each.text for each in (rule.chain, rule.jump) if each is not None and rule.target is None}
    chains = [name for name in {*used, "MINE"} if re.fullmatch(r"[A-Za-z]+", name) and not is_base(rule.table, name)]
    before = [*translation.foundations, *(f"add chain {table} {name}" for name in chains)]
    if rule.number:
        before += [f"add rule {table} {rule.chain.text} counter"] * 5  # type: ignore[union-attr]
    words = [word.text for word in command.words]
    return {"statements": [*before, *translation.lines], "before": before, "words": words}, translation.lines


def is_fault(error: str, lines: list[str]) -> bool:
    """Whether what nft says of some lines is a fault of theirs."""
    if not error or any(each in error for each in LACKING):
        return False
    return not ("Could not process rule" in error and any(map(NEED_A_MODULE.search, lines)))


def test_nft_takes_every_form() -> None:
    """Each case of `cases.txt`, but for those that need a newer nft."""
    asked = [(case, request_of(case.command)) for case in cases() if case.lines and is_taken(case)]
    found = [(case, *each) for case, each in asked if each is not None]
    answers = ask({"statements": request["statements"]} for _, request, _ in found)

    assert len(answers) == len(found) > 150
    faults = [
        f"{case.command}\n    {lines}\n    {answer['error']}"
        for (case, _, lines), answer in zip(found, answers, strict=True)
        if is_fault(answer["error"], lines) and not _needs_a_chain(answer["error"], case)
    ]
    assert not faults, "\n\n".join(faults)


def _needs_a_chain(error: str, case: Case) -> bool:
    """Whether a command works on a chain that does not exist here: to delete and to rename it, it must be there."""
    return "No such file" in error and case.command.split()[1] in ("-X", "-E", "-Z")


@pytest.mark.parametrize("count", [COUNT, MANY], ids=["some", "many"])
def test_the_code_is_that_of_iptables_translate(count: int) -> None:
    """Where it says anything, nft makes the same code of its line and of ours, or the difference is explained."""
    asked = [(line, request_of(line)) for number in range(count) if (line := taken_command(SEED, number))]
    found = [(line, *each) for line, each in asked if each is not None]

    answers = ask(request for _, request, _ in found)

    faults, same = [], 0
    for (line, _, lines), answer in zip(found, answers, strict=True):
        if is_fault(answer["error"], lines):
            if not needs_newer(lines) and not is_strange(line):
                faults.append(f"nft does not take it: {line}\n    {lines}\n    {answer['error']}")
        elif answer.get("lines") and not answer["theirs_error"]:
            if answer["code"] == answer["theirs_code"]:
                same += 1
            elif not nft_known.why(line):
                faults.append(f"the code differs: {line}\n    {lines}\n    {answer['lines']}")
    assert not faults, "\n\n".join(faults)
    assert same > count // 4


CHANGES = (Path(__file__).parent / "nft_changes.txt").read_text(encoding="utf-8").splitlines()[1:]
#: A rule set as people save it.
SAVED = """\
*nat
:PREROUTING ACCEPT [0:0]
:POSTROUTING ACCEPT [0:0]
-A PREROUTING -i eth0 -p tcp -m tcp --dport 80 -j DNAT --to-destination 10.0.0.2:8080
-A POSTROUTING -o eth0 -j MASQUERADE
COMMIT
*filter
:INPUT DROP [0:0]
:FORWARD ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:guard - [0:0]
-A INPUT -i lo -j ACCEPT
-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A INPUT -p tcp -m multiport --dports 22,80:88 -j guard
-A INPUT -p tcp --syn -m connlimit --connlimit-above 9 -j REJECT --reject-with tcp-reset
-A guard -m recent --name seen --rcheck --seconds 60 -j DROP
-A guard -m limit --limit 5/min -j LOG --log-prefix "guard: "
-A guard -m recent --name seen --set -j RETURN
COMMIT
"""


def test_nft_takes_a_whole_file() -> None:
    """What `drytables nft` makes of a saved rule set."""
    made = drytables("nft", "-", stdin=SAVED)

    (answer,) = ask([{"statements": made.stdout.splitlines()}])

    assert (made.returncode, made.stderr) == (0, "")
    assert answer["error"] == ""
    assert answer["code"].count("[ counter ") == 9


PAIRS = (Path(__file__).parent / "nft_pairs.txt").read_text(encoding="utf-8").split("\n\n")


@pytest.mark.parametrize("lines", PAIRS, ids=["packets", "connections"])
def test_the_same_packets_are_counted(lines: str) -> None:
    """Each rule of `nft_pairs.txt` counts in nft what it counts in iptables."""
    lacking = missing()
    need(not lacking, lacking.partition(" (")[0], lacking.partition("(")[2].rstrip(")"))
    request: dict[str, dict[str, list[list[str]]]] = {}
    commands: dict[str, list[str]] = {}
    for number, line in enumerate(each for each in lines.splitlines() if not each.startswith("#")):
        program, *words = shlex.split(line)
        command = read_line(Source("-", line))
        assert not isinstance(command, Diagnostic)
        translation = translate(judge(command).rule, number)
        assert translation.lines is not None, line
        part = request.setdefault(program, {"rules": [], "statements": []})
        part["rules"].append(words if words[0] == "-t" else ["-t", "filter", *words])
        part["statements"].append([*translation.foundations, *translation.lines])
        commands.setdefault(program, []).append(line)

    (answer,) = ask([request], nft_packets)

    counted = {program: list(zip(commands[program], *answer[program], strict=True)) for program in commands}
    assert [each for pairs in counted.values() for each in pairs if each[1] != each[2]] == []
    assert sum(bool(count) for pairs in counted.values() for _, count, _ in pairs) > 10


def test_packets_are_changed_alike() -> None:
    """Each rule of `nft_changes.txt` makes of packets in nft what it makes of them in iptables."""
    lacking = missing()
    need(not lacking, lacking.partition(" (")[0], lacking.partition("(")[2].rstrip(")"))
    lines = [case.command for case in map(case_of, CHANGES) if is_taken(case)]
    requests: list[dict[str, list[str]]] = [{"statements": ["add table ip none"]}]
    for line in lines:
        command = read_line(Source("-", line))
        assert not isinstance(command, Diagnostic)
        translation = translate(judge(command).rule)
        assert translation.lines is not None, line
        requests += [{"words": shlex.split(line)}, {"statements": [*translation.foundations, *translation.lines]}]

    unchanged, *answers = ask(requests, nft_changes)

    pairs = list(zip(lines, answers[::2], answers[1::2], strict=True))
    assert [line for line, theirs, ours in pairs if theirs != ours] == []
    assert sum(ours == unchanged for _, _, ours in pairs) <= 1  # a segment size is never raised


def needs_newer(lines: list[str]) -> bool:
    """Whether only a newer nft takes a form."""
    release = needed(lines)
    return bool(release) and version() < tuple(map(int, release.split(".")))


#: Options whose values the generator makes of names that no machine has, and that nft reads as something else; and
#: matches of IPv6 headers beside another protocol, of which nft allows one.
_STRANGE = re.compile(
    r"devgroup|realm|connlabel|--on-ip|--gateway|-m ah\b|--seconds|--ct(orig|repl)|--srh-lsid"
    r"|--to-?\S* \d+:\d+"
)


def is_strange(line: str) -> bool:
    """Whether a command has a value that stands for nothing here."""
    return bool(_STRANGE.search(line))
