"""HMARK: mark packets by a hash of where they come from and go to. iptables-extensions(8), HMARK.

Observed with iptables-legacy 1.8.9 on Linux 6.18: members of a tuple may be shortened, in any case, and the first match
wins; each is a mask of all ones, which overwrites one given before it and refuses one given after it.
"""

from collections.abc import Sequence

from ....diagnostics.codes.command import EXCLUDES, ONLY_ONCE, REQUIRED
from ...extension import CheckFailure, Option, Target
from ...nft import NotInNft
from ...rule import Setting, Use
from ...saving import setting_words
from ...values.addresses import BITS, prefix_length
from ...values.base import Family, Hexadecimal, InvalidValue, Value, uint32
from ...values.resolved_addresses import read_resolved_mask
from ...values.wording import Context, counted, in_a_row

#: The members of a tuple, in the order in which iptables searches them, with the equivalent options.
_MEMBERS = {
    "src": "hmark-src-prefix",
    "dst": "hmark-dst-prefix",
    "sport": "hmark-sport-mask",
    "dport": "hmark-dport-mask",
    "spi": "hmark-spi-mask",
    "ct": "",
    "proto": "hmark-proto-mask",
}
_IN_WORDS = {
    "src": "the source address",
    "dst": "the destination address",
    "sport": "the source port",
    "dport": "the destination port",
    "spi": "the security parameter index",
    "ct": "the original addresses and ports of the connection",
    "proto": "the protocol",
}
_NO_LIST = '"--hmark-tuple" requires a list of types with no spaces, e.g. src,dst,sport,dport,proto'


class Tuple(Value):
    """Members separated by commas."""

    synopsis = "MEMBER[,MEMBER...]"

    def read(self, text: str, family: Family) -> frozenset[str]:
        members, at = set(), 0
        for piece in text.split(","):
            member = next((each for each in _MEMBERS if piece and each.startswith(piece.lower())), None)
            if member is None:
                raise InvalidValue(
                    "not a member of a tuple" if piece else "empty item",
                    says=f'Bad type "{text[at:]}"' if text[at:] else _NO_LIST,
                    at=(at, at + len(piece)) if piece else None,
                    choices=tuple(_MEMBERS),
                )
            members.add(member)
            at += len(piece) + 1
        return frozenset(members)

    def write(self, value: frozenset[str], family: Family) -> str:
        return ",".join(member for member in _MEMBERS if member in value)

    def say(self, value: frozenset[str], context: Context) -> str:
        return in_a_row(said for member, said in _IN_WORDS.items() if member in value)


class Prefix(Value):
    """A mask, written as its length, or as -1 if it has gaps."""

    synopsis = "MASK"

    def read(self, text: str, family: Family) -> int:
        return read_resolved_mask(text, family)

    def write(self, value: int, family: Family) -> str:
        length = prefix_length(value, family)
        return str(-1 if length is None else length)

    def say(self, value: int, context: Context) -> str:
        length = prefix_length(value, context.family)
        return f"the bits {context.typed}" if length is None else f"the first {counted(str(length), 'bit')}"

    def say_unknown(self, text: str, context: Context) -> str:
        return f"the first {text} bits"


_port = Hexadecimal(0xFFFF, digits=4)
_protocol = Hexadecimal(0xFFFF, digits=2)
_spi = Hexadecimal(0xFFFF_FFFF, digits=8)


class PrefixInFigures(Prefix):
    """A mask by its length."""

    def read(self, text: str, family: Family) -> int:
        length = uint32(max=BITS[family]).read(text, family)
        return (1 << BITS[family]) - (1 << BITS[family] - length)


_PREFIX_BEFORE = {"1.4.19.1": PrefixInFigures()}


def not_in_the_tuple(use: Use, setting: Setting) -> CheckFailure | None:
    """To iptables, a mask is given twice if a tuple before it implies it."""
    option = setting.option.name
    members = use.value("hmark-tuple", frozenset())
    if not any(_MEMBERS[member] == option for member in members):
        return None
    return CheckFailure(
        ONLY_ONCE,
        f"`--{option}` is already set by `--hmark-tuple`",
        option=option,
        cause="hmark-tuple",
        label="set again here",
        says=f'HMARK: option "--{option}" can only be used once.',
        help="put it before the tuple, or remove one of them",
    )


def _given(use: Use) -> set[str]:
    """The options that are given, including those in a tuple."""
    return {*use.settings, *(_MEMBERS[member] for member in use.value("hmark-tuple", frozenset()))}


def required_ones_are_there(use: Use) -> CheckFailure | None:
    """A modulus, a random number, and something to hash are required."""
    for name, why in (("hmark-mod", "the number of marks"), ("hmark-rnd", "the start of the hash")):
        if not use.has(name):
            return CheckFailure(
                REQUIRED,
                f"the `HMARK` target requires `--{name}`",
                label=f"missing: {why}",
                says=f"--{name} is mandatory",
            )
    if use.settings.keys() <= {"hmark-mod", "hmark-rnd", "hmark-offset"}:
        return CheckFailure(
            REQUIRED,
            "the `HMARK` target requires `--hmark-tuple`, or masks",
            label="there is nothing to hash",
            says="you have to specify --hmark-tuple at least",
            help="add `--hmark-tuple src,dst`, for example",
        )
    return None


def spi_or_ports(use: Use) -> CheckFailure | None:
    """A packet has ports or a security parameter index, not both."""
    given = _given(use)
    if "hmark-spi-mask" in given and given & {"hmark-sport-mask", "hmark-dport-mask"}:
        option = next(name for name in ("hmark-spi-mask", "hmark-tuple") if use.has(name))
        return CheckFailure(
            EXCLUDES,
            "ports and a security parameter index cannot be used together",
            option=option,
            label="a packet has one or the other",
            says="you cannot use --hmark-spi-mask and --hmark-?port-mask,at the same time",
        )
    return None


def spi_or_ports_to_set(use: Use) -> CheckFailure | None:
    """The same for bits that are set instead of read; iptables leaves this check to the kernel."""
    ports = [name for name in ("hmark-sport", "hmark-dport") if use.has(name)]
    if not ports or not use.has("hmark-spi"):
        return None
    return CheckFailure(
        EXCLUDES,
        f"`--hmark-spi` and `--{ports[0]}` cannot be used together",
        option="hmark-spi",
        cause=ports[0],
        label="a packet has one or the other",
        by_kernel=True,
    )


def saved(use: Use) -> Sequence[str]:
    """Every option in the table's order; of the tuple only `ct` is left, as the others are masks by now."""
    members = use.value("hmark-tuple", frozenset())
    masks = {_MEMBERS[member] for member in members}
    words: list[str] = []
    for option in use.extension.options:
        if option.name in masks:
            words += [f"--{option.name}", _all_ones(option.value, use.rule.family)]
        elif option.name == "hmark-tuple":
            words += ["--hmark-tuple", "ct"] if "ct" in members else []
        elif use.has(option.name):
            words += setting_words(use.settings[option.name][-1], use.rule.family)
    return words


def _all_ones(value: Value | None, family: Family) -> str:
    """The mask that a member of a tuple implies; a protocol's eight bits become sixteen in iptables."""
    if isinstance(value, Hexadecimal):
        return value.write(value.max, family)
    return str(BITS[family])


hmark = Target(
    "HMARK",
    Option(
        "hmark-src-prefix",
        Prefix(),
        before=_PREFIX_BEFORE,
        check=not_in_the_tuple,
        sentence="hash {value} of the source address",
    ),
    Option(
        "hmark-dst-prefix",
        Prefix(),
        before=_PREFIX_BEFORE,
        check=not_in_the_tuple,
        sentence="hash {value} of the destination address",
    ),
    Option("hmark-sport-mask", _port, check=not_in_the_tuple, sentence="hash the bits {value} of the source port"),
    Option("hmark-dport-mask", _port, check=not_in_the_tuple, sentence="hash the bits {value} of the destination port"),
    Option(
        "hmark-spi-mask", _spi, check=not_in_the_tuple, sentence="hash the bits {value} of the security parameter index"
    ),
    Option("hmark-sport", _port, sentence="in the source port, set the bits {value}"),
    Option("hmark-dport", _port, sentence="in the destination port, set the bits {value}"),
    Option("hmark-spi", _spi, sentence="in the security parameter index, set the bits {value}"),
    Option(
        "hmark-proto-mask", _protocol, check=not_in_the_tuple, sentence="hash the bits {value} of the protocol's number"
    ),
    Option("hmark-rnd", Hexadecimal(0xFFFF_FFFF, digits=8), sentence="begin the hash at {value}"),
    Option("hmark-mod", uint32(min=1), sentence="choose one of {value:mark}"),
    Option("hmark-offset", uint32(), sentence="count the marks from {value}"),
    Option("hmark-tuple", Tuple(), sentence="hash {value}"),
    checks=(required_ones_are_there, spi_or_ports),
    kernel=(spi_or_ports_to_set,),
    sentence="mark the packet with a hash of its addresses, ports or protocol",
    saved=saved,
    nft=NotInNft(
        "the hash of nft is another one, and so are the marks",
        "`meta mark set jhash ip saddr . ip daddr mod N offset M`",
    ),
)
