"""`make links` on a real site: what is told of its links, at which places, and what is remembered."""

import re
import subprocess
from collections.abc import Iterator

import pytest
from conftest import Site, press_environment
from hosts.odd_server import OddServer
from warm.program import run

SETTINGS = """
LINKS = [("A neighbour", "{server}/404/neighbour")]
LINKS_IGNORED = ["*/ignored/*"]
LINKS_PAUSE = 0
"""
POST = """\
[good]({server}/good) [gone]({server}/404) [moved]({server}/301/new#here) [refused]({server}/403)
![picture]({server}/410 "Title") <{server}/404> and [by name][name], again [by name][name]

[place]({server}/page#here) [no place]({server}/page#nowhere) [script]({server}/page#/route)
[GitHub]({server}/page#on-github) [one]({server}/ignored/x) [two](https://example.org/) [own](https://www.woitasen.com.ar/)
`[code]({server}/404/code)` [lost]({server}/nothing) [front]({server}/301/)

```sh
curl {server}/404/code
```

[name]: {server}/404/name
"""


@pytest.fixture(scope="module")
def server() -> Iterator[OddServer]:
    """The server that all links lead to."""
    server = OddServer()
    yield server
    server.stop()


def links(site: Site, **environment: str) -> subprocess.CompletedProcess[str]:
    """Try the links of a site as `make links` does."""
    done = run(["external_links"], site.folder, {**press_environment(), **environment})
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def heads(report: str) -> list[tuple[str, str, str]]:
    """The severity with the code, the file and the line of each diagnostic."""
    pattern = r"^(\w+\[.*?\]).*\n *--> (?:content/)?([^:\n]+):(\d+):"
    return [(found[1], found[2], found[3]) for found in re.finditer(pattern, report, re.MULTILINE)]


def test_each_address_is_tried_once_and_told_of_at_its_places(site: Site, server: OddServer) -> None:
    """Whatever else is wrong with the site; and what was good is not asked for again."""
    site.settings(SETTINGS.replace("{server}", server.address))
    site.post("x", POST.replace("{server}", server.address), summary=f"See [it]({server.address}/404/summary)")
    for name in ("a", "b"):
        site.post(name, f"[again]({server.address}/404) [dead](/nothing/)", status="draft")

    result = links(site)

    head = re.compile(rf"^(\w+\[.*?\]): [^`\n]*`{server.address}(.*?)`", re.MULTILINE)
    assert {address: code for code, address in head.findall(result.stderr)} == {
        "/404": "error[gone-link]",
        "/404/name": "error[gone-link]",
        "/404/neighbour": "error[gone-link]",
        "/404/summary": "error[gone-link]",
        "/410": "error[gone-link]",
        "/301/new": "warning[moved-link]",
        "/301/": "warning[moved-link]",
        "/403": "note[refused-link]",
        "/nothing": "warning[unreachable-link]",
        "/page#nowhere": "warning[dead-anchor]",
    }
    places = {(path, line) for _, path, line in heads(result.stderr)}
    settings = (site.folder / "pelicanconf.py").read_text(encoding="utf-8").splitlines()
    line = next(number for number, each in enumerate(settings, 1) if each.startswith("LINKS = "))
    assert {("posts/a.md", "8"), ("posts/x.md", "5"), ("pelicanconf.py", str(line))} <= places
    assert "= note: also at content/posts/b.md:8:9\n" in result.stderr
    assert "= note: also at content/posts/x.md:7:" in result.stderr
    assert f"help: write `{server.address}/new#here`" in result.stderr
    assert "it leads to the front page now" in result.stderr
    assert result.returncode == 1
    assert result.stdout.endswith("2 good, 2 moved, 5 gone, 1 not reached, 1 refused\n"), result.stdout
    assert len({*server.asked}) == len(server.asked), "each is asked for once"
    assert not any("code" in path or "ignored" in path for _, path in server.asked)
    assert server.agents == {
        "Mozilla/5.0 (compatible; external_links/1; sees whether links on https://www.woitasen.com.ar still work)"
    }

    server.asked.clear()
    again = links(site)
    assert again.stdout == result.stdout.replace("refused\n", "refused (3 not asked again)\n")
    assert {path for _, path in server.asked} & {"/good", "/new", "/301/new"} == set()
    assert again.stderr == result.stderr


def test_a_wrong_setting_is_named_and_nothing_tried(site: Site) -> None:
    site.settings("LINKS_TIMEOUT = 'soon'")

    result = links(site)

    words = "error: LINKS_TIMEOUT is 'soon'; it is a number of 0 or more, such as 20\n"
    assert (result.returncode, result.stdout, result.stderr) == (1, "", words)


def test_what_nobody_can_read_is_named_and_the_rest_tried(site: Site, server: OddServer) -> None:
    """Be it a post or the host in an address. Nothing is written but what is remembered."""
    site.settings("LINKS_PAUSE = 0")
    site.post("x", f'[a]({server.address}/good) <a href="http://[x/">b</a> <a href="http://[y/z#c">c</a>')
    (site.folder / "content/posts/broken.md").write_bytes(b"Title: x\nDate: 2026-01-01\n\n\xff\xfe\n")

    result = links(site)

    assert "broken.md" in result.stderr and "`http://[y/z` cannot be reached" in result.stderr
    assert (result.returncode, result.stdout) == (1, "3 addresses on 3 hosts: 1 good, 2 not reached\n")
    assert not site.output.exists()
    assert [*(site.folder / ".cache").glob("*.json*")] == [site.folder / ".cache/external_links.json"]
