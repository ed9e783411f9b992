"""plugins/press/serve: what only a new process can read, and processes that end unasked."""

import os
import signal

import pytest
from conftest import Site
from previews import Preview, preview_of, until

pytestmark = pytest.mark.starts_programs

FIRST = "/2026/01/first/"
DIES = """
import os
from pelican import signals

def register():
    signals.{signal}.connect(die)

def die(*_, **__):
    os._exit(7)
"""


#: Logs an error, as Pelican does, and goes on.
FLAT = """
import logging
from pathlib import Path
from pelican import signals

def tell(_):
    if Path("content/flat.txt").exists():
        logging.getLogger("pelican.own").error("the wheel is flat")

def register():
    signals.all_generators_finalized.connect(tell)
"""


def add_plugin(site: Site, text: str, name: str = "own") -> None:
    """Give the site a plugin."""
    (site.folder / "plugins" / f"{name}.py").write_text(text, encoding="utf-8")
    site.settings(f"PLUGINS = [*PLUGINS, '{name}']" if "os._exit" in text else "")


def test_settings_and_plugins_are_read_anew(site: Site, preview: Preview) -> None:
    preview.get(FIRST)

    site.settings("SITENAME = 'Another name'")
    assert "Another name" in preview.get("/")[1]

    plugin = site.folder / "plugins" / "toc.py"
    plugin.write_text(f"{plugin.read_text(encoding='utf-8')}\nprint('read anew')\n", encoding="utf-8")
    preview.says("read anew")
    preview.says(r"plugins/toc\.py  \d")
    until(lambda: len(preview.processes()) == 2, "the worker before is still there")


@pytest.mark.parametrize(
    ("file", "fault", "report"),
    [
        ("pelicanconf.py", "\nSITENAME = (", "SyntaxError"),
        ("pelicanconf.py", "\nimport not_there", "No module named 'not_there'"),
        ("plugins/toc.py", "\nraise ValueError('broken')", "ValueError: broken"),
        ("theme/templates/article.html", "{% if %}", "Expected an expression"),
        ("content/posts/first.md", "\n```sh\niptables -A INPUT --nope\n```\n", "first.md:10:19"),
    ],
)
def test_what_is_broken_is_told_and_the_last_good_pages_stay(
    site: Site, preview: Preview, file: str, fault: str, report: str
) -> None:
    assert "alpha" in preview.get(FIRST)[1]
    path = site.folder / file
    good = path.read_text(encoding="utf-8")

    path.write_text(good + fault, encoding="utf-8")

    assert "alpha" in preview.get(FIRST)[1]
    preview.says(report)
    site.post("unrelated", "Another save.\n")
    preview.get(FIRST)
    path.write_text(good.replace("alpha", "beta"), encoding="utf-8")
    site.post("first", "beta\n")
    assert "beta" in preview.get(FIRST)[1]
    assert preview.get("/2026/01/unrelated/")[0] == 200
    preview.says(r"\d s  2 posts")
    assert preview.said.count(report) == 1
    assert "Traceback" not in preview.said


@pytest.mark.parametrize("template", ["article.html", "base.html"])
def test_faults_of_different_kinds_are_shown_together(site: Site, preview: Preview, template: str) -> None:
    """Each once, though plugins stop a build at the first, and a template is not looked at before its page is."""
    assert "alpha" in preview.get(FIRST)[1]
    file = site.folder / "theme" / "templates" / template
    good = file.read_text(encoding="utf-8")

    site.post("refused", "```sh\niptables -A INPUT --nope\n```\n")
    site.post("undated", date="some day")
    file.write_text(
        good.replace("{% block content %}", "{% block content %}{{ article.nothing.more }}{% if %}"), "utf-8"
    )

    assert "alpha" in preview.get(FIRST)[1]
    report = preview.report(FIRST)
    for each in ("refused.md:8:19", "undated.md:3:7", f"{template}:", "TemplateSyntaxError"):
        assert report.count(each) == 1, report
    preview.says("TemplateSyntaxError")
    file.write_text(good, encoding="utf-8")
    assert "TemplateSyntaxError" not in preview.report(FIRST)
    for name in ("refused", "undated"):
        (site.folder / "content" / "posts" / f"{name}.md").unlink()
    assert preview.report(FIRST) == ""


@pytest.mark.parametrize("fault", ["SITENAME = (", "TIMEZONE = 'Nowhere'", "import os; os._exit(7)"])
def test_posts_are_read_on_while_the_settings_cannot_be(site: Site, preview: Preview, fault: str) -> None:
    """With those of before; and their faults are shown beside that of the settings."""
    preview.get(FIRST)
    settings = site.folder / "pelicanconf.py"
    good = settings.read_text(encoding="utf-8")

    settings.write_text(f"{good}\n{fault}\n", encoding="utf-8")
    alone = preview.report(FIRST)
    assert alone
    site.post("first", "beta\n")
    assert "beta" in preview.get(FIRST)[1]
    site.post("second", "```sh\niptables -A INPUT --nope\n```\n")
    both = preview.report(FIRST)
    site.post("second", "gamma\n")

    assert both.startswith(alone.rstrip("\n")) and "second.md:8:19" in both
    assert preview.report(FIRST) == alone
    assert "gamma" in preview.get("/2026/01/second/")[1]
    settings.write_text(f"{good}\nSITENAME = 'Another name'\n", encoding="utf-8")
    assert "Another name" in preview.get(FIRST)[1]
    assert preview.report(FIRST) == ""


def test_a_site_whose_settings_are_broken_from_the_start(site: Site) -> None:
    site.post("first", "alpha\n")
    settings = site.folder / "pelicanconf.py"
    good = settings.read_text(encoding="utf-8")
    settings.write_text(good + "\nSITENAME = (", encoding="utf-8")
    with preview_of(site) as preview:
        status, body = preview.get(FIRST)
        assert status == 503
        assert "SyntaxError" in body
        preview.says("SyntaxError")

        settings.write_text(good, encoding="utf-8")

        preview.says("1 post")
        assert "alpha" in preview.get(FIRST)[1]


def test_a_site_with_a_fault_from_the_start_is_shown_without_what_is_at_fault(site: Site) -> None:
    """Until it is mended once: after that the last good pages stay."""
    add_plugin(site, FLAT)
    site.settings("PLUGINS = [*PLUGINS, 'own']")
    flat = site.folder / "content" / "flat.txt"
    flat.touch()
    with preview_of(site) as preview:
        for words in ("alpha", "beta"):
            site.post("first", f"{words}\n")
            assert words in preview.get(FIRST)[1]
        preview.says("error: the wheel is flat")
        preview.says("not good: what could be read is shown")
        site.settings("SITENAME = 'Another name'")
        assert "Another name" in preview.get("/")[1]

        flat.unlink()
        preview.get(FIRST)
        preview.says(r"flat\.txt  \d.* s  1 post")
        flat.touch()
        preview.says("error: the wheel is flat")  # a look that is under way may see the post alone, and show it
        site.post("first", "gamma\n")

        assert "beta" in preview.get(FIRST)[1]
        preview.says("not good: the last good pages are shown")


def test_a_line_for_what_another_process_has_to_read_says_what_changed_and_what_is_shown(
    site: Site, preview: Preview
) -> None:
    """Though that process is the third, or could show something by itself."""
    preview.get(FIRST)
    settings = site.folder / "pelicanconf.py"
    good = settings.read_text(encoding="utf-8")
    add_plugin(site, FLAT)
    (site.folder / "content" / "flat.txt").touch()
    preview.says(r"flat\.txt.* 1 post")

    for setting in ("TIMEZONE = 'Nowhere'", "PLUGINS = [*PLUGINS, 'own']"):
        settings.write_text(f"{good}\n{setting}\n", encoding="utf-8")
        preview.get("/")
        preview.says(r"  pelicanconf\.py  [\d.]+ s  not good: the last good pages are shown\n")
    settings.write_text(good, encoding="utf-8")
    preview.get("/")
    preview.says(r"  pelicanconf\.py  [\d.]+ s  1 post")


def test_no_settings_at_all(site: Site) -> None:
    (site.folder / "pelicanconf.py").unlink()
    with preview_of(site) as preview:
        assert "pelicanconf.py does not exist" in preview.get("/")[1]


def test_a_worker_that_is_killed_is_replaced(site: Site, preview: Preview) -> None:
    preview.get(FIRST)
    os.kill(preview.processes()[1], signal.SIGKILL)

    assert "alpha" in preview.get(FIRST)[1]
    preview.says("the process that reads the site ended by SIGKILL")


def test_a_plugin_that_ends_the_process_while_reading_is_told(site: Site, preview: Preview) -> None:
    preview.get(FIRST)

    add_plugin(site, DIES.format(signal="all_generators_finalized"))

    assert "alpha" in preview.get(FIRST)[1]
    preview.says("the process that reads the site ended with status 7")
    assert "alpha" in preview.get(FIRST)[1]
    assert preview.said.count("ended with status 7") == 1


def test_a_page_that_ends_the_process_does_so_once(site: Site) -> None:
    site.post("first", "alpha\n")
    site.post("second", "beta\n")
    add_plugin(site, "import os\n\ndef register(): ...\n\ndef die(_): os._exit(7)\n")
    site.settings("import sys; sys.path.insert(0, 'plugins'); from own import die; JINJA_FILTERS = {'die': die}")
    article = site.folder / "theme" / "templates" / "article.html"
    good = article.read_text(encoding="utf-8")
    with preview_of(site) as preview:
        assert "alpha" in preview.get(FIRST)[1]
        assert "beta" in preview.get("/2026/01/second/")[1]

        dies = "{% block content %}{% if article.slug == 'first' %}{{ 1|die }}{% endif %}"
        article.write_text(good.replace("{% block content %}", dies), encoding="utf-8")

        for _ in range(3):
            assert "alpha" in preview.get(FIRST)[1]
            assert "beta" in preview.get("/2026/01/second/")[1]
        preview.says("ended with status 7")
        article.write_text(good, encoding="utf-8")
        assert "alpha" in preview.get(FIRST)[1]
        assert preview.said.count("ended with status 7") == 1


def test_a_folder_of_posts_that_is_missing_at_the_start_is_told_and_waited_for(site: Site) -> None:
    posts = site.folder / "content" / "posts"
    posts.rename(site.folder / "aside")
    with preview_of(site) as preview:
        preview.says("error: content/posts cannot be read: No such file or directory")
        assert preview.get(FIRST)[0] == 503

        (site.folder / "aside").rename(posts)
        site.post("first", "alpha\n")

        assert "alpha" in preview.get(FIRST)[1]
