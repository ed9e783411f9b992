"""AUDIT: report packets to the audit daemon. iptables-extensions(8), AUDIT.

Words are accepted in any case, as observed with 1.8.9.
"""

from ...extension import Option, Target
from ...nft import Said
from ...rule import Use
from ...values.base import one_of


def to_the_daemon(use: Use) -> Said:
    """A message to the audit daemon, without what becomes of the packet."""
    return Said("log level audit", notes=("the record does not say what becomes of the packet",))


audit = Target(
    "AUDIT",
    Option(
        "type",
        one_of(
            *("accept", "drop", "reject"),
            says='Bad action type value "{text}"',
            any_case=True,
            said={"accept": "accepted", "drop": "dropped", "reject": "rejected"},
        ),
        required=True,
        sentence="record it as {value}",
    ),
    sentence="report the packet to the audit daemon, and go on with the next rule",
    nft=to_the_daemon,
)
