"""plugins/proofreader/facts/targets.py: within the site or elsewhere."""

import re

import pytest
from proofreader.facts.targets import Site, Target, target

WORD = re.compile(r"[{|](?P<what>.*?)[|}]")
AT_ROOT = Site(("//example.org",), "", WORD)
BELOW = Site(("//example.org/blog",), "/blog", WORD)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("{filename}a.md#b", Target("filename", "a.md", "b")),
        ("|static|/a.png?x", Target("static", "/a.png", "")),
        ("{index}", Target("index", "", "")),
        ("{{ url }}", None),
        ("a/b.html?c#d", Target("", "a/b.html", "d")),
        ("", Target("", "", "")),
        ("#d", Target("", "", "d")),
        ("#d:~:text=words", Target("", "", "d")),
        ("/a/", Target("", "/a/", "")),
        ("https://example.org", Target("", "/", "")),
        ("HTTPS://Example.org/a/#b", Target("", "/a/", "b")),
        ("http://example.org/a/", Target("", "/a/", "")),
        ("//example.org/a/", Target("", "/a/", "")),
        ("C:\\a.png", Target("", "C:\\a.png", "")),
        ("file:///a.png", Target("", "file:///a.png", "")),
        ("https://example.org.net/", None),
        ("https://example.com/", None),
        ("//example.com/", None),
        ("mailto:a@example.org", None),
        ("data:image/png;base64,x", None),
        (" a.md\n", Target("", "a.md", "")),
    ],
)
def test_of_a_site_at_the_root(value: str, expected: Target | None) -> None:
    assert target(value, AT_ROOT) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("/blog/a/", Target("", "/a/", "")),
        ("/blog", Target("", "/", "")),
        ("/shop/", None),
        ("/blogger/", None),
        ("a.md", Target("", "a.md", "")),
        ("https://example.org/blog/a/", Target("", "/a/", "")),
        ("https://example.org/shop/", None),
    ],
)
def test_of_a_site_in_a_folder(value: str, expected: Target | None) -> None:
    """The rest of the host is not ours to judge."""
    assert target(value, BELOW) == expected
