"""LOG: write packets to the kernel's log. iptables-extensions(8), LOG; levels as observed with iptables 1.8.9."""

from ...extension import Option, Target
from ...nft_words import option_words
from ...rule import Use
from ...values.base import Family, InvalidValue, Value, number
from ...values.log_prefixes import log_prefix, whole_log_prefix
from ...values.wording import Context

#: The levels by name, in the order in which a prefix is looked up.
_LEVELS = {
    "emerg": 0,
    "panic": 0,
    "alert": 1,
    "crit": 2,
    "error": 3,
    "warning": 4,
    "notice": 5,
    "info": 6,
    "debug": 7,
}

_WARNING = 4

#: nft's names of the levels, from 0 on, and its words for what else is logged; those for TCP are said together.
_NFT_LEVELS = ("emerg", "alert", "crit", "err", "warn", "notice", "info", "debug")
_TCP_FLAGS = {"log-tcp-sequence": "sequence", "log-tcp-options": "options"}
_FLAGS = {**dict.fromkeys(_TCP_FLAGS, ""), "log-ip-options": "ip options", "log-uid": "skuid", "log-macdecode": "ether"}


class LogLevel(Value):
    """A level of the kernel's log, by name or by number from 0, the most urgent, to 7; written as a number.

    `shortened` accepts any prefix of a name, in any case.
    """

    synopsis = "LEVEL"

    def __init__(self, shortened: bool = False) -> None:
        self.shortened = shortened

    def read(self, text: str, family: Family) -> int:
        level = _LEVELS.get(text)
        if level is None and text and self.shortened:
            level = next((level for name, level in _LEVELS.items() if name.startswith(text.lower())), None)
        if level is None:
            level = number(text)
        if level is None or level > 7:
            whole = next((name for name in _LEVELS if text and name.startswith(text.lower())), "")
            raise InvalidValue(
                "neither a level's name nor a number from 0 to 7",
                says=f'log level "{text}" unknown',
                choices=(whole,) if whole else tuple(_LEVELS),
                help=f"write `{whole}` in full: iptables stopped accepting abbreviations in 1.4.11" if whole else "",
            )
        return level

    def say(self, value: int, context: Context) -> str:
        """By the name that was typed, or by the number with a name."""
        names = [name for name, level in _LEVELS.items() if level == value]
        typed = context.typed.lower()
        return next((name for name in names if typed[:1].isalpha() and name.startswith(typed)), f"{value} ({names[0]})")


def in_the_log(use: Use) -> str:
    """The words of `log`, with one word for all flags."""
    words = ["log"]
    if use.has("log-prefix"):
        words.append(option_words(use, "log-prefix"))
    level = use.value("log-level", _WARNING)
    if level != _WARNING:
        words.append(f"level {_NFT_LEVELS[level]}")
    if all(use.has(name) for name in _FLAGS):
        return " ".join([*words, "flags all"])
    tcp = [word for name, word in _TCP_FLAGS.items() if use.has(name)]
    if tcp:
        words.append(f"flags tcp {','.join(tcp)}")
    words += (f"flags {word}" for name, word in _FLAGS.items() if word and use.has(name))
    return " ".join(words)


log = Target(
    "LOG",
    Option(
        "log-prefix",
        log_prefix(longest=29),
        before={"1.3.2": whole_log_prefix(longest=29, lines=True), "1.4.11": whole_log_prefix(longest=29)},
        sentence="begin each line of the log with {value}",
        negation_ignored_in="..1.4.10",
        nft="prefix {value}",
    ),
    Option(
        "log-level",
        LogLevel(),
        before={"1.4.11": LogLevel(shortened=True)},
        default=_WARNING,
        sentence="log at the level {value}",
        negation_ignored_in="..1.4.10",
    ),
    Option("log-tcp-sequence", sentence="log the TCP sequence numbers", negation_ignored_in="..1.4.10"),
    Option("log-tcp-options", sentence="log the options of the TCP header", negation_ignored_in="..1.4.10"),
    Option("log-ip-options", sentence="log the options of the IP header", negation_ignored_in="..1.4.10"),
    Option("log-uid", sentence="log the user whose process sent the packet", negation_ignored_in="..1.4.10"),
    Option("log-macdecode", sentence="log the MAC addresses and the protocol, decoded", negation_ignored_in="..1.4.10"),
    common=True,
    sentence="write a line to the kernel's log, and go on with the next rule",
    nft=in_the_log,
)
