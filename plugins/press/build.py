"""Builds the site: `python -m press.build SETTINGS OUTPUT`, which `make html` and `make publish` call.

The `pelican` command drops a post that it cannot read, runs on without a plugin that does not load, and exits 0. It
also empties the output before it has read anything. This runs the same Pelican, in this process, but

- a plugin that did not load ends the build, and so does a settings file that does not ask for drytables;
- whatever Pelican logs as an error is shown, and the build goes on, so that all of them are shown, and then fails
  (of a post that it drops, drytables says more than Pelican does);
- a missing folder of posts ends the build, and so does a site without posts if there were some before;
- the site is built beside OUTPUT, in OUTPUT.new, and takes its place only if all went well (output_folder.py);
- one build at a time writes to an OUTPUT, and a second one waits (build_lock.py).

The exit status is 0 if the site was built, 1 if it was not, and 2 for wrong usage. DEBUG=1 in the environment shows
Python's traceback for an error.
"""

import logging
import os
import sys
import traceback
from importlib import import_module
from pathlib import Path
from typing import Any

from pelican import Pelican, signals
from pelican.generators import ArticlesGenerator
from pelican.log import console
from pelican.settings import read_settings

from .build_error import BuildError
from .build_lock import only_build_of
from .output_folder import OutputFolder

GATEKEEPER = "drytables"


class ErrorsToTerminal(logging.Handler):
    """Shows Pelican's warnings and errors as plain lines on standard error, and counts the errors.

    Errors that the gatekeeper explains better wait in `left_to_gatekeeper`: it ends the build once it has done so.
    """

    REPORTED_BY_GATEKEEPER = ("Could not process %s", "Skipping %s: ", "Unknown status '%s' for file %s, ")

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.errors = 0
        self.left_to_gatekeeper: list[tuple[str, BaseException | None]] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Show one record, with the exception that caused it, if one is being handled: Pelican leaves it out."""
        message = " ".join(record.getMessage().split("\n"))
        if record.levelno < logging.ERROR:
            print(f"warning: {message}", file=sys.stderr)
            return
        self.errors += 1
        cause = record.exc_info[1] if record.exc_info else sys.exc_info()[1]
        if record.msg.startswith(self.REPORTED_BY_GATEKEEPER):
            self.left_to_gatekeeper.append((message, cause))
        else:
            report(message, cause)


def report(message: str, cause: BaseException | None = None) -> None:
    """Show one error on standard error: what happened, and what Python says about the cause."""
    line = f"{message}: {reason(cause)}" if cause and str(cause) not in message else message
    print(f"error: {line}", file=sys.stderr)
    if cause and os.environ.get("DEBUG"):
        traceback.print_exception(cause)


def reason(cause: BaseException) -> str:
    """Return an exception as one line, with the place in this project that it came from."""
    line = f"{type(cause).__name__}: {cause}" if str(cause) else type(cause).__name__
    for frame in reversed(traceback.extract_tb(cause.__traceback__)):
        path = Path(frame.filename)
        if path.is_relative_to(Path.cwd()) and ".venv" not in path.parts and path != Path(__file__):
            return f"{line} ({path.relative_to(Path.cwd())}:{frame.lineno})"
    return line


def load(settings_file: Path, output: Path) -> Pelican:
    """Return a Pelican that has loaded its plugins and will write to `output`.

    Raises BuildError if one of them did not load, or if drytables is not among them.
    """
    if not settings_file.is_file():
        raise BuildError(f"the settings file {settings_file} does not exist")
    settings: dict[str, Any] = read_settings(str(settings_file), override={"OUTPUT_PATH": str(output)})
    wanted = [str(plugin) for plugin in settings.get("PLUGINS") or []]
    if GATEKEEPER not in wanted:
        raise BuildError(
            f"{GATEKEEPER} is not in PLUGINS of {settings_file}: no iptables command would be checked. "
            f'Add "{GATEKEEPER}" to PLUGINS'
        )
    pelican = Pelican(settings)
    loaded = set(pelican.settings["PLUGINS"])
    missing = [plugin for plugin in wanted if plugin not in loaded and f"pelican.plugins.{plugin}" not in loaded]
    if missing:
        plugins = "plugin" if len(missing) == 1 else "plugins"
        raise BuildError(f"the {plugins} {' and '.join(missing)} could not be loaded; see the error above")
    return pelican


class PostCount:
    """How many posts Pelican has read, including drafts and hidden ones."""

    def __init__(self) -> None:
        self.count = 0
        signals.article_generator_finalized.connect(self.add)

    def add(self, generator: ArticlesGenerator) -> None:
        """Add the posts of a generator to the count."""
        for posts in (generator.articles, generator.hidden_articles, generator.drafts):
            self.count += len(posts)


def refuse_missing_folders(settings: dict[str, Any], settings_file: Path) -> None:
    """Raise BuildError for a missing folder of posts or pages: Pelican would build a site without them."""
    for setting in ("ARTICLE_PATHS", "PAGE_PATHS"):
        for name in settings[setting]:
            folder = Path(settings["PATH"], name)
            try:
                folder.lstat()
            except OSError as error:
                raise BuildError(
                    f"{in_project(folder)} cannot be read: {error.strerror}. It is listed in {setting} of "
                    f"{settings_file}: create the folder, or remove it from there"
                ) from None


def refuse_to_lose_posts(settings: dict[str, Any], folder: OutputFolder) -> None:
    """Raise BuildError if the site in place has posts; called when the new site has none."""
    gone = folder.posts(settings["ARTICLE_SAVE_AS"], retained(settings))
    if gone:
        searched = " and ".join(str(in_project(Path(settings["PATH"], name))) for name in settings["ARTICLE_PATHS"])
        raise BuildError(
            f"no post was found in {searched or 'ARTICLE_PATHS, which is empty'}, but {folder.shown}/ has "
            f"{len(gone)}, such as {gone[0]}. Put the posts back, or fix the setting that excludes them. For a site "
            f"without posts, empty {folder.shown}/ first (make clean)"
        )


def retained(settings: dict[str, Any]) -> list[str]:
    """Return the names in the output that stay there. `(".git")`, which lacks its comma, is read as it was meant."""
    names = settings["OUTPUT_RETENTION"]
    return [names] if isinstance(names, str) else [str(name) for name in names]


def in_project(path: Path) -> Path:
    """Return a path as the user knows it: relative to the folder they are in, if it is below."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def build(settings_file: Path, output: Path) -> None:
    """Build the site that `settings_file` describes into `output`, which stays unchanged if that fails.

    Raises BuildError, or SystemExit from a plugin that has itself reported why it stops.
    """
    folder = OutputFolder(output)
    with only_build_of(folder.real, folder.shown):
        terminal = ErrorsToTerminal()
        logging.getLogger().addHandler(terminal)
        console.quiet = True
        try:
            pelican = load(settings_file, folder.prepare())
            run(pelican, settings_file, folder, terminal)
            folder.replace(retained(pelican.settings))
            import_module(f"{GATEKEEPER}.pelican_plugin.signals").conclude(pelican)
        finally:
            logging.getLogger().removeHandler(terminal)
            folder.clear_up()


def run(pelican: Pelican, settings_file: Path, folder: OutputFolder, terminal: ErrorsToTerminal) -> None:
    """Let Pelican write the site, and keep the gatekeeper's last line until the site is in place.

    Raises BuildError if the site must not replace the previous one.
    """
    settings = pelican.settings
    names = ("", *settings["ARTICLE_PATHS"], *settings["PAGE_PATHS"], *settings["STATIC_PATHS"])
    for source in (settings_file, __file__, settings["THEME"], *(Path(settings["PATH"], name) for name in names)):
        folder.refuse_to_hold(Path(source))
    refuse_missing_folders(settings, settings_file)
    posts = PostCount()
    signals.finalized.disconnect(import_module(f"{GATEKEEPER}.pelican_plugin.signals").conclude)
    pelican.run()
    for message, cause in terminal.left_to_gatekeeper:
        report(message, cause)
    if terminal.errors:
        raise BuildError("the site was not built" + (f"; {folder.shown}/ is unchanged" if folder.real.exists() else ""))
    if not posts.count:
        refuse_to_lose_posts(settings, folder)


def main(arguments: list[str]) -> int:
    """Build as the command line says and return the exit status."""
    if len(arguments) != 2:
        print("usage: python -m press.build SETTINGS OUTPUT", file=sys.stderr)
        return 2
    try:
        build(Path(arguments[0]), Path(arguments[1]))
    except KeyboardInterrupt:
        return 130
    except BuildError as error:
        report(str(error))
        return 1
    except Exception as error:
        report("the site could not be built", error)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
