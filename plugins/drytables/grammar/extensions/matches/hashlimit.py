"""hashlimit: a limit for each address or port separately. iptables-extensions(8), hashlimit.

Observed beyond it with iptables-legacy 1.8.9: a negated limit is saved as its opposite; the lifetime of entries depends
on the unit of the rate, and is saved if it differs from that of the printed unit. What the kernel refuses was tried on
Linux 6.18.
"""

from __future__ import annotations

from collections.abc import Iterator

from ....diagnostics.codes.command import BAD_VALUE
from ...checks import names_a_file, needs_one_of
from ...extension import CheckFailure, Match, Option
from ...nft import Unsayable, network_word, readable_name
from ...registries import PROTOCOL_NAMES
from ...rule import Setting, Unknown, Use
from ...saving import option_words
from ...values.addresses import BITS, leading_ones, write_address
from ...values.base import Family, InvalidValue, Value, text, uint32
from ...values.byte_rates import (
    BURST_SAYS,
    MOST_PACKETS,
    MOST_PACKETS_BEFORE,
    STEPS,
    BurstValue,
    HashRate,
    HashRateValue,
    bytes_of,
    write_burst,
    write_byte_rate,
)
from ...values.hash_groups import GroupLength, Modes
from ...values.rates import leading_int, nft_rate, printed_unit, write_interval
from ...values.unchecked import Signed
from ...values.wording import Context, counted

DEFAULT_BURST = 5
_LARGEST_TABLE = 1 << 20

#: A cost of 1 is too small for the kernel to count.
_LEAST_COST = 2

#: How long entries live in a limit by bytes, without and with a burst, in milliseconds.
_BYTE_EXPIRE, _BURST_EXPIRE = 15_000, 60_000

#: A second in the kernel, with 250 or 1000 ticks in it, in steps of the rate.
_CREDITS = 137_438_953
_U64 = (1 << 64) - 1


class Seconds(Value):
    """A number of seconds as C's atoi reads it, above 0."""

    synopsis = "SECONDS"

    def read(self, text: str, family: Family) -> int:
        value = leading_int(text)
        if not 0 < value <= 0x7FFF_FFFF:
            raise InvalidValue(
                "not a number of seconds", says=f'{{extension}}: Bad value for "--{{option}}" option: "{text}"'
            )
        return value

    def say(self, value: int, context: Context) -> str:
        is_plain = context.typed.lstrip("+0 ").startswith(str(value))
        said = counted(str(value), "second")
        return said if is_plain else f"{said} (all that is read of {context.typed})"

    def say_unknown(self, text: str, context: Context) -> str:
        return f"{text} seconds"


def limit_of(use: Use) -> HashRate:
    """The limit, from either option; raises Unknown if it is missing or a hole."""
    given: HashRate | None = use.value("hashlimit-upto") or use.value("hashlimit-above")
    if given is None:
        raise Unknown("limit")
    return given


def is_over(use: Use) -> bool:
    """Whether a use asks for packets over its limit."""
    given = "hashlimit-upto" if use.has("hashlimit-upto") else "hashlimit-above"
    return (given == "hashlimit-above") != use.negated(given)


def usual_lifetime(use: Use) -> int:
    """How long a group is kept without packets, in milliseconds: the unit of its rate, or what its bytes ask for."""
    limit = limit_of(use)
    by_bytes = _BURST_EXPIRE if use.value("hashlimit-burst") else _BYTE_EXPIRE
    return by_bytes if limit.in_bytes else 1000 * limit.seconds


def seconds_of(burst: int, rate: int) -> int:
    """How many seconds of a rate in bytes a burst is, rounded up, of 32 bits."""
    return (burst & 0xFFFF_FFFF) // rate + (burst % rate > 0)


def burst_fits_the_rate(use: Use) -> CheckFailure | None:
    """A burst in packets has an upper limit; one in bytes may not be below the rate."""
    limit, burst = limit_of(use), use.value("hashlimit-burst")
    if burst is None:
        return None
    if not limit.in_bytes:
        if burst <= MOST_PACKETS:
            return None
        return CheckFailure(
            BAD_VALUE,
            f"a burst of {burst} packets is more than {MOST_PACKETS}",
            option="hashlimit-burst",
            says=BURST_SAYS,
        )
    least = bytes_of(limit.amount)
    if not least:
        return CheckFailure(
            BAD_VALUE,
            "iptables crashes on a burst at a rate below 16 bytes per second",
            option="hashlimit-burst",
            help="use a rate of 16b/s or more",
        )
    if burst < least:
        return CheckFailure(
            BAD_VALUE,
            f"the burst is smaller than the {least} bytes of one second",
            option="hashlimit-burst",
            says=f"burst cannot be smaller than {least}b",
            help=f"write at least `{least}b`",
        )
    return None


def table_can_live(use: Use) -> CheckFailure | None:
    """Entries need a lifetime and a check interval, and groups must consist of leading bits."""
    for option in ("hashlimit-htable-gcinterval", "hashlimit-htable-expire"):
        if use.value(option) == 0:
            return CheckFailure(BAD_VALUE, f"`--{option}` must be above 0", option=option, by_kernel=True)
    for option in ("hashlimit-srcmask", "hashlimit-dstmask"):
        if use.has(option) and use.value(option) is None:
            return CheckFailure(BAD_VALUE, "the mask has gaps", option=option, by_kernel=True)
    return None


def rate_can_be_counted(use: Use) -> CheckFailure | None:
    """The kernel refuses rates that are too high, or too low for their burst."""
    limit = limit_of(use)
    option = "hashlimit-upto" if use.has("hashlimit-upto") else "hashlimit-above"
    matches_rate = use.has("hashlimit-rate-match")
    if limit.in_bytes:
        if limit.amount >= _LEAST_COST or matches_rate:
            return None
        return CheckFailure(BAD_VALUE, "this rate is too high to count", option=option, by_kernel=True)
    if matches_rate:
        fits = limit.amount // limit.seconds > 0
    else:
        burst = use.value("hashlimit-burst", DEFAULT_BURST)
        fits = limit.amount * burst * _CREDITS & _U64 >= limit.amount * _CREDITS & _U64
    if fits:
        return None
    return CheckFailure(
        BAD_VALUE,
        "the kernel cannot count this rate with its burst",
        option=option,
        by_kernel=True,
        says="Numerical result out of range.",
        help="choose a smaller burst, or a rate closer to 1/second",
    )


def saved(use: Use) -> list[str]:
    """Everything as the kernel keeps it."""
    limit = limit_of(use)
    matches_rate = use.has("hashlimit-rate-match")
    if limit.in_bytes:
        rate, burst, quantum = _bytes_saved(limit, use.value("hashlimit-burst"))
        expire = _BURST_EXPIRE if use.has("hashlimit-burst") else _BYTE_EXPIRE
    else:
        interval = limit.amount // limit.seconds if matches_rate else limit.amount
        rate, quantum = write_interval(interval, STEPS), printed_unit(interval, STEPS)[1] * 1000
        burst = ["--hashlimit-burst", str(use.value("hashlimit-burst", DEFAULT_BURST))]
        expire = limit.seconds * 1000
    words = ["--hashlimit-above" if is_over(use) else "--hashlimit-upto", rate, *burst]
    if use.value("hashlimit-mode"):
        words += option_words(use, "hashlimit-mode")
    words += option_words(use, "hashlimit-name")
    for option in ("hashlimit-htable-size", "hashlimit-htable-max"):
        if use.value(option):
            words += [f"--{option}", str(min(use.value(option), _LARGEST_TABLE))]
    words += option_words(use, "hashlimit-htable-gcinterval")
    expire = use.value("hashlimit-htable-expire", expire)
    if expire != quantum:
        words += ["--hashlimit-htable-expire", str(expire)]
    for option in ("hashlimit-srcmask", "hashlimit-dstmask"):
        if use.value(option, BITS[use.rule.family]) != BITS[use.rule.family]:
            words += option_words(use, option)
    return words + (_rate_match_saved(use, limit) if matches_rate else [])


def _bytes_saved(limit: HashRate, burst: int | None) -> tuple[str, list[str], int]:
    """The rate, the words of its burst, and the lifetime of entries with them, in milliseconds."""
    rate = bytes_of(limit.amount)
    total = 0 if burst is None else seconds_of(burst, rate) * rate
    return (
        write_byte_rate(rate),
        ["--hashlimit-burst", write_burst(total)] if total else [],
        (_BURST_EXPIRE if total else _BYTE_EXPIRE),
    )


def _rate_match_saved(use: Use, limit: HashRate) -> list[str]:
    interval = use.value("hashlimit-rate-interval", limit.seconds)
    return ["--hashlimit-rate-match", *(["--hashlimit-rate-interval", str(interval)] if interval != 1 else [])]


def burst(use: Use, setting: Setting) -> str:
    """How large a burst is, in what its rate counts."""
    limit = use.told("hashlimit-upto") or use.told("hashlimit-above")
    if limit is None or setting.told is None:
        return "a group may start with a burst of {value}"
    if limit.in_bytes:
        has_unit = setting.words[-1].text.strip("0123456789") != ""
        return f"a group may start with a burst of {{value{'' if has_unit else ':byte'}}}"
    packets = counted(str(setting.told), "packet")
    typed = setting.words[-1].text
    return f"a group may start with a burst of {packets}{'' if typed.isdecimal() else ' ({value})'}"


def table_is_as_it_is_kept(use: Use) -> CheckFailure | None:
    """A rule is deleted as the kernel keeps it, which limits the table, whatever size the rule was added with."""
    if use.rule.command not in ("delete", "check"):
        return None
    for option in ("hashlimit-htable-size", "hashlimit-htable-max"):
        if use.value(option, 0) > _LARGEST_TABLE:
            message = f"no rule has a table this large: the kernel limits it to {_LARGEST_TABLE}"
            help = f"write `--{option} {_LARGEST_TABLE}`"
            return CheckFailure(BAD_VALUE, message, option=option, by_kernel=True, help=help)
    return None


_RATES_BEFORE = {
    "1.4.15": HashRateValue(most=MOST_PACKETS_BEFORE, octets=False),
    "1.6.1": HashRateValue(most=MOST_PACKETS_BEFORE),
}

_SIZES_BEFORE = {"1.4.11": Signed(0, 0xFFFF_FFFF)}


def in_a_meter(use: Use) -> str:
    """A bucket for each group of packets, in a set that is called as the table of groups."""
    if use.has("hashlimit-rate-match"):
        raise Unsayable(
            "nft has a bucket for each group, and does not look at the rate itself", "it without this option"
        )
    limit = f"limit rate {'over ' if is_over(use) else ''}{_nft_bucket(use)}"
    keys = [*_nft_keys(use)]
    if not keys:
        return limit
    name = readable_name(use.value("hashlimit-name"))
    return f"meter {name} {{ {' . '.join(keys)} timeout {_nft_lifetime(use)} {limit} }}"


def _nft_lifetime(use: Use) -> str:
    seconds, rest = divmod(use.value("hashlimit-htable-expire", usual_lifetime(use)), 1000)
    return f"{1000 * seconds + rest}ms" if rest else f"{seconds}s"


def _nft_bucket(use: Use) -> str:
    """The rate and the burst, in packets or in bytes."""
    limit, burst = limit_of(use), use.value("hashlimit-burst")
    if not limit.in_bytes:
        rate = nft_rate(write_interval(limit.amount, STEPS))
        return rate if burst in (None, DEFAULT_BURST) else f"{rate} burst {burst} packets"
    rate = f"{_nft_octets(write_byte_rate(bytes_of(limit.amount)).removesuffix('b/s'))}/second"
    return f"{rate} burst {_nft_octets(write_burst(burst).removesuffix('b'))}" if burst else rate


def _nft_octets(written: str) -> str:
    unit = written[-1] if written[-1] in "km" else ""
    return f"{written.removesuffix(unit)} {unit}bytes"


def _nft_keys(use: Use) -> Iterator[str]:
    """What distinguishes groups, in the order in which iptables keeps it."""
    family = use.rule.family
    header = network_word(family)
    modes = use.value("hashlimit-mode", ())
    for end, letter in (("dst", "d"), ("src", "s")):
        if f"{end}ip" in modes:
            length = use.value(f"hashlimit-{end}mask", BITS[family])
            if length is None:
                raise Unsayable("groups by a mask with gaps")
            mask = f" and {write_address(leading_ones(length, family), family)}" if length < BITS[family] else ""
            yield f"{header} {letter}addr{mask}"
        if f"{end}port" in modes:
            protocol = PROTOCOL_NAMES.get(use.rule.plain_protocol or 0, "") if use.rule.protocol else "th"
            yield f"{protocol} {letter}port"


hashlimit = Match(
    "hashlimit",
    Option(
        "hashlimit-upto",
        HashRateValue(),
        before=_RATES_BEFORE,
        aliases="hashlimit",
        negatable=True,
        excludes="hashlimit-above",
        sentence="the group {stays|does not stay} within {value}",
    ),
    Option(
        "hashlimit-above",
        HashRateValue(),
        before=_RATES_BEFORE,
        negatable=True,
        sentence="the group {exceeds|does not exceed} {value}",
    ),
    Option(
        "hashlimit-burst",
        BurstValue(),
        before={"1.4.15": uint32(min=1, max=MOST_PACKETS_BEFORE), "1.6.1": BurstValue(most=MOST_PACKETS_BEFORE)},
        sentence=burst,
        negation_ignored_in="..1.4.10",
    ),
    Option(
        "hashlimit-mode",
        Modes(),
        sentence="{value}",
        negation_ignored_in="1.4.1..1.4.10",
    ),
    Option(
        "hashlimit-name",
        text(min=1, cut_at=254, quoted=False),
        required=True,
        sentence="the table of groups is called {value}",
        negation_ignored_in="..1.4.10",
    ),
    Option(
        "hashlimit-htable-size",
        uint32(),
        before=_SIZES_BEFORE,
        sentence="the table has {value:bucket}",
        negation_ignored_in="..1.4.10",
    ),
    Option(
        "hashlimit-htable-max",
        uint32(),
        before=_SIZES_BEFORE,
        sentence="the table holds at most {value:group}",
        negation_ignored_in="..1.4.10",
    ),
    Option(
        "hashlimit-htable-gcinterval",
        uint32(),
        before=_SIZES_BEFORE,
        default=1000,
        sentence="expired groups are removed every {value:millisecond}",
        negation_ignored_in="..1.4.10",
    ),
    Option(
        "hashlimit-htable-expire",
        uint32(),
        before=_SIZES_BEFORE,
        sentence="a group expires after {value:millisecond} without packets",
        negation_ignored_in="..1.4.10",
    ),
    Option(
        "hashlimit-srcmask",
        GroupLength("source"),
        sentence="{value}",
        negation_ignored_in="..1.4.10",
    ),
    Option(
        "hashlimit-dstmask",
        GroupLength("destination"),
        sentence="{value}",
        negation_ignored_in="..1.4.10",
    ),
    Option("hashlimit-rate-match", sentence="look at the rate itself, without a bucket of tokens"),
    Option("hashlimit-rate-interval", Seconds(), sentence="the rate is measured over {value}"),
    checks=(
        needs_one_of("hashlimit-upto", "hashlimit-above", says="You have to specify --hashlimit"),
        needs_one_of("hashlimit-mode", says="You have to specify --hashlimit-mode", until="1.4.0"),
        burst_fits_the_rate,
    ),
    table_since="1.4.11",
    kernel=(
        table_can_live,
        names_a_file("hashlimit-name", "/proc/net/ipt_hashlimit"),
        rate_can_be_counted,
        table_is_as_it_is_kept,
    ),
    saved=saved,
    sentence="match at a limited rate, separately for each group of packets",
    nft=in_a_meter,
)
