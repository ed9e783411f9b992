"""`make prove`, on the real kernel: what it proves, what it says of what is false, and that nothing is left behind."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import PROJECT, need
from proof.needs import lacking

pytestmark = pytest.mark.starts_programs

EXPERIMENTS = Path(__file__).with_name("experiments")
PAGE = """\
Title: x
Date: 2026-01-01

```{.sh iptables="1.4.10"}
iptables -t nat -A POSTROUTING -m statistic --mode nth --every 2 -j SNAT --to 192.0.2.7
```
"""
HOSTS = """\
hosts.machine.eth0 = ["192.0.2.1/24", "192.0.2.7/24"]
hosts.server.eth0 = "192.0.2.9/24"
"""
EXPERIMENT = f"""\
[[experiment]]
title = "Every second"
{HOSTS}
[experiment.traffic]
protocol = "udp"
connections = 4
expect.order = ["192.0.2.7", "192.0.2.1"]
"""
#: A variable that all processes of a run inherit, to find them by.
MARK = "MARK_OF_A_TEST"


@pytest.fixture(autouse=True)
def _machine() -> None:
    missing = [*lacking()]
    need(not missing, "; ".join(missing) or "nothing", "apt-get install iptables iproute2 nftables util-linux, as root")


def site(folder: Path, experiment: str = EXPERIMENT, page: str = PAGE) -> Path:
    """A folder with a page and its experiment."""
    (folder / "post.md").write_text(page, encoding="utf-8")
    (folder / "post.experiment.toml").write_text(experiment, encoding="utf-8")
    return folder


def prove(
    folder: Path, *arguments: str, before: tuple[str, ...] = (), **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run it in a folder, behind other programs if they are given."""
    return subprocess.run(
        [*before, sys.executable, "-m", "proof", *arguments],
        cwd=folder, capture_output=True, encoding="utf-8", check=False,
        env={**os.environ, "PYTHONPATH": str(PROJECT / "plugins"), **environment},
    )  # fmt: skip


@pytest.mark.parametrize("name", sorted(each.name for each in EXPERIMENTS.glob("*.toml")))
def test_each_feature_of_the_model_is_proved(tmp_path: Path, name: str) -> None:
    for file in (EXPERIMENTS / name, EXPERIMENTS / name.replace(".experiment.toml", ".md")):
        shutil.copy(file, tmp_path)
    if name.startswith("sets."):
        need(shutil.which("ipset"), "ipset", "apt-get install ipset")

    result = prove(tmp_path)

    assert result.returncode == 0, result.stdout + result.stderr
    titles = (EXPERIMENTS / name).read_text(encoding="utf-8").count("[[experiment]]")
    assert result.stdout.count("proved  ") == titles
    assert f"{titles} experiments in " in result.stdout and ", as expected; the model predicted " in result.stdout
    assert "and was wrong" not in result.stdout, result.stdout


def test_the_evidence_says_what_was_done_and_seen(tmp_path: Path) -> None:
    result = prove(site(tmp_path))

    assert result.returncode == 0, result.stdout + result.stderr
    (experiment,) = json.loads((tmp_path / "post.evidence.json").read_text(encoding="utf-8"))["experiments"]
    assert experiment["kernel"] == os.uname().release
    assert [run["backend"] for run in experiment["runs"]] == ["legacy", "nft", "nftables"]
    *of_iptables, in_nftables = experiment["runs"]
    for run in of_iptables:
        rule = "iptables -t nat -A POSTROUTING -m statistic --mode nth --every 2{} -j SNAT --to 192.0.2.7"
        assert [each["command"] for each in run["commands"]] == [rule.format(" --packet 0")]
        (written,) = run["as_written"]
        assert (written["command"], written["status"]) == (rule.format(""), 2)
        assert 'statistic: option "--every" also requires "--packet".' in written["said"]
    assert [each["command"].split(" ")[1:3] for each in in_nftables["commands"]] == [
        ["'add", "table"], ["'add", "chain"], ["'add", "rule"],
    ]  # fmt: skip
    assert in_nftables["as_written"] == []
    for run in experiment["runs"]:
        (traffic,) = run["traffic"]
        assert [each["source"] for each in traffic["seen"]["kinds"]] == ["192.0.2.7", "192.0.2.1"]
        assert traffic["seen"]["order"] == "(0 1)*2"


def test_what_is_seen_again_changes_nothing(tmp_path: Path) -> None:
    prove(site(tmp_path))
    file = tmp_path / "post.evidence.json"
    before = file.read_bytes(), file.stat().st_mtime_ns

    result = prove(tmp_path)

    assert result.returncode == 0 and "wrote" not in result.stdout
    assert (file.read_bytes(), file.stat().st_mtime_ns) == before


def test_a_false_expectation_fails_with_what_was_seen(tmp_path: Path) -> None:
    prove(site(tmp_path))
    before = (tmp_path / "post.evidence.json").read_bytes()
    site(tmp_path, EXPERIMENT.replace('["192.0.2.7", "192.0.2.1"]', '["192.0.2.1", "192.0.2.7"]'))

    result = prove(tmp_path)

    assert result.returncode == 1
    assert "FALSE   post.experiment.toml:2: Every second\n" in result.stdout
    assert "expected  in this order, again and again: 192.0.2.1, 192.0.2.7\n" in result.stdout
    assert (
        "seen      connection 1 is 192.0.2.7, not 192.0.2.1; from connection 1 on: 192.0.2.7, 192.0.2.1"
        in result.stdout
    )
    assert "1 experiment in " in result.stdout and ", 1 not as expected" in result.stdout
    assert (tmp_path / "post.evidence.json").read_bytes() == before


def test_other_rules_fail_what_was_expected_of_the_first(tmp_path: Path) -> None:
    result = prove(site(tmp_path, page=PAGE.replace("--every 2", "--every 3")))

    assert result.returncode == 1
    assert "seen      connection 3 is 192.0.2.1, not 192.0.2.7" in result.stdout
    assert not (tmp_path / "post.evidence.json").exists()


def test_a_command_that_is_refused_is_told_with_its_words(tmp_path: Path) -> None:
    page = PAGE.replace(' iptables="1.4.10"', "").replace("--every 2", "--every 2 --packet 9")

    result = prove(site(tmp_path, page=page))

    assert result.returncode == 1
    assert (
        "error: post.experiment.toml:2: could not be tried: iptables-legacy refused `iptables -t nat" in result.stderr
    )
    assert "on machine: iptables v1" in result.stderr
    assert "Traceback" not in result.stderr


def test_what_is_not_run_is_said(tmp_path: Path) -> None:
    page = PAGE.replace("iptables -t nat", "ip route add 198.51.100.0/24 via 192.0.2.1\niptables -t nat")

    result = prove(site(tmp_path, page=page))

    assert result.returncode == 0, result.stdout + result.stderr
    assert "not run: ip route add 198.51.100.0/24 via 192.0.2.1 (no command of iptables" in result.stdout


def test_a_host_is_prepared_as_the_experiment_says(tmp_path: Path) -> None:
    experiment = EXPERIMENT.replace(HOSTS, f'{HOSTS}before.server = "iptables -A INPUT -s 192.0.2.1 -j REJECT"\n')
    experiment = experiment.replace('"192.0.2.7", "192.0.2.1"', '"192.0.2.7", "refused"')

    result = prove(site(tmp_path, experiment))

    assert result.returncode == 0, result.stdout + result.stderr


def test_what_is_wrong_with_an_experiment_is_told_at_its_place(tmp_path: Path) -> None:
    result = prove(site(tmp_path, EXPERIMENT.replace("connections", "conections")))

    assert result.returncode == 1
    assert "error[unknown-field-of-experiment]: unknown field of traffic `conections`\n" in result.stderr
    assert " --> post.experiment.toml:8:1\n" in result.stderr
    assert "did you mean `connections`?" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "environment", "said"),
    [
        ((), {"PROVE_ONLY": "nothing like it"}, "error: no experiment has `nothing like it` in its file"),
        (("nowhere",), {}, "error: nowhere: there is no such file"),
        (("post.md",), {}, "error: post.md: experiments are in files that end with .experiment.toml"),
        (("--help-me",), {}, "usage: python -m proof"),
    ],
    ids=["only", "nowhere", "page", "option"],
)  # fmt: skip
def test_what_cannot_be_meant_is_told(
    tmp_path: Path, arguments: tuple[str, ...], environment: dict[str, str], said: str
) -> None:
    result = prove(site(tmp_path), *arguments, **environment)

    assert result.returncode == 2
    assert result.stderr.startswith(said)


def test_a_folder_without_experiments_says_where_to_begin(tmp_path: Path) -> None:
    result = prove(tmp_path)

    assert result.returncode == 2
    assert "error: there are no experiments: write one beside a page" in result.stderr


def test_an_experiment_without_its_page_is_told(tmp_path: Path) -> None:
    (site(tmp_path) / "post.md").unlink()

    result = prove(tmp_path)

    assert result.returncode == 1
    assert "error: post.experiment.toml: there is no page post.md beside it" in result.stderr


def test_without_root_it_says_so(tmp_path: Path) -> None:
    """In a namespace where nobody is root, and nobody may make another."""
    result = prove(site(tmp_path), before=("unshare", "--user"))

    assert result.returncode == 2
    assert result.stderr.startswith(
        "error: only root may make network namespaces on this machine: run `sudo make prove`\n"
    )
    assert "the evidence that is committed still stands" in result.stderr


def test_root_of_a_namespace_of_users_is_enough(tmp_path: Path) -> None:
    """As whoever is not root is there. What is logged, marked and counted is seen as well."""
    names = ("marks.md", "marks.experiment.toml", "logging.md", "logging.experiment.toml")
    for name in names:
        shutil.copy(EXPERIMENTS / name, tmp_path)
    may_not = "import proof.needs, proof.laboratory as lab; lab.Laboratory.__init__.__kwdefaults__['needs_root'] = True"
    script = f"{may_not}; from proof.__main__ import main; raise SystemExit(main([]))"

    ran = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path, capture_output=True, encoding="utf-8", check=False,
        env={**os.environ, "PYTHONPATH": str(PROJECT / "plugins")},
    )  # fmt: skip

    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert ran.stdout.count("proved  ") == 5


def test_without_a_program_it_says_which(tmp_path: Path) -> None:
    """Where nothing can run nft."""
    nft = shutil.which("nft", path="/usr/sbin:/usr/bin:/sbin:/bin")
    hide = f'mount --bind /dev/null {nft} && exec "$@"'

    result = prove(site(tmp_path), before=("unshare", "--mount", "sh", "-c", hide, "sh"))

    assert result.returncode == 2
    assert result.stderr.startswith("error: nft is missing: apt-get install nftables\n")


def test_the_machines_own_rules_are_as_they_were(tmp_path: Path) -> None:
    """In a namespace that stands for the machine: rules, interfaces, addresses and settings."""
    look = (
        "iptables-legacy-save; iptables-nft-save; nft list ruleset; ip address; sysctl -a 2>/dev/null | grep ^net.ipv4"
    )
    script = f"""
        iptables-legacy -A INPUT -s 198.51.100.1 -j DROP; iptables-nft -A INPUT -s 198.51.100.2 -j DROP
        ({look}) | grep -v '^#' > before; "$@"; status=$?; ({look}) | grep -v '^#' > after; exit $status
    """

    result = prove(site(tmp_path), before=("unshare", "--net", "sh", "-c", script, "sh"))

    assert result.returncode == 0, result.stdout + result.stderr
    before, after = ((tmp_path / name).read_text(encoding="utf-8").split("\n") for name in ("before", "after"))
    assert "-A INPUT -s 198.51.100.1/32 -j DROP" in before
    # How long a neighbour is remembered is chosen anew every few minutes.
    assert [line for line in after if "reachable_time" not in line] == [
        line for line in before if "reachable_time" not in line
    ]


def marked(mark: str) -> set[int]:
    """The processes that have a mark in their environment."""
    found = set()
    for file in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"{MARK}={mark}".encode() in file.read_bytes().split(b"\0"):
                found.add(int(file.parent.name))
        except OSError:
            pass
    return found


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_leaves_nothing_behind(tmp_path: Path, number: signal.Signals) -> None:
    """Neither processes, and so no namespaces, which have no other hold, nor files. The next run does not notice."""
    site(tmp_path, EXPERIMENT.replace("connections = 4", "connections = 9999\nevery = 1"))
    mark = f"{os.getpid()}-{number}"
    run = subprocess.Popen(
        [sys.executable, "-m", "proof"], cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(PROJECT / "plugins"), MARK: mark}, encoding="utf-8",
    )  # fmt: skip
    # The run itself, what starts the laboratory, the laboratory, its wires, two hosts, and the one that sends.
    while len(marked(mark)) < 7:
        assert run.poll() is None
        time.sleep(0.05)

    run.send_signal(number)

    _, said = run.communicate()
    while marked(mark):
        time.sleep(0.05)
    assert run.returncode == (-number if number == signal.SIGKILL else 128 + number)
    assert "Traceback" not in said
    assert {each.name for each in tmp_path.iterdir()} == {"post.md", "post.experiment.toml"}
    assert prove(site(tmp_path)).returncode == 0


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("PATH = 'x", "error: the experiments could not be tried"),
        ("DRYTABLES_IPTABLES = '1.4.100'", "unknown iptables release"),
    ],
)
def test_settings_that_cannot_be_used_are_told(tmp_path: Path, settings: str, said: str) -> None:
    (site(tmp_path) / "pelicanconf.py").write_text(f"{settings}\n", encoding="utf-8")

    result = prove(tmp_path)

    assert result.returncode == 1
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_make_that_is_killed_takes_all_along(tmp_path: Path) -> None:
    site(tmp_path, EXPERIMENT.replace("connections = 4", "connections = 9999\nevery = 1"))
    (tmp_path / "Makefile").write_text(f"prove:\n\t@{sys.executable} -m proof\n", encoding="utf-8")
    mark = f"{os.getpid()}-make"
    make = subprocess.Popen(
        ["make", "prove"], cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(PROJECT / "plugins"), MARK: mark},
    )  # fmt: skip
    while len(marked(mark)) < 8:
        assert make.poll() is None
        time.sleep(0.05)

    make.kill()

    make.wait()
    while marked(mark):
        time.sleep(0.05)
    assert {each.name for each in tmp_path.iterdir()} == {"Makefile", "post.md", "post.experiment.toml"}


def test_the_laboratory_does_nothing_on_the_machine_itself() -> None:
    for own in ({}, {"PROOF_OUTER_NAMESPACES": "net:[1] mnt:[2] pid:[3]"}):
        ran = subprocess.run(
            [sys.executable, "-m", "proof.lab"], input="{}\n", capture_output=True, encoding="utf-8", check=False,
            env={**os.environ, "PYTHONPATH": str(PROJECT / "plugins"), **own, **_here(own)},
        )  # fmt: skip
        assert (ran.returncode, ran.stdout) == (1, "")
        assert ran.stderr == "this is not a net namespace of its own: nothing was done\n"


def _here(own: dict[str, str]) -> dict[str, str]:
    """The namespaces of this process, as those of the machine, where a test says any."""
    names = ("net", "mnt", "pid")
    return {each: " ".join(str(Path(f"/proc/self/ns/{name}").readlink()) for name in names) for each in own}
