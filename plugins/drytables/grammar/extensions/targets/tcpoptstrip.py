"""TCPOPTSTRIP: blank out TCP header options. iptables-extensions(8), TCPOPTSTRIP."""

from ....diagnostics.codes.command import REQUIRED
from ...extension import CheckFailure, Option, Target
from ...rule import Use
from ...values.base import Family, InvalidValue, Value, number
from ...values.tcp_options import NAMES, say_option
from ...values.wording import Context, in_a_row

#: nft's names.
_NFT_NAMES = {2: "maxseg", 3: "window", 4: "sack-perm", 5: "sack", 8: "timestamp"}


class TcpOptions(Value):
    """TCP options by name or number, separated by commas, each once; written as numbers, the lowest first."""

    synopsis = "OPTION[,OPTION...]"

    def read(self, text: str, family: Family) -> tuple[int, ...]:
        options: list[int] = []
        at = 0
        for piece in text.split(","):
            options.append(self._one(piece, at, options))
            at += len(piece) + 1
        return tuple(sorted(options))

    def _one(self, piece: str, at: int, before: list[int]) -> int:
        place = (at, at + len(piece)) if piece else None
        value = NAMES.get(piece, number(piece))
        if value is None or value > 255:
            raise InvalidValue(
                "neither an option's name nor a number from 2 to 255",
                says=f'Bad TCP option value "{piece}"',
                at=place,
                choices=tuple(NAMES),
            )
        if value < 2:
            raise InvalidValue(
                "options 0 and 1 are the end of the options and the padding itself",
                at=place,
                says="Option value may not be 0 or 1",
            )
        if value in before:
            raise InvalidValue("listed twice", says=f'Option "{piece}" already specified', at=place)
        return value

    def write(self, value: tuple[int, ...], family: Family) -> str:
        return ",".join(map(str, value))

    def say(self, value: tuple[int, ...], context: Context) -> str:
        """Each by the name that it was given by, or its number with its name."""
        typed = context.typed.split(",")
        names = {number: name for name, number in NAMES.items()}
        said = [names[each] if names.get(each) in typed else say_option(each) for each in value]
        return f"{'the option' if len(said) == 1 else 'the options'} {in_a_row(said)}"

    def say_unknown(self, text: str, context: Context) -> str:
        return f"the options {text}"


def options_are_named(use: Use) -> CheckFailure | None:
    """Once, there had to be options; now the target may do nothing."""
    if use.has("strip-options"):
        return None
    return CheckFailure(
        REQUIRED,
        "the `TCPOPTSTRIP` target requires `--strip-options` in this release",
        label="it is missing",
        says="TCPOPTSTRIP: --strip-options parameter required",
        until="1.4.10",
    )


def one_by_one(use: Use) -> str:
    """Each option, by its name if nft has one."""
    return " ".join(f"reset tcp option {_NFT_NAMES.get(kind, kind)}" for kind in use.value("strip-options", ()))


tcpoptstrip = Target(
    "TCPOPTSTRIP",
    Option("strip-options", TcpOptions(), sentence="blank out {value}", negation_ignored_in="..1.4.10"),
    checks=(options_are_named,),
    tables="mangle",
    protocols="tcp",
    sentence="blank out options of the TCP header",
    nft=one_by_one,
)
