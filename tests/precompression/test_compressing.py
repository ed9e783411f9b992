"""plugins/precompression: what is beside the files of an output, written by hand."""

import gzip
import os
import time
from pathlib import Path
from types import SimpleNamespace

import brotli
import pytest
from precompression.compressing import compress_all

TEXT = "All work and no play makes Jack a dull boy.\n" * 50
READ = {".br": brotli.decompress, ".gz": gzip.decompress}


def compressed(folder: Path, *own: str) -> set[str]:
    """Compress what is in a folder, of which some files are in the site's content too, and return what was made."""
    before = {*folder.rglob("*")}
    statics = [SimpleNamespace(save_as=name) for name in own]
    settings = {"CACHE_PATH": str(folder.parent / "cache")}
    generator = SimpleNamespace(context={"staticfiles": statics})
    compress_all(SimpleNamespace(output_path=str(folder), settings=settings), [generator])
    return {file.relative_to(folder).as_posix() for file in {*folder.rglob("*")} - before}


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """An empty output."""
    folder = tmp_path / "output"
    folder.mkdir()
    return folder


@pytest.mark.parametrize(
    ("name", "content", "is_made"),
    [
        ("index.html", TEXT.encode(), True),
        ("feeds/all.atom.xml", TEXT.encode(), True),
        (".well-known/security.txt", TEXT.encode(), True),
        ("no-ending", TEXT.encode(), True),
        ("latin.txt", TEXT.encode() + b"\xe9", True),
        ("program.wasm", b"\0asm" * 500, True),
        ("short.html", TEXT.encode()[:1000], False),
        ("noise.txt", os.urandom(4000).replace(b"\0", b"1"), False),
        ("a.png", TEXT.encode(), False),
        ("data.bin", b"\0" * 4000, False),
        ("_redirects", TEXT.encode(), False),
        (".git/config", TEXT.encode(), False),
    ],
)
def test_text_that_gains_is_there_in_both_forms(output: Path, name: str, content: bytes, is_made: bool) -> None:
    file = output / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(content)

    made = compressed(output)

    assert made == ({f"{name}.br", f"{name}.gz"} if is_made else set())
    for each in made:
        assert READ[each[-3:]]((output / each).read_bytes()) == content


def test_what_was_compressed_is_not_compressed_again_unless_it_is_damaged(output: Path) -> None:
    (output / "a.txt").write_text(TEXT)
    compressed(output)
    kept = [*output.parent.glob("cache/compressed/*/*")]
    stamps = {file: file.stat().st_mtime_ns for file in kept}
    assert len(kept) == 2

    compressed(output)
    assert {file: file.stat().st_mtime_ns for file in kept} == stamps

    for file in kept:
        file.write_bytes(file.read_bytes()[:-1])
    compressed(output)
    assert all(read((output / f"a.txt{form}").read_bytes()) == TEXT.encode() for form, read in READ.items())


def test_what_nobody_asked_for_in_a_month_is_forgotten(output: Path) -> None:
    for name in ("old", "new"):
        (output / name).write_text(name + TEXT)
    compressed(output)
    for file in output.parent.glob("cache/compressed/*/*"):
        os.utime(file, (time.time() - 40 * 86_400,) * 2)
    (output / "old").write_text("another" + TEXT)

    compressed(output)

    assert len([*output.parent.glob("cache/compressed/*/*")]) == 4


def test_what_the_site_has_in_that_place_stays_and_what_an_earlier_build_left_does_not(output: Path) -> None:
    (output / "data.csv").write_text(TEXT)
    for name in ("data.csv.gz", "short.txt", "short.txt.gz"):
        (output / name).write_text(name)

    compressed(output, "data.csv.gz")

    assert (output / "data.csv.gz").read_text() == "data.csv.gz"
    assert sorted(file.name for file in output.iterdir()) == ["data.csv", "data.csv.br", "data.csv.gz", "short.txt"]


def test_gzip_has_neither_time_nor_name(output: Path) -> None:
    (output / "a.txt").write_text(TEXT)
    compressed(output)

    assert (output / "a.txt.gz").read_bytes()[3:8] == b"\0" * 5
