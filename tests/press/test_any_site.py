"""plugins/press on a site that is not this one, installed and used as its README says: pelican-quickstart's own, with
public plugins and Pelican's own themes.
"""

import json
import multiprocessing
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pelican
import pytest
from conftest import PROJECT
from previews import Preview

pytestmark = pytest.mark.starts_programs

PRESS = PROJECT / "plugins" / "press"
ANSWERING = Path(__file__).with_name("installed_answering.py")
README = (PRESS / "README.md").read_text(encoding="utf-8")

LOADED = multiprocessing.get_context("forkserver")
LOADED.set_forkserver_preload(["pelican"])
QUESTIONS = ["."] + ["Quick site", "Ann Author", "en"] + ["y", "https://example.org", "y", "3", "UTC", "y"] + ["n"] * 6
PLUGINS = 'PLUGINS = ["sitemap", "neighbors", "series"]'
#: What a site may ask of Pelican that ours does not.
SETTINGS = f"""
{PLUGINS}
SITEURL = "https://example.org"
STATIC_PATHS = ["images", "extra/robots.txt"]
EXTRA_PATH_METADATA = {{"extra/robots.txt": {{"path": "robots.txt"}}}}
TEMPLATE_PAGES = {{"extra/page.html": "template.html"}}
ARTICLE_ORDER_BY = "reversed-title"
SLUGIFY_SOURCE = "basename"
YEAR_ARCHIVE_SAVE_AS = "posts/{{date:%Y}}/index.html"
PAGINATION_PATTERNS = [(1, "{{url}}", "{{save_as}}"), (2, "{{base_name}}/{{number}}/", "{{base_name}}/{{number}}.html")]
OUTPUT_SOURCES = CACHE_CONTENT = LOAD_CONTENT_CACHE = True
FEED_ALL_ATOM = "feeds/all.xml"
FEED_ALL_RSS = "feeds/all.rss.xml"
TAG_FEED_ATOM = "feeds/tag-{{slug}}.xml"
TRANSLATION_FEED_ATOM = "feeds/all-{{lang}}.xml"
"""
PICTURE = (PROJECT / "theme" / "screenshot.png").read_bytes()[:4000]
CONTENT = {
    **{
        f"{'notes/' if number % 2 else ''}post-{number}.md": f"Title: Post {number}\nDate: 2024-01-0{number + 1}\n"
        f"Tags: t{number % 3}, common\nCategory: c{number % 2}\nSeries: s{number % 2}\n\n"
        f"About {number}: [one]({{filename}}/post-0.md), ![picture]({{static}}/images/a.png), [a tag]({{tag}}common).\n"
        for number in range(5)
    },
    "attached.md": "Title: Attached\nDate: 2023-05-05\n\n![near]({attach}near.png), [nowhere]({filename}nowhere.md)\n",
    "structured.rst": "Structured\n##########\n\n:date: 2022-03-04\n:tags: rst\n\nText.\n\n.. include:: included.txt\n",
    "included.txt": "Included words.\n",
    "raw.html": '<html><head><title>Raw</title><meta name="date" content="2020-02-02"></head><body>Raw.</body></html>',
    "hello-en.md": "Title: Hello\nDate: 2024-02-03\nSlug: hello\nLang: en\n\nHello.\n",
    "hello-fr.md": "Title: Bonjour\nDate: 2024-02-03\nSlug: hello\nLang: fr\n\nBonjour.\n",
    "draft.md": "Title: Draft\nDate: 2024-02-02\nStatus: draft\n\nNot yet.\n",
    "pages/about.md": "Title: About\n\nSee [this]({filename}/post-0.md).\n",
    "pages/deep/deeper.rst": "Deeper\n######\n\nDeep.\n",
    "extra/robots.txt": "User-agent: *\n",
    "extra/page.html": "{{ SITENAME }} has {{ articles|length }}",
}


def without_hours(body: bytes) -> bytes:
    """Leave out when it was built: pelican-sitemap and feeds without posts say so."""
    return re.sub(rb"T\d\d:\d\d:\d\d[-+.:\dZ]*", b"", body)


def files(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder with what is in it."""
    return {
        file.relative_to(folder).as_posix(): without_hours(file.read_bytes())
        for file in folder.rglob("*")
        if file.is_file()
    }


class Foreign:
    """A site of somebody else's, in an environment with the press or without."""

    def __init__(self, folder: Path, packages: Path) -> None:
        self.folder, self.packages = folder, packages

    def environment(self, *, with_press: bool = True) -> dict[str, str]:
        """What the programs are started with."""
        return {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(self.packages) if with_press else "", "COLUMNS": "200"}

    def run(self, *command: str | Path, with_press: bool = True) -> subprocess.CompletedProcess[str]:
        """Run a program in the folder of the site, and expect that it goes well."""
        done = subprocess.run(
            [sys.executable, *command],
            cwd=self.folder,
            env=self.environment(with_press=with_press),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done

    def write(self, name: str, text: str) -> Path:
        """Write a file below the content."""
        file = self.folder / "content" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def set(self, lines: str) -> None:
        """Add settings."""
        with (self.folder / "pelicanconf.py").open("a", encoding="utf-8") as settings:
            settings.write(f"\n{lines}\n")

    def stock(self, settings: str = "pelicanconf.py") -> dict[str, bytes]:
        """Return what Pelican makes of it without the press, in a process that has loaded Pelican and no more."""
        output = self.folder / "stock"
        for before in (output, self.folder / "stock-cache"):
            shutil.rmtree(before, ignore_errors=True)
        options = {"-s": settings, "-o": "stock", "--cache-path": "stock-cache"}
        named = [word for option, name in options.items() for word in (option, str(self.folder / name))]
        process = LOADED.Process(target=pelican.main, args=(named,))
        process.start()
        process.join()
        assert process.exitcode == 0
        return files(output)

    @property
    def press(self) -> Path:
        """The program."""
        return self.packages / "bin" / "press"

    def built(self) -> dict[str, bytes]:
        """Return what the press makes of it."""
        self.run(self.press, "build")
        return files(self.folder / "output")


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that the press was installed into by the README's command, and nothing else."""
    folder = tmp_path_factory.mktemp("installed")
    clone = shutil.copytree(PRESS, folder / "clone/plugins/press", ignore=shutil.ignore_patterns("__pycache__"))
    before = set(clone.rglob("*"))
    command = re.search(r"^pip (install \./plugins/press)", README, re.MULTILINE)
    assert command
    offline = ["--no-index", "--no-deps", "--no-build-isolation", "--quiet", "--disable-pip-version-check"]
    subprocess.run(
        [sys.executable, "-m", "pip", *command[1].split(), *offline, "--target", str(folder / "packages")],
        cwd=clone.parent.parent,
        check=True,
    )
    assert set(clone.rglob("*")) == before, "the installation leaves something behind in the clone"
    return folder / "packages"


@pytest.fixture(scope="session")
def _quick(tmp_path_factory: pytest.TempPathFactory, packages: Path) -> Path:
    """The site that pelican-quickstart makes, with content; to be copied."""
    folder = tmp_path_factory.mktemp("quickstart")
    subprocess.run(
        [sys.executable, "-m", "pelican.tools.pelican_quickstart"],
        input="\n".join(QUESTIONS) + "\n",
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    site = Foreign(folder, packages)
    for name, text in CONTENT.items():
        site.write(name, text)
    site.write("images/a.png", "").write_bytes(PICTURE)
    site.write("near.png", "").write_bytes(PICTURE)
    site.set('PLUGINS = []\nARTICLE_EXCLUDES = ["extra"]')
    return folder


@pytest.fixture
def foreign(tmp_path: Path, _quick: Path, packages: Path) -> Foreign:
    """Return the site that pelican-quickstart makes, with posts and pages of all kinds."""
    return Foreign(Path(shutil.copytree(_quick, tmp_path / "site")), packages)


def test_all_is_installed_that_is_in_the_folder(packages: Path) -> None:
    here = {path.relative_to(PRESS).as_posix() for path in PRESS.rglob("*") if path.suffix in (".py", ".js", ".css")}
    there = files(packages / "pelican_press").keys()

    assert {name for name in there if "__pycache__" not in name} == here - {"namespace/press/__init__.py"}
    assert (packages / "pelican/plugins/press/__init__.py").is_file()


def test_a_build_is_what_pelican_builds(foreign: Foreign) -> None:
    """As pelican-quickstart leaves it, without a folder for pages; then with much that Pelican can do, twice."""
    pages, aside = foreign.folder / "content" / "pages", foreign.folder / "aside"
    pages.rename(aside)
    assert foreign.built() == foreign.stock()
    aside.rename(pages)

    foreign.set(SETTINGS)
    stock = foreign.stock()
    assert foreign.built() == stock
    assert foreign.built() == stock
    assert b"<loc>https://example.org/post-0.html</loc>" in stock["sitemap.xml"]


def test_the_pelican_command_remembers(foreign: Foreign) -> None:
    """`PLUGINS = ["press"]`: the same site and the same warnings as without it, twice."""
    foreign.set(SETTINGS)
    stock = foreign.stock()
    warned = foreign.run("-m", "pelican", "-o", "stock", with_press=False).stdout
    foreign.set('PLUGINS += ["press"]')

    for _ in range(2):
        said = foreign.run("-m", "pelican").stdout
        assert files(foreign.folder / "output") == stock
        assert said.count("Unable to find") == warned.count("Unable to find") == 1
    assert list((foreign.folder / "cache/press").glob("*/sources.db"))


def test_a_plugin_in_the_namespace_is_used_without_a_setting(foreign: Foreign) -> None:
    """Pelican registers all that are installed if there is no PLUGINS; `PLUGINS = []` has none."""
    foreign.run("-m", "pelican")
    assert not (foreign.folder / "cache/press").exists()

    foreign.set("del PLUGINS")
    foreign.run("-m", "pelican")
    assert (foreign.folder / "cache/press").exists()


def test_content_and_theme_of_the_command_line(foreign: Foreign) -> None:
    """`press build content` for a site whose settings do not say where the content is; what is named there holds in
    each process of the preview.
    """
    foreign.set('del PATH\nSITENAME = "Of the file"')
    arguments = ["content", "-t", "simple", "-e", 'SITENAME="Of the line"']
    foreign.run("-m", "pelican", *arguments, "-o", "stock", with_press=False)
    foreign.run(foreign.press, "build", *arguments)
    stock = files(foreign.folder / "stock")
    assert files(foreign.folder / "output") == stock

    serve = [sys.executable, foreign.press, "serve"]
    preview = Preview(foreign.folder, *arguments, "--port", "0", program=serve, **foreign.environment())
    try:
        for _ in range(2):
            answer = preview.get("/post-0.html")[1]
            assert "About 0" in answer
            assert "Of the line" in answer
            foreign.set("AUTHOR = 'Another'")
        assert "Another" in preview.get("/post-0.html")[1]
    finally:
        assert preview.stop() == 0


def test_publishing(foreign: Foreign) -> None:
    """publishconf.py imports the other settings and has the output deleted; what is stale goes."""
    foreign.run("-m", "pelican", "-s", "publishconf.py", "-o", "stock", with_press=False)
    (foreign.folder / "output").mkdir(exist_ok=True)
    (foreign.folder / "output/stale.html").touch()
    foreign.run(foreign.press, "build", "publishconf.py")

    assert files(foreign.folder / "output") == files(foreign.folder / "stock")


def edited(site: Foreign) -> None:
    """Change what a post says."""
    post = site.folder / "content/post-0.md"
    post.write_text(post.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")


def retitled(site: Foreign) -> None:
    """Change a title, which neighbours and lists show."""
    post = site.folder / "content/post-2.md"
    post.write_text(post.read_text(encoding="utf-8").replace("Post 2", "A new title"), encoding="utf-8")


def added(site: Foreign) -> None:
    """Write a post."""
    site.write("new.md", "Title: New\nDate: 2024-03-01\nTags: fresh\nSeries: s1\n\nNew.\n")


def renamed(site: Foreign) -> None:
    """Give its file another name, from which its slug is made."""
    (site.folder / "content/new.md").rename(site.folder / "content/newer.md")


def removed(site: Foreign) -> None:
    """Remove it."""
    (site.folder / "content/newer.md").unlink()


def included(site: Foreign) -> None:
    """Change a file that a post includes."""
    site.write("included.txt", "Other words.\n")


def drafted(site: Foreign) -> None:
    """Take a post back."""
    post = site.folder / "content/notes/post-1.md"
    post.write_text("Status: draft\n" + post.read_text(encoding="utf-8"), encoding="utf-8")


Edit = Callable[[Foreign], None]
#: What happens between one look at the preview and the next.
EDITS: list[list[Edit]] = [[edited], [retitled, added], [renamed, included], [removed, drafted]]


class Answers:
    """All that the preview would answer, asked from a process that stays the same."""

    def __init__(self, process: "subprocess.Popen[str]", scratch: Path) -> None:
        self.process, self.scratch = process, scratch

    def all(self) -> dict[str, bytes]:
        """Return every file of the site as it is now."""
        assert self.process.stdin and self.process.stdout
        shutil.rmtree(self.scratch, ignore_errors=True)
        self.process.stdin.write(f"{self.scratch}\n")
        self.process.stdin.flush()
        edition = json.loads(self.process.stdout.readline())
        assert edition["is_good"], edition["report"]
        return files(self.scratch)


@contextmanager
def answers(site: Foreign) -> Iterator[Answers]:
    """Start such a process, and end it."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    command = [sys.executable, str(ANSWERING), "pelicanconf.py", "pelican_press"]
    with subprocess.Popen(command, cwd=site.folder, env=site.environment(), text=True, **pipes) as process:
        yield Answers(process, site.folder / "answers")


@pytest.mark.parametrize(
    ("settings", "edits"),
    [(SETTINGS, EDITS), (f'{PLUGINS}\nTHEME = "simple"\nRELATIVE_URLS = True', [[retitled, added]])],
)
def test_each_address_is_what_pelican_builds_after_each_edit(
    foreign: Foreign, settings: str, edits: list[list[Edit]]
) -> None:
    """sitemap.xml too, which a plugin writes when it has been told of all pages."""
    foreign.set(settings)
    with answers(foreign) as preview:
        assert preview.all() == foreign.stock()
        for together in edits:
            for edit in together:
                edit(foreign)
            assert preview.all() == foreign.stock(), [edit.__name__ for edit in together]


LOOKING = {
    "at_all_pages": """
def look(pelican):
    pages = sorted(name for _, _, names in os.walk(pelican.output_path) for name in names if name.endswith(".html"))
    Path(pelican.output_path, "index.txt").write_text("\\n".join(pages))
def register(): signals.finalized.connect(look)""",
    "at_one_page": """
def look(pelican):
    page = Path(pelican.output_path, "attached.html")
    page.write_text(page.read_text().upper())
def register(): signals.finalized.connect(look)""",
    "with_a_program": """
def look(pelican):
    os.system(f"ls {pelican.output_path} > {pelican.output_path}/index.txt")
def register(): signals.finalized.connect(look)""",
    "while_writing": """
def look(generator, content): generator.context["NOW"] = content.title
def register():
    signals.article_generator_write_article.connect(look)
    signals.generator_init.connect(lambda g: g.env.globals.update(now=lambda: g.context.get("NOW")))""",
    "when_articles_are_written": """
def look(generator, writer):
    page = Path(generator.output_path, "post-0.html")
    page.write_text(page.read_text().upper())
def register(): signals.article_writer_finalized.connect(look)""",
    "as_a_generator": """
class Listing:
    def __init__(self, context, settings, path, theme, output_path): self.output_path = output_path
    def generate_output(self, writer):
        Path(self.output_path, "index.txt").write_text(str(sorted(os.listdir(self.output_path))))
def register(): signals.get_generators.connect(lambda pelican: Listing)""",
    "as_a_writer": """
from pelican.writers import Writer
class Shouting(Writer):
    def write_file(self, name, *arguments, **named):
        super().write_file(name, *arguments, **named)
        if name == "post-0.html": (page := Path(self.output_path, name)).write_text(page.read_text().upper())
def give(pelican): return Shouting
def register(): signals.get_writer.connect(give)""",
    "in_a_template": """
def make(path, text):
    os.makedirs(path, exist_ok=True)
    Path(path, "made.css").write_text(text)
    return "made.css"
def give(generator): generator.env.globals["make"] = lambda text: make(generator.output_path, text)
def register(): signals.generator_init.connect(give)""",
}
COLLECTING = """
titles = []
def note(generator, metadata): titles.append(metadata["title"])
def begin(pelican): titles.clear()
def write(pelican): Path(pelican.output_path, "titles.txt").write_text("\\n".join(sorted(titles)))
def register():
    signals.get_generators.connect(begin)
    signals.article_generator_context.connect(note)
    signals.finalized.connect(write)"""
PLUGINS_OF_OUR_OWN = {**LOOKING, "collecting": COLLECTING}
TEMPLATE = """{% extends "!simple/base.html" %}
{% block head %}{{ super() }}{{ now() if now }}{{ make(SITENAME) if make }}{% endblock %}"""


def with_plugins(site: Foreign, *names: str) -> None:
    """Give the site some of these plugins, and a theme that asks for what they do."""
    for name in names:
        code = f"import os\nfrom pathlib import Path\nfrom pelican import signals\n{PLUGINS_OF_OUR_OWN[name]}"
        (site.folder / f"{name}.py").write_text(code, encoding="utf-8")
    (site.folder / "templates").mkdir()
    (site.folder / "templates/base.html").write_text(TEMPLATE, encoding="utf-8")
    site.set(f'PLUGINS = {list(names)}\nPLUGIN_PATHS = ["."]')
    site.set(f'THEME = "simple"\nTHEME_TEMPLATES_OVERRIDES = ["{site.folder}/templates"]')


@pytest.mark.parametrize("name", LOOKING)
def test_the_preview_has_what_a_plugin_makes_of_what_is_written(foreign: Foreign, name: str) -> None:
    with_plugins(foreign, name)

    with answers(foreign) as preview:
        assert preview.all() | preview.all() == foreign.stock()


def test_a_build_shows_each_plugin_what_pelican_shows_it(foreign: Foreign) -> None:
    with_plugins(foreign, *LOOKING)

    assert foreign.built() == foreign.stock()


def test_what_a_plugin_collects_while_posts_are_read_is_complete(foreign: Foreign) -> None:
    """Such posts are not remembered: neither by the preview, nor from one build to the next."""
    with_plugins(foreign, "collecting")
    for number in range(20):  # enough for several processes
        foreign.write(f"more-{number}.md", f"Title: More {number}\nDate: 2023-01-01\n\nText.\n")

    assert foreign.built() == foreign.stock()
    with answers(foreign) as preview:
        edited(foreign)
        assert preview.all() == foreign.stock()
        retitled(foreign)
        assert preview.all() == foreign.stock()
    assert foreign.built() == foreign.stock()


def test_the_preview_by_the_readme(foreign: Foreign) -> None:
    """`press serve` shows the site and what plugins write, and follows a save."""
    foreign.set(PLUGINS)
    preview = Preview(foreign.folder, program=[sys.executable, foreign.press, "serve"], **foreign.environment())
    try:
        assert "About 0" in preview.get("/post-0.html")[1]
        added(foreign)
        assert preview.get("/new.html")[0] == 200
        assert "/new.html" in preview.get("/sitemap.xml")[1]
    finally:
        assert preview.stop() == 0
    assert not list((foreign.folder / "output").iterdir()), "the preview writes nothing there"
