"""Makes posts: `PYTHONPATH=tests python -m bench_site.posts FOLDER COUNT`, run beside the Makefile.

Each has about 3 kB of Markdown: headings, a list, a link, three iptables commands that are accepted, and every third
one a table. Post number 7 is the same in every folder, so a larger site is a smaller one with more posts.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

from .sentences import (
    ADVICE,
    BEFORE_COMMANDS,
    CLOSINGS,
    HEADINGS,
    INTERFACES,
    LINKS,
    OBSERVATIONS,
    OPENINGS,
    PLACES,
    RELEASES,
)
from .subjects import SUBJECTS, Subject

FIRST_DAY = date(2012, 1, 1)
#: How many days the posts are spread over, and how far one is from the next. They have no divisor in common, so all
#: days differ, and already the first dozen posts are from all years.
DAYS, STEP = 5407, 3343


@dataclass(frozen=True)
class Post:
    """A post before it has the header of any one generator."""

    slug: str
    title: str
    day: date
    tags: tuple[str, ...]
    summary: str
    text: str

    @property
    def address(self) -> str:
        """Where its page is below the site's root, whoever builds the site."""
        return f"/{self.day:%Y/%m}/{self.slug}/"

    def with_word(self, word: str) -> Post:
        """The same post after an edit: the word ends its summary, which lists of posts show, and its text."""
        return replace(self, summary=f"{self.summary} {word}", text=f"{self.text}\n{word}\n")

    def for_pelican(self) -> str:
        """The whole file as Pelican reads it."""
        return (
            f"Title: {self.title}\nDate: {self.day}\nSlug: {self.slug}\nTags: {', '.join(self.tags)}\n"
            f"Summary: {self.summary}\n\n{self.text}"
        )

    def with_yaml(self, **more: str) -> str:
        """The whole file as Hugo and Eleventy read it; `more` are further lines of the header."""
        fields = {"title": quoted(self.title), "date": str(self.day), "slug": self.slug}
        fields |= {"tags": f"[{', '.join(map(quoted, self.tags))}]", "summary": quoted(self.summary), **more}
        return "---\n" + "".join(f"{name}: {value}\n" for name, value in fields.items()) + f"---\n\n{self.text}"


def quoted(words: str) -> str:
    """A value in YAML, whatever signs are in it."""
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


def posts(count: int) -> Iterator[Post]:
    """The first `count` posts."""
    return (post(number) for number in range(count))


def post(number: int) -> Post:
    """The post of that number, from 0."""
    chosen = Random(number)
    subject = SUBJECTS[number % len(SUBJECTS)]
    place, tag_of_place = chosen.choice([*PLACES.items()])
    values = _values(chosen, place)
    title = f"{subject.title} at {place}" if chosen.random() < 0.7 else subject.title
    words = re.sub(r"[^a-z0-9]+", "-", title.lower())
    return Post(
        slug=f"{words}-{number:04}",
        title=title,
        day=FIRST_DAY + timedelta(days=number * STEP % DAYS),
        tags=tuple(dict.fromkeys(("iptables", *subject.tags, tag_of_place))),
        summary=f"{_sentence(subject.symptom)} What it was, and three commands against it.".format(**values),
        text=_text(chosen, subject, values, has_table=number % 3 == 0),
    )


def _values(chosen: Random, place: str) -> dict[str, str]:
    """What the words in braces mean in one post."""
    wan, lan = chosen.sample(INTERFACES, 2)
    site, room = chosen.randrange(256), chosen.randrange(256)
    return {
        "place": place,
        "wan": wan,
        "lan": lan,
        "net": f"10.{site}.{room}.0/24",
        "host": f"192.0.2.{chosen.randrange(1, 255)}",
        "server": f"10.{site}.{room}.{chosen.randrange(1, 255)}",
        "port": str(chosen.randrange(1025, 16000)),
        "mark": hex(chosen.randrange(1, 256)),
        "few": str(chosen.randrange(3, 13)),
        "thousands": f"{chosen.randrange(1_000, 9_000):,}",
        "more": f"{chosen.randrange(10_000, 90_000):,}",
        "release": chosen.choice(RELEASES),
    }


def _sentence(words: str) -> str:
    """Words as a sentence: with a capital, unless they begin with code, and a full stop."""
    return words[0].upper() + words[1:] + "."


def _text(chosen: Random, subject: Subject, values: dict[str, str], has_table: bool) -> str:
    """The text of a post, in sections."""
    heading = {name: f"## {chosen.choice(choices)}" for name, choices in HEADINGS.items()}
    seen = [_sentence(words) for words in chosen.sample(OBSERVATIONS, 10)]
    link, address = chosen.choice(LINKS)
    ordinals = ("The first", "The second", "The third")
    parts = [
        chosen.choice(OPENINGS).replace("{symptom}", subject.symptom) + " " + seen[0],
        heading["observations"],
        " ".join(seen[1:4]),
        " ".join(seen[4:7]),
        " ".join(seen[7:]),
        heading["cause"],
        " ".join(_sentence(words) for words in subject.cause),
        f"More about this is in [{link}]({address}).",
        heading["commands"],
        chosen.choice(BEFORE_COMMANDS),
        "\n".join(("```sh", *subject.commands, "```")),
        " ".join(f"{which} {reason}." for which, reason in zip(ordinals, subject.reasons, strict=True)),
        heading["advice"],
        "\n".join(f"- {words}" for words in chosen.sample(ADVICE, 5)),
        *((heading["figures"], _table(chosen, subject)) if has_table else ()),
        chosen.choice(CLOSINGS),
    ]
    return "\n\n".join(parts).format(**values) + "\n"


def _table(chosen: Random, subject: Subject) -> str:
    """A table of what the rules counted in an hour, in the order of the commands."""
    lines = ["| rule | packets | KiB | share |", "| --- | ---: | ---: | ---: |"]
    shares = sorted(chosen.sample(range(1, 50), 2))
    for reason, share in zip(subject.reasons, (*shares, 100 - sum(shares)), strict=True):
        packets = share * chosen.randrange(200, 400)
        lines.append(f"| {' '.join(reason.split()[:4]).rstrip(',')} | {packets:,} | {packets * 3 // 5:,} | {share} % |")
    return "\n".join(lines)


def main() -> None:
    """Write as many posts as the command line says into a folder, with Pelican's header."""
    parser = argparse.ArgumentParser(prog="python -m bench_site.posts", description="Make posts for Pelican.")
    parser.add_argument("folder", type=Path, help="where to put them; it is made if it is missing")
    parser.add_argument("count", type=int, help="how many")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    for made in posts(arguments.count):
        (arguments.folder / f"{made.slug}.md").write_text(made.for_pelican(), encoding="utf-8")


if __name__ == "__main__":
    main()
