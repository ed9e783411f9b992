"""A site whose commands were tried: what its pages show, and when it is not built."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from pathlib import Path

import pytest
from conftest import PROJECT, Site, press_environment
from evidence_made_up import arrived, made_up, put_beside, with_other_seen
from previews import preview_of
from proof.beside import evidence_file, experiments_file
from proof.evidence import Ran
from proof.seen import Seen

pytestmark = pytest.mark.starts_programs

EXPERIMENT = """\
[[experiment]]
title = "Half and half"
hosts.machine.eth0 = ["192.0.2.1/24", "192.0.2.2/24"]
hosts.server.eth0 = "192.0.2.9/24"

[experiment.traffic]
connections = 4
expect.sources = { "192.0.2.1" = 2, "192.0.2.2" = 2 }
"""
RULES = """\
```sh
iptables -t nat -A POSTROUTING -m statistic --mode nth --every 2 --packet 0 -j SNAT --to-source 192.0.2.1
iptables -t nat -A POSTROUTING -j SNAT --to-source 192.0.2.2
```
"""
IN_TURN = Seen((arrived("192.0.2.1"), arrived("192.0.2.2")) * 2)


def tried(site: Site, **header: str) -> Path:
    """Give a site a post with an experiment and its evidence; return its file."""
    page = site.post("half", RULES, **header)
    experiments_file(page).write_text(EXPERIMENT, encoding="utf-8")
    put_beside(page, made_up(page, IN_TURN, tried=date.today()))
    return page


def words_of(html: str) -> str:
    """The text of some HTML."""
    return unescape(re.sub(r"<[^>]+>", "", html)).replace("\xa0", " ")


def test_a_page_shows_what_was_seen(site: Site) -> None:
    """In a sentence, in the drawing, and as a log under a fold."""
    tried(site)
    site.built()
    html = site.page("2026/01/half")
    words = words_of(html)

    assert (
        "Tried on Linux 6.18 with iptables 1.8.9, legacy and nft: 4 TCP connections, 2 each from 192.0.2.1 and"
        " 192.0.2.2, in strict rotation." in words
    )
    assert re.findall(r">(\d+ of \d+)<", html) == ["2 of 4", "2 of 4"]
    assert "machine# iptables -t nat -A POSTROUTING -m statistic" in words.split("How it was tried")[1]
    feed = unescape((site.output / "feeds/all.atom.xml").read_text(encoding="utf-8"))
    assert "<strong>Tried</strong> on Linux 6.18" in feed and "machine#" not in feed


def change_the_command(page: Path) -> None:
    """Edit the post."""
    page.write_text(page.read_text(encoding="utf-8").replace("-A POSTROUTING -j", "-A POSTROUTING -o eth0 -j"))


def change_the_experiment(page: Path) -> None:
    """Edit what is expected."""
    file = experiments_file(page)
    file.write_text(file.read_text(encoding="utf-8").replace("connections = 4", "connections = 6"))


def break_the_experiment(page: Path) -> None:
    """Misspell a field."""
    file = experiments_file(page)
    file.write_text(file.read_text(encoding="utf-8").replace("connections =", "conections ="))


def falsify(page: Path) -> None:
    """Have something else seen with one backend than is expected."""
    put_beside(page, made_up(page, Seen((arrived("192.0.2.1"),) * 4)))


def translate_otherwise(page: Path) -> None:
    """Have other commands of nftables in the evidence than the page shows."""
    (evidence,) = made_up(page, IN_TURN)
    nftables = replace(evidence.runs[0], backend="nftables", commands=(Ran("machine", "nft 'add table ip nat'"),))
    put_beside(page, [replace(evidence, runs=(*evidence.runs, nftables))])


def forget(page: Path) -> None:
    """Remove the evidence."""
    evidence_file(page).unlink()


def spoil(page: Path) -> None:
    """Cut the evidence short."""
    file = evidence_file(page)
    file.write_text(file.read_text(encoding="utf-8")[:99])


def abandon(page: Path) -> None:
    """Remove the experiment."""
    experiments_file(page).unlink()


def rename(page: Path) -> None:
    """Give the experiment the name of a page that is not there."""
    evidence_file(page).unlink()
    experiments_file(page).rename(page.with_name("other.experiment.toml"))


BEFORE = "content/posts/half."
FAULTS: list[tuple[Callable[[Path], None], str, str]] = [
    (change_the_command, f"{BEFORE}experiment.toml:2:9", "has changed since it was tried on"),
    (change_the_experiment, f"{BEFORE}experiment.toml:2:9", "has changed since it was tried on"),
    (break_the_experiment, f"{BEFORE}experiment.toml:7:1", "connections"),
    (translate_otherwise, f"{BEFORE}experiment.toml:2:9", "the page shows other commands of nftables"),
    (falsify, f"{BEFORE}experiment.toml:2:9", "seen by source: 192.0.2.1: 4"),
    (forget, f"{BEFORE}experiment.toml:2:9", "has not been tried"),
    (spoil, f"{BEFORE}evidence.json:1:1", "is not what make prove wrote"),
    (abandon, f"{BEFORE}evidence.json:1:1", "there is no half.experiment.toml"),
    (rename, "content/posts/other.experiment.toml", "is beside no page other.md"),
]


def test_no_page_claims_what_was_not_seen(site: Site) -> None:
    """Each change after the trial fails the build, at its place; the next one is built from what is remembered."""
    for number, (change, place, words) in enumerate(FAULTS):
        for file in (site.folder / "content/posts").iterdir():
            file.unlink()
        page = tried(site)
        if number == 0:
            site.built()
        change(page)
        result = site.build()

        assert result.returncode == 1, change.__doc__
        assert place in result.stderr and words in result.stderr, result.stderr
        assert "Traceback" not in result.stderr


def test_what_a_draft_lacks_is_a_warning(site: Site) -> None:
    forget(tried(site, status="draft"))
    result = site.build()

    assert result.returncode == 0, result.stderr
    assert "warning[untried-experiment]" in result.stderr


@pytest.mark.parametrize(("days", "says"), [("30", "was tried 40 days ago"), ("0", ""), ("'x'", "PROOF_BEST_BEFORE")])
def test_an_old_proof_is_a_warning(site: Site, days: str, says: str) -> None:
    page = tried(site)
    put_beside(page, made_up(page, IN_TURN, tried=date.today() - timedelta(days=40)))
    site.settings(f"PROOF_BEST_BEFORE = {days}")
    result = site.build()

    assert result.returncode == (days == "'x'")
    assert (says in result.stderr) if says else result.stderr == ""


def test_a_preview_follows_both_files(site: Site) -> None:
    page = tried(site)
    address = "/2026/01/half/"
    with preview_of(site) as preview:
        first = words_of(preview.get(address)[1])
        with_other_seen(page, "nft", Seen((arrived("192.0.2.1"),) * 4))
        second = words_of(preview.get(address)[1])
        forget(page)
        preview.get(address)
        preview.says("has not been tried")
        put_beside(page, made_up(page, IN_TURN))
        last = words_of(preview.get(address)[1])

    assert "in strict rotation" in first and "in strict rotation" in last
    assert "with legacy, 4 TCP connections, 2 each" in second
    assert "with nft, 4 TCP connections, all answered" in second


def test_what_judges_is_loaded_only_when_a_post_is_read() -> None:
    """It takes longer to load than the plugin, and a build that reads nothing anew does without."""
    code = "import proof, sys; proof.register(); print('drytables.page.check' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], env=press_environment(), cwd=PROJECT, capture_output=True)

    assert done.stdout == b"False\n", done.stderr
