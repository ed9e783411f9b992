"""How a word is taken: what was meant by a slip, what a beginning stands for, and what a release has."""

import pytest
from case_files import Case, cases_by_file
from drive import command_of, report_of_code, verdict_of
from drytables.grammar.builtin import BuiltIn
from drytables.grammar.catalogue import find_match, find_target
from drytables.grammar.extension import Extension, Match
from drytables.grammar.older_values import value_in
from drytables.grammar.releases import NEWEST, Release, history, releases
from drytables.grammar.rule import Rule
from drytables.judging import kernel
from drytables.judging.nearness import is_near_miss, nearest, slips
from drytables.judging.parse import MOST_FAULTS, parse
from drytables.judging.since import since
from drytables.judging.verdict import judge
from drytables.judging.verify import verify
from drytables.judging.vocabulary import Ambiguous, Owned, Vocabulary
from drytables.telling.canonical import canonical
from drytables.telling.explain import explain


def match(name: str) -> Match:
    """A match that is declared."""
    found = find_match(name, "ipv4")
    assert found is not None
    return found


# Nearness


@pytest.mark.parametrize(
    ("left", "right", "count"),
    [
        ("ACCEPT", "ACCEPT", 0),
        ("ACCPET", "ACCEPT", 1),
        ("ACCEP", "ACCEPT", 1),
        ("ACCCEPT", "ACCEPT", 1),
        ("AKZEPT", "ACCEPT", 2),
        ("", "ABC", 3),
        ("abcdefgh", "x", 4),
    ],
)
def test_slips_are_letters_left_out_added_mistaken_or_swapped(left: str, right: str, count: int) -> None:
    """Each is one slip."""
    assert slips(left, right) == count


@pytest.mark.parametrize(
    ("name", "known", "expected"),
    [
        ("ACCPET", "ACCEPT", True),
        ("accept", "ACCEPT", True),
        ("ACEPT", "ACCEPT", True),
        ("ACCCEPT", "ACCEPT", True),
        ("INPTU", "INPUT", True),
        ("ACCEPT", "ACCEPT", False),
        ("ACCEPTS", "ACCEPT", False),
        ("LOG2", "LOG", False),
        ("LOX", "LOG", False),
        ("INPUT_WEB", "INPUT", False),
    ],
)
def test_a_near_miss_is_no_name_of_its_own(name: str, known: str, expected: bool) -> None:
    """A letter more at an end makes a name of its own, and so does a slip in a short name."""
    assert is_near_miss(name, known) is expected


def test_the_nearest_is_the_one_with_the_fewest_slips() -> None:
    """A short word may have one slip, a long one three; the case of letters is none."""
    assert nearest("dprot", ["sport", "dport", "dports"]) == "dport"
    assert nearest("conntrakc", ["conntrack", "connmark"]) == "conntrack"
    assert nearest("log", ["LOG", "ULOG"]) == "LOG"
    assert nearest("xyz", ["LOG", "DROP"]) is None


# Vocabulary


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


# Since


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("iptables -A INPUT -s 10.0.0.1 -j DROP", "1.1.0"),
        ("iptables -A INPUT -s 10.0.0.1,10.0.0.2 -j DROP", "1.4.5"),
        ("iptables -A INPUT -m limit -m limit", "1.3.6"),
        ("iptables -A INPUT -g MINE", "1.3.5"),
        ("iptables -S", "1.4.1"),
        ("iptables -C INPUT -j DROP", "1.4.11"),
        ("iptables -w 5 -A INPUT", "1.6.0"),
        ("iptables -w -A INPUT", "1.4.20"),
        ("iptables -Z INPUT 2", "1.4.6"),
        ("iptables -A INPUT -c 1,2", "1.4.1"),
        ("iptables -A INPUT -m mark --mark 1 -m connmark --mark 2", "1.4.11"),
        ("ip6tables -t nat -A POSTROUTING -j MASQUERADE", "1.4.17"),
        ("iptables -A INPUT -m pkttype --pkt-type otherhost", "1.8.9"),
        ("iptables -A INPUT -m pkttype --pkt-type host", "1.2.2"),
        ("ip6tables -A INPUT -j REJECT --reject-with policy-fail", "1.6.0"),
        ("iptables -t mangle -A INPUT -j MARK --set-mark 1/1", "1.4.1"),
        ("iptables -A INPUT -m iprange --src-range 192.0.2.1", "1.4.6"),
        ("iptables -A INPUT -p tcp -m multiport --dports 20:21", "1.3.0"),
        ("ip6tables -A INPUT -p tcp -m multiport --dports 20:21", "1.3.7"),
        ("iptables -A INPUT -p tcp -m multiport ! --dports 20", "1.3.0"),
        ("iptables -A INPUT -m hashlimit --hashlimit 5/s --hashlimit-name x", "1.3.0"),
        ("iptables -A INPUT -m hashlimit --hashlimit 5/s --hashlimit-name x --hashlimit-burst 20000", "1.6.1"),
        ("iptables -t nat -A PREROUTING -p tcp -j REDIRECT --to-ports http", "1.4.1"),
        ("iptables -t nat -A PREROUTING -p sctp -j REDIRECT --to-ports 80", "1.4.3"),
        ("iptables -t nat -A PREROUTING -p tcp -j DNAT --to-destination 192.0.2.1:http", "1.8.8"),
        ("iptables -A INPUT -j LOG --log-prefix " + "a" * 30, "1.4.11"),
        ("iptables -A INPUT -j LOG --log-prefix " + "a" * 29, "1.1.0"),
        ("iptables -4 -A INPUT -j DROP", "1.4.11"),
        ("iptables -A INPUT -ptcp", "1.4.6"),
        ("iptables -A INPUT --protocol=tcp -j DROP", "1.4.6"),
        ("iptables -AINPUT -s10.0.0.1 -jDROP", "1.1.0"),
        ("iptables -A INPUT -m mark --mark=5", "1.4.6"),
        ("iptables -jNFQUEUE -AINPUT -w5", "1.6.0"),
        ("iptables -C INPUT -m state --state NEW", "1.4.11"),
        ("iptables -C INPUT -m state ! --state NEW", "1.4.12"),
        ("ip6tables -h", "1.1.1"),
        ("iptables -t mangle -A POSTROUTING -p tcp -m ecn --ecn-ip-ect 3 -j ECN --ecn-ip-ect 0", "1.4.11"),
        ("iptables -A INPUT --no-such-option", None),
    ],
)
def test_since_is_the_oldest_release_that_takes_it(line: str, expected: str | None) -> None:
    """From the options and matches that it uses, and from what could not be written before."""
    assert since(verdict_of(line)) == expected


def test_since_says_of_an_old_command_when_it_was_taken() -> None:
    """Also where no release of today takes it any more."""
    assert since(verdict_of("iptables -A INPUT -j LOG --log-level warn", "1.4.10")) == "1.1.0"


@pytest.mark.parametrize("cases", cases_by_file().values(), ids=cases_by_file())
def test_the_release_that_since_names_takes_the_command(cases: list[Case]) -> None:
    """What is said of a command and what is judged by that release come from the same tables."""
    for case in cases:
        verdict = verdict_of(case.command, case.release or NEWEST)
        if verdict.status != "refused":
            oldest = since(verdict)
            assert oldest is not None, case.command
            refusal = verdict_of(case.command, oldest).refusal
            assert refusal is None, f"{case.command}\niptables {oldest}: {refusal and refusal.message}"


# Values by release


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
    assert older is not None and older.help == "iptables 1.4.10 and older accept it"


def test_the_first_diagnostic_is_what_iptables_says_first() -> None:
    """Everything found is told, in the order in which iptables looks."""
    line = "iptables -A INPUT -p tpc -i abcdefghijklmnop -d 10.0.0.300 -s 10.0.0.400 -n -o eth0"
    found = verdict_of(line).diagnostics
    assert [each.code for each in found] == [
        "unknown-protocol",
        "bad-value",
        "bad-value",
        "bad-value",
        "option-not-for-command",
        "wrong-interface",
    ]
    assert "10.0.0.400" in found[2].message


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("iptables -A INPUT -p tcp -s", 'option "-s" requires an argument'),
        ("iptables -A INPUT -0x", 'unknown option "-0"'),
        ("iptables -L -Z -A INPUT", "Cannot use -A with -Z"),
        ("iptables -A INPUT -m " + "a" * 29, f'Invalid match name "{"a" * 29}" (28 chars max)'),
        ("ip6tables -t ant -L", "can't initialize ip6tables table `ant': Table does not exist"),
        ("iptables -P MINE DROP", "Bad built-in chain name."),
        ("iptables -A INPUT -g DORP", "goto 'DORP' is not a chain"),
    ],
)
def test_the_note_quotes_iptables(line: str, says: str) -> None:
    """To the word, as observed."""
    refusal = verdict_of(line).refusal
    assert refusal is not None and refusal.quote is not None and says in refusal.quote.words


def test_a_cure_shows_what_was_typed_also_where_it_cannot_be_read() -> None:
    found = verdict_of("iptables -A INPUT -m statistic --mode nth --every x").diagnostics

    assert found[-1].help == "to match the first packet of every x, write `--every x --packet 0`"


# Length: what Linux starts, and what anybody reads


@pytest.mark.parametrize(
    ("line", "is_refused"),
    [
        ("iptables -A INPUT -m comment --comment " + "a" * 0x1FFFF, False),
        ("iptables -A INPUT -m comment --comment " + "a" * 0x20000, True),
        ("iptables -A INPUT -m comment --comment " + "€" * 0xB000, True),
        ("iptables -A INPUT -p tcp" + " -m tcp" * 2048, False),
        ("iptables -A INPUT -p tcp" + " -m tcp" * 2049, True),
        ("iptables -L" + " -v" * 190_000, False),
        ("iptables -L" + " -v" * 191_000, True),
    ],
    ids=["word", "long word", "word of long letters", "matches", "many matches", "words", "many words"],
)
def test_a_command_is_as_long_as_linux_lets_it_be(line: str, is_refused: bool) -> None:
    """The limits of execve are those at which it began to say no, tried with /bin/true on Linux 6.18; that of matches
    is one that no rule comes to, since each has something to remember.
    """
    refusal = verdict_of(line).refusal

    assert (refusal is not None and refusal.code == "too-long") is is_refused


@pytest.mark.parametrize("rest", [" !", " -p tcp", " --dport 1"])
def test_not_more_is_told_of_a_command_than_anybody_reads(rest: str) -> None:
    verdict = verdict_of(f"iptables -A INPUT -p tcp{rest * 3_000}")

    assert 1 < len(verdict.diagnostics) <= MOST_FAULTS + 1


def facts(rule: Rule) -> list[object]:
    """All that a rule says, copied as deep as looking at it could change it."""
    uses = [(use.extension, {name: [*settings] for name, settings in use.settings.items()}) for use in rule.uses()]
    rest = (getattr(rule, name) for name in Rule.__slots__ if name not in ("given", "matches"))
    return [uses, dict(rule.given), *rest]


@pytest.mark.parametrize("cases", cases_by_file().values(), ids=cases_by_file())
def test_a_rule_is_finished_when_it_is_read(cases: list[Case]) -> None:
    """Whatever looks at it afterwards finds it as it was."""
    for case in cases:
        command = command_of(case.command)
        release = Release(case.release or NEWEST)
        reading = parse(command, release)
        before = facts(reading.rule)
        if reading.is_whole:
            list(verify(reading, release))
        explain(reading.rule)
        if judge(command, release).status != "refused":
            canonical(reading.rule)
            kernel.needs(reading)

        assert facts(reading.rule) == before, case.command


@pytest.mark.parametrize(
    ("line", "needs", "form"),
    [
        ("iptables -A INPUT -s example.org -m $X -j DROP", ["host example.org"], None),
        ("iptables -A WEB -s 10.0.0.1 $OPTS -j DROP", ["chain WEB"], None),
        ("iptables -A INPUT -d example.org -p tcp --dport $PORT -j $TARGET", ["host example.org"],
         "-A INPUT -d example.org/32 -p tcp -m tcp --dport $PORT -j $TARGET"),
    ],
)  # fmt: skip
def test_what_is_known_of_an_open_rule_is_true(line: str, needs: list[str], form: str | None) -> None:
    """What it needs is told; its form only where every word is known or stands for one value."""
    (checked,) = report_of_code(line).commands()

    assert checked.status == "open"
    assert [str(need) for need in checked.verdict.needs] == needs
    assert canonical(checked.verdict.rule) == form
