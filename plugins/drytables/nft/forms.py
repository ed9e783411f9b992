"""Fills the forms of declarations (`nft` in grammar/extension.py) with the values of one use of a match or target."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from ..grammar.nft import NotInNft, Said, Unsayable, network_word
from ..grammar.nft_words import HEADER, option_words, setting_words
from ..grammar.rule import Use
from ..reading.pattern import pattern

#: The names of options, or a part that is left out if its options are not given; and the words of a form.
_GROUP = pattern(r"\{([^{}]*)\}|\[([^\]]*)\]")
_WORDS = pattern(r"(?:\[[^\]]*\]|[^ \[])+")


def said(use: Use) -> Said:
    """What a use is in nft; raises Unsayable, or Unknown where the value of a hole matters."""
    form = use.extension.nft
    if isinstance(form, NotInNft):
        raise Unsayable(*form)
    if callable(form):
        made = form(use)
        return made if isinstance(made, Said) else Said(made)
    words = " ".join(_all_words(use)) if form is None else _filled(form, use)
    return Said(words or use.extension.nft_bare)


def _all_words(use: Use) -> Iterator[str]:
    for option in use.extension.options:
        for setting in use.settings.get(option.name, ()):
            words = setting_words(setting, use.rule.family)
            if words:
                yield words


def _filled(form: str, use: Use) -> str:
    """The words of a form with those of its options; a word of which nothing is left is left out."""
    form = form.replace(HEADER, network_word(use.rule.family))
    return " ".join(filter(None, (_GROUP.sub(partial(_group, use), word) for word in _WORDS.findall(form))))


def _group(use: Use, found: re.Match[str]) -> str:
    """A place for options, or a group with some; a group goes if its options are not given."""
    if found[1] is not None:
        return option_words(use, *found[1].split(","), link=",")
    filled = _GROUP.sub(partial(_group, use), found[2])
    return filled if filled != _GROUP.sub("", found[2]) else ""
