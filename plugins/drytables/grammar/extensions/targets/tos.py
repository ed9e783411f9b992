"""TOS: change the Type of Service field, the traffic class of IPv6. iptables-extensions(8), TOS.

Observed with iptables-legacy 1.8.9: whichever option is given, `--set-tos` is printed.
"""

from collections.abc import Sequence

from ...checks import needs_one_of
from ...extension import Option, Target
from ...nft import network_word
from ...rule import Setting, Use
from ...values.base import Hexadecimal
from ...values.marks import setting_in_words
from ...values.type_of_service import type_of_service, unmasked_type_of_service

_bits = Hexadecimal(0xFF, digits=2)


def field_changed(use: Use, setting: Setting) -> str:
    """What `--set-tos` does: the bits of a mask are cleared, and then those of the value flipped."""
    typed = setting.words[-1].text
    if setting.told is None or typed[:1].isalpha():
        return "set the field to {value}"
    return setting_in_words("the field", setting.told, typed, flips=True, whole=0xFF)


def saved(use: Use) -> Sequence[str]:
    """Any operation, as bits to clear and bits to flip."""
    name = next(iter(use.settings))
    given = use.value(name)
    if name != "set-tos":
        given = {"and-tos": (0, given ^ 0xFF), "or-tos": (given, given), "xor-tos": (given, 0)}[name]
    return ["--set-tos", type_of_service.write(given, use.rule.family)]


def in_the_byte(use: Use) -> str:
    """The six bits of the code point and the two of congestion, which nft sets apart."""
    name = next(iter(use.settings))
    given = use.value(name)
    value, mask = {
        "set-tos": given, "and-tos": (0, given, ), "or-tos": (given, given), "xor-tos": (given, 0),
    }[name]  # fmt: skip
    if name == "and-tos":
        mask = given ^ 0xFF
    header = network_word(use.rule.family)
    words = [
        _nft_bits(f"{header} dscp", value >> 2, mask >> 2, 0x3F),
        _nft_bits(f"{header} ecn", value & 3, mask & 3, 3),
    ]
    return " ".join(filter(None, words))


def _nft_bits(field: str, value: int, mask: int, all_bits: int) -> str:
    """A part of the byte: the bits of the mask cleared, then those of the value flipped, one after the other.

    nft 1.1.3 takes both at once, and flips other bits.
    """
    if mask == all_bits:
        return f"{field} set {value:#04x}" if all_bits > 3 else f"{field} set {value}"
    if value == mask:
        return f"{field} set {field} or {value:#04x}" if value else ""
    words = [f"{field} set {field} and {mask ^ all_bits:#04x}"] if mask else []
    words += [f"{field} set {field} xor {value:#04x}"] if value else []
    return " ".join(words)


tos = Target(
    "TOS",
    Option(
        "set-tos",
        type_of_service,
        before={"1.4.2": unmasked_type_of_service},
        excludes="and-tos or-tos xor-tos",
        sentence=field_changed,
    ),
    Option("and-tos", _bits, excludes="or-tos xor-tos", sentence="keep only the bits {value} of the field"),
    Option("or-tos", _bits, excludes="xor-tos", sentence="set the bits {value} in the field"),
    Option("xor-tos", _bits, sentence="flip the bits {value} of the field"),
    checks=(needs_one_of("set-tos", "and-tos", "or-tos", "xor-tos", says="TOS: An action is required"),),
    tables="mangle",
    saved=saved,
    sentence="change the packet's Type of Service",
    nft=in_the_byte,
)
