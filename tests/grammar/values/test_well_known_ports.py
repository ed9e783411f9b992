"""Ports that everybody knows, and only those."""

import pytest
from drytables.grammar.values.well_known_ports import well_known


@pytest.mark.parametrize(
    ("port", "protocol", "service"),
    [
        (22, "tcp", "ssh"),
        (22, "", "ssh"),
        (22, "udp", ""),
        (53, "udp", "dns"),
        (443, "udp", "quic"),
        (443, "", "https"),
        (67, "udp", "dhcp"),
        (853, "tcp", "dns over tls"),
        (8081, "tcp", ""),
        (80, "sctp", ""),
    ],
)
def test_a_port_is_known_for_its_service(port: int, protocol: str, service: str) -> None:
    assert well_known(port, protocol) == service
