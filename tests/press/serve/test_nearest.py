"""plugins/press/serve/nearest.py"""

import pytest
from press.serve.nearest import nearest

ADDRESSES = ["/", "/about/", "/2012/", "/2012/03/", "/2012/03/balancing-outgoing-connections/", "/2012/03/two-commits/"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("/abuot/", "/about/"),
        ("/about", "/about/"),
        ("/2012/03/blancing/", "/2012/03/balancing-outgoing-connections/"),
        ("/2012/03/balancing", "/2012/03/balancing-outgoing-connections/"),
        ("/2013/two-commits/", "/2012/03/two-commits/"),
        ("/two-commits", "/2012/03/two-commits/"),
        ("/2012/3/", "/2012/03/"),
    ],
)
def test_the_one_that_was_meant_comes_first(asked: str, expected: str) -> None:
    assert nearest(asked, ADDRESSES)[0] == expected


def test_what_is_like_nothing_has_none() -> None:
    assert nearest("/wp-login.php", ADDRESSES) == ()


def test_no_more_than_four_are_named() -> None:
    assert len(nearest("/post-1/", [f"/post-{number}/" for number in range(50)])) == 4
