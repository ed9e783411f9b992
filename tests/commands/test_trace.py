"""`drytables trace`: the way of a packet through the rules of a file, as a user sees it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from conftest import PROJECT

from commands.run import drytables, page

pytestmark = pytest.mark.starts_programs

SAVED = """\
*filter
:INPUT DROP [0:0]
:ssh - [0:0]
-A INPUT -i lo -j ACCEPT
-A INPUT -p tcp -m tcp --dport 22 -j ssh
-A ssh -s 192.0.2.0/24 -j ACCEPT
-A ssh -j LOG --log-prefix "ssh: "
COMMIT
"""
SSH = "-p tcp -s 192.0.2.7 --dport 22 into eth0"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a saved ruleset, a script and a page."""
    (tmp_path / "rules.v4").write_text(SAVED)
    (tmp_path / "rules.sh").write_text("#!/bin/sh\niptables -P INPUT DROP\niptables -A INPUT -p tcp -j ACCEPT\n")
    (tmp_path / "post.md").write_text(page("iptables -A INPUT -p tcp -j ACCEPT") + page("iptables -I INPUT -j DROP"))
    return tmp_path


def test_it_tells_each_rule_on_the_way_and_the_end(folder: Path) -> None:
    run = drytables("trace", SSH, "rules.v4", folder=folder)

    assert (run.returncode, run.stderr) == (0, "")
    assert (
        run.stdout
        == """\
A TCP packet from 192.0.2.7 to port 22 into eth0. It arrives for this machine.
Not said of it: its destination address, its source port, its TCP flags, the state of its connection.

INPUT
  filter
    rules.v4:5: -A INPUT -p tcp -m tcp --dport 22 -j ssh
      goes to ssh
      rules.v4:6: -A ssh -s 192.0.2.0/24 -j ACCEPT
        accepted
    1 rule does not match

It is accepted by rules.v4:6.
"""
    )


def test_it_tells_all_rules_when_asked(folder: Path) -> None:
    run = drytables("trace", "--all", "-p tcp -s 10.0.0.1 --dport 22 into eth0", "rules.v4", folder=folder)

    lines = run.stdout.splitlines()
    assert lines[-1] == "It is dropped by the policy of INPUT."
    assert "      does not match" in lines
    assert '        logged as "ssh: "' in lines


@pytest.mark.parametrize(
    ("file", "more", "verdict"),
    [
        ("rules.v4", (), "It is accepted by rules.v4:6."),
        ("rules.sh", (), "It is accepted by rules.sh:3."),
        ("post.md", (), "It is dropped by post.md:13."),
        ("post.md", ("--snippet", "1"), "It is accepted by post.md:6."),
        ("post.md", ("--snippet", "2", "--snippet", "1"), "It is dropped by post.md:13."),
    ],
)
def test_pages_scripts_and_saved_rulesets(folder: Path, file: str, more: tuple[str, ...], verdict: str) -> None:
    assert drytables("trace", *more, SSH, file, folder=folder).stdout.splitlines()[-1] == verdict


def test_what_another_program_prints(folder: Path) -> None:
    run = drytables("trace", SSH, "-", stdin=SAVED, folder=folder)

    assert run.stdout.endswith("It is accepted by <stdin>:6.\n")


def test_json_has_the_way_and_every_end(folder: Path) -> None:
    run = drytables("trace", "--format", "json", "-p tcp --dport 22 into eth0", "rules.v4", folder=folder)
    record = json.loads(run.stdout)

    assert record["verdict"] is None
    assert record["packet"]["destination_port"] == 22 and record["packet"]["source"] is None
    assert [(each["rule"] and each["rule"]["line"], each["meets"]) for each in record["meetings"]] == [
        (4, "no"), (5, "yes"), (6, "perhaps"), (7, "yes"), (None, "yes"),
    ]  # fmt: skip
    assert record["meetings"][2]["asked"] == [{"condition": "-s 192.0.2.0/24", "lacks": "its source address"}]
    assert {each["verdict"]: each["unknown"] for each in record["endings"]} == {
        "dropped": ["its source address"], "accepted": ["its source address"],
    }  # fmt: skip
    assert record["endings"][0]["logs"] == [{"target": "LOG", "prefix": "ssh: ", "is_certain": True}]


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("-p tcp --dprot 22", "rules.v4"), 1, "did you mean `--dport`?"),
        (("", "rules.v4"), 1, "nothing is said of the packet"),
        ((SSH, "missing.v4"), 2, "missing.v4: No such file or directory"),
        ((SSH, "empty.txt"), 2, "no iptables command or saved table is in it"),
        (("--snippet", "3", SSH, "post.md"), 2, "it has 2 pieces of code with iptables commands, and no number 3"),
        (("--snippet", "0", SSH, "post.md"), 2, "a number from 1 on"),
        (("--host", "web", SSH, "rules.v4"), 2, "it has no rules for the machine `web`"),
        ((SSH, "hosts.md"), 2, "choose one with --host: `web`, `db`"),
        ((SSH,), 2, "FILE"),
    ],
)
def test_a_mistake_is_told(folder: Path, arguments: tuple[str, ...], status: int, said: str) -> None:
    (folder / "empty.txt").write_text("nothing\n")
    (folder / "hosts.md").write_text(page("root@web:~# iptables -A INPUT -j DROP", "root@db:~# iptables -F"))

    run = drytables("trace", *arguments, folder=folder)

    assert run.returncode == status
    assert said in run.stderr and run.stdout == ""


def test_a_machine_is_chosen(folder: Path) -> None:
    (folder / "hosts.md").write_text(page("root@web:~# iptables -A INPUT -j DROP", "root@db:~# iptables -P INPUT DROP"))

    run = drytables("trace", "--host", "db", SSH, "hosts.md", folder=folder)

    assert run.stdout.endswith("It is dropped by the policy of INPUT.\n")


def test_what_is_refused_is_told_and_does_nothing(folder: Path) -> None:
    (folder / "rules.sh").write_text("iptables -A INPUT -s 192.0.2.300 -j ACCEPT\niptables -A INPUT -j DROP\n")

    run = drytables("trace", SSH, "rules.sh", folder=folder)

    assert "rules.sh:1: iptables refuses this command, so it does nothing" in run.stdout
    assert run.stdout.endswith("It is dropped by rules.sh:2.\n")


def test_rules_of_the_other_family_never_see_it(folder: Path) -> None:
    run = drytables("trace", "tcp from 2001:db8::1 into eth0", "rules.v4", folder=folder)

    assert "All rules are of iptables, which never sees such a packet." in run.stdout
    assert run.stdout.endswith("It is accepted: no rule says otherwise.\n")


def test_it_follows_the_configuration(folder: Path) -> None:
    """The release that reads the rules: of old, `--every` needed no `--packet`."""
    (folder / "rules.sh").write_text("iptables -A INPUT -m statistic --mode nth --every 1 -j DROP\n")
    before = drytables("trace", SSH, "rules.sh", folder=folder)
    (folder / ".drytables.toml").write_text('iptables = "1.4.10"\n')

    after = drytables("trace", SSH, "rules.sh", folder=folder)
    isolated = drytables("trace", "--isolated", SSH, "rules.sh", folder=folder)

    assert after.stdout.endswith("It is dropped by rules.sh:1.\n")
    assert before.stdout == isolated.stdout != after.stdout
    (folder / ".drytables.toml").write_text('iptabels = "1.4.10"\n')
    assert "did you mean `iptables`?" in drytables("trace", SSH, "rules.sh", folder=folder).stderr


def test_the_first_post_takes_three_addresses_in_turn() -> None:
    post = "content/posts/load-balance-between-source-ips-in-linux.md"

    run = drytables("trace", "tcp to 203.0.113.1:80 new out of eth0", post, folder=PROJECT)

    shares = ", or ".join(f"source 192.168.1.20{last} (1/3)" for last in (1, 2, 3))
    assert run.stdout.endswith(f"It leaves with {shares}.\n")


def test_the_example_of_the_manual_is_what_it_prints(folder: Path) -> None:
    manual = (PROJECT / "CHECKING.md").read_text(encoding="utf-8")
    section = manual.partition("## Where a packet goes\n")[2]
    rules, command, printed = re.findall(r"```[\w-]+\n(.*?)```\n", section, re.DOTALL)[:3]
    (folder / "rules.v4").write_text(rules)
    packet = command.partition("'")[2].partition("'")[0]

    assert drytables("trace", packet, "rules.v4", folder=folder).stdout == printed
