"""ECN: change the bits of Explicit Congestion Notification. iptables-extensions(8), ECN (IPv4-specific).

The man page leaves out three options that iptables has (1.2.7 to 1.8.11, `iptables -j ECN -h`). Observed with
iptables-legacy 1.8.9: clearing both TCP flags is removing them, and printed so.
"""

from collections.abc import Sequence

from ....diagnostics.codes.command import EXCLUDES, NEEDS_PROTOCOL
from ...checks import needs_one_of
from ...extension import CheckFailure, Option, Target
from ...rule import Setting, Use
from ...saving import option_words
from ...values.base import uint8
from ...values.ecn_bits import ecn_bits
from ...values.unchecked import Signed

_TCP = 6
_ALL = ("ecn-tcp-remove", "ecn-tcp-ece", "ecn-tcp-cwr", "ecn-ip-ect")
_OF_TCP = _ALL[:3]


def tcp_has_the_flags(use: Use) -> CheckFailure | None:
    """ECE and CWR are flags of TCP."""
    given = [name for name in _OF_TCP if use.has(name)]
    if not given or use.rule.plain_protocol == _TCP:
        return None
    return CheckFailure(
        NEEDS_PROTOCOL,
        f"`--{given[0]}` requires `-p tcp` in the rule",
        option=given[0],
        label="changes the TCP header",
        by_kernel=True,
        help="add `-p tcp` before it",
    )


def one_thing_at_a_time(use: Use, setting: Setting) -> CheckFailure | None:
    """Once, the flags of TCP could not be cleared after anything else, nor the bits of IP set after that."""
    name = setting.option.name
    others = _ALL if name == "ecn-tcp-remove" else ("ecn-tcp-remove",)
    other = next((each for each in others if each != name and use.has(each)), None)
    if other is None:
        return None
    return CheckFailure(
        EXCLUDES,
        f"`--{other}` and `--{name}` cannot be used together in this release",
        option=name,
        cause=other,
        says=f"ECN target: Only use --{name} ONCE!",
        until="1.4.10",
    )


_BEFORE = {"1.4.11": Signed(0, 1)}


def saved(use: Use) -> Sequence[str]:
    """The TCP flags, and the IP bits unless `--ecn-tcp-remove` was given after them."""
    cleared = use.has("ecn-tcp-remove")
    ece, cwr = (0, 0) if cleared else (use.value("ecn-tcp-ece"), use.value("ecn-tcp-cwr"))
    bits = option_words(use, "ecn-ip-ect")
    if bits and cleared and [*use.settings][-1] == "ecn-tcp-remove":
        bits = []
    if (ece, cwr) == (0, 0) and not bits:
        return ["--ecn-tcp-remove"]
    flags = ["--ecn-tcp-ece", str(ece)] if ece is not None else []
    flags += ["--ecn-tcp-cwr", str(cwr)] if cwr is not None else []
    return flags + bits


#: nft's names of the two bits of IP.
_NFT_NAMES = ("not-ect", "ect1", "ect0", "ce")


def in_the_header(use: Use) -> str:
    """The bits of IP, and those of TCP among the other flags."""
    kept, bits = 0xFF, 0
    for name, bit in (("ecn-tcp-ece", 0x40), ("ecn-tcp-cwr", 0x80)):
        if use.has(name) or use.has("ecn-tcp-remove"):
            kept &= ~bit
            bits |= bit * use.value(name, 0)
    words = (
        [f"ip ecn set {('not-ect', 'ect1', 'ect0', 'ce')[use.value('ecn-ip-ect')]}"] if use.has("ecn-ip-ect") else []
    )
    if kept != 0xFF:
        words.append(f"tcp flags set tcp flags and {kept:#x}{f' or {bits:#x}' if bits else ''}")
    return " ".join(words)


ecn = Target(
    "ECN",
    Option(
        "ecn-tcp-remove",
        excludes="ecn-tcp-cwr ecn-tcp-ece",
        excludes_since="1.4.11",
        check=one_thing_at_a_time,
        sentence="clear the ECN flags of TCP",
        negation_ignored_in="..1.4.10",
    ),
    Option(
        "ecn-tcp-ece",
        uint8(max=1),
        before=_BEFORE,
        sentence="set the ECE flag of TCP to {value}",
        negation_ignored_in="..1.4.10",
    ),
    Option(
        "ecn-tcp-cwr",
        uint8(max=1),
        before=_BEFORE,
        sentence="set the CWR flag of TCP to {value}",
        negation_ignored_in="..1.4.10",
    ),
    Option(
        "ecn-ip-ect",
        ecn_bits,
        check=one_thing_at_a_time,
        sentence="set the ECN bits of IP to {value}",
        negation_ignored_in="..1.4.10",
    ),
    family="ipv4",
    checks=(needs_one_of(*_ALL, says="ECN target: An operation is required"),),
    tables="mangle",
    kernel=(tcp_has_the_flags,),
    saved=saved,
    sentence="change what the packet says about congestion",
    nft=in_the_header,
)
