"""plugins/press/command_line.py: which site is meant, by the names that the `pelican` command has."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import pelican
import pytest
from press.build_error import BuildError
from press.command_line import Meant, add_arguments, parse


@pytest.fixture
def parser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> argparse.ArgumentParser:
    """Return a parser, in a folder with what the arguments name."""
    monkeypatch.chdir(tmp_path)
    for folder in ("content", "notes", "themes/own"):
        (tmp_path / folder).mkdir(parents=True)
    for file in ("publishconf.py", "settings"):
        (tmp_path / file).touch()
    parser = argparse.ArgumentParser("press build")
    add_arguments(parser)
    parser.add_argument("-o", "--output")
    return parser


def meant(parser: argparse.ArgumentParser, line: str) -> Meant:
    """The site that a command line means."""
    return parse(parser, line.split())[1]


@pytest.mark.parametrize(
    ("line", "settings_file"),
    [
        ("", "pelicanconf.py"),
        ("publishconf.py", "publishconf.py"),
        ("-s publishconf.py", "publishconf.py"),
        ("--settings missing.py", "missing.py"),
        ("missing.py", "missing.py"),
        ("settings", "settings"),
        ("content -s publishconf.py", "publishconf.py"),
        ("content publishconf.py", "publishconf.py"),
        ("publishconf.py -o public content", "publishconf.py"),
        ("content", "pelicanconf.py"),
    ],
)
def test_the_settings_file(parser: argparse.ArgumentParser, line: str, settings_file: str) -> None:
    found = meant(parser, line)

    assert found.settings_file == Path(settings_file)
    assert ("PATH" in found.overrides) is ("content" in line)


#: For each line that `pelican` understands as well, the settings that it makes of it.
LINES = [
    "content",
    "content -t themes/own",
    "-t simple --relative-urls",
    "--theme-path themes/own --cache-path kept",
    'content -s publishconf.py -e SITENAME="Mine" DEFAULT_PAGINATION=3 -o public',
    '--extra-settings STATIC_PATHS=["images"] FEED_ALL_ATOM=null LOAD_CONTENT_CACHE=false',
]


@pytest.mark.parametrize("line", LINES)
def test_it_means_what_the_pelican_command_does(parser: argparse.ArgumentParser, line: str) -> None:
    theirs: dict[str, Any] = pelican.get_config(pelican.parse_arguments(line.split()))
    ours = meant(parser, line).overrides

    cache = {name: str(Path(path).absolute()) for name, path in theirs.items() if name == "CACHE_PATH"}
    assert ours == {name: value for name, value in theirs.items() if name not in ("DEBUG", "OUTPUT_PATH")} | cache


def test_settings_may_be_given_one_by_one(parser: argparse.ArgumentParser) -> None:
    assert meant(parser, "-e A=1 -e B=true").overrides == {"A": 1, "B": True}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("content notes", "folders of content are named twice: content and notes"),
        ("publishconf.py -s settings", "settings files are named twice: settings and publishconf.py"),
        ("-e A", "'A' is not NAME=VALUE"),
        ("-e A=words", "the value of A is not JSON: 'words'. Write A='\"words\"'"),
    ],
)
def test_what_is_wrong_usage(
    parser: argparse.ArgumentParser, capsys: pytest.CaptureFixture[str], line: str, says: str
) -> None:
    with pytest.raises(SystemExit) as end:
        meant(parser, line)

    assert end.value.code == 2
    assert says in capsys.readouterr().err


def test_a_place_that_is_not_there(parser: argparse.ArgumentParser) -> None:
    with pytest.raises(BuildError, match=r"^contents is neither a folder of content nor a settings file"):
        meant(parser, "contents")
