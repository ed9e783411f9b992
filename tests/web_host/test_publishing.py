"""What is written for hosts is for a site that is published, and for no preview: also with another theme."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import PROJECT, Site

pytestmark = pytest.mark.starts_programs

_STOCK = """
SITENAME, SITEURL, PATH, TIMEZONE = "Stock", "https://stock.example/blog", "content", "UTC"
PLUGIN_PATHS, PLUGINS = [{plugins!r}], ["web_host"]
STATIC_PATHS = ["extra"]
EXTRA_PATH_METADATA = {{"extra/robots.txt": {{"path": "robots.txt"}}, "extra/_headers": {{"path": "_headers"}}}}
DEFAULT_PAGINATION = 1
RESPONSE_HEADERS = {{"X-Frame-Options": None, "X-Robots-Tag": "noai"}}
CNAME = True
"""


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a site that has Pelican's own theme and command, and no other plugin of ours."""
    folder = tmp_path_factory.mktemp("stock")
    (folder / "content/extra").mkdir(parents=True)
    (folder / "pelicanconf.py").write_text(_STOCK.format(plugins=str(PROJECT / "plugins")), encoding="utf-8")
    (folder / "content/extra/robots.txt").write_text("User-agent: own\n", encoding="utf-8")
    (folder / "content/extra/_headers").write_text("/own\n  A: b\n", encoding="utf-8")
    for number in (1, 2, 3):
        head = f"Title: Post {number}\nDate: 2020-01-0{number}\nPost_id: 9{number}\n"
        kept_out = "Robots: noindex, follow\n" if number == 3 else ""
        (folder / f"content/{number}.md").write_text(f"{head}{kept_out}\nText.\n", encoding="utf-8")
    build(folder)
    return folder


def build(folder: Path) -> None:
    """Build a site with Pelican's own command."""
    command = [sys.executable, "-m", "pelican", "-s", "pelicanconf.py", "--fatal", "errors"]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False, env={**os.environ})
    assert done.returncode == 0, done.stderr


def test_a_site_that_has_only_this_plugin_gets_everything(stock: Path) -> None:
    output = stock / "output"

    sitemap = (output / "sitemap.xml").read_text(encoding="utf-8")
    assert "<loc>https://stock.example/blog/post-1.html</loc>\n<lastmod>2020-01-01</lastmod>" in sitemap
    assert "<loc>https://stock.example/blog/index3.html</loc>\n<lastmod>2020-01-03</lastmod>" in sitemap
    redirects = (output / "_redirects").read_text(encoding="utf-8").splitlines()
    assert {"/ p=91 /blog/post-1.html 301!", "/2020/01/post-1/ /blog/post-1.html 301"} <= {*redirects}
    caddyfile = (output / ".host/Caddyfile").read_text(encoding="utf-8")
    assert 'X-Robots-Tag "noai"' in caddyfile and "X-Frame-Options" not in caddyfile
    assert (output / "CNAME").read_text(encoding="utf-8") == "stock.example\n"


def test_what_a_header_keeps_out_is_not_in_the_sitemap(stock: Path) -> None:
    assert "post-3" not in (stock / "output/sitemap.xml").read_text(encoding="utf-8")


def test_files_of_the_author_stay(stock: Path) -> None:
    assert (stock / "output/robots.txt").read_text(encoding="utf-8") == "User-agent: own\n"
    assert (stock / "output/_headers").read_text(encoding="utf-8") == "/own\n  A: b\n"


def test_what_an_earlier_run_left_is_written_anew(stock: Path) -> None:
    """The command leaves there what it wrote before: pages of posts that are gone, and our own files."""
    (stock / "content/1.md").rename(stock / "gone.md")
    (stock / "source.txt").write_text("of the author", encoding="utf-8")
    (stock / "output/CNAME").unlink()
    os.link(stock / "source.txt", stock / "output/CNAME")  # as STATIC_CREATE_LINKS does
    build(stock)

    assert (stock / "output/post-1.html").exists()
    assert "post-1" not in (stock / "output/sitemap.xml").read_text(encoding="utf-8")
    assert "post-1" not in (stock / "output/_redirects").read_text(encoding="utf-8")
    assert (stock / "output/CNAME").read_text(encoding="utf-8") == "stock.example\n"
    assert (stock / "source.txt").read_text(encoding="utf-8") == "of the author"


#: As `pelican --autoreload` does it; another plugin writes a file of ours, copied with an old time.
_TWO_RUNS = """
import os, pathlib, shutil
from pelican import Pelican, signals
from pelican.settings import read_settings
def write(pelican):
    shutil.copy2("old.txt", "output/.nojekyll")
signals.finalized.connect(write)
site = Pelican(read_settings("pelicanconf.py"))
site.run()
pathlib.Path("content/2.md").rename("gone.md")
site.run()
"""


def test_each_run_of_one_process_begins_anew(stock: Path) -> None:
    (stock / "old.txt").write_text("of another plugin", encoding="utf-8")
    os.utime(stock / "old.txt", (1_600_000_000, 1_600_000_000))
    subprocess.run([sys.executable, "-c", _TWO_RUNS], cwd=stock, capture_output=True, check=True)

    assert (stock / "output/post-2.html").exists()
    assert "post-2" not in (stock / "output/sitemap.xml").read_text(encoding="utf-8")
    assert (stock / "output/.nojekyll").read_text(encoding="utf-8") == "of another plugin"


def test_a_preview_gets_nothing_and_may_link_to_the_sitemap(site: Site) -> None:
    site.post("one", "[The sitemap](/sitemap.xml) and the [rules](/robots.txt).\n", robots="noindex")

    output = site.built()

    names = ("sitemap.xml", "robots.txt", "_headers", "_redirects", ".host", ".nojekyll")
    assert [name for name in names if (output / name).exists()] == []
    assert '<meta name="robots" content="noindex">' in site.page("2026/01/one")


def test_an_old_address_with_a_question_mark_needs_this_plugin(site: Site) -> None:
    site.settings('PLUGINS = [each for each in PLUGINS if each != "web_host"]')
    site.post("one", aliases="/?p=12")

    result = site.build()

    assert result.returncode == 0
    assert "warning[without-meaning]: nothing can lead from `/?p=12` to this post" in result.stderr
    assert 'add "web_host" to PLUGINS' in result.stderr
