"""The words that `iptables -S` prints for the options of one use of an extension, according to its table."""

from __future__ import annotations

from .demands import is_whole
from .rule import Hole, Setting, Unknown, Use


def all_words(use: Use) -> list[str]:
    """The words after the name of a match or target: its own saver's, otherwise every option that was given.

    While a value is a hole, or where an older release allowed something to be left out, its own saver may not know what
    to print; the options are then shown as they were given.
    """
    if use.extension.saved is not None and is_whole(use):
        try:
            return [*use.extension.saved(use)]
        except Unknown:
            pass
    return option_words(use, *(option.name for option in use.extension.options))


def option_words(use: Use, *names: str) -> list[str]:
    """The words of some options, in the order of `names`, without those that have their default value."""
    words: list[str] = []
    for name in names:
        default = use.extension.by_name[name].default
        for setting in use.settings.get(name, ()):
            if default is None or setting.negated or setting.value != default:
                words += setting_words(setting, use.rule.family)
    return words


def setting_words(setting: Setting, family: str) -> list[str]:
    """One option with its value: `! --every 3`."""
    option = setting.option
    words = ["!"] if setting.negated else []
    words.append(f"--{option.name}")
    if isinstance(setting.value, Hole):
        words.append(setting.value.text)
    elif option.value is not None and setting.value is not None:
        words.append(option.value.write(setting.value, family))
    return words
