"""plugins/proof/network.py: which interfaces are on one wire, who forwards, and through whom the others reach them."""

import pytest
from drytables.diagnostics.source import Source
from proof.experiment import Experiment
from proof.network import address_of, gateways, is_router
from proof.reading import read_experiments


def experiment(hosts: str = "", more: str = "") -> Experiment:
    """An experiment with some hosts, each a line."""
    given = f"[experiment.hosts]\n{hosts}\n" if hosts else ""
    text = (
        f'[[experiment]]\ntitle = "x"\n{more}\n{given}[experiment.traffic]\nfrom = "a"\nto = "b"\nexpect.answered = 1\n'
    )
    if not hosts:
        text = text.replace('from = "a"\nto = "b"\n', "")
    (found,) = read_experiments(Source("x.experiment.toml", text))
    assert isinstance(found, Experiment), found
    return found


WIRES = [
    ('a.x = "192.0.2.1/24"\nb.x = "192.0.2.2/24"', [["a.x", "b.x"]]),
    ('a.x = "192.0.2.1/24"\nb.x = "192.0.3.2/24"', []),
    ('a.x = "192.0.2.1/24"\nb.x = "192.0.2.2/24"\nc.x = "192.0.2.3/24"', [["a.x", "b.x", "c.x"]]),
    (
        'a.x = "192.0.2.1/24"\nb = { x = "192.0.2.2/24", y = "2001:db8::1/64" }\nc.z = "2001:db8::2/64"',
        [["a.x", "b.x"], ["b.y", "c.z"]],
    ),
    (
        'a.x = ["192.0.2.1/24", "198.51.100.1/24"]\nb.x = "192.0.2.2/24"\nc.x = "198.51.100.3/24"',
        [["a.x", "b.x", "c.x"]],
    ),
    ('a = { x = "192.0.2.1/24", y = "192.0.2.2/24" }\nb.x = "192.0.2.3/24"', [["a.x", "a.y", "b.x"]]),
    ('a = { x = "192.0.2.1/24", y = "192.0.2.2/24" }\nb.x = "198.51.100.3/24"', []),
]


@pytest.mark.parametrize(("hosts", "wires"), WIRES, ids=[hosts for hosts, _ in WIRES])
def test_addresses_tell_the_wires(hosts: str, wires: list[list[str]]) -> None:
    assert sorted(map(list, experiment(hosts, 'on = "a"').wires)) == wires


def test_wires_that_are_named_are_those() -> None:
    hosts = 'a.x = "192.0.2.1/24"\nb.x = "192.0.2.2/24"\nc.x = "192.0.2.3/24"'

    assert experiment(hosts, 'on = "a"\nwires = [["a.x", "c.x"]]').wires == (("a.x", "c.x"),)


def test_who_is_on_two_wires_forwards_and_the_others_go_through_it() -> None:
    usual = experiment()

    assert [host.name for host in usual.hosts if is_router(host, usual)] == ["machine"]
    assert {host.name: [*gateways(host, usual)] for host in usual.hosts} == {
        "client": ["192.0.2.1", "2001:db8:1::1"], "machine": [], "server": ["203.0.113.1", "2001:db8:2::1"],
    }  # fmt: skip


def test_without_a_router_there_is_no_gateway() -> None:
    alone = experiment('a.x = "192.0.2.1/24"\nb.x = "192.0.2.2/24"', 'on = "a"')

    assert [[*gateways(host, alone)] for host in alone.hosts] == [[], []]


def test_a_host_is_reached_where_it_is_near() -> None:
    usual = experiment()
    machine, client = usual.host("machine"), usual.host("client")

    assert address_of(machine, "ipv4") == "203.0.113.1"
    assert address_of(machine, "ipv4", client) == "192.0.2.1"
    assert address_of(machine, "ipv6", client) == "2001:db8:1::1"
    with pytest.raises(LookupError, match="a has no address of ipv6"):
        address_of(experiment('a.x = "192.0.2.1/24"\nb.x = "192.0.2.2/24"', 'on = "a"').host("a"), "ipv6")
