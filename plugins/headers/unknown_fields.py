"""Unknown fields, and fields of other generators that have no equivalent here."""

from __future__ import annotations

import difflib

from drytables.diagnostics.diagnostic import Diagnostic

from .codes import UNKNOWN_FIELD, WITHOUT_MEANING
from .fields import MISSED, all_known
from .header import Text, fault, key_of

#: How alike a name must be to one that is known, from 0 to 1.
_NEAR = 0.72


def near_miss(name: str, known: frozenset[str]) -> str:
    """The field that was probably meant; empty if none is near."""
    found = difflib.get_close_matches(key_of(name), [*all_known(), *sorted(known)], 1, _NEAR)
    if not found:
        return ""
    near = found[0].replace("_", "-") if found[0] == "iptables_needs" else found[0]
    return near.capitalize() if name[:1].isupper() else near


def unknown_field(name: Text, known: frozenset[str], others: int = 0) -> Diagnostic:
    """The warning about one, which is in `others` more files."""
    near = near_miss(name.words, known)
    advice = (
        f"write `{near}`" if near else "if it is meant for the theme or a plugin, name it in the setting KNOWN_FIELDS"
    )
    return fault(
        UNKNOWN_FIELD,
        f"unknown field `{name.words}`",
        name.span,
        f"did you mean `{near}`?" if near else "",
        notes=_elsewhere(others),
        help=advice,
        severity="warning",
    )


def missed_field(name: Text, others: int = 0) -> Diagnostic:
    """The warning about a field that does something for readers elsewhere, and nothing here."""
    return fault(
        WITHOUT_MEANING,
        f"the field `{name.words}` does nothing here",
        name.span,
        notes=_elsewhere(others),
        help=f"{MISSED[key_of(name.words)]}; to silence this, name it in the setting KNOWN_FIELDS",
        severity="warning",
    )


def _elsewhere(others: int) -> tuple[str, ...]:
    if not others:
        return ()
    return (f"it is in {others} more {'file' if others == 1 else 'files'}",)
