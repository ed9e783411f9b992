"""tos: the Type of Service field. iptables-extensions(8), tos."""

from ...extension import Match, Option
from ...values.type_of_service import type_of_service, unmasked_type_of_service

tos = Match(
    "tos",
    Option(
        "tos",
        type_of_service,
        before={"1.4.2": unmasked_type_of_service},
        required=True,
        negatable=True,
        sentence="the field is {not }{value} (after the slash: the bits that are compared)",
    ),
    table_since="1.4.11",
    looks_at="changeable",
    sentence="look at the Type of Service field of the IP header",
)
