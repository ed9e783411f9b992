"""Builds the site: `python plugins/builder.py SETTINGS OUTPUT`, which is what `make html` and `make publish` call.

The `pelican` command drops a post that it cannot read, runs on without a plugin that does not load, and exits 0. It
also empties the output before it has read anything. This runs the same Pelican, in this process, but

- a plugin that did not load ends the build, and so does a settings file that does not ask for drytables;
- whatever Pelican logs as an error is shown, and the build goes on, so that all of them are shown, and then fails
  (of a post that it drops, drytables says more than Pelican does);
- the site is built beside OUTPUT, in OUTPUT.new, and takes its place only when all went well.

The exit status is 0 for a site that was built, 1 for one that was not, 2 for a wrong call. DEBUG=1 in the environment
shows Python's traceback for an error.
"""

import logging
import os
import shutil
import sys
import traceback
from pathlib import Path
from typing import Any

from pelican import Pelican
from pelican.log import console
from pelican.readers import MarkdownReader
from pelican.settings import read_settings

GATEKEEPER = "drytables"
GATEKEEPER_READS = tuple(f".{extension}" for extension in MarkdownReader.file_extensions)


class BuildError(Exception):
    """The site cannot be built; the message says why, and what to do."""


class ErrorsToTerminal(logging.Handler):
    """Shows Pelican's warnings and errors as plain lines on standard error, and counts the errors."""

    REPORTED_BY_GATEKEEPER = ("Could not process %s", "Skipping %s: ")

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.errors = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Show one record, with the exception that caused it, if one is being handled: Pelican leaves it out."""
        message = " ".join(record.getMessage().split("\n"))
        if record.levelno < logging.ERROR:
            print(f"warning: {message}", file=sys.stderr)
            return
        self.errors += 1
        source = str(record.args[0]) if isinstance(record.args, tuple) and record.args else ""
        if record.msg.startswith(self.REPORTED_BY_GATEKEEPER) and source.endswith(GATEKEEPER_READS):
            return
        cause = record.exc_info[1] if record.exc_info else sys.exc_info()[1]
        report(message, cause)


def report(message: str, cause: BaseException | None = None) -> None:
    """Show one error on standard error: what happened, and what Python says of the cause."""
    said = f"{message}: {reason(cause)}" if cause and str(cause) not in message else message
    print(f"error: {said}", file=sys.stderr)
    if cause and os.environ.get("DEBUG"):
        traceback.print_exception(cause)


def reason(cause: BaseException) -> str:
    """Return an exception in one line, with the place in this project that it came from."""
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
        raise BuildError(f"there is no settings file {settings_file}")
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
        raise BuildError(f"without the plugin {' and '.join(missing)} nothing is built; the error above says why")
    return pelican


def build(settings_file: Path, output: Path) -> None:
    """Build the site that `settings_file` describes into `output`, which stays as it was if that fails.

    Raises BuildError, or SystemExit from a plugin that has said itself why it stops.
    """
    if Path.cwd().is_relative_to(output.absolute()) or (output.exists() and not output.is_dir()):
        raise BuildError(f"{output} cannot be replaced by a site; name a folder of its own")
    fresh, previous = (output.with_name(output.name + ending) for ending in (".new", ".old"))
    if previous.exists() and not output.exists():
        previous.rename(output)  # an earlier run was killed between the two renames below
    for leftover in (fresh, previous):
        shutil.rmtree(leftover, ignore_errors=True)
    terminal = ErrorsToTerminal()
    logging.getLogger().addHandler(terminal)
    console.quiet = True
    try:
        fresh.mkdir(parents=True)
        load(settings_file, fresh).run()
        if terminal.errors:
            raise BuildError("the site was not built" + (f"; {output}/ is as it was" if output.exists() else ""))
        if output.exists():
            output.rename(previous)
        fresh.rename(output)
        shutil.rmtree(previous, ignore_errors=True)
    finally:
        logging.getLogger().removeHandler(terminal)
        shutil.rmtree(fresh, ignore_errors=True)


def main(arguments: list[str]) -> int:
    """Build as the command line says and return the exit status."""
    if len(arguments) != 2:
        print("usage: python plugins/builder.py SETTINGS OUTPUT", file=sys.stderr)
        return 2
    try:
        build(Path(arguments[0]), Path(arguments[1]))
    except KeyboardInterrupt:
        return 130
    except BuildError as error:
        report(str(error))
        return 1
    except Exception as error:
        report("the site cannot be built", error)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
