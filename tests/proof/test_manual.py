"""PROVING.md: its example is the one of the post, it names every field, and what it says of them is so."""

import re

from conftest import PROJECT
from drytables.diagnostics.source import Source
from proof.evidence import KEPT_DAYS
from proof.experiment import Experiment
from proof.fields import PREPARING
from proof.network import USUAL_HOSTS
from proof.reading import _OF_EXPECT, _OF_EXPERIMENT, _OF_TRAFFIC, _OF_USE, _USUAL_ALPHA, read_experiments

MANUAL = (PROJECT / "PROVING.md").read_text(encoding="utf-8")
POST = PROJECT / "content" / "posts" / "load-balance-between-source-ips-in-linux.experiment.toml"


def experiment(text: str) -> Experiment:
    """The only experiment in a text."""
    (found,) = read_experiments(Source("x.experiment.toml", text))
    assert isinstance(found, Experiment), found
    return found


def test_its_example_is_that_of_the_post() -> None:
    (code,) = re.findall(r"^```toml\n(.*?)^```", MANUAL, re.DOTALL | re.MULTILINE)
    shown, committed = experiment(code), experiment(POST.read_text(encoding="utf-8"))

    assert (shown.title, shown.hosts, shown.wires) == (committed.title, committed.hosts, committed.wires)
    assert shown.traffic[0].expectations[0] in committed.traffic[0].expectations


def test_it_names_every_field() -> None:
    for names in (_OF_EXPERIMENT, _OF_USE, _OF_TRAFFIC, _OF_EXPECT):
        for name in names:
            assert re.search(rf"`{name}[`. ]|\b{name} = |^\| .*`{name}`", MANUAL, re.MULTILINE), name


def test_each_example_of_an_expectation_can_be_read() -> None:
    rows = re.findall(
        r"^\| (`[a-z`, ]+) \| (`.+?`) \|", MANUAL[MANUAL.index("### What can be expected") :], re.MULTILINE
    )
    examples = [
        (name, example)
        for names, examples in rows
        for name in re.findall(r"[a-z]+", names)
        for example in re.findall("`(.+?)`", examples)
    ]

    assert {name for name, _ in examples} == _OF_EXPECT.keys() - {"alpha"}
    for name, example in examples:
        experiment(
            f'[[experiment]]\ntitle = "x"\n[experiment.traffic]\nconnections = 1000\nexpect.{name} = {example}\n'
        )


def test_its_facts_are_so() -> None:
    for host in USUAL_HOSTS:
        (address, *_) = (each.ip for interface in host.interfaces for each in interface.addresses)
        assert str(address) in MANUAL
    assert f"after {KEPT_DAYS} days" in MANUAL
    assert f"`{_USUAL_ALPHA:.0e}`".replace("e-06", "e-6") in MANUAL
    for program in PREPARING[:7]:
        assert f"`{program}`" in MANUAL
