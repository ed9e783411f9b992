"""What goes wrong in a round, which goes on all the same: as a terminal would show it, and as the errors themselves."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr

from pelican.writers import FileOverwriteFailedError

from ..build_error import BuildError
from ..reports import Errors, errors_on_terminal, report


class Terminal(io.StringIO):
    """Standard error for the time of a round: what is written is kept, and has colours if the real one would."""

    def __init__(self, has_colours: bool) -> None:
        super().__init__()
        self.has_colours = has_colours

    def isatty(self) -> bool:
        """Whether colours are welcome."""
        return self.has_colours


class Account:
    """What went wrong in the last block whose errors were `kept`: the error that ended it, if one did (`failed`), those
    that plugins met and that ended nothing (`told`), and what Pelican logged as `errors`.
    """

    def __init__(self, *, has_colours: bool) -> None:
        """Take whether reports are to have colours."""
        self._has_colours = has_colours
        self.failed: BaseException | None = None
        self.told: list[BaseException] = []
        self.errors = Errors()

    @contextmanager
    def kept(self) -> Iterator[Terminal]:
        """Give account of a block, of which no error comes out."""
        terminal = Terminal(self._has_colours)
        self.failed, self.told = None, []
        with redirect_stderr(terminal), errors_on_terminal() as self.errors:
            try:
                yield terminal
            except (Exception, SystemExit) as error:
                self.failed = error
                if error not in self.told:
                    _tell(error)

    def go_on(self, error: BaseException) -> None:
        """Note what stopped a round that goes on all the same."""
        if isinstance(error, SystemExit):
            self.errors.forget_waiting()  # who ends a build has reported them
        elif isinstance(error, FileOverwriteFailedError) and self.errors.count:
            return  # a plugin may have said it better; if not, it is reported when the rest is fixed
        elif any(type(each) is type(error) and str(each) == str(error) for each in self.told):
            return  # another plugin has met the same
        self.errors.count += 1
        self.told.append(error)
        _tell(error)


def _tell(error: BaseException) -> None:
    """Report what ended a round, or would have; a plugin that raises SystemExit may have done so itself."""
    if isinstance(error, BuildError):
        report(str(error))
    elif not isinstance(error, SystemExit):
        report("the site could not be built", error)
    elif isinstance(error.code, str):
        report(error.code.removeprefix("error: "))
