"""How a declaration says what it is in nft: words with places for values, a function, or why nft cannot say it.

nft(8) is the manual of nft. That two forms do the same was seen in what both programs load into the kernel.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from ..reading.pattern import pattern

if TYPE_CHECKING:
    from .rule import Use

#: What no packet matches: no interface can have such a name.
NEVER = 'iifname "INVAL/D"'

_WORDS = """
accept add ah all and arp auto-merge bridge cgroup chain comment comp constant continue counter cpu create ct day
dccp define delete describe destroy device devices dnat drop dst dup dynamic ecn element elements esp ether exists
expires export exthdr fib flags flow flowtable flush frag fwd gc-interval ge geneve get goto gre gretap handle hbh
hook hour ibriport ibrname icmp icmpv6 igmp iif iifgroup iifname iiftype import include index inet insert interval
ip ip6 ipsec jhash jump le limit list log lt map mark masquerade meta meter mh missing monitor ne netdev nftrace not
notrack numgen obriport obrname offload oif oifgroup oifname oiftype or osf pkttype policy position priority queue
quota random redefine redirect reject rename replace reset return rt rt0 rt2 rtclassid rule ruleset sctp secmark set
size skgid skuid snat socket srh symhash synproxy table tcp th time timeout tproxy type typeof udp udplite undefine
update vlan vmap vni vxlan xt
"""
#: Words that nft reads as its own wherever a name may stand, seen with nft 1.0.6 and 1.1.3.
WORDS = frozenset(_WORDS.split())
_READABLE = pattern(r"[A-Za-z_.][A-Za-z0-9_./\\-]*\Z", re.ASCII)

#: The longest name of a conntrack helper or of an operating system that nft reads, in bytes.
_LONGEST_WORD = 15

#: The longest text in quotes that nft takes as a comment, in bytes.
LONGEST_COMMENT = 128


class NotInNft(NamedTuple):
    """Why nft cannot say something, as a sentence without its full stop, and the nearest that it can."""

    reason: str
    nearest: str = ""


class Unsayable(Exception):
    """Raised where nft cannot say what a rule asks for."""

    def __init__(self, reason: str, nearest: str = "") -> None:
        super().__init__(reason)
        self.why = NotInNft(reason, nearest)


class NamedSet(NamedTuple):
    """A set, or another object of a `kind`, that must exist before a rule can use it, in the rule's table.

    `definition` is the text between the braces. One that the rule makes for itself is `numbered`: `{NAME}` in the
    rule's words becomes the name with a number that no other rule has.
    """

    name: str
    definition: str
    numbered: bool = False
    kind: str = "set"


class Said(NamedTuple):
    """What a match or target is in nft.

    `words` select packets, or act; `after` comes after the counter although it belongs to a match; `comment` is the
    rule's comment. `sets` must exist, and `notes` say what is assumed, or what is not the same.
    """

    words: str = ""
    after: str = ""
    comment: str = ""
    sets: tuple[NamedSet, ...] = ()
    notes: tuple[str, ...] = ()


#: Says what one use of a match or target is; raises Unsayable, or Unknown for a hole.
Sayer = Callable[["Use"], "str | Said"]
#: What a declaration may say: words, a function, or why there are none.
Form = str | Sayer | NotInNft


def network_word(family: str) -> str:
    """Nft's name of a family's header, and of its tables: `ip` or `ip6`."""
    return "ip" if family == "ipv4" else "ip6"


def quoted(text: str) -> str:
    """A text as nft reads it, in double quotes, in which nothing can be escaped; raises Unsayable."""
    if '"' in text:
        raise Unsayable('nft has no way to write a `"` in a text', f"`{text.replace(chr(34), chr(39))}`")
    if not text.isprintable():
        raise Unsayable("nft reads no control characters in a text")
    return f'"{text}"'


def quoted_prefix(text: str) -> str:
    """A prefix of what is logged, in which nft takes a `$` for the beginning of a variable; raises Unsayable."""
    if "$" in text:
        raise Unsayable("nft takes a `$` in a prefix for a variable", f"`{text.replace('$', '')}`")
    return quoted(text)


def short(text: str, what: str) -> str:
    """A text in quotes that nft keeps in 16 bytes; raises Unsayable for a longer one, which is the name of `what`."""
    if len(text.encode(errors="surrogateescape")) > _LONGEST_WORD:
        raise Unsayable(f"nft reads at most {_LONGEST_WORD} bytes of the name of {what}")
    return quoted(text)


def is_readable(name: str) -> bool:
    """Whether nft reads a text as a name: it has no quotes for names of chains and sets, and words of its own."""
    return bool(_READABLE.match(name)) and name not in WORDS


def readable_name(name: str) -> str:
    """The name of a chain or set; raises Unsayable if nft would read it otherwise."""
    if name in WORDS:
        raise Unsayable(f"`{name}` is a word of nft's own and cannot be a name", f"another name: `{name}_`")
    if not is_readable(name):
        near = re.sub(r"[^A-Za-z0-9_./-]", "_", name)
        raise Unsayable(f"nft cannot read the name `{name}`", f"another: `{near if is_readable(near) else f'_{near}'}`")
    return name


def interface(name: str) -> str:
    """The name of an interface, where a `+` at its end stands for any rest: `"eth*"`."""
    if name.endswith("+"):
        return quoted(f"{name[:-1]}*")
    return quoted(f"{name[:-1]}\\*" if name.endswith("*") else name)
