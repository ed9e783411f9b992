"""IDLETIMER: report when no packet has come for a while. iptables-extensions(8), IDLETIMER.

`--alarm` (1.8.5) is missing from the man page of 1.8.9. What the kernel refuses was observed on Linux 6.18: the label
becomes a file in /sys/class/xt_idletimer/timers, where three names already exist.
"""

from ....diagnostics.codes.command import ALSO_REQUIRES, BAD_VALUE
from ...extension import CheckFailure, Option, Target
from ...nft import NotInNft
from ...rule import Setting, Use
from ...values.base import text, uint32

#: The timer counts milliseconds in a signed number of 32 bits.
_LONGEST = 0x7FFF_FFFF // 1000 - 1

_TAKEN = frozenset({"power", "subsystem", "uevent", ".", ".."})


def a_time_that_the_timer_can_count(use: Use) -> CheckFailure | None:
    """The timer counts from one second to a little over 24 days."""
    seconds = use.value("timeout", 1)
    if 1 <= seconds <= _LONGEST:
        return None
    return CheckFailure(
        BAD_VALUE,
        f"`--timeout {seconds}` is not between 1 and {_LONGEST} seconds",
        option="timeout",
        label="out of range for a timer",
        by_kernel=True,
    )


def a_label_that_can_be_a_file(use: Use) -> CheckFailure | None:
    """The label names a file."""
    label = use.value("label", "any")
    if label and "/" not in label and label not in _TAKEN:
        return None
    return CheckFailure(
        BAD_VALUE,
        f"`{label}` is not a valid timer name" if label else "a timer needs a name",
        option="label",
        label="it becomes a file name",
        by_kernel=True,
    )


def the_label_stands_before(use: Use, setting: Setting) -> CheckFailure | None:
    """Once, the label had to come before the time."""
    if use.has("label"):
        return None
    return CheckFailure(
        ALSO_REQUIRES,
        "`--timeout` requires `--label` before it in this release",
        option="timeout",
        says='IDLETIMER: "--label" option may only be specified once',
        until="1.4.10",
    )


idletimer = Target(
    "IDLETIMER",
    Option(
        "timeout",
        uint32(),
        check=the_label_stands_before,
        required=True,
        sentence="report after {value:second} without a packet",
        negation_ignored_in="..1.4.10",
    ),
    Option(
        "label",
        text(cut_at=27, quoted=False),
        required=True,
        sentence="use the timer {value}",
        negation_ignored_in="..1.4.10",
        twice_in="..1.4.10",
    ),
    Option("alarm", sentence="report also while the machine is suspended"),
    kernel=(a_time_that_the_timer_can_count, a_label_that_can_be_a_file),
    sentence="report when no packet has come for a while, and go on with the next rule",
    nft=NotInNft(
        "nft has no timers that report when they run out",
        "a set whose elements time out: `update @… { iifname timeout … }`",
    ),
)
