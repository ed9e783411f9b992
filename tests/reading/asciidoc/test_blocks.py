"""reading/asciidoc/blocks.py: the code in a page of AsciiDoc, as Asciidoctor's documentation has it."""

import pytest
from drytables.diagnostics.source import Source
from drytables.reading.asciidoc.blocks import read_asciidoc


@pytest.mark.parametrize(
    ("text", "language", "code"),
    [
        ("[source,bash]\n----\na\n\nb\n----\n", "bash", "a\n\nb\n"),
        ("[source,bash]\n.Title\n----\na\n----\n", "bash", "a\n"),
        (".Title\n[%linenums,sh]\n----\na\n----\n", "sh", "a\n"),
        ("[,bash]\n----\na\n----\n", "bash", "a\n"),
        ("[source%linenums, bash, subs=\"+attributes\"]\n----\na {wan} b\n----\n", "bash", "a <wan> b\n"),
        ('[source,terminal,subs="+quotes"]\n----\n$ a __b__ -d *c*\n----\n', "terminal", "$ a b -d c\n"),
        ("[source,bash]\n----\na {wan} *b*\n----\n", "bash", "a {wan} *b*\n"),
        (":source-language: sh\n\n[source]\n----\na\n----\n", "sh", "a\n"),
        ("----\na\n----\n", "", "a\n"),
        ("-----\na\n----\nb\n-----\n", "", "a\n----\nb\n"),
        ("....\na\n....\n", "", "a\n"),
        ("```sh\na\n```\n", "sh", "a\n"),
        ("[source,sh]\na \\\n  b\n\nText\n", "sh", "a \\\n  b\n"),
        ("[source,sh]\n--\na\n--\n", "sh", "a\n"),
        ("Text\n\n a\n  b\n\nText\n", "", "a\n b\n"),
        ("* item\n+\n----\na\n----\n", "", "a\n"),
        ("* item\n+\n a\n+\nText\n", "", "a\n"),
        ("====\n[source,sh]\n----\na\n----\n====\n", "sh", "a\n"),
        ("[source,sh]\n----\na <1>\nb # <2>\nc \\ // <3> <4>\n----\n<1> A\n", "sh", "a\nb\nc \\\n"),
        ("----\nd <!--5-->\ne <ip>\n----\n", "", "d\ne <ip>\n"),
        ("----\ninclude::x.sh[tag=a]\nifdef::x[]\na\nendif::[]\n----\n", "", "a\n"),
        ("[source,sh]\n----\na\n", "sh", "a\n"),
    ],
)  # fmt: skip
def test_what_is_code(text: str, language: str, code: str) -> None:
    source = Source("a.adoc", text)
    (fence,) = read_asciidoc(source).fences

    assert (fence.language, fence.code.text) == (language, code)
    assert source.slice(fence.code.span(0, 1)) == code[0]


@pytest.mark.parametrize(
    "text",
    [
        "////\n----\na\n----\n////\n",
        "++++\n----\na\n----\n++++\n",
        "[stem]\n++++\na\n++++\n",
        "Text\n a\n",
        "* one\n\n  ** two\n\n  . three\n\n  term:: text\n",
        "--\nText\n--\n",
        "|===\n\n  | a\n|===\n",
    ],
)
def test_what_is_none(text: str) -> None:
    assert read_asciidoc(Source("a.adoc", text)).fences == ()


def test_attributes_are_marks() -> None:
    (fence,) = read_asciidoc(Source("a.adoc", '[source,sh,iptables="1.4.10"]\n----\na\n----\n')).fences

    assert fence.marks["iptables"].value == "1.4.10"
