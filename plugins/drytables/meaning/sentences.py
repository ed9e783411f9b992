"""Sentences with gaps: what the tables of options say, with a value filled in."""

from __future__ import annotations

import re

from ..grammar.values.wording import counted

#: The wording for what is not negated, and for what is.
_CHOICE = re.compile(r"\{([^{|}]*)\|([^{|}]*)\}")

#: The value, and so many of something.
_VALUE = re.compile(r"\{value(?::([a-z]+))?\}")


def filled(sentence: str, negated: bool, value: str) -> str:
    """A sentence as `Option` describes it, worded for a negated or a plain option, with its value in words."""
    chosen = _CHOICE.sub(r"\2" if negated else r"\1", sentence.replace("{not }", "{|not }"))
    return _VALUE.sub(lambda gap: counted(value, gap[1]) if gap[1] else value, chosen)
