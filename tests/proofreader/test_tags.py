"""plugins/proofreader/kinds/tags.py: start tags and their attributes, whatever is around them."""

import re

import pytest
from proofreader.kinds.tags import tags, with_values

LINKS = re.compile("href|src", re.IGNORECASE)


@pytest.mark.parametrize(
    ("html", "values"),
    [
        ('<a href="x">', ["x"]),
        ("<a href='x'>", ["x"]),
        ("<a href=x>", ["x"]),
        ("<A HREF = 'x'>", ["x"]),
        ('<a title="a > b" href="x">', ["x"]),
        ("<a title=it's href='x'>", ["it's", "x"]),
        ('<a href="x&amp;y">', ["x&y"]),
        ('<a\nhref="x"\n>', ["x"]),
        ('<img src="a"/><img src="b" />', ["a", "b"]),
        ('<!-- <a href="x"> --><a href="y">', ["y"]),
        ('<!-- <a href="x">', []),
        ("<script>'<a href=\"x\">'</script><a href='y'>", ["y"]),
        ('<script src="x">"<img src=y>"</script>', ["x"]),
        ("&lt;a href='x'&gt; and 1 < 2 href='y'", []),
        ('<p>href="x"</p>', []),
        ('<a href="x', ["x"]),
    ],
)
def test_values(html: str, values: list[str]) -> None:
    found = [value for _, attributes in tags(html, LINKS) for name, value in attributes]

    assert [value for value in found if value != "a > b"] == values


@pytest.mark.parametrize(
    "unit",
    ["<a ", '<a "', "<a href=", "<!--", "<script>", '<a href="', "<a b='", "<a  ", '<a =" ', "<a href "],
)
def test_whatever_is_left_open_is_looked_at_once(unit: str) -> None:
    """A test that takes minutes here has found what is looked at again and again."""
    assert len([*tags(unit * 200_000, LINKS)]) <= 200_000


def test_only_what_changes_is_written_anew() -> None:
    html = """<p title='x'><a class=b HREF='x'>href="x"</a><!-- <a href='x'> --><script href=x>"<a href=x>"</script>"""

    changed = with_values(html, LINKS, lambda name, value: {"x": "a&b"}.get(value, value) if name == "href" else value)

    assert changed == html.replace("HREF='x'", 'href="a&amp;b"').replace("script href=x", 'script href="a&amp;b"')
