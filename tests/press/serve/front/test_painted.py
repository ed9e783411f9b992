"""plugins/press/serve/front/painted.py"""

from press.serve.front.painted import html, parts, plain

REPORT = "\x1b[1;31merror\x1b[0m: a <b>\n \x1b[34m|\x1b[m ok\n8 | x\n  = help: a | b"


def test_a_report_keeps_its_colours_and_columns_and_loses_the_codes() -> None:
    assert parts(REPORT) == [
        ("", [("strong red", "error"), ("", ": a <b>\n")]),
        ("excerpt", [("", " "), ("blue", "|"), ("", " ok\n8 | x\n")]),
        ("", [("", "  = help: a | b")]),
    ]
    excerpt = '<span class="excerpt"> <span class="blue">|</span> ok\n8 | x\n</span>'
    assert html(REPORT) == f'<span class="strong red">error</span>: a &lt;b&gt;\n{excerpt}  = help: a | b'
    assert plain(REPORT) == "error: a <b>\n | ok\n8 | x\n  = help: a | b"
    assert parts("") == []
