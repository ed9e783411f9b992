"""plugins/press/site/despite_errors.py: what is shown of a site that was never good yet, though a plugin stops it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from press.edition import Edition, RenderError
from press.site.site import Site

if TYPE_CHECKING:
    from .conftest import SmallSite

PLUGIN = """
import sys
from pathlib import Path
from pelican import signals

def stop(_):
    if Path("content/fault").exists():
        {what}

def note(_):
    with open("noted", "a") as noted:
        noted.write(".")

OTHERS = [lambda _: note(_) for _ in range(9)]  # in no order

def register():
    for each in (stop, *OTHERS):
        signals.{signal}.connect(each)
"""
WAYS = [
    # what a plugin does when it is told => what is said of it
    ("sys.exit('error: no wheel')", "error: no wheel\n"),
    ("print('error: a wheel is flat', file=sys.stderr); sys.exit(1)", "error: a wheel is flat\n"),
    ("{}['wheel']", "error: the site could not be built: KeyError: 'wheel'\n"),
]
SIGNALS = ("article_generator_finalized", "all_generators_finalized", "finalized")


@pytest.mark.parametrize("signal", SIGNALS)
@pytest.mark.parametrize(("what", "said"), WAYS)
def test_what_was_read_is_shown_until_the_site_was_good_once(
    small: SmallSite, signal: str, what: str, said: str
) -> None:
    """And the plugins that come after the one at fault have their say."""
    small.settings('PLUGIN_PATHS, PLUGINS = ["plugins"], ["stopping"]')
    small.write("plugins/stopping.py", PLUGIN.format(what=what, signal=signal))
    fault = small.folder / "content/fault"

    def play() -> list[list[object]]:
        site, seen = Site(Path("pelicanconf.py")), []
        for words in ("first", "mended", "last"):
            fault.unlink() if words == "mended" else fault.touch()
            small.post(text=words)
            edition, page = site.look(), site.answer("/onemd.html")
            assert isinstance(edition, Edition) and page is not None
            seen.append([edition.is_good, edition.is_partial, edition.report.startswith(said), page.body.decode()])
        site.close()
        return seen

    assert small.in_a_process(play) == [
        [False, True, True, "article <p>first</p>"],
        [True, False, False, "article <p>mended</p>"],
        [False, False, True, "article <p>mended</p>"],
    ]
    assert (small.folder / "noted").read_text().startswith("." * 18), "the other receivers were not called"


@pytest.mark.parametrize("signal", ["initialized", "content_written"])
def test_other_pages_are_shown_than_those_of_a_broken_template(small: SmallSite, signal: str) -> None:
    """Also where a plugin looks at all pages."""
    small.settings('PLUGIN_PATHS, PLUGINS = ["plugins"], ["looking"]')
    look = f"def look(*_, **__): ...\n\ndef register():\n    signals.{signal}.connect(look)\n"
    small.write("plugins/looking.py", f"from pelican import signals\n\n{look}")
    small.post()
    small.write("theme/templates/article.html", "a\n{% if %}")

    def play() -> tuple[str, str, list[str]]:
        site, failures = Site(Path("pelicanconf.py")), []
        edition, page = site.look(), site.answer("/tags.html")
        assert isinstance(edition, Edition) and edition.is_partial and page is not None
        for _ in range(2):
            with pytest.raises(RenderError) as raised:
                site.answer("/onemd.html")
            failures.append(str(raised.value))
        site.close()
        return edition.report, page.body.decode(), failures

    report, page, failures = small.in_a_process(play)
    assert page.strip() == "tags"
    for each in (report, *failures):
        assert each.count("TemplateSyntaxError: Expected an expression") == 1
        assert "--> theme/templates/article.html:2" in each


def test_of_two_sources_with_one_address_the_first_is_shown(small: SmallSite) -> None:
    small.post(slug="same")
    small.post("two.md", slug="same", text="Others.")

    def play() -> tuple[str, str]:
        site = Site(Path("pelicanconf.py"))
        edition, page = site.look(), site.answer("/same.html")
        site.close()
        assert isinstance(edition, Edition) and page is not None
        return edition.report, page.body.decode()

    report, page = small.in_a_process(play)
    assert 'Failed to overwrite "same.html"' in report
    assert page == "article <p>Words.</p>"


SENDING = """
import blinker
from pathlib import Path
from pelican import signals

def write(pelican):
    Path(pelican.output_path, "made.txt").write_text("made")
    if Path("content/fault").exists():
        raise KeyError("wheel")

def register():
    send, more = signals.finalized.send, blinker.signal("compress")
    more.connect(write)
    signals.finalized.send = lambda sender: send(sender) + more.send(sender)
"""


def test_a_plugin_may_have_put_something_in_place_of_the_sending(small: SmallSite) -> None:
    """In each round, whether it stops it or not: granular_signals does so, for plugins that compress what is there."""
    small.settings('PLUGIN_PATHS, PLUGINS = ["plugins"], ["sending"]')
    small.write("plugins/sending.py", SENDING)
    fault = small.write("content/fault", "")

    def play() -> list[list[object]]:
        site, seen = Site(Path("pelicanconf.py")), []
        for words in ("first", "second", "third"):
            small.post(text=words)
            edition = site.look()
            assert isinstance(edition, Edition)
            seen.append([edition.is_good, "KeyError: 'wheel'" in edition.report, site.answer("/made.txt") is not None])
            fault.unlink(missing_ok=True)
        site.close()
        return seen

    assert small.in_a_process(play) == [[False, True, True], [True, False, True], [True, False, True]]
