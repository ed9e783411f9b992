"""`drytables config`: what holds for a file, and where that is said."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ..configuration.settings import Configuration, Override
from ..configuration.toml_places import Place, Way, places
from ..grammar.history.releases import NEWEST
from .dialects import dialect_by_settings, dialect_of
from .files import STDIN, Unreadable, read
from .jobs import Wanted, configurations_of


class Row(NamedTuple):
    """A setting, its value, and who says so."""

    name: str
    value: str
    origin: str


def show_settings(wanted: Wanted) -> bool:
    """Print what holds for some files or folders; returns whether all could be read. Raises Unusable."""
    complete = True
    for number, name in enumerate(wanted.names or ["."]):
        if not Path(name).exists() and name != STDIN:
            print(f"drytables: {name}: No such file or directory", file=sys.stderr)
            complete = False
            continue
        rows = list(_rows(name, wanted))
        widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
        print(f"{chr(10) * bool(number)}{name}")
        for row in rows:
            print(f"  {row.name:<{widths[0]}}  {row.value:<{widths[1]}}  {row.origin}".rstrip())
    return complete


def _rows(name: str, wanted: Wanted) -> Iterator[Row]:
    configuration = configurations_of(wanted).of("." if name == STDIN else name)
    where = _Where(configuration)
    overrides = configuration.overrides if configuration is not None else ()
    given = [each for each in overrides if each.holds_for(name)]
    yield Row("configuration", configuration.source.path if configuration is not None else "none", "")
    if configuration is not None and name != STDIN and configuration.excludes(name, is_folder=Path(name).is_dir()):
        yield Row("excluded", "yes", where.of(("exclude",)))
    yield _release(given, where, wanted)
    yield _dialect(name, given, where, wanted)
    yield _inline(given, where, wanted)
    yield _advice(given, where)
    if configuration is not None and configuration.baseline:
        yield Row("baseline", configuration.resolved(configuration.baseline), where.of(("baseline",)))
    codes = {code: (level, each) for each in given for code, level in each.codes.items()}
    for code, (level, override) in sorted(codes.items()):
        yield Row(code, level, where.of(("codes", str(code)), override))


def _release(given: list[Override], where: _Where, wanted: Wanted) -> Row:
    if wanted.release is not None:
        return Row("iptables", wanted.release.version, "--iptables")
    said = [each for each in given if each.iptables is not None]
    if said and said[-1].iptables is not None:
        return Row("iptables", said[-1].iptables.version, where.of(("iptables",), said[-1]))
    return Row("iptables", NEWEST, "default")


def _dialect(name: str, given: list[Override], where: _Where, wanted: Wanted) -> Row:
    if wanted.dialect is not None:
        return Row("markdown", wanted.dialect, "--markdown")
    said = [each for each in given if each.markdown is not None]
    if said and said[-1].markdown is not None:
        return Row("markdown", said[-1].markdown, where.of(("markdown",), said[-1]))
    by_site = dialect_by_settings(name)
    if by_site:
        return Row("markdown", by_site, "the settings of the site")
    try:
        text = read(name).text if Path(name).is_file() else ""
    except Unreadable:
        text = ""
    dialect = dialect_of(name, text)
    return Row("markdown", dialect, "default" if dialect == dialect_of(name, "") else "its first line")


def _inline(given: list[Override], where: _Where, wanted: Wanted) -> Row:
    said = [each for each in given if each.inline is not None]
    if wanted.inline is None and said:
        return Row("inline", str(said[-1].inline), where.of(("inline",), said[-1]))
    return Row("inline", wanted.inline or "note", "--inline" if wanted.inline else "default")


def _advice(given: list[Override], where: _Where) -> Row:
    said = [each for each in given if each.advice is not None]
    if not said:
        return Row("advice", "false", "default")
    return Row("advice", str(said[-1].advice).lower(), where.of(("advice",), said[-1]))


class _Where:
    """Where the settings of a configuration are."""

    def __init__(self, configuration: Configuration | None) -> None:
        self.configuration = configuration
        self.places: dict[Way, Place] = places(configuration.source) if configuration is not None else {}

    def of(self, way: Way, override: Override | None = None) -> str:
        """The file, line and column of a setting: one for all files, or that of an override."""
        if self.configuration is None:
            return ""
        source = self.configuration.source
        place = self.places.get((*(override.way if override is not None else self.configuration.way), *way))
        if place is None:
            return source.path
        line, column = source.position(place.key.start)
        return f"{source.path}:{line}:{column}"
