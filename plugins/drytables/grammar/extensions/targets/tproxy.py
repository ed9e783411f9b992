"""TPROXY: hand packets to a local proxy without changing them. iptables-extensions(8), TPROXY.

Observed with iptables-legacy 1.8.9: address and mark are printed even if not given.
"""

from collections.abc import Sequence

from ...extension import Option, Target
from ...nft import Said
from ...rule import Setting, Use
from ...saving import option_words
from ...values.addresses import write_address
from ...values.base import uint16
from ...values.marks import full_mark_mask, setting_in_words
from ...values.older_addresses import numeric_host
from ...values.ports import single_guided_port
from ...values.resolved_addresses import resolved_host


def mark_changed(use: Use, setting: Setting) -> str:
    """The mark of the packet is changed as `-j MARK --set-xmark` changes it."""
    if setting.told is None:
        return "set the packet's mark to {value}"
    return setting_in_words("the packet's mark", setting.told, setting.words[-1].text, flips=True)


def saved(use: Use) -> Sequence[str]:
    """All three options."""
    return [
        *option_words(use, "on-port"),
        *(option_words(use, "on-ip") or ["--on-ip", write_address(0, use.rule.family)]),
        *(option_words(use, "tproxy-mark") or ["--tproxy-mark", "0x0/0x0"]),
    ]


def to_a_program(use: Use) -> Said:
    """The program's address and port, the mark, and the verdict that iptables gives by itself."""
    port, family = use.value("on-port"), use.rule.family
    address = write_address(use.value("on-ip"), family) if use.value("on-ip") else ""
    if address and family != "ipv4" and port:
        address = f"[{address}]"
    words = [f"tproxy to {address}{f':{port}' if port or not address else ''}"]
    value, mask = use.value("tproxy-mark", (0, 0))
    if value or mask:
        mark = f"{value:#x}" if mask == 0xFFFF_FFFF else f"meta mark & {mask ^ 0xFFFF_FFFF:#x} xor {value:#x}"
        words.append(f"meta mark set {mark}")
    note = "a packet that no program waits for goes on to the next rule; iptables drops it"
    return Said(" ".join([*words, "accept"]), notes=(note,))


tproxy = Target(
    "TPROXY",
    Option(
        "on-port",
        single_guided_port,
        before={"1.4.11": uint16()},
        required=True,
        sentence="the program listens on port {value}",
    ),
    Option("on-ip", resolved_host, before={"1.4.11": numeric_host}, sentence="the program listens at {value}"),
    Option("tproxy-mark", full_mark_mask, sentence=mark_changed),
    tables="mangle",
    hooks="PREROUTING",
    protocols="tcp udp",
    saved=saved,
    terminates=True,
    common=True,
    sentence="hand the packet, unchanged, to a program on this machine",
    nft=to_a_program,
)
