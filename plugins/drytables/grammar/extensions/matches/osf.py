"""osf: the operating system that a connection comes from, judging by its first packet. iptables-extensions(8), osf.

The name is saved as it is, cut at 31 bytes (observed with iptables-legacy 1.8.9). What the kernel refuses was tried on
Linux 6.18.
"""

from ...checks import needs_something
from ...extension import Match, Option
from ...nft import Said, short
from ...rule import Use
from ...values.base import Unsigned, text
from ...values.unchecked import Signed
from ...values.wording import Context


class Level(Unsigned):
    """A number that stands for one of a few ways, described by what they do."""

    def __init__(self, *ways: str, unknown: str) -> None:
        super().__init__(0, len(ways) - 1)
        self.ways, self.unknown = ways, unknown

    def say(self, value: int, context: Context) -> str:
        return self.ways[value]

    def say_unknown(self, text: str, context: Context) -> str:
        return f"{self.unknown} {text}"


_TTL = Level(
    "the time to live must be that of the fingerprint",
    "the time to live may be below that of the fingerprint",
    "the time to live does not matter",
    unknown="also check the time to live, at level",
)
_LOG = Level(
    "every fingerprint that fits",
    "the first fingerprint that fits",
    "all known fingerprints that fit",
    unknown="what was recognised, at level",
)
_BEFORE = {"1.4.11": Signed(0, 2)}


def by_the_fingerprint(use: Use) -> Said:
    """The name of a system, with how the TTL is looked at: exactly, up to it, or not at all."""
    ttl = ("", "ttl loose ", "ttl skip ")[use.value("ttl", 0)]
    genre = short(use.value("genre"), "a system")
    notes = ("nft does not log what it recognises",) if use.value("log", 0) else ()
    return Said(f"osf {ttl}name {'!= ' if use.negated('genre') else ''}{genre}", notes=notes)


osf = Match(
    "osf",
    Option(
        "genre",
        text(cut_at=31, quoted=False),
        before={"1.4.11": text(max=31, quoted=False)},
        required=True,
        required_since="1.4.11",
        negatable=True,
        sentence="the system is {not }{value}",
        negated_inside_in="..1.4.10",
    ),
    Option(
        "ttl",
        _TTL,
        before=_BEFORE,
        sentence="{value}",
        negation_ignored_in="..1.4.10",
        glued_in="1.4.11..",
    ),
    Option(
        "log",
        _LOG,
        before=_BEFORE,
        sentence="log {value}",
        negation_ignored_in="..1.4.10",
        glued_in="1.4.11..",
    ),
    checks=(needs_something("OS fingerprint match: You must specify `--genre'", until="1.4.10"),),
    family="ipv4",
    table_since="1.4.11",
    protocols="tcp",
    hooks="PREROUTING INPUT FORWARD",
    sentence="guess the sender's operating system from a connection's first packet",
    nft=by_the_fingerprint,
)
