"""A page's header is nothing of its text, whichever notation it is in."""

from drytables import Source, check


def test_code_in_a_header_is_none() -> None:
    """A text of several lines in YAML may look like a block of code; a rule above a text is no header."""
    command = "    iptables -A INPUT --nope\n"

    assert not check(Source("x.md", f"---\ntitle: A\ntext: |\n\n{command}---\n\nText\n")).snippets
    assert len(check(Source("x.md", f"---\n\n{command}\n---\n")).snippets) == 1
    assert check(Source("x.md", f"---\ntitle: A\n---\n\n{command}")).snippets[0].fence.line == 5
