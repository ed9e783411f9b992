"""TOS: change the Type of Service field, the traffic class of IPv6. iptables-extensions(8), TOS.

Observed with iptables-legacy 1.8.9: whichever option is given, `--set-tos` is printed.
"""

from collections.abc import Sequence

from ...checks import needs_one_of
from ...extension import Option, Target
from ...rule import Use
from ...values.base import Hexadecimal
from ...values.type_of_service import type_of_service, unmasked_type_of_service

_bits = Hexadecimal(0xFF, digits=2)


def saved(use: Use) -> Sequence[str]:
    """Any operation, as bits to clear and bits to flip."""
    name = next(iter(use.settings))
    given = use.value(name)
    if name != "set-tos":
        given = {"and-tos": (0, given ^ 0xFF), "or-tos": (given, given), "xor-tos": (given, 0)}[name]
    return ["--set-tos", type_of_service.write(given, use.rule.family)]


tos = Target(
    "TOS",
    Option(
        "set-tos",
        type_of_service,
        before={"1.4.2": unmasked_type_of_service},
        excludes="and-tos or-tos xor-tos",
        sentence="set it to {value}",
    ),
    Option("and-tos", _bits, excludes="or-tos xor-tos", sentence="keep only the bits {value}"),
    Option("or-tos", _bits, excludes="xor-tos", sentence="set the bits {value}"),
    Option("xor-tos", _bits, sentence="flip the bits {value}"),
    checks=(needs_one_of("set-tos", "and-tos", "or-tos", "xor-tos", says="TOS: An action is required"),),
    tables="mangle",
    saved=saved,
    sentence="change the packet's Type of Service",
)
