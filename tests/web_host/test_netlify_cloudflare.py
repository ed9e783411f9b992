"""_headers and _redirects are read by Netlify's own parsers as they are meant, and what Cloudflare leaves is told."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from conftest import NODE_MODULES, NPM, Site, need
from web_host.facts.redirects import Redirect
from web_host.facts.site import Site as Built
from web_host.files.netlify_cloudflare import MOST_REDIRECTS, redirects_file
from web_host.limits import beyond_limits

_PROGRAM = Path(__file__).with_name("netlify.mjs")
_FORCED, _PLAIN = True, False


@pytest.fixture(scope="module")
def read() -> Any:
    """Return a function that has Netlify's parsers read the two files of a site."""
    node = need(shutil.which("node"), "Node", "apt-get install nodejs")
    need(NODE_MODULES / "@netlify/redirect-parser/package.json", "Netlify's parsers", NPM)

    def of(site: Site) -> Any:
        told = subprocess.run(
            [node, str(_PROGRAM), str(site.output)], capture_output=True, encoding="utf-8", check=True
        )
        return json.loads(told.stdout)

    return of


#: An old address, what is asked for there, where it leads, and whether that is so although a page is there.
REDIRECTS = [
    ("/old", {}, "/posts/moved/", _FORCED),
    ("/old/", {}, "/posts/moved/", _PLAIN),
    ("/older.html", {}, "/posts/moved/", _FORCED),
    ("/alt/gr%C3%B6%C3%9Fe", {}, "/posts/moved/", _FORCED),
    ("/", {"p": "12"}, "/posts/moved/", _FORCED),
    ("/", {"p": "7"}, "/posts/moved/", _FORCED),
    ("/feed", {}, "/feeds/all.atom.xml", _PLAIN),
    ("/comments/feed", {}, "/feeds/all.atom.xml", _PLAIN),
    ("/2026/01/styled", {}, "/posts/styled/", _PLAIN),
]


@pytest.mark.starts_programs
@pytest.mark.parametrize(("site", "folder"), [("published", ""), ("below_folder", "/blog")])
def test_netlify_reads_all_redirects(site: str, folder: str, read: Any, request: pytest.FixtureRequest) -> None:
    """Below a folder of another host it is asked without that folder, and leads to an address with it."""
    found = read(request.getfixturevalue(site))

    rules = [(each["from"], each["query"], each["to"], each["force"], each["status"]) for each in found["redirects"]]
    missing = [
        (old, asked, to)
        for old, asked, to, force in REDIRECTS
        if (old, asked, f"{folder}{to}", force, 301) not in rules
    ]
    assert (missing, found["errors"]) == ([], [])


@pytest.mark.starts_programs
def test_netlify_reads_all_headers_and_adds_no_two_values_up(published: Site, read: Any) -> None:
    rules = {each["for"]: each["values"] for each in read(published)["headers"]}

    assert rules["/immutable/*"] == {"Cache-Control": "public, max-age=31536000, immutable"}
    assert rules["/feeds/tags/*"] == {"Content-Type": "application/atom+xml; charset=utf-8"}
    assert rules["/images/font.woff2"] == {"Content-Type": "font/woff2"}
    general = rules.pop("/*")
    assert general["Content-Security-Policy"].startswith(
        "default-src 'none'; script-src 'self' 'unsafe-hashes' 'sha256-"
    )
    assert not [name for headers in rules.values() for name in headers if name in general]


def file_of(named: int, guessed: int) -> list[str]:
    """The lines of `_redirects` with so many old addresses."""
    redirects = [Redirect(f"named-{number}.html", "new/") for number in range(named)]
    redirects += [Redirect(f"guessed-{number}.html", "new/", is_guessed=True) for number in range(guessed)]
    return redirects_file(Built("https://a.example", Path(), ()), redirects).splitlines()


def test_addresses_that_nobody_named_give_way_to_the_limit() -> None:
    assert len(file_of(MOST_REDIRECTS - 1, 1)) == MOST_REDIRECTS
    assert len(file_of(MOST_REDIRECTS - 1, 2)) == MOST_REDIRECTS - 1


#: The two files, and what is said of what Cloudflare would read over.
BEYOND = [
    ({"_headers": "/a\n  A: b\n" * 100, "_redirects": "/a /b 301\n" * 2000}, []),
    ({"_headers": "/a\n  A: b\n" * 101}, ["has 101 rules, of which Cloudflare Pages reads the first 100"]),
    ({"_headers": f"/*\n  Content-Security-Policy: {'a' * 2000}\n"}, ["has a line of 2027 characters, `Content-Sec"]),
    ({"_redirects": "/a /b 301!\n" * 2001}, ["has 2001 rules for Cloudflare Pages, which reads the first 2000"]),
    ({"_redirects": "/ p=1 /b 301!\n" * 2001}, []),
    ({"_redirects": f"/{'a' * 1000} /b 301\n"}, ["has a line of 1008 characters"]),
]


@pytest.mark.parametrize(("files", "said"), BEYOND)
def test_what_cloudflare_would_read_over_is_told(files: dict[str, str], said: list[str]) -> None:
    told = [*beyond_limits(files)]

    assert [words.startswith(start) for (_, words, _), start in zip(told, said, strict=True)] == [True] * len(said)
    assert {each.severity for each in told} <= {"warning"}
