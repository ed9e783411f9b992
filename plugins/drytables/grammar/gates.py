"""How a match lets packets through without looking at them: by counting them, or by chance.

The model is that of the kernel (xt_statistic, observed with iptables-legacy and iptables-nft 1.8.9 on Linux 6.18; a
test compares it with the kernel, packet by packet):

- `nth` has a counter in each match, which every packet that reaches the match advances. Counted from 0, the packets
  match whose number modulo `--every` is `--packet`.
- `random` draws 31 random bits and matches below `--probability`, which is kept in steps of one part in 2^31.
- A `!` inverts the answer; a counter advances all the same.
"""

from __future__ import annotations

from typing import NamedTuple

#: The steps in which the kernel keeps a probability.
PROBABILITY_STEPS = 2**31


class Nth(NamedTuple):
    """`--mode nth`: of every `every` packets, the one that the counter calls `packet`, or all but that one."""

    every: int
    packet: int = 0
    negated: bool = False

    @property
    def is_never_reached(self) -> bool:
        """Whether the counter never reaches the number of the packet."""
        return self.packet >= self.every

    def matches(self, counter: int) -> bool:
        """Whether the packet with this number matches, counted from 0 where the match first saw one."""
        return (counter % self.every == self.packet) is not self.negated

    def after(self, counter: int) -> int:
        """The counter after one more packet."""
        return (counter + 1) % self.every


class Chance(NamedTuple):
    """`--mode random`: each packet matches with a probability of `steps` parts in 2^31; if negated, it matches
    otherwise.
    """

    steps: int
    negated: bool = False


Gate = Nth | Chance
