"""NFQUEUE: let a program decide. iptables-extensions(8), NFQUEUE.

Up to 1.8.10 the last queue of a range was 65535, and all 65536 were too many for the kernel (observed). Observed with
iptables-legacy 1.8.9: a queue or range is always printed.
"""

from collections.abc import Sequence

from ...extension import Option, Target
from ...rule import Use
from ...saving import option_words
from ...values.base import Family, InvalidValue, UnsignedRange, uint16
from ...values.wording import Context

#: The last queue of a range, and what it was up to 1.8.10.
_LAST, _LAST_BEFORE = 0xFFFE, 0xFFFF


class QueueRange(UnsignedRange):
    """`FIRST:LAST`, either of which may be left out."""

    synopsis = "[FIRST]:[LAST]"

    def read(self, text: str, family: Family) -> tuple[int, int]:
        first, last = super().read(text, family)
        if ":" not in text:
            raise InvalidValue(
                "not a range", says=f'Bad range "{text}"', help=f"for one queue, use `--queue-num {first}`"
            )
        if first >= last:
            raise InvalidValue(
                "a range has at least two queues",
                says=f"{first} should be less than {last}",
                help=f"for one queue, use `--queue-num {first}`",
            )
        if last - first == _LAST_BEFORE:
            # The kernel counts the queues in 16 bits.
            raise InvalidValue("one queue too many", help=f"use `0:{_LAST}`")
        return first, last

    def say(self, value: tuple[int, int], context: Context) -> str:
        """Both ends, as far as they were typed."""
        first, last = value
        if context.typed == ":":
            return "all queues"
        if context.typed.endswith(":"):
            return f"the queues from {first} on"
        return f"the queues up to {last}" if context.typed.startswith(":") else f"the queues {first} to {last}"

    def say_unknown(self, text: str, context: Context) -> str:
        return f"the queues {text}"


class BothEnds(QueueRange):
    """`FIRST:LAST`, of which neither may be left out."""

    synopsis = "FIRST:LAST"

    def read(self, text: str, family: Family) -> tuple[int, int]:
        if text[:1] == ":" or text[-1:] == ":":
            raise InvalidValue("a range needs both ends", says=f"Invalid queue number `{text}'")
        return super().read(text, family)


def saved(use: Use) -> Sequence[str]:
    """The queue or the range, even if it is the default."""
    queue = option_words(use, "queue-num", "queue-balance") or ["--queue-num", "0"]
    return [*queue, *option_words(use, "queue-bypass", "queue-cpu-fanout")]


def in_a_queue(use: Use) -> str:
    """One queue, or one of several, with its flags."""
    first, last = use.value("queue-balance", (use.value("queue-num", 0),) * 2)
    flags = [word for name, word in (("queue-bypass", "bypass"), ("queue-cpu-fanout", "fanout")) if use.has(name)]
    queues = str(first) if first == last else f"{first}-{last}"
    return " ".join([f"queue num {queues}", *([",".join(flags)] if flags else [])])


nfqueue = Target(
    "NFQUEUE",
    Option(
        "queue-num",
        uint16(),
        twice_in="..1.4.10",
        excludes="queue-balance",
        sentence="hand it over in queue {value}",
        negation_ignored_in="..1.4.10",
    ),
    Option(
        "queue-balance",
        QueueRange(_LAST),
        before={"1.4.11": BothEnds(_LAST_BEFORE), "1.8.11": QueueRange(_LAST_BEFORE)},
        sentence="spread the connections over {value}, each always in the same one",
        negation_ignored_in="..1.4.10",
        twice_in="..1.4.10",
    ),
    Option("queue-bypass", sentence="as long as no program listens, go on as if the rule said ACCEPT"),
    Option("queue-cpu-fanout", also="queue-balance", sentence="choose the queue by the processor"),
    table_since="1.4.11",
    saved=saved,
    terminates=True,
    common=True,
    checks_ranges=True,
    sentence="let a program decide what becomes of the packet",
    nft=in_a_queue,
)
