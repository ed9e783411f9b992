"""Which names a chain may have. From iptables(8), and from iptables-legacy 1.8.9 as observed."""

from __future__ import annotations

from ..diagnostics.codes.command import BAD_CHAIN_NAME
from ..diagnostics.diagnostic import Diagnostic, Label
from ..grammar.builtin import LONGEST_NAME, STANDARD_TARGETS
from ..grammar.catalogue import find_target
from ..grammar.history.releases import Release, extension_spans
from ..grammar.values.base import Family
from ..reading.word import Word
from .messages import iptables_says

#: No character has more bytes than this in UTF-8.
_BYTES_OF_A_LETTER = 4

#: Before this release a name could be one byte longer.
_SHORTER_SINCE = Release("1.4.10")
#: The first release that refused a space in a name.
_NO_BLANKS_SINCE = Release("1.4.21")
#: The first release that refused a `-`, or a target's name; and the first that refused a `!`.
_CHECKED_SINCE = {"-": "1.2.7", "!": "1.3.2"}


def longest_name(release: Release) -> int:
    """How many bytes a chain name may have in a release."""
    return LONGEST_NAME if release >= _SHORTER_SINCE else LONGEST_NAME + 1


def is_target(name: str, family: Family, release: Release) -> bool:
    """Whether -j takes a name for a target, not a chain; the target of the built-in verdicts has the empty name."""
    return (
        name in ("", "standard", *STANDARD_TARGETS)
        or find_target(name, family) is not None
        or release.is_in(extension_spans("target", name, family))
    )


def too_long(word: Word, release: Release) -> Diagnostic | None:
    """The diagnostic for a name that is too long for a chain."""
    if len(word.text) * _BYTES_OF_A_LETTER <= LONGEST_NAME:
        return None
    size = len(word.text.encode(errors="surrogateescape"))
    if word.holes or size <= LONGEST_NAME or size <= (longest := longest_name(release)):
        return None
    return Diagnostic(
        BAD_CHAIN_NAME,
        f"the chain name is too long: {size} bytes",
        Label(word.span, f"at most {longest} bytes"),
        quote=iptables_says(f"chain name `{word.text}' too long (must be under {longest + 1} chars)"),
    )


def bad_new_name(word: Word, family: Family, release: Release) -> Diagnostic | None:
    """The diagnostic for a name that no new chain can have."""
    name = word.text
    long = too_long(word, release)
    if word.holes or long:
        return long
    says = ""
    if name[:1] in _CHECKED_SINCE:
        if release >= Release(_CHECKED_SINCE[name[0]]):
            says = f"chain name not allowed to start with `{name[0]}'"
    elif is_target(name, family, release) and release >= Release(_CHECKED_SINCE["-"]):
        says = "chain name may not clash with target name"
    if not says and any(letter in " \t\n\v\f\r" for letter in name) and release >= _NO_BLANKS_SINCE:
        says = f"Invalid chain name `{name}'"
    if not says:
        return None
    shown = f"`{name}` is not a valid chain name" if name else "a chain must have a name"
    return Diagnostic(BAD_CHAIN_NAME, shown, Label(word.span), quote=iptables_says(says))
