"""reading/restructuredtext/blocks.py: the code that docutils finds is the code that is found."""

from collections.abc import Iterator

import pytest
from docutils import nodes
from docutils.core import publish_doctree
from docutils.parsers.rst import directives
from docutils.parsers.rst.directives.body import CodeBlock
from drytables.diagnostics.source import Source
from drytables.reading.restructuredtext.blocks import read_restructuredtext
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pelican.rstdirectives import Pygments

QUIET = {
    "report_level": 1,
    "halt_level": 5,
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "warning_stream": False,
}


@pytest.fixture(scope="module", autouse=True)
def directives_of_docutils() -> Iterator[None]:
    """Pelican puts directives of its own in the place of two of docutils', for the whole process."""
    for name in ("code-block", "sourcecode"):
        directives.register_directive(name, CodeBlock)
    yield
    for name in ("code-block", "sourcecode"):
        directives.register_directive(name, Pygments)


def by_docutils(text: str) -> list[str]:
    """The literal blocks that docutils makes of a page, in order, but for those that only quote a faulty source."""
    tree = publish_doctree(text, settings_overrides=QUIET)
    return [
        node.astext()
        for node in tree.findall(lambda each: isinstance(each, nodes.literal_block | nodes.doctest_block))
        if not isinstance(node.parent, nodes.system_message)
    ]


def is_sound(text: str) -> bool:
    """Whether docutils reads a page without a complaint; in a faulty one, it shows some blocks as the fault."""
    return not [*publish_doctree(text, settings_overrides=QUIET).findall(nodes.system_message)]


def ours(text: str) -> list[str]:
    """The code that is found, as docutils has it: tabs expanded, and without the last line end."""
    return [fence.code.text.rstrip("\n").expandtabs(8) for fence in read_restructuredtext(Source("a.rst", text)).fences]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Run::\n\n  iptables -L\n\n  iptables -F\nmore\n", ["iptables -L\n\niptables -F"]),
        ("Run ::\n\n\t iptables -L\n", ["iptables -L"]),
        ("::\n\n  a\n   b\n", ["a\n b"]),
        ("Run:\n\n  iptables -L\n", []),
        ("Run::\n  iptables -L\n", []),
        ("Run::\n\niptables -L\n", []),
        ("Run::\n\n# iptables -L\n# iptables -F\n\nText\n", ["# iptables -L\n# iptables -F"]),
        ("- One::\n\n    a\n\n- Two::\n\n    b\n", ["a", "b"]),
        ("- One::\n\n  a\n", []),
        ("1. One,\n   two::\n\n     a\n", ["a"]),
        ("Term\n  Text::\n\n    a\n", ["a"]),
        ("  Quoted::\n\n    a\n", ["a"]),
        (".. code-block:: bash\n\n   a\n\n   b\n\nText\n", ["a\n\nb"]),
        (".. code:: sh\n   :class: x\n   :name: y\n\n   a\n", ["a"]),
        (".. sourcecode:: bash\n   :class: x\n\n      a\n     b\n", ["   a\n  b"]),
        (".. code::\n\n   a\n", ["a"]),
        (".. code:: sh\n   a b\n", []),
        (".. parsed-literal::\n\n   iptables **-L** a\\*b\n", ["iptables -L a*b"]),
        (".. note::\n\n   Run::\n\n     a\n", ["a"]),
        (".. note:: Run this::\n\n     a\n   b\n", ["a"]),
        (".. note::\n\n   .. code-block:: sh\n\n      a\n", ["a"]),
        (".. warning:: Text\n   and::\n\n     a\n", ["a"]),
        (".. [1] Note::\n\n     a\n   b\n", ["a"]),
        (".. A comment::\n\n   a\n", []),
        ("..\n   a::\n\n     b\n", []),
        ("..\n\n  Quoted::\n\n    a\n", ["a"]),
        (".. _target:\n\nRun::\n\n  a\n", ["a"]),
        (":Field: Run::\n\n     a\n  b\n", ["a"]),
        (">>> a\n1\n\nText\n", [">>> a\n1"]),
        ("Title\n=====\n\nRun::\n\n  a\n\nTitle\n=====\n", ["a"]),
        ("- .. code-block:: sh\n\n     a\n", ["a"]),
        ("1. One::\n- Run::\n\n  a\n", ["a"]),
        ("1. One::\n1. One::\n\n  a\n", ["a"]),
        ("1. One::\n2. Two::\n\n  a\n", []),
        ("a. One\n#. Two::\n\n     a\n", ["a"]),
        ("B) One::\nC) Two::\n\n  a\n", []),
        ("B) One::\nC. Two::\n\n  a\n", ["a"]),
    ],
)
def test_what_is_code(text: str, code: list[str]) -> None:
    assert by_docutils(text) == code
    assert ours(text) == code


LINES = st.sampled_from(
    (
        "", "", "", "Words.", "Run this::", "::", "- Run::", "1. One::", "* item", "iptables -L", "# iptables -F",
        "$ ls", ".. code-block:: sh", ".. code::", ".. note::", ".. note:: Run::", ".. a comment", "..",
        "   :class: x", ">>> x", ":Field: Text::", "Term", ".. [1] Foot::", ".. _target:",
    )
)  # fmt: skip
TEXTS = st.lists(st.tuples(st.sampled_from(("", "", "  ", "   ", "     ")), LINES), max_size=14)


@settings(deadline=None)
@given(TEXTS)
def test_docutils_finds_the_same(lines: list[tuple[str, str]]) -> None:
    text = "".join(f"{indent}{line}".rstrip() + "\n" for indent, line in lines)

    assume(is_sound(text))

    assert _without_blanks(ours(text)) == _without_blanks(by_docutils(text))


def _without_blanks(codes: list[str]) -> list[str]:
    """Tabs and what is indented less than its block are left as they are in ours."""
    return ["".join(each.split()) for each in codes]
