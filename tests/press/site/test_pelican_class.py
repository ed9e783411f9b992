"""plugins/press/site/pelican_class.py: a site's own Pelican does all that it does with the `pelican` command."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pelican import Pelican
from press.build import build
from press.build_error import BuildError
from press.site.pelican_class import pelican_class, subclass_of
from press.site.reading import Reading
from press.site.site import Site

if TYPE_CHECKING:
    from .conftest import SmallSite

#: It renames a page before all is written, and looks at what was written in the end.
CLASS = """
from pathlib import Path
from pelican import Pelican

class Mine(Pelican):
    def __init__(self, settings):
        settings["ARTICLE_SAVE_AS"] = "own/{slug}.html"
        super().__init__(settings)

    def run(self):
        super().run()
        pages = sorted(path.name for path in Path(self.output_path).rglob("*.html"))
        Path(self.output_path, "pages.txt").write_text(" ".join(pages))
"""


@pytest.fixture
def mine(small: SmallSite) -> SmallSite:
    """Return a site with a class of its own."""
    small.write("own_pelican.py", CLASS)
    small.settings("import sys; sys.path.insert(0, '.'); PELICAN_CLASS = 'own_pelican.Mine'")
    small.post()
    return small


@pytest.mark.starts_programs
def test_a_build_and_the_preview_are_what_pelican_builds(mine: SmallSite) -> None:
    """Twice, and after a save."""
    subprocess.run([sys.executable, "-m", "pelican", "-o", "stock"], check=True, capture_output=True)
    stock = Path("stock/pages.txt").read_text(encoding="utf-8")

    def answered() -> list[str]:
        site = Site(Path("pelicanconf.py"))
        said = []
        for _ in range(2):
            site.look()
            answers = [site.answer(address) for address in ("/pages.txt", "/own/onemd.html")]
            said += [answer.body.decode() if answer else "" for answer in answers]
            mine.post(text="Other words.")
        site.close()
        return said

    for _ in range(2):
        mine.in_a_process(lambda: build(Path("pelicanconf.py"), Path("output")))
        assert Path("output/pages.txt").read_text(encoding="utf-8") == stock
        assert Path("output/own/onemd.html").is_file()
    pages, post, pages_then, post_then = mine.in_a_process(answered)
    assert pages == pages_then == stock
    assert "Words" in post
    assert "Other words" in post_then


@pytest.mark.parametrize("named", ["Mine", "json.Mine", "pathlib.Path", 3, None])
def test_what_is_no_such_class_is_told(named: object) -> None:
    with pytest.raises(BuildError, match="not a subclass of"):
        pelican_class({"PELICAN_CLASS": named})


def test_a_class_itself_may_be_named() -> None:
    class Mine(Pelican):  # type: ignore[misc]
        pass

    assert pelican_class({"PELICAN_CLASS": Mine}) is Mine
    assert issubclass(subclass_of(Mine, Reading), Mine)
    assert subclass_of(Pelican, Reading) is Reading
