"""tos: the Type of Service field. iptables-extensions(8), tos."""

from ...extension import Match, Option
from ...type_of_service import TypeOfService

tos = Match(
    "tos",
    Option(
        "tos",
        TypeOfService(),
        required=True,
        negatable=True,
        sentence="the field is {not }{value} (behind the slash: the bits that are looked at)",
    ),
    strict_since="1.4.11",
    sentence="look at the Type of Service field of the IP header",
)
