"""Builds a site: `press build`, which `make html` and `make publish` call.

The `pelican` command drops a post that it cannot read, runs on without a plugin that does not load, and exits 0. It
also empties the output before it has read anything. This runs the same Pelican, in this process, but

- a plugin that did not load ends the build, and so do settings that do not ask for a required plugin;
- whatever Pelican logs as an error is shown, and the build goes on, so that all of them are shown, and then fails;
- a missing folder of posts ends the build, and so does a site without posts if there were some before;
- the site is built beside OUTPUT, in OUTPUT.new, and takes its place only if all went well (output_folder.py);
- one build at a time writes to an OUTPUT, and a second one waits (build_lock.py).

The exit status is 0 if the site was built, 1 if it was not, and 2 for wrong usage. DEBUG=1 in the environment shows
Python's traceback for an error.
"""

import argparse
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pelican import signals
from pelican.settings import read_settings

from .build_error import BuildError
from .build_lock import only_build_of
from .command_line import add_arguments, parse
from .output_folder import OutputFolder
from .progress import begin
from .project import in_project
from .reports import errors_on_terminal, report
from .site.loading import load
from .site.opened import naming_files
from .site.processes import spare_from_search
from .site.round import read
from .site.spare import Spare
from .standard_streams import say

#: What is said to the author of a site that Pelican has always built without what is at fault.
_WAY_OUT = ". Mend this, or build without it, as the pelican command does: press build --allow-errors"


def refuse_to_lose_posts(settings: dict[str, Any], folder: OutputFolder, *, unlisted: int) -> None:
    """Raise BuildError if the site in place has posts; called when the new site lists none, but perhaps some that are
    drafts, or hidden.
    """
    others = [value for name, value in settings.items() if name.endswith("_SAVE_AS")]
    gone = folder.posts(settings["ARTICLE_SAVE_AS"], retained(settings), others)
    if gone:
        searched = " and ".join(str(in_project(Path(settings["PATH"], name))) for name in settings["ARTICLE_PATHS"])
        found = "no post but drafts and hidden ones" if unlisted else "no post"
        raise BuildError(
            f"{found} was found in {searched or 'ARTICLE_PATHS, which is empty'}, but {folder.shown}/ has "
            f"{len(gone)}, such as {gone[0]}. Put the posts back, or fix the setting that excludes them. For a site "
            f"without posts, empty {folder.shown}/ first (make clean)"
        )


def retained(settings: dict[str, Any]) -> list[str]:
    """Return the names in the output that stay there. `(".git")`, a string for want of a comma, is read as a tuple.

    Raises BuildError if the setting has no names.
    """
    names = settings["OUTPUT_RETENTION"]
    if isinstance(names, str):
        return [names]
    if not isinstance(names, list | tuple | set | frozenset) or not all(isinstance(name, str) for name in names):
        raise BuildError(
            f'OUTPUT_RETENTION is {names!r}. It has to be a list of names in the output, such as [".git"], or []'
        )
    return [*names]


def _hold_posts(_: object) -> None:
    """Do not search the posts for garbage, now that they are read: a build has one round, and needs them to its end."""
    spare_from_search()


def build(
    settings_file: Path,
    output: Path,
    required: Collection[str] = (),
    overrides: Mapping[str, Any] = MappingProxyType({}),
    *,
    allows_errors: bool = False,
) -> None:
    """Build the site that `settings_file` describes into `output`, which stays unchanged if that fails. `overrides` are
    settings in place of those in the file. What Pelican logs as an error and leaves out is a failure, unless
    `allows_errors`.

    Raises BuildError, or SystemExit from a plugin that has itself reported why it stops.
    """
    folder = OutputFolder(output)
    with only_build_of(folder.real, folder.shown) as is_locked, errors_on_terminal() as errors:
        try:
            with naming_files():
                fresh = folder.prepare(is_locked=is_locked)
                reading = load(settings_file, fresh, required, overrides=overrides, place=folder.real)
                staying = retained(reading.settings)
                for source in sources(settings_file, reading.settings):
                    folder.refuse_to_hold(source)
                signals.article_generator_pretaxonomy.connect(_hold_posts)
                done = read(reading, errors)
                if errors.count and not allows_errors:
                    unchanged = f"; {folder.shown}/ is unchanged" if folder.real.exists() else ""
                    raise BuildError(f"the site was not built{unchanged}{'' if required else _WAY_OUT}")
                if not done.listed:
                    refuse_to_lose_posts(reading.settings, folder, unlisted=done.posts)
                put_in_place(folder, staying, reading.spare)
            say(done.said)
        finally:
            folder.clear_up()


def put_in_place(folder: OutputFolder, retained: Collection[str], spare: Spare | None) -> None:
    """Put a new site in place, and keep the previous one as the spare if possible.

    Raises BuildError or OSError as OutputFolder does.
    """
    if spare is None:
        folder.make_ready(retained)
        folder.replace(retained)
        return
    folder.make_ready(retained, *spare.same(folder.fresh, folder.real))
    spare.note_ready(folder.fresh)
    spare.keep(folder.replace(retained), folder.real)
    spare.close()


def sources(settings_file: Path, settings: dict[str, Any]) -> Iterator[Path]:
    """What a site is built from."""
    yield from (settings_file, Path(__file__), Path(settings["THEME"]))
    for name in ("", *settings["ARTICLE_PATHS"], *settings["PAGE_PATHS"], *settings["STATIC_PATHS"]):
        yield Path(settings["PATH"], name)


def main(arguments: list[str]) -> int:
    """Build as the command line says and return the exit status."""
    parser = argparse.ArgumentParser(
        "press build",
        description="Builds a Pelican site beside its output folder, and exchanges the two when it is whole.",
    )
    add_arguments(parser)
    parser.add_argument("-o", "--output", type=Path, metavar="FOLDER", help="in place of OUTPUT_PATH in the settings")
    parser.add_argument(
        "-d",
        "--delete-output-directory",
        action="store_true",
        help="makes no difference: nothing stale stays in any case",
    )
    parser.add_argument(
        "--require", action="append", default=[], metavar="PLUGIN", help="do not build the site without this plugin"
    )
    parser.add_argument(
        "--allow-errors", action="store_true", help="build the site without what Pelican logs as an error and skips"
    )
    try:
        wanted, (settings_file, overrides) = parse(parser, arguments)
        begin()
        output = wanted.output.expanduser() if wanted.output else output_of(settings_file, overrides)
        build(settings_file, output, wanted.require, overrides, allows_errors=wanted.allow_errors)
    except BuildError as error:
        report(str(error))
        return 1
    except Exception as error:
        report("the site could not be built", error)
        return 1
    return 0


def output_of(settings_file: Path, overrides: Mapping[str, Any] = MappingProxyType({})) -> Path:
    """Return the output folder that the settings, some of them replaced by `overrides`, name. Raises BuildError if
    there is no settings file, and whatever that raises.
    """
    if not settings_file.is_file():
        raise BuildError(f"the settings file {settings_file} does not exist")
    with errors_on_terminal(), naming_files():
        settings = read_settings(str(settings_file), dict(overrides))
    return in_project(Path(settings["OUTPUT_PATH"]))
