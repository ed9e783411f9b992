"""Which rules take all that others could match, by the meaning of their options."""

from __future__ import annotations

import pytest
from drytables.model.cover import covers

from .rules import placed, ruleset


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("-j ACCEPT", "-p tcp --dport 22 -j DROP"),
        ("-p all -j ACCEPT", "-j DROP"),
        ("-s 10.0.0.0/8 -j DROP", "-s 10.1.2.3 -j ACCEPT"),
        ("-s 0/0 -j DROP", "-s 10.1.2.3 -j ACCEPT"),
        ("! -s 10.0.0.0/8 -j DROP", "-s 192.0.2.0/24 -j ACCEPT"),
        ("! -s 10.1.0.0/16 -j DROP", "! -s 10.0.0.0/8 -j ACCEPT"),
        ("-p tcp -j DROP", "-p tcp -m tcp --dport 22 -j ACCEPT"),
        ("-p tcp --dport 1:1024 -j DROP", "-p tcp --dport ssh -j ACCEPT"),
        ("-p tcp -m multiport --dports 22,80:90 -j DROP", "-p tcp --dport 85 -j ACCEPT"),
        ("-p tcp --dport 20:25 -j DROP", "-p tcp -m multiport --dports 22,25 -j ACCEPT"),
        ("-p tcp -m multiport --ports 22,80 -j DROP", "-p tcp --sport 80 -j ACCEPT"),
        ("-p tcp ! --dport 80 -j DROP", "-p tcp --dport 22 -j ACCEPT"),
        ("-i eth+ -j DROP", "-i eth0 -j ACCEPT"),
        ("-i + -j DROP", "-i eth0 -j ACCEPT"),
        ("! -i lo -j DROP", "-i eth0 -j ACCEPT"),
        ("-m state --state NEW,ESTABLISHED -j DROP", "-m conntrack --ctstate ESTABLISHED -j ACCEPT"),
        ("-m conntrack ! --ctstate INVALID -j DROP", "-m state --state NEW -j ACCEPT"),
        ("-p icmp -j DROP", "-p icmp --icmp-type echo-request -j ACCEPT"),
        ("-p icmp --icmp-type 3 -j DROP", "-p icmp --icmp-type 3/1 -j ACCEPT"),
        ("-p tcp --syn -j DROP", "-p tcp --tcp-flags ALL SYN -j ACCEPT"),
        ("-m mark --mark 0x1/0x1 -j DROP", "-m mark --mark 0x3 -j ACCEPT"),
        ("-m iprange --src-range 10.0.0.1-10.0.0.9 -j DROP", "-s 10.0.0.4/31 -j ACCEPT"),
        ("-m length --length 0:100 -j DROP", "-m length --length 60 -j ACCEPT"),
        ("-m comment --comment a -s 10.0.0.1 -j DROP", "-s 10.0.0.1 -j ACCEPT"),
        ("-m owner --uid-owner 0-99 -j DROP", "-m owner --uid-owner 33 -j ACCEPT"),
        ("-m pkttype --pkt-type broadcast -j DROP", "-m pkttype --pkt-type broadcast -p udp -j ACCEPT"),
    ],
)
def test_it_covers(earlier: str, later: str) -> None:
    """And not the other way round."""
    program = "iptables"
    chain = "OUTPUT" if "owner" in earlier else "INPUT"
    first, second = ruleset(f"-A {chain} {earlier}", f"-A {chain} {later}", program=program).rules()

    assert covers(first, second)
    assert not covers(second, first) or earlier.startswith(("-p all", "-m comment"))


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("-s 10.0.0.0/8 -j DROP", "-j ACCEPT"),
        ("-s 10.0.0.0/8 -j DROP", "-d 10.1.2.3 -j ACCEPT"),
        ("-s $NET -j DROP", "-s $NET -j ACCEPT"),
        ("-s www.example.org -j DROP", "-s www.example.org -j ACCEPT"),
        ("-p tcp --dport 22 -j DROP", "-p udp --dport 22 -j ACCEPT"),
        ("-p tcp --dport 0:65535 -j DROP", "-p tcp -j ACCEPT"),  # a later fragment has no ports
        ("-m limit --limit 1/s -j DROP", "-m limit --limit 1/s -j ACCEPT"),
        ("-m statistic --mode nth --every 1 --packet 0 -j DROP", "-s 10.0.0.1 -j ACCEPT"),
        ("-m recent --rcheck -j DROP", "-m recent --rcheck -j ACCEPT"),
        ("-m set --match-set a src -j DROP", "-m set --match-set a src -j ACCEPT"),
        ("-m conntrack --ctstate DNAT -j DROP", "-m conntrack --ctstate NEW -j ACCEPT"),
    ],
)
def test_it_is_not_certain(earlier: str, later: str) -> None:
    assert not covers(placed(earlier), placed(later))


@pytest.mark.parametrize(
    ("between", "certain"),
    [("-j MARK --set-mark 1", False), ("-j CONNMARK --restore-mark", False), ("-j somewhere", False),
     ("-j LOG", True), ("-p tcp -j DROP", True), ("-m comment --comment x", True)],
)  # fmt: skip
def test_what_is_between_may_change_what_is_looked_at(between: str, certain: bool) -> None:
    earlier, later = placed("-m mark --mark 1 -j ACCEPT"), placed("-m mark --mark 1 -p tcp -j DROP")

    assert covers(earlier, later, [placed(between)]) is certain
    assert covers(placed("-p tcp -j ACCEPT"), later, [placed(between)])


def test_families_do_not_meet() -> None:
    assert not covers(placed("-j DROP"), placed("-j ACCEPT", program="ip6tables"))
