"""The words of options in nft: each option's own, with its value in their place."""

from __future__ import annotations

from functools import cache
from typing import Any

from ..reading.pattern import pattern
from .extension import Option
from .nft import NotInNft, Unsayable, network_word
from .rule import Hole, Setting, Use
from .values.base import Family

#: The wording for what is not negated, and for what is.
_CHOICE = pattern(r"\{([^{|}]*)\|([^{|}]*)\}")
#: The places for the value, and for the name of the family's header.
_VALUE, HEADER = "{value}", "{ip}"


def option_words(use: Use, *names: str, link: str = " ") -> str:
    """The words of some options that were given, in the order of their names."""
    words = [setting_words(setting, use.rule.family) for name in names for setting in use.settings.get(name, ())]
    return link.join(filter(None, words))


def setting_words(setting: Setting, family: Family) -> str:
    """What one option is in nft; empty if it asks for nothing."""
    option = setting.option
    if isinstance(option.nft, NotInNft):
        raise Unsayable(*option.nft)
    value = setting.value
    if option.default is not None and value == option.default and not setting.negated:
        return ""
    if isinstance(value, Hole) and (option.value is None or option.value.words > 1):
        value = setting.known
    form = form_with(option, setting.negated).replace(HEADER, network_word(family))
    if _VALUE in form:
        text = value.text if isinstance(value, Hole) else value_text(option, value, family, setting.negated)
        return form.replace(_VALUE, text) if text else ""
    return form


def has_place(option: Option) -> bool:
    """Whether an option's own words contain its value."""
    return isinstance(option.nft, str) and _VALUE in option.nft


@cache
def form_with(option: Option, negated: bool) -> str:
    """The words of an option, negated or not, with the place for its value."""
    assert isinstance(option.nft, str)
    return _CHOICE.sub(r"\2" if negated else r"\1", option.nft)


def value_text(option: Option, value: Any, family: Family, negated: bool) -> str:
    """A value as it is put into the words of its option; empty if every packet has it.

    It has a `!=` before it if it is negated and the words do not say so themselves.
    """
    assert option.value is not None
    assert isinstance(option.nft, str)
    if _CHOICE.search(option.nft):
        return option.value.nft(value, family)
    return option.value.nft_condition(value, family, negated)
