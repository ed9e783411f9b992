"""SYNPROXY: answer for a server until a client has proved to be one. iptables-extensions(8), SYNPROXY.

The man page's `--timestamps` is `--timestamp` in iptables, a segment size keeps 16 bits and a window scale eight (all
observed with 1.8.9). It lets go of a packet that it does not want, and so does not terminate.
"""

from ...extension import Option, Target
from ...nft import NotInNft
from ...values.base import Family, Unsigned, number
from ...values.wording import Context


class LowBits(Unsigned):
    """A number of 32 bits, of which the lowest `bits` are kept."""

    def __init__(self, bits: int) -> None:
        super().__init__(0, 0xFFFF_FFFF)
        self.bits = bits

    def read(self, text: str, family: Family) -> int:
        return super().read(text, family) & (1 << self.bits) - 1

    def say(self, value: int, context: Context) -> str:
        """What is kept, and of which number."""
        typed = number(context.typed)
        kept = super().say(value, context)
        return kept if typed in (None, value) else f"{kept} (what {self.bits} bits leave of {context.typed.strip()})"


synproxy = Target(
    "SYNPROXY",
    Option("sack-perm", sentence="let clients acknowledge selectively", nft="sack-perm"),
    Option("timestamp", sentence="let clients send timestamps", nft="timestamp"),
    Option("wscale", LowBits(8), sentence="promise the window scale {value}", nft="wscale {value}"),
    Option("mss", LowBits(16), sentence="promise the segment size {value}", nft="mss {value}"),
    Option(
        "ecn",
        sentence="let clients use ECN",
        nft=NotInNft("nft has no word for ECN in `synproxy`", "`synproxy` without it"),
    ),
    hooks="INPUT FORWARD",
    protocols="tcp",
    sentence="answer for the server until the client has proved that it is real",
    nft="synproxy {sack-perm} {timestamp} {wscale} {mss} {ecn}",
)
