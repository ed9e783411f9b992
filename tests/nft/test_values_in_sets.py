"""Conditions of nft whose values can stand in one set."""

import pytest
from drytables.nft.values_in_sets import Elements, compared


@pytest.mark.parametrize(
    ("words", "key", "elements"),
    [
        ("tcp dport 22", "tcp dport", ("22",)),
        ("udp sport 1-1024", "udp sport", ("1-1024",)),
        ("tcp dport { 80, 443 }", "tcp dport", ("80", "443")),
        ("ip6 daddr 2001:db8::/32", "ip6 daddr", ("2001:db8::/32",)),
        ("ip saddr 192.0.2.1-192.0.2.9", "ip saddr", ("192.0.2.1-192.0.2.9",)),
        ('iifname "eth0"', "iifname", ('"eth0"',)),
        ("ct state established,related", "ct state", ("established", "related")),
    ],
)
def test_what_is_compared(words: str, key: str, elements: tuple[str, ...]) -> None:
    assert compared(words) == (key, elements)


@pytest.mark.parametrize(
    "words",
    [
        "tcp dport != 22", 'iifname "eth*"', "ip saddr & 255.0.255.0 == 10.0.1.0", "tcp flags syn", "meta mark 0x1",
        "ct state ! new", "ct status dnat", "tcp dport $PORT", "icmp type 3 icmp code 1", "ip protocol tcp,udp",
    ],
)  # fmt: skip
def test_what_is_not_one_value(words: str) -> None:
    assert compared(words) is None


@pytest.mark.parametrize(
    ("first", "second", "is_added"),
    [
        ("tcp dport 22", "tcp dport 23", True),
        ("tcp dport 20-22", "tcp dport 22-30", False),
        ("tcp dport 22", "tcp dport 20-30", False),
        ("tcp dport 20-30", "tcp dport 22", False),
        ("ip saddr 192.0.2.0/24", "ip saddr 192.0.3.0/24", True),
        ("ip saddr 192.0.2.0/24", "ip saddr 192.0.2.7", False),
        ("ip saddr 192.0.2.7", "ip saddr 192.0.2.1-192.0.2.9", False),
        ("ip6 saddr 2001:db8::/32", "ip6 saddr 2001:db8::1", False),
        ("ct state new", "ct state established,new", False),
        ('iifname "a"', 'iifname "a"', False),
    ],
)
def test_no_value_is_in_a_set_twice(first: str, second: str, is_added: bool) -> None:
    one, other = compared(first), compared(second)
    assert one is not None and other is not None
    elements = Elements()

    assert elements.add(one)
    assert elements.add(other) is is_added
    assert elements.texts == [*one.elements, *(other.elements if is_added else ())]


def test_of_several_values_none_is_added_if_one_is_there() -> None:
    elements = Elements()
    for words, is_added in (("tcp dport 22", True), ("tcp dport { 21, 22 }", False), ("tcp dport 21", True)):
        value = compared(words)
        assert value is not None
        assert elements.add(value) is is_added
