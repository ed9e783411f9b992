"""Placeholders are found by their first signs, and are those that the whole patterns find."""

from __future__ import annotations

import re

import pytest
from drytables.reading import placeholders
from examples import examples
from hypothesis import given, settings
from hypothesis import strategies as st

SIGNS = [
    "a", "x", "1", ".", "..", "...", "…", ":", "::", "x.x", "10.0.x.y", "2001:db8::x", "<", ">", "<ip>", "\\<", "\\>",
    "‹x›", "${", "{{x}}", "{a}", "{", "}", "#{x}", "%(p)s", "%i", "%A_B%", "@IP@", "__IP__", "_", "**your ip**", "*",
    "[ip]", "[", "]", "[-x ]", "your_ip", "YOUR.IP", "MY_X", "WAN_IP", "\\_IP", "my-here", "rulenum", "rule-num", "-N",
    "-j", "\n", ";", "|", '"', "'", "$", " ", " ", " ",
]  # fmt: skip


@given(st.lists(st.sampled_from(SIGNS), max_size=9).map("".join))
@settings(max_examples=examples(200))
def test_placeholders_are_those_that_the_whole_patterns_find(text: str) -> None:
    found = placeholders.find_placeholders(text)
    with pytest.MonkeyPatch.context() as monkeypatch:
        everything = re.compile("")
        monkeypatch.setattr(placeholders, "_MAY_BE_PLAIN", everything)
        monkeypatch.setattr(placeholders, "_MAY_BE_NAMED", everything)
        whole = placeholders._BRACKETED
        monkeypatch.setattr(placeholders, "_bracketed", lambda text: [each.span() for each in whole.finditer(text)])

        assert placeholders.find_placeholders(text) == found
