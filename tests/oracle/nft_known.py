"""Where iptables-translate 1.8.9 is wrong or says less, so that our code is another: each with what the kernel does.

Which ones there are was found by comparing thousands of made-up commands; NFTABLES.md tells users of them.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Known(NamedTuple):
    """A difference: which commands it may be in, and why ours is right."""

    pattern: str
    why: str


KNOWN = (
    Known(r" --ah(len|res)\b| --(hbh|dst|rt)-len ", "it takes bytes for units of 4 or 8, and a field that is 0 for 1"),
    Known(r" --fragres| --fraglen", "it asks for 1 where the field is 0, and does not ask for the header"),
    Known(r" --compres", "the kernel does not look at the field; it looks at an index of 0 instead"),
    Known(r" -m cluster", "it counts nodes from 1 and nft from 0, and forgets what is negated"),
    Known(r" -j CONNMARK .*--(set|and|or|xor)-x?mark", "it writes xor before and, which nft reads the other way round"),
    Known(r" -j CONNMARK .*--(save|restore)-mark", "it clears the bits that the mask keeps"),
    Known(r" -j TOS", "it leaves the two bits of congestion as they are"),
    Known(r" --ecn-tcp-(ece|cwr)", "its `!=` compares all flags instead of one"),
    Known(r" --ports\b|--ports ", "it forgets ranges, and what is negated"),
    Known(r" -m (udp|devgroup|addrtype) .*! ", "it takes the negation of one option for that of another"),
    Known(r" -m addrtype .*-type.*-type", "it forgets the second of two options"),
    Known(r" -m hashlimit .*(srcport|dstport)", "it takes ports of any protocol for those of TCP"),
    Known(r" -m hashlimit ", "it keeps groups for ever, or for no time"),
    Known(r" --connlimit-mask", "it makes groups of the whole address where the mask is none of its family"),
    Known(r" -p (esp|tcp|udp|sctp|dccp) -m (esp|tcp|udp|sctp|dccp) ", "it forgets the protocol if nothing is asked"),
    Known(r" -m mh| -p mh", "it asks for the protocol where the header says it"),
    Known(r"--ct(orig|repl)(src|dst) \S+/(?!(\d|[1-9]\d|1[01]\d|12[0-8]) )", "it forgets a mask that is no length"),
    Known(r"! --icmp-type (255|any) ", "it forgets that all types are negated"),
    Known(r" --mss 0?:(65535)? ", "it asks for a size where any will do"),
    Known(r"! --connbytes (\d+):\1 ", "it forgets the negation of a single number"),
    Known(r"! --ctstate [A-Z,]*[SD]NAT", "it forgets that changed addresses are negated"),
    Known(r" --tcp-option | --chunk-types ", "it does not ask for the protocol where something is missing in it"),
    Known(r" -p ah -m ah ", "it forgets the protocol if nothing is asked"),
    Known(r" -m time .*--weekdays", "it names all days where none is left out"),
    Known(r" -m time .*--timestart .*--timestop ", "over midnight, it leaves out the first and the last second"),
    Known(r" --length 0?:", "it asks for what all packets have"),
    Known(r" --ctdir .*--ctproto|--ctproto .*--ctdir", "both directions have the same protocol"),
)


def why(command: str) -> str:
    """Why the code of a command may differ; empty if it may not."""
    plain = re.sub(r"['\"]", "", command)
    return next((known.why for known in KNOWN if re.search(known.pattern, f"{plain} ")), "")
