"""limit: match at a limited rate, with a token bucket. iptables-extensions(8), limit.

Observed beyond it with iptables-legacy 1.8.9: the rate is always saved, the burst if it is not 5. Which bursts are too
large for the kernel's 32 bits was tried on Linux 6.18.
"""

from __future__ import annotations

from ....diagnostics.codes.command import BAD_VALUE
from ...extension import CheckFailure, Match, Option
from ...rule import Use
from ...saving import option_words
from ...values.base import uint32
from ...values.rates import STEPS, rate

_DEFAULT_RATE, _DEFAULT_BURST = STEPS * 3600 // 3, 5

#: The parts that the kernel divides a second into with 250 or 1000 ticks, as distributors configure it.
_CREDITS = 32_000
_ALL = 0xFFFF_FFFF


def _credits(interval: int) -> int:
    if interval > _ALL // _CREDITS:
        return interval // STEPS * _CREDITS & _ALL
    return interval * _CREDITS // STEPS


def bucket_of(use: Use) -> tuple[int, int]:
    """How long a token takes to fall into the bucket, in steps of `rates`, and how many fit in; raises Unknown."""
    return use.value("limit", _DEFAULT_RATE), use.value("limit-burst", _DEFAULT_BURST)


def bucket_fits(use: Use) -> CheckFailure | None:
    """The burst times the time between two packets must fit into 32 bits; the kernel sees an overflow by its size."""
    interval, burst = bucket_of(use)
    if burst and _credits(interval * burst & _ALL) >= _credits(interval):
        return None
    shown = "limit-burst" if use.has("limit-burst") else "limit"
    most = _ALL // interval
    if not burst:
        message, help = "a burst of 0 would let nothing through", "use a burst of 1 or more"
    else:
        message = f"a burst of {burst} at this rate is more than the kernel can count"
        help = f"use `--limit-burst {most}` or less at this rate, or a faster rate"
    return CheckFailure(
        BAD_VALUE, message, option=shown, says="Numerical result out of range.", by_kernel=True, help=help
    )


def saved(use: Use) -> list[str]:
    """The rate, given or not, and the burst."""
    words = option_words(use, "limit") or ["--limit", rate.write(_DEFAULT_RATE, use.rule.family)]
    return words + option_words(use, "limit-burst")


def by_the_bucket(use: Use) -> str:
    """The rate, given or not, and the burst."""
    rate_words = rate.nft(use.value("limit", _DEFAULT_RATE), use.rule.family)
    burst = use.value("limit-burst", _DEFAULT_BURST)
    return f"limit rate {rate_words}" + (f" burst {burst} packets" if burst else "")


limit = Match(
    "limit",
    Option(
        "limit",
        rate,
        twice_in="..1.4.10",
        negation_ignored_in="..1.2.11",
        sentence="at most {value} on average, once the burst is used up",
    ),
    Option(
        "limit-burst",
        uint32(max=10_000),
        default=_DEFAULT_BURST,
        twice_in="..1.4.10",
        negation_ignored_in="..1.2.11",
        sentence="a burst of {value:packet} matches at once; the bucket refills at the average rate",
    ),
    table_since="1.4.11",
    kernel=(bucket_fits,),
    saved=saved,
    sentence="match at a limited rate: it stops matching while the bucket is empty",
    nft=by_the_bucket,
)
