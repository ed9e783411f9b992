"""Which site is meant: the options that `press build` and `press serve` share with the `pelican` command."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from .build_error import BuildError

_USUAL = Path("pelicanconf.py")


class Meant(NamedTuple):
    """A site, by its settings file and the settings that hold in place of those of the file."""

    settings_file: Path
    overrides: dict[str, Any]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what says which site is meant, to be parsed by `parse`."""
    parser.add_argument(
        "places",
        nargs="*",
        metavar="CONTENT",
        help="the folder of the content, in place of PATH in the settings; a file is taken for that of the settings",
    )
    parser.add_argument(
        "-s", "--settings", type=Path, metavar="FILE", help=f"the settings; {_USUAL} unless something else is named"
    )
    parser.add_argument("-t", "--theme-path", metavar="THEME", help="a theme, in place of THEME in the settings")
    parser.add_argument(
        "-e",
        "--extra-settings",
        nargs="+",
        action="extend",
        default=[],
        type=_setting,
        metavar="NAME=VALUE",
        help="settings in place of those in the file, each with its value in JSON: SITENAME='\"Mine\"'",
    )
    parser.add_argument("--relative-urls", action="store_true", help="set RELATIVE_URLS")
    parser.add_argument("--cache-path", metavar="FOLDER", help="in place of CACHE_PATH in the settings")


def parse(parser: argparse.ArgumentParser, arguments: Sequence[str]) -> tuple[argparse.Namespace, Meant]:
    """Return what some arguments say, and which site they mean. Ends the program if they are wrong.

    Raises BuildError if a place that they name is not there.
    """
    wanted = parser.parse_intermixed_args(arguments)
    files, folders = [wanted.settings] if wanted.settings else [], []
    for place in (Path(each).expanduser() for each in wanted.places):
        if place.is_dir():
            folders.append(place)
        elif place.is_file() or place.suffix == ".py":
            files.append(place)
        else:
            raise BuildError(f"{place} is neither a folder of content nor a settings file; name one that is there")
    for what, named in (("settings files", files), ("folders of content", folders)):
        if len(named) > 1:
            parser.error(f"{what} are named twice: {' and '.join(map(str, named))}. Name one of them")
    overrides = dict(wanted.extra_settings)
    if folders:
        overrides["PATH"] = str(folders[0].absolute())
    if wanted.theme_path:
        theme = Path(wanted.theme_path).expanduser()
        overrides["THEME"] = str(theme.absolute()) if theme.exists() else wanted.theme_path
    if wanted.relative_urls:
        overrides["RELATIVE_URLS"] = True
    if wanted.cache_path:
        overrides["CACHE_PATH"] = str(Path(wanted.cache_path).expanduser().absolute())
    return wanted, Meant(files[0] if files else _USUAL, overrides)


def _setting(text: str) -> tuple[str, Any]:
    """A setting as `NAME=VALUE`. Raises ArgumentTypeError."""
    name, sign, value = text.partition("=")
    if not sign or not name:
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=VALUE")
    try:
        return name, json.loads(value)
    except json.JSONDecodeError:
        raise argparse.ArgumentTypeError(
            f"the value of {name} is not JSON: {value!r}. Write {name}='\"words\"', {name}=true, {name}=null, {name}=5"
        ) from None
