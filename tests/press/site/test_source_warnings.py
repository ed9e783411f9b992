"""plugins/press/site/source_warnings.py: a warning about a source is given for every build, read or remembered."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
from pelican import signals

if TYPE_CHECKING:
    from .conftest import SmallSite


def heard(caplog: pytest.LogCaptureFixture) -> list[tuple[str, int, str]]:
    """What has been said, and is not said again."""
    said = [(name, level, words) for name, level, words in caplog.record_tuples if level >= logging.WARNING]
    caplog.clear()
    return said


@pytest.fixture
def warnings(small: SmallSite) -> object:
    """Have a plugin warn of each post, in its own words, in the same, and as Pelican limits it."""
    logger = logging.getLogger("pelican.carousel")

    def warn(generator: object, metadata: dict[str, str]) -> None:
        logger.warning("%s has %d%% of something", metadata["title"], 50)
        logger.warning("the same of all")
        logger.warning("%s is one of many", metadata["title"], extra={"limit_msg": "there are more"})
        logger.info("nothing to speak of")

    small.on(signals.article_generator_context, warn)
    return warn


def test_a_remembered_post_has_its_warnings(
    small: SmallSite, warnings: object, caplog: pytest.LogCaptureFixture
) -> None:
    """The same ones, as often, in every round of a process and in the next process."""
    for number in range(8):
        small.post(f"{number}.md")
    reading = small.reading()
    heard(caplog)
    reading.run()
    first = heard(caplog)
    reading.run()
    second = heard(caplog)
    another = small.reading()
    heard(caplog)
    another.run()
    third = heard(caplog)

    assert [words for _, _, words in first if "of something" in words] == [
        f"{n}.md has 50% of something" for n in range(8)
    ]
    assert first == second == third


def test_a_post_that_is_gone_is_not_warned_of(
    small: SmallSite, warnings: object, caplog: pytest.LogCaptureFixture
) -> None:
    small.post("one.md")
    small.post("two.md")
    reading = small.reading()
    reading.run()
    (small.folder / "content/posts/one.md").unlink()
    heard(caplog)

    reading.run()

    assert not [words for _, _, words in heard(caplog) if "one.md" in words]
