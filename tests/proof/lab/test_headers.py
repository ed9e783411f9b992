"""plugins/proof/lab/headers.py: who sent a packet to whom, from packets as the kernel logs them."""

import pytest
from proof.lab.headers import Header, header_of
from proof.lab.messages import Message, message_in

#: From 192.0.2.1 to 192.0.2.9, or 2001:db8::1 to 2001:db8::9; what follows is the header of the protocol.
ENDS = "192.0.2.1", "192.0.2.9"
SIX = "2001:db8::1", "2001:db8::9"


def v4(protocol: int, rest: str) -> bytes:
    """A packet of IPv4."""
    return bytes.fromhex(f"450000400000400040{protocol:02x}0000c0000201c0000209{rest}")


def v6(protocol: int, rest: str) -> bytes:
    """A packet of IPv6."""
    addresses = f"20010db8{'0' * 23}1" + f"20010db8{'0' * 23}9"
    return bytes.fromhex(f"600000000020{protocol:02x}40{addresses}{rest}")


SYN, SYN_ACK = ("d4310050" + "0" * 16 + flags + "faf0" + "0" * 8 for flags in ("5002", "5012"))
PACKETS = [
    ("TCP's first", v4(6, SYN), Header((ENDS[0], 54321, ENDS[1], 80), True, False)),
    ("TCP's answer", v4(6, SYN_ACK), Header((ENDS[0], 54321, ENDS[1], 80), False, False)),
    ("UDP", v4(17, "d43100350018" + "0" * 30), Header((ENDS[0], 54321, ENDS[1], 53), False, False)),
    ("a ping", v4(1, "0800" + "0" * 40), Header((ENDS[0], 0, ENDS[1], 0), False, False)),
    ("an error", v4(1, "0303" + "0" * 40), Header((ENDS[0], 0, ENDS[1], 0), False, True)),
    ("TCP's first over IPv6", v6(6, SYN), Header((SIX[0], 54321, SIX[1], 80), True, False)),
    ("an error over IPv6", v6(58, "0104" + "0" * 40), Header((SIX[0], 0, SIX[1], 0), False, True)),
    ("a ping over IPv6", v6(58, "8000" + "0" * 40), Header((SIX[0], 0, SIX[1], 0), False, False)),
]


@pytest.mark.parametrize(("packet", "header"), [each[1:] for each in PACKETS], ids=[each[0] for each in PACKETS])
def test_who_sent_it_to_whom(packet: bytes, header: Header) -> None:
    assert [*header_of(packet)] == [header]


@pytest.mark.parametrize("packet", [each[1] for each in PACKETS], ids=[each[0] for each in PACKETS])
def test_a_packet_that_is_cut_short_is_none_or_as_far_as_it_goes(packet: bytes) -> None:
    for length in range(len(packet)):
        assert len([*header_of(packet[:length])]) <= 1


def test_a_message_is_found_at_the_end() -> None:
    message = Message(3, 299, 7)

    for data in (message.data(), v4(17, "") + message.data(), message.ping("ipv6")):
        assert message_in(data) == message
    assert message_in(b"") is None
    assert message_in(bytes(16)) is None
