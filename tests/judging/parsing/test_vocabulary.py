"""The long options that a command may use, found as getopt_long finds them."""

from drytables.grammar.builtin import BuiltIn
from drytables.grammar.catalogue import find_match
from drytables.grammar.extension import Match
from drytables.grammar.history.releases import NEWEST, Release
from drytables.judging.parsing.vocabulary import Ambiguous, Owned, Vocabulary


def match(name: str) -> Match:
    """A match that is declared."""
    found = find_match(name, "ipv4")
    assert found is not None
    return found


def test_an_exact_name_goes_before_a_beginning() -> None:
    """`--dst` is an option of its own, though `--dst-type` begins with it."""
    known = Vocabulary("ipv4", Release(NEWEST))
    known.load(match("addrtype"))
    found = known.find("dst")
    assert isinstance(found, BuiltIn) and found.letter == "d"


def test_two_names_of_one_option_are_one() -> None:
    """`--dp` begins `--dport`, and no other option; `--d` begins several."""
    known = Vocabulary("ipv4", Release(NEWEST))
    known.load(match("tcp"))
    found = known.find("dp")
    assert isinstance(found, Owned) and found.option.name == "dport"
    assert isinstance(known.find("d"), Ambiguous)
    assert known.find("nothing") is None


def test_the_match_loaded_last_owns_a_shared_option_since_1_4_11() -> None:
    """Before, it was the first one's."""
    for release, owner in ((NEWEST, "connmark"), ("1.4.10", "mark")):
        known = Vocabulary("ipv4", Release(release))
        known.load(match("mark"))
        known.load(match("connmark"))
        found = known.find("mark")
        assert isinstance(found, Owned) and found.extension.name == owner


def test_a_release_knows_its_own_letters_only() -> None:
    """-w came with 1.4.20."""
    assert Vocabulary("ipv4", Release("1.4.19.1")).find_letter("w") is None
    assert Vocabulary("ipv4", Release("1.4.20")).find_letter("w") is not None
    assert Vocabulary("ipv4", Release(NEWEST)).find_letter("0") is None
