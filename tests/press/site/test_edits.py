"""plugins/press/site: whatever an author does, each address of the preview is what a clean build writes."""

import filecmp
import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Site, press_environment

pytestmark = pytest.mark.starts_programs

ANSWERING = Path(__file__).with_name("answering.py")
#: How many edits there are in a sequence: EDITS=500 for a long run, SEED for another one.
EDITS, SEED = int(os.environ.get("EDITS", "14")), int(os.environ.get("SEED", "1"))

COMMAND = "```sh\niptables -A INPUT -s 192.0.2.{} -j DROP\n```\n"


class Preview:
    """The site as one process sees it that is asked after each edit."""

    def __init__(self, site: Site, scratch: Path) -> None:
        self.site, self.scratch, self.count = site, scratch, 0
        self.process = self.started()

    def started(self) -> "subprocess.Popen[str]":
        """Start the process that reads the site."""
        command = [sys.executable, str(ANSWERING), "pelicanconf.py"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        return subprocess.Popen(command, cwd=self.site.folder, env=press_environment(), text=True, **pipes)

    def end(self) -> None:
        """End the process as Ctrl-D would."""
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.close()
        self.process.stdout.close()
        assert self.process.wait(timeout=30) == 0

    def answers(self) -> tuple[dict[str, Any], Path]:
        """The present edition, and a folder with all answers; after a restart, if one is due."""
        self.count += 1
        folder = self.scratch / f"answers-{self.count}"
        folder.mkdir()
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(f"{folder}\n")
        self.process.stdin.flush()
        edition = json.loads(self.process.stdout.readline())
        if edition["must_restart"]:
            shutil.rmtree(folder)
            self.end()
            self.process = self.started()
            return self.answers()
        return edition, folder


def clean_build(site: Site, scratch: Path) -> tuple[int, Path]:
    """Build the site where nothing is remembered, and return the exit status and the output."""
    clean = scratch / "clean"
    shutil.rmtree(clean, ignore_errors=True)
    clean.mkdir()
    for name in ("content", "theme", "plugins", "pelicanconf.py"):
        (clean / name).symlink_to(site.folder / name)
    other = Site.__new__(Site)
    other.folder, other.output = clean, clean / "output"
    return other.build().returncode, other.output


def differences(one: Path, other: Path) -> list[str]:
    """The files in which two folders differ, or that only one of them has."""
    files = [{path.relative_to(folder) for path in folder.rglob("*") if path.is_file()} for folder in (one, other)]
    both = sorted(files[0] & files[1])
    return [
        *(f"only in {folder.name}: {path}" for folder, path in ((one, each) for each in sorted(files[0] - files[1]))),
        *(f"only in {folder.name}: {path}" for folder, path in ((other, each) for each in sorted(files[1] - files[0]))),
        *(f"differs: {path}" for path in both if not filecmp.cmp(one / path, other / path, shallow=False)),
    ]


class Author:
    """Somebody who edits a site at random."""

    def __init__(self, site: Site, chance: random.Random) -> None:
        self.site, self.chance = site, chance
        self.posts = site.folder / "content/posts"

    def any_post(self) -> Path:
        """One of the posts."""
        return self.chance.choice(sorted(self.posts.glob("*.md")))

    def word(self) -> str:
        """Something new."""
        return f"word{self.chance.randrange(10**6)}"

    def header(self, field: str, value: str) -> None:
        """Change a line of a post's header."""
        post = self.any_post()
        lines = post.read_text(encoding="utf-8").split("\n")
        rest = [line for line in lines if not line.startswith(f"{field}:")]
        post.write_text("\n".join([f"{field}: {value}", *rest]), encoding="utf-8")

    def text(self) -> None:
        with self.any_post().open("a", encoding="utf-8") as post:
            post.write(f"\nMore, {self.word()}.\n")

    def command(self) -> None:
        with self.any_post().open("a", encoding="utf-8") as post:
            post.write("\n" + COMMAND.format(self.chance.randrange(255)))

    def title(self) -> None:
        self.header("Title", f"About {self.word()}")

    def tags(self) -> None:
        self.header("Tags", ", ".join(self.chance.sample(["Linux", "iptables", "netfilter", "kernel"], 2)))

    def date(self) -> None:
        self.header("Date", f"20{self.chance.randrange(10, 26)}-0{self.chance.randrange(1, 10)}-11")

    def slug(self) -> None:
        self.header("Slug", self.word())

    def status(self) -> None:
        self.header("Status", self.chance.choice(["draft", "published", "hidden", "skip"]))

    def new(self) -> None:
        self.site.post(self.word(), f"New.\n\n{COMMAND.format(1)}")

    def deleted(self) -> None:
        if len([*self.posts.glob("*.md")]) > 3:
            self.any_post().unlink()

    def renamed(self) -> None:
        self.any_post().rename(self.posts / f"{self.word()}.md")

    def saved_by_rename(self) -> None:
        post = self.any_post()
        fresh = post.with_name(f".{post.name}.swp")
        fresh.write_text(post.read_text(encoding="utf-8") + f"\n{self.word()}\n", encoding="utf-8")
        fresh.replace(post)

    def same_size_and_time(self) -> None:
        """An edit that keeps the length of the file and puts its time back, as some tools do."""
        post = self.any_post()
        before = post.stat()
        post.write_text(post.read_text(encoding="utf-8").swapcase().replace("TITLE", "Title"), encoding="utf-8")
        os.utime(post, ns=(before.st_atime_ns, before.st_mtime_ns))

    def linked(self) -> None:
        """A link from one post to another, whose address may change afterwards."""
        target = self.any_post().name
        with self.any_post().open("a", encoding="utf-8") as post:
            post.write(f"\nSee [the other]({{filename}}{target}).\n")

    def picture(self) -> None:
        picture = self.site.folder / "content/images" / f"{self.chance.randrange(3)}.svg"
        picture.parent.mkdir(exist_ok=True)
        picture.write_text(f"<svg xmlns='http://www.w3.org/2000/svg'><!-- {self.word()} --></svg>", encoding="utf-8")

    def page(self) -> None:
        page = self.site.folder / "content/pages/about.md"
        page.write_text(f"Title: About\nSlug: about\n\n{self.word()}\n", encoding="utf-8")

    def template(self) -> None:
        name = self.chance.choice(["article", "base", "macros", "index", "tag"])
        with (self.site.folder / f"theme/templates/{name}.html").open("a", encoding="utf-8") as template:
            template.write("" if name == "macros" else f"<!-- {self.word()} -->")

    def stylesheet(self) -> None:
        with (self.site.folder / "theme/static/style.css").open("a", encoding="utf-8") as sheet:
            sheet.write(f".{self.word()} {{ color: red }}\n")

    def setting(self) -> None:
        self.site.settings(f'SITENAME = "{self.word()}"')

    def plugin(self) -> None:
        plugin = self.site.folder / "plugins/accessible_html.py"
        text = plugin.read_text(encoding="utf-8")
        plugin.write_text(text.replace('"class": "task-box', f'"class": "task-box {self.word()}'), encoding="utf-8")

    def refused(self) -> None:
        """A command that fails the build."""
        with self.any_post().open("a", encoding="utf-8") as post:
            post.write("\n```sh\niptables -A INPUT --nope\n```\n")

    def mended(self) -> None:
        """Take back every command that fails the build."""
        for post in self.posts.glob("*.md"):
            text = post.read_text(encoding="utf-8")
            if "--nope" in text:
                post.write_text(text.replace(" --nope", ""), encoding="utf-8")

    def edits(self) -> Iterator[Callable[[], None]]:
        """Edits without end: every kind in turn, in an order that changes."""
        kinds = [
            self.text, self.command, self.title, self.tags, self.date, self.slug, self.status, self.new, self.deleted,
            self.renamed, self.saved_by_rename, self.same_size_and_time, self.linked, self.picture, self.page,
            self.template, self.stylesheet, self.setting, self.plugin, self.refused,
        ]  # fmt: skip
        while True:
            self.chance.shuffle(kinds)
            for kind in kinds:
                yield kind
                if kind == self.refused:
                    yield self.mended


def damage(cache: Path, chance: random.Random) -> None:
    """Cut short, overwrite or garble what is kept between two processes."""
    for file in [path for path in cache.rglob("*") if path.is_file() and path.suffix == ".db"]:
        content = bytearray(file.read_bytes())
        kind = chance.randrange(3)
        if kind == 0:
            file.write_bytes(content[: chance.randrange(len(content))])
        elif kind == 1:
            file.write_bytes(b"of another version\n" * 50)
        else:
            for _ in range(20):
                content[chance.randrange(len(content))] ^= 0xFF
            file.write_bytes(content)


def test_the_preview_is_what_a_clean_build_writes(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    (tmp_path / "site").mkdir()
    site = Site(tmp_path / "site").with_content()
    for number in range(3):
        site.post(f"post-{number}", f"Text.\n\n- [ ] to do\n\n{COMMAND.format(number)}", date=f"201{number}-01-01")
    preview, author = Preview(site, tmp_path), Author(site, chance)
    last, done = Path(), []
    for number, edit in zip(range(EDITS), author.edits(), strict=False):
        edit()
        done.append(edit.__name__)
        if number % 5 == 4:
            preview.end()
            if number % 2:
                damage(site.folder / ".cache", chance)
            preview.process, last = preview.started(), Path()
        edition, answers = preview.answers()
        status, output = clean_build(site, tmp_path)
        assert edition["is_good"] == (status == 0), (done, edition["report"])
        expected = output if edition["is_good"] else last
        if expected != Path():
            assert differences(answers, expected) == [], done
        shutil.rmtree(tmp_path / "last", ignore_errors=True)
        if expected != Path():
            last = answers.rename(tmp_path / "last")
    preview.end()
