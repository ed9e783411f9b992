"""plugins/external_links/limits.py: what settings and the line of make may say."""

import pytest
from external_links.limits import Limits, WrongLimit, limits_of


def test_what_is_typed_behind_make_comes_before_the_settings() -> None:
    settings = {"LINKS_TIMEOUT": 5, "LINKS_WITHIN": "60", "LINKS_IGNORED": ["a"]}

    assert limits_of({}, {}) == Limits(20, 600, 1, 7, ())
    assert limits_of(settings, {"LINKS_TIMEOUT": " 3 ", "LINKS_WITHIN": ""}) == Limits(3, 60, 1, 7, ("a",))


@pytest.mark.parametrize(
    ("name", "value"),
    [("LINKS_WITHIN", float("nan")), ("LINKS_WITHIN", float("inf")), ("LINKS_PAUSE", -1), ("LINKS_TIMEOUT", None),
     ("LINKS_IGNORED", "https://example.org"), ("LINKS_IGNORED", [1]), ("LINKS_IGNORED", 1)],
)  # fmt: skip
def test_a_limit_that_is_none_is_named(name: str, value: object) -> None:
    with pytest.raises(WrongLimit, match=f"{name} is .*; it is a "):
        limits_of({name: value}, {})


def test_addresses_are_ignored_by_patterns_and_as_they_are() -> None:
    limits = limits_of({"LINKS_IGNORED": ["https://a.example/*", "https://b.example/?q=[1]"]}, {})

    assert limits.ignores("https://a.example/x/y") and limits.ignores("https://b.example/?q=[1]")
    assert not limits.ignores("https://b.example/")
