"""TEE: send a copy of packets to another machine. iptables-extensions(8), TEE.

`--oif`, which the man page lacks, names the interface that the copy leaves by; an empty one is as good as none
(observed with iptables-legacy 1.8.9, which also shows it without quotes).
"""

from ....diagnostics.codes.command import BAD_VALUE
from ...extension import CheckFailure, Option, Target
from ...nft import is_readable, quoted
from ...rule import Use
from ...values.base import Family, Text, text
from ...values.older_addresses import numeric_host
from ...values.resolved_addresses import resolved_host


def a_gateway_is_a_machine(use: Use) -> CheckFailure | None:
    """The unspecified address is not a machine to send to."""
    if use.value("gateway") != 0:
        return None
    return CheckFailure(
        BAD_VALUE,
        "the copy needs a destination",
        option="gateway",
        by_kernel=True,
        label="this means any address",
    )


class Device(Text):
    """The name of an interface."""

    def nft(self, value: str, family: Family) -> str:
        return value if is_readable(value) else quoted(value)


tee = Target(
    "TEE",
    Option(
        "gateway",
        resolved_host,
        before={"1.4.11": numeric_host},
        required=True,
        sentence="send the copy to {value}",
        negation_ignored_in="..1.4.10",
        nft="{value}",
    ),
    Option(
        "oif",
        Device(cut_at=15, quoted=False),
        before={"1.4.11": text(max=15, quoted=False)},
        default="",
        sentence="send it by the interface {value}",
        negation_ignored_in="..1.4.10",
        nft="{value}",
    ),
    kernel=(a_gateway_is_a_machine,),
    sentence="send a copy of the packet to another machine, and go on with the next rule",
    nft="dup to {gateway}[ device {oif}]",
)
