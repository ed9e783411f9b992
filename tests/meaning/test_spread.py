"""How the rules of a chain with `-m statistic` spread packets, and why that cannot be said of some."""

import pytest
from drive import verdict_of
from drytables.meaning.spread import Spread, Untold, spreads

NTH = "-m statistic --mode nth --every"
RANDOM = "-m statistic --mode random --probability"


def spreads_of(*rules: str, ending: frozenset[str] = frozenset()) -> tuple[Spread | Untold, ...]:
    """The spreads in the rules of one chain, each written from `-A` or `-t` on."""
    return spreads([verdict_of(f"iptables {rule}").rule for rule in rules], ending)


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        (
            (f"-t nat -A POSTROUTING {NTH} 2 --packet 0 -j SNAT --to 192.0.2.1", "-t nat -A POSTROUTING -j MASQUERADE"),
            "connection: 192.0.2.1 1/2, MASQUERADE 1/2",
        ),
        (
            (f"-A INPUT -p tcp --dport 80 {RANDOM} 0.25 -j DROP", "-A INPUT -p tcp --dport 80 -j ACCEPT"),
            "packet -p tcp --dport 80: DROP 1/4, ACCEPT 3/4",
        ),
        ((f"-A INPUT {RANDOM} 0.5 -j DROP", "-A INPUT -s 192.0.2.1 -j ACCEPT"), "packet: DROP 1/2, 1/2 go on"),
        (("-A INPUT -s 192.0.2.1 -j ACCEPT", f"-A INPUT {RANDOM} 0.5 -j DROP"), "packet: DROP 1/2, 1/2 go on"),
        (("-A INPUT -j LOG", f"-A INPUT {NTH} 2 --packet 1 -j DROP"), "packet: DROP 1/2, 1/2 go on"),
        (("-A INPUT -j ACCEPT", f"-A INPUT {NTH} 2 --packet 1 -j DROP"), ""),
        (("-A INPUT -j ACCEPT",), ""),
        (
            (f"-t mangle -A INPUT {NTH} 2 --packet 0 -j MARK --set-mark 1",),
            "packet: MARK 0x1 1/2, 1 go on",
        ),
        (
            (f"-A INPUT -i eth0 {NTH} 2 --packet 0 -j DROP", f"-A INPUT -i eth1 {NTH} 2 --packet 0 -j DROP"),
            "packet -i eth0: DROP 1/2, 1/2 go on; packet -i eth1: DROP 1/2, 1/2 go on",
        ),
        (
            (f"-A INPUT {NTH} 3 --packet 0 -m comment --comment a -j DROP", f"-A INPUT {NTH} 2 --packet 0 -j DROP"),
            "packet: DROP 1/3, DROP 1/3, 1/3 go on",
        ),
        ((f"-A INPUT {NTH} 2 --packet 0 -g there",), "packet: there 1/2, 1/2 go on"),
        (
            (f"-A INPUT {NTH} 2 --packet 0 -j here", "-A INPUT -j there"),
            "packet: here 1/2, there 1/2 unless back from here there",
        ),
        ((f"-t nat -A OUTPUT {NTH} 2 --packet 0 -j DNAT --to $IP",), "connection: $IP 1/2, 1/2 go on"),
        ((f"-A INPUT -m mark --mark 1 {NTH} 2 --packet 0 -j DROP",), "packet -m mark --mark 1: DROP 1/2, 1/2 go on"),
    ],
)
def test_each_spread_of_a_chain(rules: tuple[str, ...], expected: str) -> None:
    """In a line each: what comes to it, who gets which share, and what goes on."""
    lines = []
    for spread in spreads_of(*rules):
        assert isinstance(spread, Spread), spread
        parts = [f"{share.label} {share.share}" for share in spread.shares]
        parts += [f"{spread.outcome.rest} go on"] if spread.outcome.rest else []
        head = f"{spread.noun} {spread.condition}".rstrip()
        back = f" unless back from {' '.join(spread.may_return)}" if spread.may_return else ""
        lines.append(f"{head}: {', '.join(parts)}{back}")

    assert "; ".join(lines) == expected


@pytest.mark.parametrize(
    ("rules", "reason"),
    [
        ((f"-A INPUT {NTH} $N --packet 0 -j DROP",), "`--every` is not known"),
        ((f"-A INPUT -s 192.0.2.1,192.0.2.2 {NTH} 2 --packet 0 -j DROP",), "each with a counter of its own"),
        ((f"-A INPUT {NTH} 2 --packet 0 -m mark --mark 1 -j DROP",), "`-m mark` comes after"),
        ((f"-A INPUT -p tcp {NTH} 2 --packet 0 -m tcp --dport 80 -j DROP",), "`-m tcp` comes after"),
        ((f"-A INPUT -m limit {NTH} 2 --packet 0 -j DROP",), "`-m limit` does not always give the same answer"),
        (
            (
                f"-A INPUT {NTH} 2 --packet 0 -j DROP",
                "-A INPUT -p tcp -j ACCEPT",
                f"-A INPUT {NTH} 2 --packet 0 -j DROP",
            ),
            "rules with other conditions are between them",
        ),
        (
            (
                f"-t mangle -A INPUT -m mark --mark 0 {NTH} 2 --packet 0 -j MARK --set-mark 1",
                f"-t mangle -A INPUT -m mark --mark 0 {NTH} 2 --packet 0 -j MARK --set-mark 2",
            ),
            "a target changes packets on the way",
        ),
    ],
)
def test_what_cannot_be_said_has_a_reason(rules: tuple[str, ...], reason: str) -> None:
    """Nothing is claimed that other rules, or values, could make untrue."""
    (found,) = spreads_of(*rules)

    assert isinstance(found, Untold)
    assert reason in found.reason


def test_from_an_ending_chain_nothing_comes_back() -> None:
    (found,) = spreads_of(f"-A INPUT {NTH} 2 --packet 0 -j here", ending=frozenset({"here"}))

    assert isinstance(found, Spread)
    assert found.may_return == ()
