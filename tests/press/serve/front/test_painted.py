"""plugins/press/serve/front/painted.py"""

from press.serve.front.painted import html, parts, plain

REPORT = "\x1b[1;31merror\x1b[0m: a <b>\n \x1b[34m|\x1b[m ok"


def test_a_report_keeps_its_colours_and_loses_their_codes() -> None:
    assert parts(REPORT) == [("strong red", "error"), ("", ": a <b>\n "), ("blue", "|"), ("", " ok")]
    assert html(REPORT) == '<span class="strong red">error</span>: a &lt;b&gt;\n <span class="blue">|</span> ok'
    assert plain(REPORT) == "error: a <b>\n | ok"
    assert parts("") == []
