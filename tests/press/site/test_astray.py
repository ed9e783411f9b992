"""plugins/press/site/astray.py and witness.py: what plugins write into an output that they name is not lost."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import redirect_stderr
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from press.build import build
from press.build_error import BuildError
from press.site.site import Site

if TYPE_CHECKING:
    from .conftest import SmallSite

pytestmark = pytest.mark.starts_programs

PLUGIN = """
import os, shutil, subprocess, sys
from pathlib import Path
from pelican import signals

OUTPUT = Path(__file__).parent.parent / "output"

def act(*_, **__):
    {}

def register():
    signals.{}.connect(act)
"""
OWN_PAGE = 'Path("output/index.html")'
WRITES = {
    "by a relative name": 'os.makedirs("output/a", exist_ok=True); open("output/a/made.txt", "w").write("made")',
    "by its own place": '(OUTPUT / "a").mkdir(parents=True, exist_ok=True); (OUTPUT / "a/made.txt").write_text("made")',
    "by copying": 'os.makedirs("output/a", exist_ok=True); shutil.copy("source.txt", "output/a/made.txt")',
    "by renaming": 'os.makedirs("output/a", exist_ok=True); Path("output/b").write_text("made"); '
    'os.replace("output/b", "output/a/made.txt")',
    "once": 'Path("output/a").mkdir(parents=True, exist_ok=True); made = Path("output/a/made.txt"); '
    'made.exists() or made.write_text("made")',
}  # fmt: skip
BY_A_PROGRAM = 'subprocess.run(["sh", "-c", "mkdir -p output/a; printf made > output/a/made.txt"], check=True)'


def with_plugin(small: SmallSite, action: str, signal: str = "finalized") -> None:
    """Give a site a plugin that does something at a signal."""
    small.write("plugins/making.py", PLUGIN.format(action, signal))
    small.write("source.txt", "made")
    small.settings("PLUGIN_PATHS, PLUGINS = ['plugins'], ['making']")
    small.post()


def built(small: SmallSite, *, allows_errors: bool = False) -> str:
    """Build the site in a process of its own, and return what is told."""

    def work() -> str:
        with redirect_stderr(io.StringIO()) as said:
            try:
                build(Path("pelicanconf.py"), Path("output"), allows_errors=allows_errors)
            except BuildError as error:
                print(error, file=sys.stderr)
        return said.getvalue()

    return str(small.in_a_process(work))


def previewed(small: SmallSite, *addresses: str, between: Callable[[], object] = lambda: None) -> list[str]:
    """What a preview answers at some addresses, and then what it tells, after a second look if there is an edit."""

    def work() -> list[str]:
        site = Site(Path("pelicanconf.py"))
        site.look()
        between()
        edition = site.look()
        found = [site.answer(address) for address in addresses]
        site.close()
        return [*(each.body.decode() if each else "" for each in found), getattr(edition, "report", "")]

    return list(small.in_a_process(work))


@pytest.mark.parametrize("signal", ["initialized", "all_generators_finalized", "content_written", "finalized"])
@pytest.mark.parametrize("how", WRITES)
def test_a_build_has_what_a_plugin_writes_and_names_its_line(small: SmallSite, how: str, signal: str) -> None:
    """Twice, in place of another site; a plugin that finds its file there need not write it again."""
    with_plugin(small, WRITES[how], signal)

    for _ in range(2):
        said = built(small)
        assert Path("output/a/made.txt").read_text(encoding="utf-8") == "made"
        assert Path("output/onemd.html").is_file()
        assert "warning: plugins/making.py:9 writes output/a/made.txt" in said


@pytest.mark.parametrize("how", WRITES)
def test_the_preview_has_it_too(small: SmallSite, how: str) -> None:
    """After a save, as well, and with another site in place or none."""
    with_plugin(small, WRITES[how])

    made, said = previewed(small, "/a/made.txt", between=lambda: small.post("two.md"))
    assert made == "made"
    assert "warning: plugins/making.py:9 writes output/a/made.txt" in said
    shutil.rmtree("output")
    built(small)
    assert previewed(small, "/a/made.txt")[0] == "made"


def test_what_a_program_writes_is_taken_over(small: SmallSite) -> None:
    with_plugin(small, BY_A_PROGRAM)

    assert "a program that a plugin starts, or someone else, writes output/a/made.txt" in built(small)
    assert Path("output/a/made.txt").read_text(encoding="utf-8") == "made"
    assert previewed(small, "/a/made.txt")[0] == "made"


@pytest.mark.parametrize("template", ["{{ 'made'|make }}", "{{ ARTICLE_PATHS and 'made'|make }}"])
def test_what_is_written_while_a_page_is_rendered_is_there_with_the_page(small: SmallSite, template: str) -> None:
    """For whoever asks for the page; and in each build, whether the page was kept or not."""
    with_plugin(small, "_[0].env.filters['make'] = make", "generator_init")
    small.write("plugins/making.py", Path("plugins/making.py").read_text(encoding="utf-8") + """
def make(words):
    Path("output").mkdir(exist_ok=True)
    Path("output/made.txt").write_text(words)
    return words
""")  # fmt: skip
    small.write("theme/templates/article.html", template)

    assert previewed(small, "/onemd.html", "/made.txt")[:2] == ["made", "made"]
    for _ in range(2):
        assert "making.py:16 writes output/made.txt" in built(small)
        assert Path("output/made.txt").read_text(encoding="utf-8") == "made"


FINDS = """
def make(*_, **__):
    if not os.path.exists("output/made.txt"):
        os.makedirs("output", exist_ok=True)
        Path("output/made.txt").write_text("made")
    return "made"
"""


@pytest.mark.parametrize(
    ("action", "signal"),
    [("make()", "article_generator_context"), ("_[0].env.filters['make'] = make", "generator_init")],
)
def test_what_a_plugin_finds_there_it_need_not_write_again(small: SmallSite, action: str, signal: str) -> None:
    """Whoever built the site before, and also after that was removed: what was remembered depends on such a file. Posts
    are read, and pages written, in several processes.
    """
    with_plugin(small, action, signal)
    small.write("plugins/making.py", Path("plugins/making.py").read_text(encoding="utf-8") + FINDS)
    small.write("theme/templates/article.html", "{{ 'made'|make if 'made' is filter }}")
    for number in range(20):
        small.post(f"{number}.md")
    small.write("output/made.txt", "made")
    small.write("output/stale.txt", "stale")

    for _ in range(3):
        said = built(small)
        assert Path("output/made.txt").read_text(encoding="utf-8") == "made"
        assert "making.py:15 writes output/made.txt" in said
    assert not Path("output/stale.txt").exists()
    shutil.rmtree("output")
    built(small)
    assert Path("output/made.txt").read_text(encoding="utf-8") == "made"
    assert previewed(small, "/0md.html", "/made.txt")[1] == "made"


def test_what_a_plugin_comes_across_there_is_not_taken_for_its_own(small: SmallSite) -> None:
    with_plugin(small, "[os.path.getsize(Path('output', each)) for each in os.listdir('output')]", "initialized")
    small.write("output/stale.txt", "stale")

    assert built(small) == ""
    assert not Path("output/stale.txt").exists()


CHANGES = {
    "a page": f"{OWN_PAGE}.write_text('SHOUTED')",
    "after reading it": f"{OWN_PAGE}.write_text({OWN_PAGE}.read_text().upper())",
    "by looking for all": "[Path(each).write_text('') for each in os.listdir('output') if each.endswith('.html')]",
    "by removing it": f"{OWN_PAGE}.unlink()",
}


@pytest.mark.parametrize("how", CHANGES)
def test_a_plugin_that_is_after_the_pages_is_an_error(small: SmallSite, how: str) -> None:
    """What it makes of them would be made of the site before; with --allow-errors, it is left out."""
    with_plugin(small, "pass")
    built(small)
    with_plugin(small, CHANGES[how])

    said = built(small)
    assert "error: plugins/making.py:9 reads or changes output" in said
    assert "the site was not built" in said
    Path("output/index.html").touch()
    assert "error: plugins/making.py:9 reads or changes output" in previewed(small)[-1]
    Path("output/index.html").touch()
    assert "the site was not built" not in built(small, allows_errors=True)
    assert Path("output/index.html").read_text(encoding="utf-8").startswith("index")


@pytest.mark.parametrize(
    "program",
    [
        "subprocess.run(['sh', '-c', 'echo >> output/index.html'], check=True)",
        "os.system('sort output/index.html > output/index.txt')",
        "subprocess.run(['find', 'output', '-name', '*.html', '-fprint', 'output/found.txt'], check=True)",
        "subprocess.run(['find', '.', '-fprint', 'found.txt'], cwd=OUTPUT, check=True)",
    ],
)
def test_a_program_that_is_after_the_pages_is_an_error(small: SmallSite, program: str) -> None:
    """Such as one that makes an index for a search: it would be that of the site before."""
    with_plugin(small, "pass")
    built(small)
    with_plugin(small, program)

    said = built(small)
    assert "error: plugins/making.py:9 reads or changes output" in said
    assert "the site was not built" in said


def test_a_program_may_write_there(small: SmallSite) -> None:
    """Also into a folder of the site, from what is elsewhere."""
    small.write("content/images/a", "A")
    with_plugin(small, "subprocess.run(['cp', 'source.txt', 'output/images'], check=True)")
    Path("output/images").mkdir(parents=True)

    assert "writes output/images/source.txt" in built(small)
    assert Path("output/images/source.txt").read_text(encoding="utf-8") == "made"


@pytest.mark.parametrize("was_there", [True, False])
def test_who_builds_beside_a_preview_is_no_program_of_a_plugin(small: SmallSite, *, was_there: bool) -> None:
    """Such as the pelican command, between two looks of a preview that searches since plugins start programs."""
    with_plugin(small, "subprocess.run(['true'], check=True)")
    small.write("build.sh", "mkdir -p output; echo another > output/index.html; echo > output/stray.txt")
    if was_there:
        built(small)

    def build_beside() -> None:
        subprocess.run(["sh", "build.sh"], check=True)
        small.post("two.md")

    assert previewed(small, "/stray.txt", between=build_beside) == ["", ""]


def test_what_is_the_same_in_the_site_is_nothing_to_tell(small: SmallSite) -> None:
    """Such as a file that is copied from the content as well."""
    with_plugin(small, "os.makedirs('output/images', exist_ok=True); shutil.copy('content/images/a', 'output/images')")
    small.write("content/images/a", "A")

    assert [built(small), built(small)] == ["", ""]
    assert previewed(small, "/images/a") == ["A", ""]


@pytest.mark.parametrize(
    ("action", "signal"),
    [
        ("(Path(_[0].output_path) / 'made.txt').write_text('')", "finalized"),
        ("os.listdir('output'), Path('output/index.html').read_text()", "initialized"),
        ("Path('elsewhere').write_text('')", "finalized"),
    ],
)
def test_what_a_plugin_may_do(small: SmallSite, action: str, signal: str) -> None:
    """It may write into the output that Pelican names, and elsewhere, and read the site before when it begins."""
    with_plugin(small, "pass")
    built(small)
    with_plugin(small, action, signal)

    assert [built(small), built(small), previewed(small)[-1]] == ["", "", ""]


def test_what_is_retained_stays_without_a_word(small: SmallSite) -> None:
    with_plugin(small, WRITES["once"])
    small.settings("OUTPUT_RETENTION = ['a']")

    assert [built(small), built(small)] == ["", ""]
    assert Path("output/a/made.txt").is_file()


def test_a_site_that_is_built_elsewhere_has_no_more_than_with_pelican(small: SmallSite) -> None:
    """The plugin then writes where the site is not: that is so with `pelican -o`, too."""
    with_plugin(small, WRITES["by a relative name"])

    small.in_a_process(lambda: build(Path("pelicanconf.py"), Path("public")))
    assert not Path("public/a").exists()
    assert Path("output/a/made.txt").is_file()


def test_a_record_that_is_damaged_is_done_without(small: SmallSite) -> None:
    with_plugin(small, WRITES["by a relative name"])
    built(small)
    for record in Path("cache/press").glob("astray-*.json"):
        record.write_text("[1", encoding="utf-8")

    assert "writes output/a/made.txt" in built(small)


def test_what_cannot_be_remembered_leaves_nothing_behind(small: SmallSite) -> None:
    """Such as half a list beside the place in which a folder is."""
    with_plugin(small, WRITES["by its own place"])
    built(small)
    (record,) = Path("cache/press").glob("astray-*.json")
    record.unlink()
    record.mkdir()

    built(small)

    assert [*Path("cache/press").glob("astray-*")] == [record]
