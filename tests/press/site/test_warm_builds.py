"""plugins/press/site: whatever authors and plugins do, a build that keeps pages of the last one is a clean build."""

import os
import random
import shutil
from pathlib import Path

import pytest
from clean_builds import CleanBuilds, Program, damage, differences
from conftest import Site
from random_author import RandomAuthor

pytestmark = pytest.mark.starts_programs

HERE = Path(__file__).parent
#: How many edits there are in a sequence: EDITS=500 for a long run, SEED for another one.
EDITS, SEED = int(os.environ.get("EDITS", "6")), int(os.environ.get("SEED", "1"))

#: A plugin with a word for every page, which it has from somewhere else than from the page's own post: ODD says whence.
PLUGIN = """
import functools
from pathlib import Path
from jinja2 import pass_context
from pelican import signals

POSTS, KEPT, WORDS = [], {}, {"total": 0}

def text_of(post):
    return "".join(letter for letter in post._content[-60:] if letter.isalnum())

@functools.cache
def kept_text(number):
    return text_of(POSTS[number % len(POSTS)])

@functools.cache
def text_for_ever(post):
    return text_of(post)

class Lazy:
    def __init__(self, posts):
        self.posts = posts

    @functools.cached_property
    def texts(self):
        return "".join(map(text_of, self.posts))

def kept_by_hand(context, found={}):
    if "text" not in found:
        found["text"] = text_of(POSTS[-1])
    return found["text"]

def on_the_post(context):
    post = POSTS[0]
    if not hasattr(post, "odd"):
        post.odd = text_of(post)
    return post.odd

def in_a_table(context):
    if "text" not in KEPT:
        KEPT["text"] = text_of(POSTS[0])
    return KEPT["text"]

ODD = {
    "nothing": lambda context: "",
    "another post": lambda context: text_of(POSTS[len(str(context["output_file"])) % len(POSTS)]),
    "all words": lambda context: str(WORDS["total"]),
    "a file": lambda context: Path("data/odd.txt").read_text(),
    "what is kept": lambda context: kept_text(3),
    "what was kept before": lambda context: text_for_ever(POSTS[0]),
    "a default": kept_by_hand,
    "an attribute": on_the_post,
    "a table": in_a_table,
    "the first": lambda context: context["articles"][0].content[-30:].replace("--", ""),
    "titles": lambda context: " ".join(TITLES),
    "a lazy one": lambda context: KEPT["lazy"].texts,
}
TITLES = []

def note_title(content):
    TITLES.append(str(getattr(content, "title", "")))

def begin(generator):
    POSTS[:] = sorted(generator.articles, key=lambda post: post.source_path)
    KEPT.clear()
    KEPT["lazy"] = Lazy(POSTS)
    WORDS["total"] = sum(len(post._content.split()) for post in POSTS)
    choice = generator.settings.get("ODD", "nothing")
    if choice == "what was kept before":
        text_for_ever(POSTS[0])
    TITLES.sort()
    generator.env.globals["odd"] = pass_context(ODD[choice])

def register():
    signals.article_generator_finalized.connect(begin)
    signals.content_object_init.connect(note_title)
"""


class OddAuthor(RandomAuthor):
    """An author who also goes from one of those words to another."""

    def begin(self) -> None:
        """Write the first posts, and the plugin."""
        super().begin()
        self.write("plugins/odd.py", PLUGIN)
        self.odd_file()
        self.site.settings('PLUGINS.append("odd")')
        with (self.site.folder / "theme/templates/base.html").open("a", encoding="utf-8") as template:
            template.write("<!-- {{ odd() }} -->")

    def odd(self) -> None:
        kinds = [line.split('"')[1] for line in PLUGIN.split("\nODD =")[1].split("\n}")[0].split("\n")[1:]]
        self.site.settings(f'ODD = "{self.chance.choice(kinds)}"')

    def ordinary(self) -> None:
        self.site.settings('ODD = "nothing"')

    def odd_file(self) -> None:
        self.write("data/odd.txt", self.word())

    def nothing(self) -> None:
        """Build again as it is."""

    def kinds(self) -> list[object]:  # type: ignore[override]
        """One edit of each kind, and many of the texts."""
        return [*super().kinds(), *[self.odd, self.text, self.text, self.title] * 4, self.ordinary, self.ordinary,
                self.odd_file, self.odd_file, self.nothing]  # fmt: skip


def test_a_build_that_keeps_pages_is_a_clean_build(tmp_path: Path) -> None:
    """After each edit, also when some went by unseen, what is kept was damaged, or a build failed."""
    chance = random.Random(SEED)
    (tmp_path / "site").mkdir()
    site = Site(tmp_path / "site")
    author = OddAuthor(site, chance)
    author.begin()
    done = list[str]()
    clean, warm = CleanBuilds(site, tmp_path / "clean"), Program(site, HERE / "building.py")
    try:
        for number, (name, edit) in zip(range(EDITS), author.edits(), strict=False):
            edit()
            done.append(name)
            if number % 16 == 7:
                damage(site.folder / ".cache", chance)
            if chance.random() < 0.15:
                continue
            clean.ask()
            warm.ask(str(site.folder))
            output, status = clean.output(), warm.answer()
            said = [(each / "said").read_text(encoding="utf-8") for each in (clean.folder, site.folder)]
            assert said[0] == said[1], done
            assert (output is None) == (status != 0), "\n".join([*done, *said])
            if output is not None:
                assert differences(output, site.output) == [], done
        for program in (clean.program, warm):
            program.end()
    finally:
        for program in (clean.program, warm):
            program.process.kill()
    shutil.rmtree(tmp_path, ignore_errors=True)
