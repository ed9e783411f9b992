"""connlabel: labels of a connection. iptables-extensions(8), connlabel.

A label is saved in double quotes, by its number if the reader's /etc/xtables/connlabel.conf has no name for it
(observed with iptables-legacy 1.8.9). The kernel has 128 labels.
"""

from __future__ import annotations

from ....diagnostics.codes.command import BAD_VALUE
from ....reading.need import Need
from ....reading.pattern import pattern
from ...extension import CheckFailure, Match, Option
from ...rule import Use
from ...values.addresses import Name
from ...values.base import Family, InvalidValue, Value, number, wrapping_number
from ...values.wording import Context

_NAME = pattern(r"[A-Za-z_]\S*")
_LABELS = 128
#: iptables reads a number of 64 bits into a signed one of 32, and keeps 16 bits of it.
_SIGN = 1 << 31


class Label(Value):
    """A label by its number, or by a name that the reader's machine knows."""

    synopsis = "LABEL"

    def read(self, text: str, family: Family) -> int | Name:
        value = wrapping_number(text)
        if value is not None and not value & _SIGN:
            return value & 0xFFFF
        if _NAME.fullmatch(text):
            return Name(text)
        says = (
            f"label '{text}' not found or invalid value"
            if text
            else "Argument must have a minimum length of 1 characters"
        )
        raise InvalidValue("neither a label's number nor a name", says=says)

    def write(self, value: int | Name, family: Family) -> str:
        return f'"{value}"'

    def say(self, value: int | Name, context: Context) -> str:
        if isinstance(value, Name) or number(context.typed) == value:
            return str(value)
        return f"{value} (what 16 bits leave of {context.typed.strip()})"

    def needs(self, value: int | Name) -> list[Need]:
        return [Need("connlabel", str(value))] if isinstance(value, Name) else []


def label_fits(use: Use) -> CheckFailure | None:
    """The kernel has a fixed number of labels."""
    label = use.value("label")
    if not isinstance(label, int) or label < _LABELS:
        return None
    return CheckFailure(
        BAD_VALUE,
        f"there are {_LABELS} labels, 0 to {_LABELS - 1}",
        option="label",
        by_kernel=True,
        says="Numerical result out of range.",
    )


def on_the_connection(use: Use) -> str:
    """A label, which is added first if that is asked for."""
    label, negated = use.value("label"), use.negated("label")
    asked = f"ct label and {label} != {label}" if negated else f"ct label {label}"
    return f"ct label set {label} {asked}" if use.has("set") else asked


connlabel = Match(
    "connlabel",
    Option(
        "label", Label(), required=True, negatable=True, sentence="the connection {has|does not have} the label {value}"
    ),
    Option("set", sentence="add the label if it is missing"),
    table_since="1.4.19.1",
    kernel=(label_fits,),
    sentence="look at the labels of the connection",
    nft=on_the_connection,
)
