"""rateest: compare rates that RATEEST measures. iptables-extensions(8), rateest.

Observed beyond it with iptables-legacy 1.8.9: of several comparisons the last one counts, and any negated one negates
it; rates are kept as bytes a second in 32 bits. An estimator must exist; what else the kernel refuses was tried on
Linux 6.18.
"""

from __future__ import annotations

import re

from ....diagnostics.codes.command import REQUIRED
from ....reading.need import Need
from ....reading.pattern import pattern
from ...extension import CheckFailure, Match, Option, Sentence
from ...nft import NotInNft
from ...rule import Setting, Use
from ...values.base import Family, InvalidValue, Text, Value, number
from ...values.wording import Context

_COMPARISONS = ("rateest-lt", "rateest-gt", "rateest-eq")
_RATE = pattern(
    r"[ \t\n\v\f\r]*([+-]?(?:0[xX](?:[0-9a-fA-F]+\.?[0-9a-fA-F]*|\.[0-9a-fA-F]+)(?:[pP][+-]?\d+)?"
    r"|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?))(.*)",
    re.ASCII | re.DOTALL,
)

#: The bits of each unit, by its name in lower case.
_BITS = {
    "": 1,
    **{
        f"{prefix}{unit}": bits * size
        for unit, bits in (("bit", 1), ("bps", 8))
        for prefix, size in (("", 1), *((f"{letter}{binary}", (1024 if binary else 1000) ** power)
                                        for power, letter in enumerate("kmgt", 1) for binary in ("", "i")))
    },
}  # fmt: skip


class BitRate(Value):
    """A number with a unit of bits or bytes a second, bits if it has none; kept in bytes, in 32 bits."""

    synopsis = "N{bit|kbit|mbit|Bps|...}"

    def read(self, text: str, family: Family) -> int:
        match = _RATE.fullmatch(text)
        bits = _BITS.get(match[2].lower()) if match else None
        if not match or bits is None:
            raise InvalidValue(
                "not a rate", says=f"rateest: could not parse rate `{text}'", help="write bits per second as `500kbit`"
            )
        rate = _float(match[1]) * bits / 8
        return int(rate) & 0xFFFF_FFFF if abs(rate) < 2**63 else 0

    def write(self, value: int, family: Family) -> str:
        bits = value * 8
        if bits >= 1_000_000_000:
            return f"{bits / 1_000_000:.0f}Mbit"
        return f"{bits / 1000:.0f}Kbit" if bits >= 1_000_000 else f"{bits}bit"

    def say(self, value: int, context: Context) -> str:
        """The rate as it was typed, with a space before its unit."""
        match = _RATE.fullmatch(context.typed)
        if not match:
            return self.write(value, context.family)
        prefix, is_bytes = match[2][:-3], match[2].lower().endswith("bps")
        prefix = prefix[:1].upper().replace("K", "k") + prefix[1:]
        return f"{match[1].strip()} {prefix}{'B' if is_bytes else 'bit'}/s"


def _float(text: str) -> float:
    try:
        return float.fromhex(text) if "x" in text.lower() else float(text)
    except OverflowError:
        return float("inf")


class PacketRate(Value):
    """A number of packets a second."""

    synopsis = "N"

    def read(self, text: str, family: Family) -> int:
        value = number(text)
        if value is None or value > 0xFFFF_FFFF:
            raise InvalidValue("not a 32-bit number", says=f"rateest: could not parse pps `{text}'")
        return value


class Estimator(Text):
    """The name of one of the reader's estimators, which RATEEST creates."""

    synopsis = "NAME"

    def needs(self, value: str) -> list[Need]:
        return [Need("rate estimator", str(value))]


def estimator_is_named(use: Use) -> CheckFailure | None:
    """The kernel looks for an estimator of an empty name, and finds none."""
    if use.value("rateest") and use.value("rateest2", "any"):
        return None
    return CheckFailure(
        REQUIRED,
        "the `rateest` match requires `--rateest`",
        label="the estimator is missing",
        by_kernel=True,
        says="No chain/target/match by that name.",
    )


def rates_are_compared(use: Use) -> CheckFailure | None:
    """A comparison must be given, and a rate of bytes or packets."""
    if not any(use.has(name) for name in _COMPARISONS):
        return CheckFailure(
            REQUIRED,
            "the `rateest` match requires `--rateest-lt`, `--rateest-gt` or `--rateest-eq`",
            label="the comparison is missing",
            by_kernel=True,
        )
    if not any(use.has(name) for name in ("rateest-bps", "rateest-pps", "rateest-bps1", "rateest-pps1")):
        return CheckFailure(
            REQUIRED,
            "the `rateest` match requires `--rateest-bps` or `--rateest-pps`",
            label="the rate to compare is missing",
            by_kernel=True,
        )
    return None


def saved(use: Use) -> list[str]:
    """The estimators, the comparison and the rates, in the form in which they are compared."""
    delta, relative = use.has("rateest-delta"), use.has("rateest2")
    given = [setting for name in _COMPARISONS for setting in use.settings.get(name, ())]
    last = max(given, key=lambda setting: setting.span.start)
    comparison = ["!"] if any(setting.negated for setting in given) else []
    comparison.append(f"--{last.option.name}")
    words = ["--rateest-delta"] if delta else []
    words += ["--rateest1" if relative else "--rateest", use.value("rateest")]
    for kind, value in (("bps", BitRate()), ("pps", PacketRate())):
        if use.has(f"rateest-{kind}") or use.has(f"rateest-{kind}1"):
            first, second = (value.write(use.value(f"rateest-{name}") or 0, "") for name in (f"{kind}1", kind))
            words += (
                [f"--rateest-{kind}1", first, *comparison, f"--rateest-{kind}2", second]
                if delta
                else [*comparison, f"--rateest-{kind}", *([] if relative else [second])]
            )
    return words + (["--rateest2", use.value("rateest2")] if relative else [])


def _twice(what: str) -> str:
    return f"rateest: can't specify {what} twice"


def bits_compared(use: Use, setting: Setting) -> str:
    """What is compared; a rate may be given, or be that of another estimator."""
    return "compare rates in bits" if len(setting.words) < 2 else "compare rates in bits, with {value}"


def packets_compared(use: Use, setting: Setting) -> str:
    """The same for packets."""
    return (
        "compare rates in packets"
        if len(setting.words) < 2
        else "compare rates in packets, with {value:packet} per second"
    )


def bits_subtracted(use: Use, setting: Setting) -> str:
    """What is taken off the first rate."""
    return "take nothing off the first rate" if len(setting.words) < 2 else "take {value} off the first rate"


def packets_subtracted(use: Use, setting: Setting) -> str:
    """The same for packets."""
    if len(setting.words) < 2:
        return "take no packets off the first rate"
    return "take {value:packet} per second off the first rate"


def _rate(name: str, other: str, value: Value, sentence: Sentence) -> Option:
    kind = "bps" if "bps" in name else "pps"
    return Option(
        name,
        value,
        aliases=other,
        optional=True,
        repeated_says=_twice(f"--{other or name}"),
        negated_says=f"rateest: rateest-{kind} can't be inverted",
        sentence=sentence,
    )


def _comparison(name: str, sentence: str) -> Option:
    return Option(name, negatable=True, repeated_says=_twice("lt/gt/eq"), sentence=sentence)


rateest = Match(
    "rateest",
    Option(
        "rateest-delta",
        repeated_says=_twice("--rateest-delta"),
        negated_says="rateest: rateest-delta can't be inverted",
        sentence="compare how far the rates exceed the given ones",
    ),
    Option(
        "rateest",
        Estimator(cut_at=15),
        before={"1.4.12": Estimator(cut_at=15, bang=False)},
        aliases="rateest1",
        repeated_says=_twice("--rateest1"),
        negated_says="rateest: rateest can't be inverted",
        sentence="take the rate of the estimator {value}",
    ),
    _rate("rateest-bps1", "", BitRate(), bits_subtracted),
    _rate("rateest-pps1", "", PacketRate(), packets_subtracted),
    _comparison("rateest-lt", "it is {not }below the other"),
    _comparison("rateest-gt", "it is {not }above the other"),
    _comparison("rateest-eq", "it is {not }the same as the other"),
    _rate("rateest-bps", "rateest-bps2", BitRate(), bits_compared),
    _rate("rateest-pps", "rateest-pps2", PacketRate(), packets_compared),
    Option(
        "rateest2",
        Estimator(cut_at=15),
        before={"1.4.12": Estimator(cut_at=15, bang=False)},
        repeated_says=_twice("--rateest2"),
        negated_says="rateest: rateest can't be inverted",
        sentence="the other is the rate of the estimator {value}",
    ),
    kernel=(rates_are_compared, estimator_is_named),
    saved=saved,
    sentence="compare rates that the target RATEEST measures",
    nft=NotInNft(
        "nft measures no rates that another rule could compare with",
        "`limit rate over …`, which compares with a rate that is given",
    ),
)
