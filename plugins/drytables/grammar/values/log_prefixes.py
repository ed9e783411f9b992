"""The texts that LOG, NFLOG and ULOG put before what they log."""

from __future__ import annotations

from ..nft import quoted_prefix
from .base import Family, InvalidValue, Text
from .wording import Context, quoted


class LogPrefix(Text):
    """A text of at least one byte, without a line feed unless it may have `lines`; what does not fit is silently cut
    off (`cut_at`) or refused (`max`).
    """

    def __init__(
        self, max: int | None = None, cut_at: int | None = None, lines: bool = False, bang: bool = True
    ) -> None:
        super().__init__(max=max, cut_at=cut_at, bang=bang)
        self.lines = lines

    def read(self, text: str, family: Family) -> str:
        if not text:
            raise InvalidValue(
                "empty prefix",
                says="Argument must have a minimum length of 1 characters",
                help="remove the option to log without a prefix",
            )
        if "\n" in text and not self.lines:
            raise InvalidValue(
                "a prefix must be a single line",
                says="Newlines not allowed in --log-prefix",
                help="is a quote missing at the end of the line?",
            )
        return super().read(text, family)

    def nft(self, value: str, family: Family) -> str:
        return quoted_prefix(value)

    def say(self, value: str, context: Context) -> str:
        """Always between quotation marks, as it may end with a space."""
        said = super().say(value, context)
        return said if said.startswith('"') else said.replace(value, quoted(value), 1)


def log_prefix(longest: int) -> LogPrefix:
    """A prefix of which the first `longest` bytes are kept."""
    return LogPrefix(cut_at=longest)


def whole_log_prefix(longest: int, lines: bool = False) -> LogPrefix:
    """A prefix of at most `longest` bytes, as releases before 1.4.11 accept it, and those before 1.3.2 with `lines`."""
    return LogPrefix(max=longest, lines=lines, bang=False)
