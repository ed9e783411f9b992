"""Somebody who edits a site at random, in all the ways in which authors do."""

import json
import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

from conftest import Site

COMMAND = "```sh\niptables -A INPUT -s 192.0.2.{} -j DROP\n```\n"
STATUSES = ("draft", "hidden", "skip", "published")

#: Posts with a word that is in a file outside of the content, which is read once in a process.
PLUGIN = """\
import functools, json
from pathlib import Path
from pelican import signals

@functools.cache
def word():
    return json.loads(Path("data/word.json").read_text())

def give_word(generator, metadata):
    metadata["summary"] = f"{metadata.get('summary', '')} {word()}"

def register():
    signals.article_generator_context.connect(give_word)
"""
SETTINGS = """
PLUGINS.append("word_of_the_day")
THEME_TEMPLATES_OVERRIDES = ["templates"]
SERIES_SAVE_AS = SERIES_URL + "index.html"
SERIES_LIST_SAVE_AS = "series/index.html"
PAGINATED_TEMPLATES["series"] = 2
"""
INCLUDING = """\
Including
#########

:date: 2014-01-01
:slug: including
:tags: Linux
:summary: Including.

.. include:: ../parts/part.txt
"""

#: An edit; one that breaks the site returns another that mends it.
Edit = Callable[[], "Edit | None"]


class RandomAuthor:
    """The author of a site."""

    def __init__(self, site: Site, chance: random.Random) -> None:
        self.site, self.chance = site, chance
        self.content = site.folder / "content"
        self.posts = self.content / "posts"

    def begin(self) -> None:
        """Write the first posts, and all that edits are tried on."""
        (self.posts / "series").mkdir()
        for number in range(3):
            text = f"Text.\n\n- [ ] to do\n\n{COMMAND.format(number)}"
            self.site.post(("", "", "series/")[number] + f"post-{number}", text, date=f"201{number}-01-01")
        self.page()
        self.part()
        self.data()
        (self.posts / "including.rst").write_text(INCLUDING, encoding="utf-8")
        (self.site.folder / "templates").mkdir()
        (self.site.folder / "plugins/word_of_the_day.py").write_text(PLUGIN, encoding="utf-8")
        self.site.settings(SETTINGS)

    def any_post(self) -> Path:
        """One of the posts."""
        return self.chance.choice(sorted(self.posts.rglob("*.md")))

    def word(self) -> str:
        """Something new."""
        return f"word{self.chance.randrange(10**6)}"

    def write(self, name: str, text: str) -> Path:
        """Write a file below the site's folder."""
        file = self.site.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def header(self, field: str, value: str) -> Path:
        """Change a line of a post's header."""
        post = self.any_post()
        lines = post.read_text(encoding="utf-8").split("\n")
        rest = [line for line in lines if not line.startswith(f"{field}:")]
        post.write_text("\n".join([f"{field}: {value}", *rest]), encoding="utf-8")
        return post

    def add(self, text: str) -> Path:
        """Write more at the end of a post."""
        file = self.any_post()
        with file.open("a", encoding="utf-8") as post:
            post.write(f"\n{text}\n")
        return file

    def text(self) -> None:
        self.add(f"More, {self.word()}.")

    def command(self) -> None:
        self.add(COMMAND.format(self.chance.randrange(255)))

    def title(self) -> None:
        self.header("Title", f"About {self.word()}")

    def summary(self) -> None:
        self.header("Summary", f"In short, {self.word()}.")

    def tags(self) -> None:
        self.header("Tags", ", ".join(self.chance.sample(["Linux", "iptables", "netfilter", "C & more"], 2)))

    def series(self) -> None:
        self.header("Series", self.chance.choice(["Netfilter", "netfilter", "C & more"]))

    def series_index(self) -> None:
        self.header("Series_index", str(self.chance.randrange(3)))

    def date(self) -> None:
        self.header("Date", f"20{self.chance.randrange(10, 26)}-0{self.chance.randrange(1, 10)}-11")

    def slug(self) -> None:
        self.header("Slug", self.word())

    def draft(self) -> None:
        self.header("Status", "draft")

    def hidden(self) -> None:
        self.header("Status", "hidden")

    def skipped(self) -> None:
        self.header("Status", "skip")

    def published(self) -> None:
        """Publish what is not."""
        for post in self.posts.rglob("*.md"):
            post.write_text(
                "".join(
                    line
                    for line in post.read_text(encoding="utf-8").splitlines(keepends=True)
                    if not line.startswith("Status:")
                ),
                encoding="utf-8",
            )

    def new(self) -> None:
        self.site.post(self.word(), f"New.\n\n{COMMAND.format(1)}")

    def new_in_a_new_folder(self) -> None:
        (self.posts / self.word() / "deep").mkdir(parents=True)
        self.site.post(self.any_folder() + self.word(), slug=self.word())

    def any_folder(self) -> str:
        """A folder below that of the posts, as the beginning of a name."""
        folder = self.chance.choice(sorted(path for path in self.posts.rglob("*") if path.is_dir()))
        return f"{folder.relative_to(self.posts)}/"

    def deleted(self) -> None:
        if len([*self.posts.rglob("*.md")]) > 3:
            self.any_post().unlink()

    def renamed(self) -> None:
        self.any_post().rename(self.posts / f"{self.word()}.md")

    def folder_moved(self) -> None:
        (self.posts / self.any_folder()).rename(self.posts / f"moved-{self.word()}")

    def saved_by_rename(self) -> None:
        post = self.any_post()
        fresh = post.with_name(f".{post.name}.swp")
        fresh.write_text(post.read_text(encoding="utf-8") + f"\n{self.word()}\n", encoding="utf-8")
        fresh.replace(post)

    def swapped(self) -> None:
        """Exchange two posts, so that each has the name of the other, and its times."""
        one, other = self.any_post(), self.any_post()
        aside = one.rename(one.with_suffix(".aside"))
        if one != other:
            other.rename(one)
        aside.rename(other)

    def same_size_and_time(self) -> None:
        """Keep the length of the file, and put its time back, as some tools do."""
        post = self.any_post()
        before = post.stat()
        head, blank, text = post.read_text(encoding="utf-8").partition("\n\n")
        post.write_text(head + blank + text.replace("Text", "tEXT").replace("More", "Less"), encoding="utf-8")
        os.utime(post, ns=(before.st_atime_ns, before.st_mtime_ns))

    def linked(self) -> None:
        """Link one post to another, and have that move to another address in the next edit."""
        target = self.any_post()
        self.add(f"See [the other]({{filename}}/{target.relative_to(self.content)}).")

    def picture(self) -> None:
        self.write(f"content/images/{self.chance.randrange(3)}.svg", f"<svg><!-- {self.word()} --></svg>")

    def picture_beside_a_post(self) -> None:
        """Attach a picture, which goes where the post goes."""
        picture = self.write(f"content/images/at-{self.word()}.svg", "<svg/>")
        self.add(f"![]({{attach}}/images/{picture.name})")

    def picture_deleted(self) -> None:
        for picture in sorted((self.content / "images").glob("[0-9].svg"))[:1]:
            picture.unlink()

    def page(self) -> None:
        self.write(
            "content/pages/about.md",
            f"Title: About\nSlug: about\n\n## What happens to a command\n\n{self.word()}\n",
        )

    def another_page(self) -> None:
        name = self.word()
        self.write(f"content/pages/{name}.md", f"Title: {name}\nStatus: {self.chance.choice(STATUSES)}\n\nA page.\n")

    def translation(self) -> None:
        """Translate a post, of which its page tells."""
        original = self.any_post()
        text = original.read_text(encoding="utf-8")
        slug = next((line.split(": ")[1] for line in text.split("\n") if line.startswith("Slug: ")), "")
        name = f"es-{self.word()}"
        self.site.post(name, "Texto.\n", slug=slug, lang="es", title=name)

    def part(self) -> None:
        """Change what a post includes."""
        self.write("content/parts/part.txt", f"A part, {self.word()}.\n")

    def data(self) -> None:
        """Change what a plugin reads."""
        self.write("data/word.json", json.dumps(self.word()))

    def template(self) -> None:
        name = self.chance.choice(["article", "base", "neighbours", "index", "tag"])
        with (self.site.folder / f"theme/templates/{name}.html").open("a", encoding="utf-8") as template:
            template.write(f"{{# {self.word()} #}}" if name == "article" else f"<!-- {self.word()} -->")

    def template_that_shadows(self) -> None:
        """Put a template of the site's own before the theme's."""
        self.write("templates/neighbours.html", f"<!-- {self.word()} -->\n")

    def template_with_texts_of_others(self) -> None:
        """Show the texts of the posts before and after, too."""
        self.write(
            "templates/neighbours.html",
            "{% for each in (article.older, article.newer) if each %}"
            "{{ each.summary }}{{ each.content|length }}{{ each.metadata.summary }}{% endfor %}\n",
        )

    def template_removed(self) -> None:
        (self.site.folder / "templates/neighbours.html").unlink(missing_ok=True)

    def stylesheet(self) -> None:
        with (self.site.folder / "theme/static/style.css").open("a", encoding="utf-8") as sheet:
            sheet.write(f".{self.word()} {{ color: red }}\n")

    def setting(self) -> None:
        self.site.settings(f'SITENAME = "{self.word()}"')

    def plugin(self) -> None:
        plugin = self.site.folder / "plugins/accessible_html.py"
        text = plugin.read_text(encoding="utf-8")
        plugin.write_text(text.replace('"class": "task-box', f'"class": "task-box {self.word()}'), encoding="utf-8")

    def refused(self) -> Edit:
        """A command that fails the build."""
        post = self.add("```sh\niptables -A INPUT --nope\n```")
        return self.mended(post, " --nope", "")

    def broken_date(self) -> Edit:
        return self.mended(self.header("Date", "the other day"), "the other day", "2015-05-05")

    def broken_template(self) -> Edit:
        template = self.site.folder / "theme/templates/tag.html"
        template.write_text(template.read_text(encoding="utf-8") + "{% nope %}", encoding="utf-8")
        return self.mended(template, "{% nope %}", "")

    def two_at_one_address(self) -> Edit:
        post = self.site.post(self.word(), slug="including", date="2014-01-02")
        return post.unlink

    def mended(self, file: Path, wrong: str, right: str) -> Edit:
        """Take back what fails the build."""

        def mend() -> None:
            file.write_text(file.read_text(encoding="utf-8").replace(wrong, right), encoding="utf-8")

        mend.__name__ = f"mended {file.name}"
        return mend

    def kinds(self) -> list[Edit]:
        """One edit of each kind."""
        return [
            self.text, self.command, self.title, self.summary, self.tags, self.series,
            self.series_index, self.date, self.slug, self.draft, self.hidden, self.skipped,
            self.published, self.new, self.new_in_a_new_folder, self.deleted, self.renamed, self.folder_moved,
            self.saved_by_rename, self.swapped, self.same_size_and_time, self.linked, self.picture,
            self.picture_beside_a_post, self.picture_deleted, self.page, self.another_page, self.translation, self.part,
            self.data, self.template, self.template_that_shadows, self.template_with_texts_of_others,
            self.template_removed, self.stylesheet, self.setting, self.plugin, self.refused, self.broken_date,
            self.broken_template, self.two_at_one_address,
        ]  # fmt: skip

    def edits(self) -> Iterator[tuple[str, Edit]]:
        """Edits without end, each with its name: every kind in turn, in an order that changes."""
        kinds = self.kinds()
        while True:
            self.chance.shuffle(kinds)
            for kind in kinds:
                mending: list[Edit] = []

                def edit(kind: Edit = kind, mending: list[Edit] = mending) -> None:
                    mend = kind()
                    if mend is not None:
                        mending.append(mend)

                yield kind.__name__, edit
                if mending:
                    yield mending[0].__name__, mending[0]
                if kind == self.linked:
                    yield self.slug.__name__, self.slug
                if self.chance.random() < 0.3:
                    yield self.text.__name__, self.text
