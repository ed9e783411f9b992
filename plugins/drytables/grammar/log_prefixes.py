"""The texts that LOG, NFLOG and ULOG put before what they log."""

from __future__ import annotations

from .values import Bad, Family, Text


class LogPrefix(Text):
    """A text of at least one byte and without a line feed, cut silently behind the last byte that fits."""

    def read(self, text: str, family: Family) -> str:
        if not text:
            raise Bad(
                "an empty prefix",
                says="Argument must have a minimum length of 1 characters",
                help="leave the option out to log without a prefix",
            )
        if "\n" in text:
            raise Bad(
                "a prefix has one line",
                says="Newlines not allowed in --log-prefix",
                help="is a quote missing at the end of the line?",
            )
        return super().read(text, family)


def log_prefix(longest: int) -> LogPrefix:
    """A prefix of which the first `longest` bytes are kept."""
    return LogPrefix(cut_at=longest)
