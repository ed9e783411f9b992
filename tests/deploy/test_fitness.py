"""What must not be deployed is refused, with what to do, and the target stays as it is."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from conftest import Site, press_environment
from deploy.fitness import is_on_this_machine, path_of_draft
from hosts.small_site import SmallSite
from warm.program import run

PAGE = '<link rel="canonical" href="https://example.org/blog/"><link rel="stylesheet" href="{}/theme/style.css">'

UNFIT: list[tuple[dict[str, str | None], str, str]] = [
    # what the output has, what the settings say more, and what is said
    ({"index.html": None, "theme/style.css": None}, "", "has no page in it"),
    ({"index.html": None, "about.html": "<p>About"}, "", "has no index.html"),
    ({"drafts/x/index.html": "<p>Draft"}, 'DRAFT_SAVE_AS = "drafts/{slug}/index.html"', "drafts/x/index.html"),
    ({"drafts/x.html": "<p>Draft"}, "", "has drafts in it"),
    ({"index.html": PAGE.format("")}, "", "was built for a preview"),
    ({"index.html": PAGE.format("http://localhost:8000")}, "", "was built for a preview"),
    ({"index.html": '<link rel="canonical" href="https://example.com/">'}, "", "was built for https://example.com/"),
    ({}, 'SITEURL = ""', "SITEURL is empty"),
    ({}, 'SITEURL = "http://127.0.0.1:8000"', "every reader's machine"),
    ({"a\tb.html": "<p>Tab"}, "", "a sign in its name"),
]


@pytest.mark.starts_programs
@pytest.mark.parametrize(("files", "settings", "said"), UNFIT)
def test_refused(files: dict[str, str | None], settings: str, said: str, blog: SmallSite, tmp_path: Path) -> None:
    blog.write(files)
    blog.set(settings)

    assert said in blog.refused(DEPLOY_TO=str(tmp_path / "srv"))
    assert not (tmp_path / "srv").exists()


@pytest.mark.starts_programs
def test_a_site_that_is_older_than_its_sources(blog: SmallSite, tmp_path: Path) -> None:
    """Neither hidden files count, nor those of a time that is still to come."""
    post, to = blog.folder / "content" / "post.md", str(tmp_path / "srv")
    post.write_text("Title: Post\n")
    (blog.folder / "content" / ".#post.md").touch()
    os.utime(blog.output, (time.time() - 60,) * 2)
    assert "older than content/post.md" in blog.refused(DEPLOY_TO=to)
    os.utime(post, (time.time() + 1000,) * 2)
    blog.deployed(DEPLOY_TO=to)


@pytest.mark.starts_programs
def test_no_output_and_no_settings(blog: SmallSite, tmp_path: Path) -> None:
    for name, said in (("output", "there is no output/"), ("publishconf.py", "there is no publishconf.py")):
        (blog.folder / name).rename(tmp_path / name)
        assert said in blog.refused(DEPLOY_TO=str(tmp_path / "srv"))


def test_a_site_is_published_before_it_is_deployed(site: Site, tmp_path: Path) -> None:
    """An error in a post stops it; a preview that is there is not deployed in its place."""
    site.post("good")
    site.post("draft", status="draft")
    site.built()
    environment = {**press_environment(), "DEPLOY_TO": str(tmp_path / "srv")}
    preview = run(["deploy"], site.folder, {**environment, "DEPLOY_BUILT": "1"})
    assert preview.returncode == 1 and b"drafts/draft/index.html" in preview.stderr

    (site.folder / "content/posts/draft.md").unlink()
    site.built()
    preview = run(["deploy"], site.folder, {**environment, "DEPLOY_BUILT": "1"})
    assert preview.returncode == 1 and b"built for a preview" in preview.stderr

    done = run(["deploy"], site.folder, environment)
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode().splitlines()[-1].startswith(f"deployed to {tmp_path}/srv: ")
    page = (tmp_path / "srv/current/index.html").read_text(encoding="utf-8")
    assert "https://www.woitasen.com.ar/2026/01/good/" in page

    site.post("bad", "```sh\niptables -A INPUT -j DORP\n```\n")
    failed = run(["deploy"], site.folder, environment)
    assert failed.returncode == 1 and b"nothing was deployed" in failed.stderr
    assert (tmp_path / "srv/current/index.html").read_text(encoding="utf-8") == page


@pytest.mark.parametrize(
    ("address", "is_local"),
    [
        ("http://localhost:8000", True),
        ("http://blog.localhost/", True),
        ("https://127.1.2.3", True),
        ("http://[::1]:8000/x", True),
        ("http://0.0.0.0:8000", True),
        ("https://localhost.example.org", False),
        ("http://192.168.1.1", False),
        ("http://[bad", False),
    ],
)
def test_addresses_of_this_machine(address: str, is_local: bool) -> None:
    assert is_on_this_machine(address) == is_local


@pytest.mark.parametrize(
    ("patterns", "path", "is_draft"),
    [
        (("drafts/{slug}.html",), "drafts/a.html", True),
        (("drafts/{slug}/index.html", "drafts/{lang}/{slug}/index.html"), "drafts/es/a/index.html", True),
        (("drafts/{slug}.html",), "drafts/a.css", False),
        (("{slug}.html",), "a.html", False),
        ((), "a.html", False),
    ],
)
def test_paths_of_drafts(patterns: tuple[str, ...], path: str, is_draft: bool) -> None:
    assert bool(path_of_draft(patterns).fullmatch(path)) == is_draft
