"""plugins/press/serve/front/names.py"""

import socket

import pytest
from press.serve.front.names import Names

MACHINE = socket.gethostname().lower()


@pytest.mark.parametrize(
    ("listening_at", "own", "foreign"),
    [
        (
            "127.0.0.1",
            ["localhost", "LOCALHOST:8000", "localhost.", "127.0.0.1:8000", "[::1]:8000"],
            ["", "evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "192.0.2.1", "[", "a/b"],
        ),
        (
            "127.0.0.1",
            ["localhost:80"],
            ["localhost:80:80", "localhost:http", "localhost?", "localhost#x", "localhost,evil.example", "::1", "a\tb"],
        ),
        ("0.0.0.0", ["localhost", "192.0.2.1:8000", "[2001:db8::1]", MACHINE], ["evil.example:8000", "1.evil.example"]),
        ("::", ["[::1]", "192.0.2.1"], ["evil.example"]),
        ("blog.lan", ["blog.lan:8000", "BLOG.lan", MACHINE], ["evil.example", "192.0.2.1"]),
    ],
)
def test_a_server_answers_to_its_own_names_only(listening_at: str, own: list[str], foreign: list[str]) -> None:
    names = Names(listening_at)

    assert [name for name in own if not names.has(name)] == []
    assert [name for name in foreign if names.has(name)] == []
