"""plugins/press/serve/front/request_path.py"""

import pytest
from press.serve.front.request_path import LONGEST, address_of


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        (b"/", "/"),
        (b"/2012/03/x/", "/2012/03/x/"),
        (b"/%E4%BA%95%E6%88%B8/a%20b", "/井戸/a b"),
        (b"/.well-known/x", "/.well-known/x"),
        (b"", None),
        (b"x", None),
        (b"http://localhost/", None),
        (b"/../x", None),
        (b"/a/%2e%2E/b", None),
        (b"/%2e%2e%2fx", None),
        (b"/a/./b", None),
        (b"//example.org/", None),
        (b"/a//b", None),
        (b"/a//", None),
        (b"/a%5cb", None),
        (b"/%00", None),
        (b"/a%0a", None),
        (b"/%ff", None),
        (b"/" + b"a" * LONGEST, None),
    ],
)
def test_an_address_is_what_a_site_can_have(asked: bytes, address: str | None) -> None:
    assert address_of(asked) == address
