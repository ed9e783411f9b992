"""A watched release knows which of its neighbours would give the same answers."""

from itertools import product

import pytest
from case_files import Case, cases_by_file
from drive import command_of
from drytables.grammar.history.releases import NEWEST, Release, releases
from drytables.grammar.history.watched_release import WatchedRelease
from drytables.judging.verdict import judge
from drytables.page.judge import Judge


@pytest.mark.parametrize("cases", cases_by_file().values(), ids=cases_by_file())
def test_between_its_bounds_every_release_gives_the_same_verdict(cases: list[Case]) -> None:
    every = releases()
    for case, version in product(cases, [NEWEST, "1.4.10", "1.3.5"]):
        command = command_of(case.command)
        watched = WatchedRelease(version)
        status = judge(command, watched).status
        assert watched.oldest <= watched.index <= watched.newest
        for index in {watched.oldest, (watched.oldest + watched.index) // 2, watched.newest}:
            assert judge(command, every[index]).status == status, (case.command, every[index], status)


@pytest.mark.parametrize(
    ("line", "last"),
    [
        ("iptables -A INPUT -m statistic --mode nth --every 3 -j DROP", "1.4.10"),
        ("iptables -A INPUT -m account --aname x -j DROP", None),
        ("iptables -A INPUT -s 192.0.2.300 -j DROP", None),
        ("iptables -t nat -A POSTROUTING -j DROP", "1.4.2"),
    ],
)
def test_the_last_release_to_accept_is_the_one_that_judging_them_all_finds(line: str, last: str | None) -> None:
    command = command_of(line)
    by_all = [each for each in releases() if each < Release(NEWEST) and judge(command, each).status == "accepted"]
    found = Judge(Release(NEWEST)).last_to_accept(command, Release(NEWEST))

    assert (found and found.version) == last == (by_all[-1].version if by_all else None)


def test_few_releases_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that no release accepts for a reason of its own is judged once more, and not by each release."""
    asked: list[str] = []
    judge = Judge(Release(NEWEST))
    verdict = Judge.verdict
    monkeypatch.setattr(
        Judge, "verdict", lambda self, command, release: asked.append(str(release)) or verdict(self, command, release)
    )

    assert judge.last_to_accept(command_of("iptables -A INPUT -s 192.0.2.300 -j DROP"), Release(NEWEST)) is None
    assert len(asked) < 8, asked
