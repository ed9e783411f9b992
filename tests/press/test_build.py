"""plugins/press/build.py: real sites, built as `make html` builds them, good and bad."""

import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import PROJECT, Site, press_environment

pytestmark = pytest.mark.starts_programs

COMMAND = "iptables -A INPUT -p tcp --dport 22 -j ACCEPT"
MISSPELT = "iptables -A INPUT -p tcp --dprot 22 -j ACCEPT"


def fenced(command: str, mark: str = "sh") -> str:
    """Return Markdown with one fence."""
    return f"Type:\n\n```{mark}\n{command}\n```\n"


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file below `folder` with its contents."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_whole_site(tmp_path: Path) -> None:
    """The project's own site builds, and one line says what was built and checked."""
    result = Site(tmp_path).with_content().build()

    assert result.returncode == 0, result.stderr
    assert result.stdout == "2 posts, 1 page; 3 iptables commands checked, 0 refused\n"
    assert result.stderr == ""
    assert (tmp_path / "output" / "index.html").is_file()


def refused(site: Site) -> None:
    """Break a command."""
    site.post("broken", fenced(MISSPELT))


def undated(site: Site) -> None:
    """Write a date that is none: Pelican drops the post."""
    site.post("undated", date="the other day")


def headless(site: Site) -> None:
    """Leave out the title: Pelican skips the post."""
    (site.folder / "content/posts/headless.md").write_text("Date: 2026-01-01\n\nNo title.\n", encoding="utf-8")


def fence_behind_a_number(site: Site) -> None:
    """Put a fence behind a list's number, where Markdown does not see it."""
    site.post("unseen", f"Type:\n\n1. ```sh\n   {COMMAND}\n   ```\n")


def missing_plugin(site: Site) -> None:
    """Ask for a plugin that does not exist."""
    site.settings("PLUGINS.append('carousel')")


def misspelt_plugin(site: Site) -> None:
    """Add a plugin that is not Python."""
    (site.folder / "plugins/carousel.py").write_text("def register(:\n", encoding="utf-8")
    site.settings("PLUGINS.append('carousel')")


def unregistered_plugin(site: Site) -> None:
    """Add a plugin that cannot start."""
    (site.folder / "plugins/carousel.py").write_text(
        "def register():\n    raise OSError('no wheel')\n", encoding="utf-8"
    )
    site.settings("PLUGINS.append('carousel')")


def ungated(site: Site) -> None:
    """Take drytables out."""
    site.settings("PLUGINS.remove('drytables')")


def broken_drytables(site: Site) -> None:
    """Break drytables itself."""
    site.with_packages()
    (site.folder / "plugins/drytables/__init__.py").write_text("import nothing_of_the_kind\n", encoding="utf-8")


def broken_template(site: Site) -> None:
    """Break the theme."""
    (site.folder / "theme/templates/article.html").write_text("{% block %}", encoding="utf-8")


def broken_settings(site: Site) -> None:
    """Break the settings file."""
    site.settings("SITENAME = (")


def logged_error(site: Site) -> None:
    """Add a plugin that only logs an error, on which Pelican would go on."""
    (site.folder / "plugins/carousel.py").write_text(
        "import logging\n\ndef register():\n    logging.getLogger('pelican.carousel').error('wheel %s is flat', 3)\n",
        encoding="utf-8",
    )
    site.settings("PLUGINS.append('carousel')")


def colours_of_a_terminal(site: Site) -> None:
    """Paste what a program printed in colour."""
    site.post("pasted", "One\n\n\x1b[31mred\x1b[0m words\n")


def page_break(site: Site) -> None:
    """Leave a page break in a title."""
    site.post("broken-title", title="A\x0cB")


def latin(site: Site) -> None:
    """Save a post in another encoding."""
    site.post("latin").write_bytes("Title: A\nDate: 2026-01-01\n\nCafé\n".encode("latin-1"))


FAILURES: list[tuple[Callable[[Site], None], str]] = [
    # what goes wrong => what the report says of it
    (refused, r"error\[unknown-option\][^$]*--> content/posts/broken\.md:10:26"),
    (undated, r"content/posts/undated\.md"),
    (headless, r"content/posts/headless\.md[^$]*[Tt]itle"),
    (fence_behind_a_number, r"error\[unseen-fence\][^$]*--> content/posts/unseen\.md:9:4"),
    (missing_plugin, r"carousel"),
    (misspelt_plugin, r"SyntaxError: invalid syntax\n +--> plugins/carousel\.py:1:14\n"),
    (unregistered_plugin, r"carousel.*no wheel\n +--> plugins/carousel\.py:2:5\n"),
    (ungated, r"drytables is not in PLUGINS"),
    (broken_drytables, r"drytables.*nothing_of_the_kind"),
    (broken_template, r"error: .*\n +--> theme/templates/article\.html:1\n"),
    (broken_settings, r"SyntaxError: .*\n +--> pelicanconf\.py:\d+:12\n"),
    (logged_error, r"wheel 3 is flat"),
    (colours_of_a_terminal, r"error\[control-character\][^$]*--> content/posts/pasted\.md:9:1\b"),
    (page_break, r"error\[control-character\][^$]*--> content/posts/broken-title\.md:1:9\b"),
    (latin, r"error: content/posts/latin\.md:4:4: is not UTF-8 text"),
]


@pytest.mark.parametrize(("go_wrong", "said"), FAILURES, ids=[go_wrong.__name__ for go_wrong, _ in FAILURES])
def test_failure(good_site: Site, tmp_path: Path, go_wrong: Callable[[Site], None], said: str) -> None:
    """Each fails with status 1 and one report without a traceback, and the site that was there stays whole."""
    site = good_site.copied_to(tmp_path / "site")
    before = contents(site.output)
    go_wrong(site)

    result = site.build()

    assert result.returncode == 1
    assert re.search(said, result.stderr), result.stderr
    assert "Traceback" not in result.stderr + result.stdout
    assert contents(site.output) == before
    assert not list(site.folder.glob("output.*"))


def test_everything_in_one_report(site: Site) -> None:
    """All faults of all posts are found by one build, each reported once."""
    refused(site)
    undated(site)
    fence_behind_a_number(site)

    result = site.build()

    assert result.returncode == 1
    for name in ("broken", "undated", "unseen"):
        assert len(re.findall(rf"\S*posts/{name}\.md", result.stderr)) == 1, result.stderr
    assert not site.output.exists()


def build_with_press(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Build a site as one builds it that is not this one."""
    command, environment = [sys.executable, "-m", "press", "build", *arguments], press_environment()
    environment["PYTHONPATH"] = str(PROJECT / "plugins")
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_a_site_can_be_built_without_what_is_at_fault(tmp_path: Path) -> None:
    """If its author says so, as Pelican builds it; each fault is told all the same, and the settings' warnings are."""
    (tmp_path / "pelicanconf.py").write_text("PLUGINS, WRITE_SELECTED = [], []\nPATH = 'posts'\n", encoding="utf-8")
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts/good.md").write_text("Title: Good\nDate: 2026-01-01\n\nWords.\n", encoding="utf-8")
    (tmp_path / "posts/headless.md").write_text("No header.\n", encoding="utf-8")

    refused = build_with_press(tmp_path)
    assert not (tmp_path / "output").exists()
    allowed = build_with_press(tmp_path, "--allow-errors")

    assert (refused.returncode, allowed.returncode) == (1, 0)
    assert "press build --allow-errors" in refused.stderr
    for done in (refused, allowed):
        assert "headless.md: could not find information about 'title'" in done.stderr
        assert done.stderr.count("WRITE_SELECTED") == done.stderr.count("warning: WRITE_SELECTED") == 1
    assert (tmp_path / "output/good.html").exists()
    assert not (tmp_path / "output/headless.html").exists()


def test_no_refused_command_is_published_whatever_is_allowed(site: Site) -> None:
    site.post("good")
    refused(site)

    assert build_with_press(site.folder, "--allow-errors").returncode == 1
    assert not site.output.exists()


def test_warnings_do_not_fail(site: Site) -> None:
    """What Pelican only warns of is shown, and the site is built."""
    site.settings('LOCALE = ["xx_XX"]')
    site.post("good")

    result = site.build()

    assert result.returncode == 0
    assert result.stderr.startswith("warning: ")


def test_traceback_on_request(site: Site) -> None:
    """DEBUG=1 shows where in Python an error came from."""
    broken_template(site)
    site.post("good")

    assert "Traceback" in site.build(DEBUG="1").stderr


def test_a_deleted_post_is_gone(good_site: Site, tmp_path: Path) -> None:
    """A post that was deleted, or a folder that was left, is not in the next output."""
    site = good_site.copied_to(tmp_path / "site")
    site.post("kept")
    (site.folder / "content/posts/good.md").unlink()

    output = site.built()
    assert (output / "2026/01/kept").exists()
    assert not (output / "2026/01/good").exists()


def test_killed_between_renames(good_site: Site, tmp_path: Path) -> None:
    """A run that was killed as it put the new site in place left the old one aside; the next run takes it back."""
    site = good_site.copied_to(tmp_path / "site")
    before = contents(site.output)
    site.output.rename(site.folder / "output.old")
    refused(site)

    assert site.build().returncode == 1
    assert contents(site.output) == before


def test_publish_address(site: Site) -> None:
    """`make publish` puts the public address before every link, and SITEURL names another one."""
    site.post("good")
    site.built("publishconf.py", SITEURL="")
    assert 'href="https://www.woitasen.com.ar/immutable/style.' in site.page("2026/01/good")
    assert 'rel="canonical" href="https://www.woitasen.com.ar/2026/01/good/"' in site.page("2026/01/good")

    site.built("publishconf.py", SITEURL="https://example.org/blog/")
    page = site.page("2026/01/good")
    assert 'href="https://example.org/blog/immutable/style.' in page
    assert 'rel="canonical" href="https://example.org/blog/2026/01/good/"' in page
    assert "&amp;url=https%3A%2F%2Fexample.org%2Fblog%2F2026%2F01%2Fgood%2F" in page
    assert "woitasen.com.ar" not in page


def test_published_feed(site: Site) -> None:
    """The published feed has whole addresses and the titles as they were typed."""
    site.post("good", title='The "nth" -- of three')
    feed = (site.built("publishconf.py", SITEURL="") / "feeds/all.atom.xml").read_text(encoding="utf-8")

    assert '<title>The "nth" -- of three</title>' in feed
    assert '<link href="https://www.woitasen.com.ar/2026/01/good/" rel="alternate"' in feed
    assert 'href="https://www.woitasen.com.ar/feeds/all.atom.xml" rel="self"' in feed


@pytest.mark.parametrize(
    "address",
    ["example.org", "https://", "ftp://example.org", "https://e.org/a b", "https://e.org?x=1", "https://e.org/#x"],
)
def test_publish_to_half_an_address(site: Site, address: str) -> None:
    """What is no whole address is refused in words."""
    result = site.build("publishconf.py", SITEURL=address)

    assert result.returncode == 1
    assert result.stderr.startswith(
        f"error: SITEURL is {address.rstrip('/')!r}; it must be a complete address, such as https://"
    )


def test_publish_to_an_address_in_capitals(site: Site) -> None:
    assert site.build("publishconf.py", SITEURL="HTTPS://Example.org").returncode == 0


def test_same_input_same_output(tmp_path: Path) -> None:
    """Time zone, language and Python's hash seed leave no trace in the site."""
    one = Site(tmp_path / "one").with_content().built(PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C")
    two = Site(tmp_path / "two").with_content().built(PYTHONHASHSEED="2", TZ="Asia/Tokyo", LC_ALL="C.UTF-8")

    assert contents(one) == contents(two)


def test_output_must_be_a_folder_of_its_own(site: Site) -> None:
    """A folder that holds the project is never replaced."""
    result = site.build(output=".")

    assert result.returncode == 1
    assert "choose a folder of its own" in result.stderr
    assert (site.folder / "pelicanconf.py").is_file()


def test_a_second_build_waits(site: Site) -> None:
    """Two builds at once both succeed, and the last one's site is there, whole."""
    site.post("good")
    site.settings("import os, time\nwhile not os.path.exists('go'):\n    time.sleep(0.01)")
    command = [sys.executable, "-m", "press", "build", "--output", "output"]
    pipes = {"cwd": site.folder, "env": press_environment(), "stderr": subprocess.PIPE, "text": True}
    first = subprocess.Popen([*command, "pelicanconf.py"], **pipes)
    while not (site.folder / "output.new").exists():
        assert first.poll() is None
        time.sleep(0.01)
    second = subprocess.Popen([*command, "publishconf.py"], **pipes)
    assert second.stderr.readline() == "another build is writing to output/; waiting for it to finish\n"

    (site.folder / "go").touch()

    assert [first.communicate()[1], second.communicate()[1]] == ["", ""]
    assert first.returncode == second.returncode == 0
    assert "https://www.woitasen.com.ar/immutable/style." in site.page("2026/01/good")
    assert not list(site.folder.glob("output.*"))


def test_output_retention(site: Site) -> None:
    """What OUTPUT_RETENTION names stays in the output, which may be a repository and a link."""
    site.post("good")
    (site.folder / "web/.git").mkdir(parents=True)
    (site.folder / "web/.git/HEAD").write_text("ref: refs/heads/main\n", encoding="utf-8")
    (site.folder / "web/old.html").touch()
    site.output.symlink_to("web")
    site.settings('OUTPUT_RETENTION = [".git"]')

    site.built()

    assert (site.folder / "web/.git/HEAD").read_text(encoding="utf-8") == "ref: refs/heads/main\n"
    assert site.output.is_symlink()
    assert (site.folder / "web/2026/01/good/index.html").is_file()
    assert not (site.folder / "web/old.html").exists()


@pytest.mark.parametrize("names", ["None", "5", "[None]"])
def test_an_output_retention_without_names(site: Site, names: str) -> None:
    """It is told before anything is read."""
    site.settings(f"OUTPUT_RETENTION = {names}")

    result = site.build()

    assert (result.returncode, result.stderr) == (
        1,
        f'error: OUTPUT_RETENTION is {names}. It has to be a list of names in the output, such as [".git"], or []\n',
    )


@pytest.mark.parametrize("source", ["content/posts", "plugins"])
def test_an_output_that_leads_to_the_sources(site: Site, source: str) -> None:
    """A link to the folder of the posts, or of the plugins, is no place for a site."""
    site.with_packages().post("good")
    site.output.symlink_to(source)
    before = contents(site.folder / source)

    result = site.build()

    assert result.returncode == 1
    assert "output cannot be replaced by a site, because it contains " in result.stderr
    assert contents(site.folder / source).items() >= before.items()


def test_nothing_is_announced_before_it_is_there(good_site: Site, tmp_path: Path) -> None:
    """The last line is printed when the new site is in its place, and not when that fails at the last moment."""
    site = good_site.copied_to(tmp_path / "site")
    before = contents(site.output)
    (site.folder / "plugins/carousel.py").write_text(
        "import shutil\nfrom pelican import signals\n\n"
        "def go(pelican):\n    shutil.rmtree(pelican.output_path)\n\n"
        "def register():\n    signals.finalized.connect(go)\n",
        encoding="utf-8",
    )
    site.settings("PLUGINS.append('carousel')")

    result = site.build()

    assert (result.returncode, result.stdout) == (1, "")
    assert "output.new was removed while the site was being built; build again" in result.stderr
    assert contents(site.output) == before


@pytest.mark.parametrize(
    ("streams", "said"),
    [
        ("2>&-", ""),
        ("<&- >&- 2>&-", ""),
        (">/dev/full", "warning: standard output cannot be written to: No space left on device\n"),
        ("| true", ""),
    ],
)
def test_a_site_is_built_whether_or_not_somebody_reads_of_it(
    good_site: Site, tmp_path: Path, streams: str, said: str
) -> None:
    """What is closed, is full, or ends first makes no difference to the site."""
    site = good_site.copied_to(tmp_path / "site")
    index = site.output / "index.html"
    before = index.stat().st_ino
    program = f'{{ "$@"; echo $? >status; }} {streams}'
    command = ["sh", "-c", program, "sh", sys.executable, "-m", "press", "build", "pelicanconf.py"]
    result = subprocess.run(
        command, cwd=site.folder, env=press_environment(), capture_output=True, text=True, check=False
    )

    assert (site.folder / "status").read_text(encoding="utf-8") == "0\n"
    assert result.stderr == said
    assert index.stat().st_ino != before


def test_what_is_said_where_all_is_closed_is_in_no_file(good_site: Site, tmp_path: Path) -> None:
    """A plugin or its programs may write to standard output and error by their numbers, which belong to no file."""
    site = good_site.copied_to(tmp_path / "site")
    (site.folder / "plugins/talkative.py").write_text(
        "import os\nfrom pelican import signals\n\n"
        "def talk(_):\n    [os.write(number, b'gibberish') for number in (1, 2)]\n\n"
        "def register():\n    signals.all_generators_finalized.connect(talk)\n",
        encoding="utf-8",
    )
    site.settings("PLUGINS.append('talkative')")
    command = ["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", sys.executable, "-m", "press", "build", "pelicanconf.py"]

    assert subprocess.run(command, cwd=site.folder, env=press_environment(), check=False).returncode == 0
    written = [path for path in site.folder.rglob("*") if path.is_file() and b"gibberish" in path.read_bytes()]
    assert [path.name for path in written if path.suffix != ".pyc"] == ["talkative.py"]


def test_everybody_may_read_the_site(site: Site) -> None:
    """A web server can show it, although its author's files are private by default."""
    image = site.folder / "content/images/private.png"
    image.parent.mkdir()
    image.write_bytes(b"")
    image.chmod(0o600)
    site.post("good", fenced(COMMAND))
    subprocess.run(
        ["sh", "-c", f'umask 077 && exec "{sys.executable}" -m press build publishconf.py'],
        cwd=site.folder,
        env=press_environment(),
        check=True,
    )

    modes = {path.stat().st_mode & 0o077 for path in (site.output, *site.output.rglob("*")) if path.is_file()}
    folders = {path.stat().st_mode & 0o077 for path in (site.output, *site.output.rglob("*")) if path.is_dir()}
    assert (site.output / "images/private.png").exists()
    assert (modes, folders) == ({0o044}, {0o055})


def test_no_post_is_searched_for_garbage(site: Site) -> None:
    """Once it is read: a build needs it to its end."""
    (site.folder / "plugins/garbage.py").write_text(
        "import gc\nfrom pelican import signals\n\n"
        "def tell(generators):\n"
        "    posts = {id(each) for each in generators[0].articles}\n"
        "    young = [each for number in (0, 1) for each in gc.get_objects(number) if id(each) in posts]\n"
        "    print(f'{len(posts)} posts, {len(young)} of them young')\n\n"
        "def register():\n    signals.all_generators_finalized.connect(tell)\n",
        encoding="utf-8",
    )
    site.settings("PLUGINS.append('garbage')")

    assert "2 posts, 0 of them young" in site.with_content().build().stdout
