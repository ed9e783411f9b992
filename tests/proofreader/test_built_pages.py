"""plugins/proofreader/checks/built_pages.py: what templates and plugins have put onto pages."""

import re
from pathlib import Path

from proofreader.checks.built_pages import look_at
from proofreader.facts.targets import Site

SITE = Site(("//example.org",), "", re.compile(r"[{|](?P<what>.*?)[|}]"))
PAGES = {
    "index.html": '<a href="/b/#here">x</a> <a href="b">x</a> <a href="/gone/">x</a> <code>href="/code/"</code>',
    "b/index.html": '<p id="here"><a href="../"> <a href="#here"> <a href="#gone"> <a href="/gone/">',
    "c.html": '<p id="x"><p id="x"> <a href="/b/#nowhere"> <a href="https://example.org/c"> <a href="//else/">',
    "d.html": '<img srcset="s.png 1x, t.png 2x" src="s.png"> <a href="{filename}x.md"> <code> id="x" id="x"</code>',
    "e.html": "<a href=/gone/> <a HREF='c'> <img srcset=u.png src=s.png> <form action='/c'> <a href='#%78'> <p id=x>",
    "s.png": "",
    ".well-known/x": "",
}


def test_what_is_wrong_is_named_with_its_pages(tmp_path: Path) -> None:
    """What only looks like a link, such as code, is none."""
    for name, text in PAGES.items():
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")

    found = look_at(str(tmp_path), SITE)

    assert found.dead == {
        "/gone/": ["b/index.html", "e.html", "index.html"],
        "t.png": ["d.html"],
        "u.png": ["e.html"],
        "{filename}x.md": ["d.html"],
    }
    assert found.dead_anchors == {"#gone": ["b/index.html"], "/b/#nowhere": ["c.html"]}
    assert found.repeated == {"x": ["c.html"]}
