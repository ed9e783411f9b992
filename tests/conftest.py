"""What the tests share: sites built in folders of their own, a browser, and what to say when a tool is missing."""

import atexit
import compileall
import functools
import gc
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Generator, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, TypeVar

import pytest
from thorough import is_long
from warm.program import run

PROJECT = Path(__file__).resolve().parent.parent
NODE_MODULES = PROJECT / "tests" / "node_modules"
NPM = "npm ci --prefix tests"

# What a host with the strictest headers sends (HOSTING.md). The pages have to look and work the same under it.
STRICT_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

#: The plugins that are packages.
PACKAGES = tuple(sorted(file.parent.name for file in PROJECT.glob("plugins/*/__init__.py")))

#: Fixtures that build a site, and folders of tests that all start a browser or the command line.
BUILT_SITES = {"site", "whole_site", "good_site", "rich_site"}
FOLDERS_THAT_START_PROGRAMS = {"browser", "commands"}

Tool = TypeVar("Tool")


class Programs:
    """Lets only the tests start a program that are marked so: `make quick`, which leaves those out, stays quick."""

    def __init__(self) -> None:
        self.may_start = True
        sys.addaudithook(self.watch)

    def watch(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Fail the test that starts one and is not marked."""
        if event == "subprocess.Popen" and not self.may_start:
            pytest.fail(f"{arguments[0]} is started by a test that is not marked with @pytest.mark.starts_programs")

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Hold a test and its fixtures to its mark."""
        self.may_start = item.get_closest_marker("starts_programs") is not None
        try:
            return (yield)
        finally:
            self.may_start = True


def pytest_configure(config: pytest.Config) -> None:
    """Watch for programs; let those that the tests start be ended by Ctrl-C; and compile each module once, whatever
    PYTHONDONTWRITEBYTECODE says: hundreds of programs are started, and each would compile the plugins.
    """
    config.pluginmanager.register(Programs())
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    # A shell lets what it runs in the background ignore Ctrl-C, and nohup the end of a terminal, and so would all that
    # is started from here.
    for number, handler in ((signal.SIGINT, signal.default_int_handler), (signal.SIGHUP, signal.SIG_DFL)):
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of which it is plain that they start programs; the others say it themselves. Begin with the files
    that are in no folder: one of them takes half a minute, and no processor shall wait for it at the end.
    """
    items.sort(key=lambda item: item.path.parent != PROJECT / "tests")
    for item in items:
        folder = item.path.parent.name
        if folder in FOLDERS_THAT_START_PROGRAMS or BUILT_SITES.intersection(getattr(item, "fixturenames", ())):
            item.add_marker("starts_programs")
        if is_long(item):
            item.add_marker("thorough")


def pytest_collection_finish() -> None:
    """Take what is there by now for what stays: to look through it for garbage, again and again, took seconds, and each
    copy that a test makes of this process would copy all of it for that.
    """
    gc.collect()
    gc.freeze()


def pytest_xdist_auto_num_workers() -> int:
    """How many processes test: one more than there are processors, since many tests wait for a browser or a server."""
    return (os.cpu_count() or 1) + 1


def need(tool: Tool | None, name: str, install: str) -> Tool:
    """Return `tool`; if it is missing, skip the test with a line that says how to install it, or in CI fail."""
    if tool and not (isinstance(tool, Path) and not tool.exists()):
        return tool
    advice = f"{name} is missing; install it with: {install}"
    if os.environ.get("CI") == "true":
        pytest.fail(advice, pytrace=False)
    pytest.skip(advice)


@functools.cache
def shared_packages() -> Path:
    """Return a folder with a compiled copy of the plugins that are packages, for all sites of this process: it took as
    long to copy their hundreds of files for each site as to build some of the sites.
    """
    folder = Path(tempfile.mkdtemp(prefix="packages-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for name in PACKAGES:
        shutil.copytree(PROJECT / "plugins" / name, folder / name)  # with what is compiled already
    compileall.compile_dir(folder, quiet=2)
    return folder


def press_environment() -> dict[str, str]:
    """The environment in which make runs the press, in the folder of a site."""
    return {**os.environ, "PYTHONPATH": "plugins"}


class Site:
    """A copy of this project's site in a folder of its own, with the posts that a test gives it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.output = folder / "output"
        compileall.compile_dir(PROJECT / "plugins", maxlevels=0, quiet=2)
        others = shutil.ignore_patterns(*PACKAGES, "*.egg-info")
        for name in ("theme", "plugins"):
            shutil.copytree(PROJECT / name, folder / name, ignore=others)
        for name in PACKAGES:
            (folder / "plugins" / name).symlink_to(shared_packages() / name)
        for name in ("pelicanconf.py", "publishconf.py"):
            shutil.copy(PROJECT / name, folder)
        (folder / "content" / "posts").mkdir(parents=True)
        (folder / "content" / "pages").mkdir()

    def with_packages(self) -> "Site":
        """Give it plugins of its own that are packages, for a test that changes them or looks where they are."""
        for name in PACKAGES:
            (self.folder / "plugins" / name).unlink()
            shutil.copytree(PROJECT / "plugins" / name, self.folder / "plugins" / name)
        return self

    def copied_to(self, folder: Path) -> "Site":
        """Return another site, in a folder that is not there yet, which is now as this one is."""
        shutil.copytree(self.folder, folder, symlinks=True)
        copy = Site.__new__(Site)
        copy.folder, copy.output = folder, folder / "output"
        return copy

    def with_content(self) -> "Site":
        """Give it the project's own posts and pages."""
        shutil.copytree(PROJECT / "content", self.folder / "content", dirs_exist_ok=True)
        return self

    def post(self, name: str, text: str = "Nothing to see.\n", **metadata: str) -> Path:
        """Write a post and return its file. Title and date are made up unless they are given."""
        fields = {
            "title": name.title(),
            "slug": name,
            "date": "2026-01-01",
            "tags": "Linux",
            "summary": f"About {name}.",
            **metadata,
        }
        file = self.folder / "content" / "posts" / f"{name}.md"
        head = "".join(f"{field.title()}: {value}\n" for field, value in fields.items())
        file.write_text(f"{head}\n{text}", encoding="utf-8")
        return file

    def settings(self, lines: str) -> None:
        """Add lines to the end of pelicanconf.py."""
        with (self.folder / "pelicanconf.py").open("a", encoding="utf-8") as settings:
            settings.write(f"\n{lines}\n")

    def build(
        self, settings: str = "pelicanconf.py", output: str = "output", **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Build it as `make html` does."""
        command = ["press", "build", settings, "--output", output, "--require", "drytables"]
        done = run(command, self.folder, {**press_environment(), **environment})
        return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())

    def built(self, settings: str = "pelicanconf.py", **environment: str) -> Path:
        """Build it, expecting that to go well, and return the output folder."""
        result = self.build(settings, **environment)
        assert result.returncode == 0, result.stderr
        return self.output

    def page(self, address: str) -> str:
        """Return the HTML of a page that was built, by its address below the site's root."""
        return (self.output / address / "index.html").read_text(encoding="utf-8")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Return an empty site."""
    return Site(tmp_path)


@pytest.fixture(scope="session")
def whole_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return the project's own site, built once, for tests that only read it."""
    site = Site(tmp_path_factory.mktemp("whole_site")).with_content()
    site.built()
    return site


@pytest.fixture(scope="session")
def rich_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a site that asks for every list, link and language that it may have, with the page of the theme's
    elements, at /style/, built once, for tests that only read it.
    """
    site = Site(tmp_path_factory.mktemp("rich_site"))
    head = {"category": "Networks", "authors": "Ann Alder, Bo Birch", "tags": "Linux, C++", "series": "Nets"}
    site.post("gh", "Two letters are a title.\n", title="GH", date="2026-01-01", **head)
    site.post("block", "To block a network.\n", date="2026-01-02", **head)
    for language, title, text in (("es", "Bloquear", "Para bloquear una red."), ("ar", "حظر", "لحظر شبكة.")):
        text = f"{text}\n\n> [!NOTE]\n> {text}\n\n```sh\niptables -A INPUT -s 192.0.2.1 -j DROP\n```\n"
        name = f"block-{language}"
        site.post(name, text, title=title, slug="block", lang=language, modified="2026-02-01", **head)
    site.settings(
        """
        LINKS = [("A neighbour", "https://example.org/"), ("Another", "https://example.net/")]
        SOCIAL = [("Mastodon", "https://example.com/@ann")]
        FEED_ALL_ATOM = None
        AUTHOR_SAVE_AS, CATEGORY_SAVE_AS = AUTHOR_URL + "index.html", CATEGORY_URL + "index.html"
        AUTHORS_SAVE_AS, CATEGORIES_SAVE_AS = "authors/index.html", "categories/index.html"
        SERIES_SAVE_AS, SERIES_LIST_SAVE_AS = SERIES_URL + "index.html", "series/index.html"
        RELATED_POSTS = 3
        READING_TIME = SEARCH = True
        """.replace("\n        ", "\n")
    )
    site.built(STYLE_PAGE="1")
    return site


@pytest.fixture(scope="session")
def good_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Return a site of one post, built once, for tests that copy it to see what a second build does."""
    site = Site(tmp_path_factory.mktemp("good_site"))
    site.post("good", "Type:\n\n```sh\niptables -A INPUT -p tcp --dport 22 -j ACCEPT\n```\n")
    site.built()
    return site


class _QuietHandler(SimpleHTTPRequestHandler):
    def __init__(self, *arguments: Any, policy: str, **options: Any) -> None:
        self.policy = policy
        super().__init__(*arguments, **options)

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[..., str]]:
    """Return a function that serves a folder on this machine, under STRICT_POLICY unless it is given another one, and
    returns its address.
    """
    servers = []

    def serve_folder(folder: Path, policy: str = STRICT_POLICY) -> str:
        handler = functools.partial(_QuietHandler, directory=str(folder), policy=policy)
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}"

    yield serve_folder
    for server in servers:
        server.shutdown()
        server.server_close()
