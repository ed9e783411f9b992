"""Whole outputs, written by hand: what files are called, and what leads to them."""

import base64
import hashlib
import os
import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from hashed_names.circles import in_order
from hashed_names.renaming import name_files

_LONG = "é" * 125 + ".png"
HASHED = re.compile(r"\.[0-9a-f]{16}(?=\.)")


class Output:
    """A folder with the files that a test gives it."""

    def __init__(self, folder: Path, files: dict[str, str]) -> None:
        self.folder = folder
        for name, content in files.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content, encoding="utf-8")

    def named(self, address: str = "https://a.org/blog") -> "Output":
        """Have the files named."""
        name_files(SimpleNamespace(output_path=str(self.folder), settings={"SITEURL": address}), [])
        return self

    def __getitem__(self, name: str) -> str:
        """What is in a file; `*` stands for a digest in its name."""
        (file,) = self.folder.glob(name)
        return file.read_text(encoding="utf-8")

    def without_digests(self, name: str) -> str:
        """The same, with a digest in it as `*`."""
        return HASHED.sub(".*", self[name])

    def names(self) -> list[str]:
        """Which files have a hashed name."""
        return sorted(HASHED.sub("", file.name) for file in self.folder.glob("immutable/*"))


@pytest.mark.parametrize(
    ("page", "reference", "expected"),
    [
        ("index.html", "theme/a.png", "immutable/a.*.png"),
        ("index.html", "./theme/a.png?v=1#x", "immutable/a.*.png?v=1#x"),
        ("b/c/index.html", "../../theme/a.png", "../../immutable/a.*.png"),
        ("b/c/index.html", "/blog/theme/a.png", "/blog/immutable/a.*.png"),
        ("index.html", "https://a.org/blog/theme/a.png", "https://a.org/blog/immutable/a.*.png"),
        ("index.html", "//A.org/blog/theme/a.png", "//A.org/blog/immutable/a.*.png"),
        ("index.html", "../blog/theme/a.png", "immutable/a.*.png"),
        ("index.html", " theme/x%20%C3%A9.png ", "immutable/x%20%C3%A9.*.png"),
        ("index.html", "/theme/a.png", "/theme/a.png"),
        ("index.html", "https://b.org/blog/theme/a.png", "https://b.org/blog/theme/a.png"),
        ("index.html", "theme/none.png", "theme/none.png"),
        ("index.html", "data:image/png;base64,AAAA", "data:image/png;base64,AAAA"),
        ("index.html", "b/film.mp4", "b/film.mp4"),
        ("index.html", "", ""),
    ],
)
def test_a_reference_stays_of_its_kind(tmp_path: Path, page: str, reference: str, expected: str) -> None:
    files = {"theme/a.png": "a", "theme/x é.png": "b", "b/film.mp4": "c", page: f'<img src="{reference}">'}

    assert Output(tmp_path, files).named().without_digests(page) == f'<img src="{expected}">'


def test_a_base_is_what_references_are_relative_to(tmp_path: Path) -> None:
    files = {"t/a.png": "a", "b/index.html": '<base href="/blog/t/"><img src="a.png"><a href="a.png">'}

    found = Output(tmp_path, files).named().without_digests("b/index.html")
    assert found == '<base href="/blog/t/"><img src="../immutable/a.*.png"><a href="a.png">'


def test_a_name_changes_with_all_that_the_file_loads(tmp_path: Path) -> None:
    files = {
        "index.html": '<link rel=stylesheet href="theme/css/a.css"><script src="theme/a.js" type=module></script>',
        "theme/css/a.css": '@import "b.css"; a{b:url(../x.svg#i) url("none.png")}',
        "theme/css/b.css": "a{b:url(/blog/theme/y.png)}",
        "theme/x.svg": '<svg><image href="y.png"/><a href="y.png"/></svg>',
        "theme/y.png": "1",
        "theme/a.js": "import './b.js'; fetch('data.json')",
        "theme/b.js": "export * from './a.js'",
    }

    first = Output(tmp_path / "1", files).named()
    second = Output(tmp_path / "2", files | {"theme/y.png": "2", "theme/b.js": files["theme/b.js"] + ";1"}).named()

    assert first.names() == ["a.css", "a.js", "b.css", "b.js", "x.svg", "y.png"]
    assert not {*(tmp_path / "1/immutable").iterdir()} & {*(tmp_path / "2/immutable").iterdir()}
    assert (
        first.without_digests("immutable/a.*.css")
        == '@import "b.*.css"; a{b:url(x.*.svg#i) url("../theme/css/none.png")}'
    )
    assert first.without_digests("immutable/b.*.css") == "a{b:url(/blog/immutable/y.*.png)}"
    assert first.without_digests("immutable/x.*.svg") == '<svg><image href="y.*.png"/><a href="../theme/y.png"/></svg>'
    assert first.without_digests("immutable/a.*.js") == "import './b.*.js'; fetch('data.json')"
    assert first.without_digests("immutable/b.*.js") == "export * from './a.*.js'"
    for page in (first, second):  # whatever is named is there
        for file in page.folder.rglob("*"):
            for name in re.findall(r"[a-z]\.[0-9a-f]{16}\.\w+", file.read_text() if file.is_file() else ""):
                assert (page.folder / "immutable" / name).is_file()
    assert {name: first[name] for name in files if name != "index.html"} == {
        k: v for k, v in files.items() if k != "index.html"
    }


def test_integrity_stays_true(tmp_path: Path) -> None:
    def digest(text: str) -> str:
        return "sha384-" + base64.b64encode(hashlib.sha384(text.encode()).digest()).decode()

    css = "a{b:url(y.png)}"
    page = '<link rel=stylesheet href=a.css integrity="{}"><link rel=stylesheet href=a.css integrity="sha256-false">'
    found = Output(tmp_path, {"a.css": css, "y.png": "1", "index.html": page.format(digest(css))}).named()

    assert digest(found["immutable/a.*.css"]) in found["index.html"] and "sha256-false" in found["index.html"]


def test_what_cannot_be_moved_is_loaded_from_where_it_is(tmp_path: Path) -> None:
    files = {
        "index.html": "<script src=a.js></script><script type=module src=b.js></script>"
        "<script type=module>import './c.js'</script>",
        "a.js": "import(name)",
        "b.js": "import './c.js'; import.meta.url",
        "c.js": "1",
    }
    found = Output(tmp_path, files).named()

    assert found.names() == ["c.js"]
    # One module, also where one that stays imports it.
    assert found.without_digests("b.js") == "import './immutable/c.*.js'; import.meta.url"
    assert found.without_digests("index.html").endswith("<script type=module>import './immutable/c.*.js'</script>")
    assert "src=a.js" in found["index.html"] and "src=b.js" in found["index.html"]


@pytest.mark.parametrize(
    ("page", "files", "named"),
    [
        pytest.param(
            '<script type=importmap>{"imports": {"a": "/blog/a.js"}}</script><script type=module src=b.js></script>'
            "<img src=y.png>",
            {"a.js": "1", "b.js": "import 'a'", "y.png": "1"},
            ["y.png"],
            id="modules that an import map names keep their names",
        ),
        pytest.param(f"<img src={_LONG}>", {_LONG: "1"}, ["é" * 100 + ".png"], id="a long name fits a file system"),
    ],
)
def test_which_files_get_a_name(tmp_path: Path, page: str, files: dict[str, str], named: list[str]) -> None:
    assert Output(tmp_path, {"index.html": page, **files}).named().names() == named


def test_a_web_manifest_is_where_it_was_and_its_icons_are_not(tmp_path: Path) -> None:
    files = {"index.html": "<link rel=manifest href=m.json>", "m.json": '{"icons": [{"src": "y.png"}]}', "y.png": "1"}

    found = Output(tmp_path, files).named()

    assert '"src": "immutable/y.*.png"' in found.without_digests("m.json") and found.names() == ["y.png"]


@pytest.mark.parametrize("link", [os.link, os.symlink])
def test_a_source_that_the_output_links_to_stays_as_it_is(tmp_path: Path, link: Callable[[Path, Path], None]) -> None:
    files = {"a.html": "<link rel=manifest href=m.json>", "m.json": '{"icons": [{"src": "y.png"}]}', "y.png": "1"}
    page = {"a.html": files["a.html"] + "<img src=y.png>"}
    sources, output = Output(tmp_path / "content", files | page), Output(tmp_path / "output", {"y.png": "1"})
    for name in ("a.html", "m.json"):
        link(sources.folder / name, output.folder / name)

    output.named()

    assert {name: sources[name] for name in files} == files | page
    assert all("immutable/y." in output[name] for name in ("a.html", "m.json"))


def test_the_folder_is_of_these_files_alone(tmp_path: Path) -> None:
    with pytest.raises(
        SystemExit, match=r"immutable/index\.html is in the folder whose files browsers keep for a year"
    ):
        Output(tmp_path, {"immutable/index.html": "A post about tuples"}).named()


def test_what_is_needed_comes_first_and_circles_are_together() -> None:
    needed = {"a": "bd", "b": "c", "c": "be", "d": "", "e": ""}

    assert [sorted(each) for each in in_order("a", lambda one: needed[one])] == [["e"], ["b", "c"], ["d"], ["a"]]
    assert len([*in_order("0", lambda one: [str(int(one) + 1)] if int(one) < 5000 else [])]) == 5001
