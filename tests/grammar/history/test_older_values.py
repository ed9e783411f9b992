"""What an option takes in each release."""

import pytest
from drive import verdict_of
from drytables.grammar.catalogue import find_match, find_target
from drytables.grammar.extension import Extension
from drytables.grammar.history.older_values import value_in
from drytables.grammar.history.releases import Release, history, releases


def declared() -> list[Extension]:
    """Every match and target."""
    kinds = {"match": find_match, "target": find_target}
    known = (
        find(name, family)
        for name, entry in history()["extensions"].items()
        for kind, find in kinds.items()
        for family in ("ipv4", "ipv6")
        if entry["kind"] == kind
    )
    return list(dict.fromkeys(found for found in known if found is not None))


@pytest.mark.parametrize("extension", declared(), ids=repr)
def test_every_option_has_a_value_in_every_release(extension: Extension) -> None:
    """The releases in a table are releases, oldest first, and words that came later can be taken away."""
    for option in extension.options:
        keys = [key.rpartition(" ") for key in option.before]
        for family in ("ipv4", "ipv6"):
            until = [Release(version) for only_for, _, version in keys if only_for in ("", family)]
            assert until == sorted(until, key=lambda release: release.index), option.name
            for release in releases() if option.value is not None else ():
                value_in(extension, option, family, release)


def test_words_that_came_later_belong_to_an_option() -> None:
    """A misspelt one in the history would never be taken away."""
    for name, entry in history()["extensions"].items():
        for option in entry.get("words", {}):
            assert option in entry["options"], (name, option)


def test_a_value_that_other_releases_take_says_so() -> None:
    """Newer ones in the label, older ones in the help."""
    newer = verdict_of("iptables -A INPUT -m pkttype --pkt-type otherhost", "1.8.8").refusal
    assert newer is not None and newer.label.text == "accepted since iptables 1.8.9"
    older = verdict_of("iptables -A INPUT -j NFLOG --nflog-group 65537").refusal
    assert older is not None and older.help == "iptables 1.4.10 and older read it as `1`"
