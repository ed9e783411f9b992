"""Commands that are like one on which iptables and we differ, but without what would explain the difference.

Where the two agree on such a command, the explanation is right, and nothing else hides behind it.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterator

from drytables.grammar.rule import Hole, Setting
from drytables.grammar.values.base import InvalidValue
from drytables.reading.need import Need
from drytables.reading.word import Word

from .difference import Difference

#: What is on every machine, in the place of what is on the reader's only, by its kind.
_STAND_INS = {
    "user": "root", "group": "root", "device group": "7", "routing realm": "7", "connlabel": "7", "cgroup": "/",
}  # fmt: skip
_HOSTS = {"ipv4": "192.0.2.7", "ipv6": "2001:db8::7"}

#: Where legacy cuts the prefix of what NFLOG logs.
_LONGEST_PREFIX = 63

#: A program that the kernel takes, in the place of one that is pinned to a file.
_ANY_BPF = ["--bytecode", "1,6 0 0 1"]


def commands_instead(found: Difference) -> Iterator[str]:
    """Commands to try instead, of which each leaves out one thing that would explain the difference."""
    for way in (*_WAYS, *(_WAYS_OF_NFT if found.variant == "nft" else ())):
        made = way(found)
        if made:
            yield shlex.join(made)


def without_glued_values(found: Difference) -> list[str]:
    """With blanks before values that are glued to iptables' own options: 1.8.8 and 1.8.9 lose them."""
    given = found.verdict.rule.given
    glued = {
        id(setting.words[0]): setting.words[1].text
        for letter, setting in given.items()
        if letter in "psdjio" and len(setting.words) > 1 and not _is_a_word(found, setting.words[1])
    }
    return [text for word in found.verdict.command.words for text in _apart(word, glued.get(id(word)))] if glued else []


def _is_a_word(found: Difference, value: Word) -> bool:
    return any(value is word for word in found.verdict.command.words)


def _apart(word: Word, value: str | None) -> list[str]:
    if value is None:
        return [word.text]
    option = word.text[: len(word.text) - len(value)]
    return [option.removesuffix("=") if option.startswith("--") else option, value]


def _with_another_letter(found: Difference) -> list[str]:
    """With a letter that no release has, in the place of `-b`: up to 1.8.10 it was one, of which nothing was known."""
    refusal = found.verdict.refusal
    if refusal is None or refusal.code not in ("unknown-option", "single-dash"):
        return []
    return [
        word.text.replace("b", "k", 1) if word.span == refusal.span and word.text[:2] != "--" else word.text
        for word in found.verdict.command.words
    ]


def _with_what_is_here(found: Difference) -> list[str]:
    """With what is on every machine in the place of users, hosts and other names that are not on this one."""
    instead: dict[int, list[str]] = {}
    for setting, needs in _needing(found):
        option, *values = setting.words
        if setting.option.name == "object-pinned":
            instead.update({id(option): _ANY_BPF} | {id(value): [] for value in values})
            continue
        for value in values:
            text = value.text
            for kind, name in needs:
                text = text.replace(name, _stand_in(kind, found), 1)
            glued = not _is_a_word(found, value)
            instead[id(option if glued else value)] = [option.text.removesuffix(value.text) + text if glued else text]
    words = found.verdict.command.words
    return [text for word in words for text in instead.get(id(word), [word.text])] if instead else []


def _stand_in(kind: str, found: Difference) -> str:
    return _HOSTS[found.verdict.rule.family] if kind == "host" else _STAND_INS[kind]


def _needing(found: Difference) -> Iterator[tuple[Setting, list[tuple[str, str]]]]:
    """The settings whose values name something, and the kinds and names of it."""
    rule = found.verdict.rule
    for letter, networks in (("s", rule.sources), ("d", rule.destinations)):
        known = (each.address for each in networks or () if not isinstance(each, Hole))
        hosts = [address for address in known if isinstance(address, str)]
        if hosts:
            yield rule.given[letter], [("host", host) for host in hosts]
    settings = [setting for use in rule.uses() for each in use.settings.values() for setting in each]
    for setting in settings:
        needs = _needs(setting, rule.family)
        kinds = ("host", "pinned BPF program", *_STAND_INS)
        named = [(need.kind, need.name) for need in needs if need.kind in kinds]
        if named:
            yield setting, named


def _needs(setting: Setting, family: str) -> list[Need]:
    """What a value names; of one that is bad behind its slash, what stands before that: iptables reads that first."""
    value = setting.option.value
    if value is None or setting.value is None or value.words > 1:
        return []
    if not isinstance(setting.value, Hole):
        return value.needs(setting.value)
    try:
        return value.needs(value.read(setting.value.text.partition("/")[0], family))
    except InvalidValue:
        return []


def _up_to_a_second_target(found: Difference) -> list[str]:
    """Without what begins with a second -j: the target before it is known no longer, and may name a host or a set."""
    refusal = found.verdict.refusal
    is_second = refusal is not None and re.match(r"`--?[jg]\w*` can only be used once", refusal.message)
    if refusal is None or not is_second or not re.search("getaddrinfo|Set .* doesn't exist", found.answer.words):
        return []
    return [word.text for word in found.verdict.command.words if word.span.start < refusal.span.start]


def _less_talkative(found: Difference) -> list[str]:
    """Without `-v`: with it, iptables prints what it does, and with two, it finds other words for what then fails."""
    words = [word.text for word in found.verdict.command.words]
    quiet = [word.replace("v", "") if word[:1] == "-" and not set(word) - set("-nvxf46") else word for word in words]
    kept = [word for word in quiet if word not in ("-", "--verbose")]
    return kept if kept != words else []


def _without_any_address(found: Difference) -> list[str]:
    """Without what excludes every address: nf_tables refuses a rule that no packet fits."""
    rule = found.verdict.rule
    if found.verdict.refusal is not None:
        return []
    left_out: set[int] = set()
    for letter, networks in (("s", rule.sources), ("d", rule.destinations)):
        if rule.negated(letter) and not networks[0].mask:
            left_out |= {id(word) for word in rule.given[letter].words}
    words, kept = rule.words, list[str]()
    for word, following in zip(words, (*words[1:], None), strict=True):
        if id(word) not in left_out and not (word.text == "!" and id(following) in left_out):
            kept.append(word.text)
    return kept if left_out else []


def _with_another_queue(found: Difference) -> list[str]:
    """With NFQUEUE in the place of QUEUE, which nf_tables does not have."""
    jump = found.verdict.rule.jump
    if jump is None or jump.text != "QUEUE":
        return []
    return ["NFQUEUE" if word is jump else word.text for word in found.verdict.command.words]


def _with_a_prefix_that_fits(found: Difference) -> list[str]:
    """With a short prefix for what NFLOG logs: that of nf_tables is longer than that of legacy."""
    return _with_values(found, "nflog-prefix", "x", lambda setting: len(str(setting.value)) >= _LONGEST_PREFIX)


def _with_one_port(found: Difference) -> list[str]:
    """With one port in the place of a negated range of them: nf_tables prints the ports that are left."""
    return _with_values(found, "port", "80", lambda setting: setting.negated and setting.value[0] != setting.value[1])


#: The options whose masks 1.8.10 keeps as they are: before, one with gaps stood for a whole address, or for none.
_MASKED = {
    "conntrack": ("ctorigsrc", "ctorigdst", "ctreplsrc", "ctrepldst"), "policy": ("tunnel-src", "tunnel-dst"),
    "srh": ("srh-psid", "srh-nsid", "srh-lsid"), "NETMAP": ("to",),
    "connlimit": ("connlimit-mask",), "HMARK": ("hmark-src-prefix", "hmark-dst-prefix"),
}  # fmt: skip
_LENGTHS = ("connlimit", "HMARK")


def _without_masks(found: Difference) -> list[str]:
    """With whole addresses where an address has a mask, and with a length where only a mask is given."""
    instead: dict[int, str] = {}
    for use in found.verdict.rule.uses():
        for option in _MASKED.get(use.extension.name, ()):
            for setting in use.settings.get(option, ()):
                word, value = setting.words
                whole = "24" if use.extension.name in _LENGTHS else value.text.partition("/")[0]
                before = word.text.removesuffix(value.text) if setting.is_glued else ""
                instead[id(word if setting.is_glued else value)] = before + whole
    return [instead.get(id(word), word.text) for word in found.verdict.command.words] if instead else []


def _with_values(found: Difference, ending: str, text: str, is_meant: Callable[[Setting], bool]) -> list[str]:
    """With one text in the place of the values that are meant, of options whose names end so."""
    settings = [setting for use in found.verdict.rule.uses() for each in use.settings.values() for setting in each]
    values = [
        id(setting.words[1])
        for setting in settings
        if setting.option.name.endswith(ending) and not isinstance(setting.value, Hole) and is_meant(setting)
    ]
    return [text if id(word) in values else word.text for word in found.verdict.command.words] if values else []


def _with_one_match_of_ports(found: Difference) -> list[str]:
    """With one match of tcp or udp: nf_tables makes one of two."""
    loaded = [use for use in found.verdict.rule.matches if use.extension.name in ("tcp", "udp")]
    left_out = [use.named for use in loaded[1:] if use.extension is loaded[0].extension]
    words = found.verdict.command.words
    kept = [word for word in words if not any(named.start <= word.span.start < named.end for named in left_out)]
    return [word.text for word in kept] if left_out else []


_WAYS = (
    without_glued_values, _with_another_letter, _with_what_is_here, _up_to_a_second_target, _less_talkative,
    _without_masks,
)  # fmt: skip
_WAYS_OF_NFT = (
    _without_any_address, _with_another_queue, _with_a_prefix_that_fits, _with_one_port, _with_one_match_of_ports,
)  # fmt: skip
