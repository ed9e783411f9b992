"""What is an address is linked, and where it ends is decided as on GitHub."""

import re

import markdown
import pytest
from bare_addresses import BareAddresses
from hard_breaks import HardBreaks

#: A line of text, with « » around what becomes a link.
LINES = [
    "see «https://example.com». And «www.example.org/a?b=c&amp;d=e», too",
    "(«https://en.wikipedia.org/wiki/Foo_(bar)») («http://a.b/c»)) [«https://x.y»]",
    "mail «me@example.org», or «first.last+tag@mail.example.org».",
    "«http://localhost:8000/» «http://127.0.0.1:8000/x» «ftp://a.b» «https://пример.рф/путь»",
    "«https://a.b/__init__.py» «https://a.b/x*y*z» «https://a.b/~user/» «https://a.b/x_y_z»",
    '"«https://a.b/»","«https://c.d»" \'«https://e.f/g»\' «https://x.y»。后面',
    "«https://a.b/c»... «https://a.b/c»! «https://a.b/#x:~:text=y»: «https://a.b»&lt;",
    "wg-quick@wg0.service, root@192.0.2.1 and git@github.com:foo/bar.git stay words, as do http:// and www.a",
    "https://$HOST/ xhttps://a.b a@b /me@x.org user@host: www. @example.org https://",
]


def html_of(text: str) -> str:
    """The HTML of a text."""
    return markdown.markdown(text, extensions=[BareAddresses(), HardBreaks(), "attr_list"])


@pytest.mark.parametrize("line", LINES)
def test_what_is_linked(line: str) -> None:
    html = html_of(line.replace("«", "").replace("»", ""))

    assert re.sub(r'<a href="[^"]*">(.*?)</a>', r"«\1»", html) == f"<p>{line}</p>"


def test_where_it_leads() -> None:
    assert 'href="https://www.example.org/?a=1&amp;b"' in html_of("www.example.org/?a=1&b")
    assert 'href="https://example.org/?a=1&amp;b"' in html_of("https://example.org/?a=1&amp;b")
    assert 'href="mailto:me@example.org"' in html_of("me@example.org")


#: A text, and how many links it has without any that is made of a bare address.
NOT_BARE = [
    ("`https://a.b`", 0),
    ("    https://a.b", 0),
    ("[https://a.b](https://c.d)", 1),
    ("<https://a.b>", 1),
    ("![https://a.b](c.png)", 0),
    ("<img alt=\"https://a.b\" src='https://c.d'>", 0),
    ("[x]\n\n[x]: https://a.b", 1),
    ("<a href='https://c.d'>https://a.b, **www.a.org** and me@a.org</a>", 1),
]


@pytest.mark.parametrize(("text", "count"), NOT_BARE)
def test_there_is_no_link_in_code_in_a_link_or_in_an_element(text: str, count: int) -> None:
    assert html_of(text).count("<a ") == count


def test_a_link_after_one_that_was_typed() -> None:
    assert html_of("<a href='/'>x</a> https://a.b <a name='y'></a>www.a.org").count('<a href="https') == 2


def test_a_backslash_at_the_end_of_a_line_breaks_it() -> None:
    assert (
        html_of("one\\\ntwo C:\\temp\\\\\nthree `a\\\nb`\\")
        == "<p>one<br />\ntwo C:\\temp\\\nthree <code>a\\\nb</code>\\</p>"
    )
