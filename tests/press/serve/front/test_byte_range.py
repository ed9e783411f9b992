"""plugins/press/serve/front/byte_range.py"""

import pytest
from press.serve.front.byte_range import asked_part


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-0", range(1)),
        ("bytes=2-4", range(2, 5)),
        ("bytes=2-", range(2, 10)),
        ("bytes=-3", range(7, 10)),
        ("bytes=-30", range(10)),
        ("bytes=8-99", range(8, 10)),
        ("bytes=10-", range(10, 10)),
        ("", None),
        ("bytes=-", None),
        ("bytes=4-2", None),
        ("bytes=0-1,3-4", None),
        ("lines=0-1", None),
        ("bytes=0-" + "9" * 5000, None),
    ],
)
def test_the_part_of_ten_bytes_that_is_asked_for(header: str, part: range | None) -> None:
    found = asked_part(header, 10)

    assert (found and list(found)) == (part and list(part))
    assert (found is None) == (part is None)
