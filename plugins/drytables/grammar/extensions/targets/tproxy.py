"""TPROXY: hand packets to a local proxy without changing them. iptables-extensions(8), TPROXY.

Observed with iptables-legacy 1.8.9: address and mark are printed even if not given.
"""

from collections.abc import Sequence

from ...extension import Option, Target
from ...rule import Use
from ...saving import option_words
from ...values.addresses import write_address
from ...values.base import uint16
from ...values.marks import full_mark_mask
from ...values.older_addresses import numeric_host
from ...values.ports import single_guided_port
from ...values.resolved_addresses import resolved_host


def saved(use: Use) -> Sequence[str]:
    """All three options."""
    return [
        *option_words(use, "on-port"),
        *(option_words(use, "on-ip") or ["--on-ip", write_address(0, use.rule.family)]),
        *(option_words(use, "tproxy-mark") or ["--tproxy-mark", "0x0/0x0"]),
    ]


tproxy = Target(
    "TPROXY",
    Option(
        "on-port",
        single_guided_port,
        before={"1.4.11": uint16()},
        required=True,
        sentence="that listens on port {value}",
    ),
    Option("on-ip", resolved_host, before={"1.4.11": numeric_host}, sentence="at the address {value}"),
    Option("tproxy-mark", full_mark_mask, sentence="and mark the packet with {value}"),
    tables="mangle",
    hooks="PREROUTING",
    protocols="tcp udp",
    saved=saved,
    terminates=True,
    common=True,
    sentence="hand the packet, unchanged, to a program on this machine",
)
