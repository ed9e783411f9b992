"""plugins/headers/new_post.py: `make new`, with titles that a shell or make would take for something else."""

import re
import shutil
import subprocess
import sys

import pytest
from conftest import PROJECT, Site
from headers.new_post import NotWritten, new_post
from pelican.settings import read_settings

TITLES = [
    # A title => the title in the header, and the name of the file.
    ("Plain words", "Plain words", "plain-words"),
    ("a$b `touch x`", "a$b `touch x`", "ab-touch-x"),
    ("it's \"quoted\" #1 = x: y", "it's \"quoted\" #1 = x: y", "its-quoted-1-x-y"),
    ("-x leads", "-x leads", "x-leads"),
    ("two\nlines\tand \x1b[31mred", "two lines and [31mred", "two-lines-and-31mred"),
    ("A party 🎉", "A party 🎉", "a-party"),
    ("long " * 80, ("long " * 80).strip(), "long-long"),
]  # fmt: skip
REFUSED = [
    # A title and a slug => what is said.
    ("  \n", "", 'say what it is about: make new TITLE="What it is about"'),
    ("🎉", "", 'no address can be made of the title `🎉`; add SLUG="some-words"'),
    ("Plain Words!", "", "content/posts/plain-words.md has the address of this post already"),
    ("Other", "other.name", "content/posts/named.md has the address of this post already"),
    ("Notes", "", "content/posts/notes.rst exists already"),
    ("Words", "x" * 300, "the slug is too long for the name of a file"),
]


def test_a_draft_is_written_that_builds(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(site.folder)
    settings = read_settings("pelicanconf.py")
    for title, written, name in TITLES:
        file = new_post(title, "", settings)
        lines = file.read_text(encoding="utf-8").splitlines()

        assert file.name.startswith(name)
        assert lines[0] == f"Title: {written}" and lines[-2:] == ["Status: draft", ""]
        assert any(re.fullmatch(r"Date: \d{4}-\d\d-\d\d \d\d:\d\d", line) for line in lines)
    assert "Slug: fiesta\n" in new_post("🎉", "¡Fiesta!", settings).read_text(encoding="utf-8")

    site.built()
    assert len([*site.output.glob("drafts/*/index.html")]) == len(TITLES) + 1

    (site.folder / "content/posts/notes.rst").write_text("Notes\n", encoding="utf-8")
    (site.folder / "content/posts/named.md").write_text("Title: X\nSlug: othername\n", encoding="utf-8")
    kept = {file: file.read_bytes() for file in (site.folder / "content/posts").iterdir()}
    for title, slug, said in REFUSED:
        with pytest.raises(NotWritten) as refusal:
            new_post(title, slug, settings)
        assert said in str(refusal.value)
    assert {file: file.read_bytes() for file in (site.folder / "content/posts").iterdir()} == kept


@pytest.mark.starts_programs
def test_a_title_comes_through_make_as_it_is_typed(site: Site) -> None:
    title = 'it\'s $HOME, $(shell touch pwned), `touch pwned`, "a" #1\nand\\more'
    shutil.copy(PROJECT / "Makefile", site.folder)
    command = ["make", "--silent", "--old-file=setup", "new", f"RUN_MODULE={sys.executable} -m", f"TITLE={title}"]
    result = subprocess.run(command, cwd=site.folder, capture_output=True, encoding="utf-8", check=False)
    file = site.folder / result.stdout.strip()

    assert file.read_text(encoding="utf-8").startswith(f"Title: {title.replace(chr(10), ' ')}\n"), result.stderr
    assert not (site.folder / "pwned").exists()
