"""Where the iptables of this machine and drytables differ, and why: 1.8.9 against 1.8.11, or a kernel without a module.

Anything else that differs is a bug.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Known:
    """A difference that is explained: commands and answers that fit these expressions, and the reason."""

    command: str
    words: str
    reason: str
    found: str = ""
    variant: str = ""


#: What iptables says of a name that this machine does not have.
_NOT_HERE = (
    r"getaddrinfo|host/network `[^']*[A-Za-z][^']*' not found|could not map name|bpf object|label '.*' not found"
    r"|Set .* doesn't exist|protocol family of set"
)
#: A value in one word with one of the options that lost it.
_GLUED = r"(^| )(-[a-zA-Z0-9]*[psdjgio][^ ]|--(p|pro\S*|s|so\S*|sr\S*|d|de\S*|ds\S*|j\S*|in?\S*|o\S*|g\S*)=)"
#: A protocol that iptables does not know by itself.
_OTHER_PROTOCOL = r"(^| )(-p|--p\S*) ?'?(?!tcp|udp|icmp|[sd]ctp|esp|ah|dccp|all)"
#: An address's mask, as an address.
_MASK = r"(--ct(orig|repl)(src|dst)|--tun\S*|--to|--connlimit-m\S*|--hmark-\S*|--srh-\S*) \S*[.:/]"
#: What iptables says in other words since 1.8.10 or 1.8.11.
_OLDER_WORDS = (
    r"multiple -\w flags|Illegal option `-\w'|Can't use -\w |cannot have ! before -\w( |$)|-c (requires|packet|byte)"
    r"|shorter than IFNAMSIZ|spefify|multiport expection|should be less than|invalid range given|out of range \(0-"
    r"|unexpected characters near|Too many components"
)
#: A letter that is no option, joined to others.
_UNKNOWN_LETTER = r"(-p|--p\S+) .* -(?!-)(?=\S*[0-35789abeklqruyzBGHJKOQTUY])\S{2,}( |$)"

KNOWN = (
    # What cannot be known on this machine.
    Known("", r"missing kernel module\?", "this kernel lacks the module; what it would say is not known"),
    Known(
        "",
        _NOT_HERE,
        "iptables looks first for what is named, and it is not on this machine",
        found="something else",
    ),
    Known("owner", "owner: Bad value", "this machine has no such user or group"),
    Known("nfacct", "No chain", "this machine has no such accounting object", found="something else"),
    Known(
        " -[A-Za-z0-9]*[hV]|--h|--vers",
        _NOT_HERE,
        "a name that is not on this machine, before -h",
    ),
    Known(_UNKNOWN_LETTER, "", "iptables loses its place at an unknown letter behind -p, and reads on for a while"),
    Known("RATEEST", "", "this kernel has no rate estimators"),
    # Which of two faults comes first.
    Known(r"--to\S* \S*:", "Need TCP", "a lone colon is seen before the address is read", "something else"),
    # What 1.8.10 and 1.8.11 mended.
    Known("", _OLDER_WORDS, "1.8.10 and 1.8.11 say it in other words", "something else"),
    Known(r" -[^- ]\S", "unknown option", "the letter itself is named since 1.8.11", "something else"),
    Known(_GLUED, "", "1.8.8 and 1.8.9 took the whole word for the value glued to -p, -s, -d, -j, -i and -o"),
    Known(r" -\w*b", "", "-b was among the letters by mistake up to 1.8.10; it never did anything", "something else"),
    Known(r"! (-[io]|--(in|out)-interface) \+( |$)", "", "`! -i +` is printed since 1.8.10", "another form"),
    Known(r"! --\S+ 0?:\d*( |$)", "", "`! --sport :` and its like are printed since 1.8.10", "another form"),
    Known(r"! --\S*port \S+:", "", "`! --sport 0:65535` is printed since 1.8.10", "another form"),
    Known(r"\d:\d", "", "reversed ranges are refused again since 1.8.11", "iptables accepts"),
    Known(r"--\S+ \d+:\d", "", "reversed ranges are found before other faults since 1.8.11", "something else"),
    Known("-E |--ren", "", "-E looks at the new name since 1.8.10"),
    Known(
        "icmp-type (0xff|255)/(0xff|255)", "", "255/255 is no longer mistaken for `any` since 1.8.10", "another form"
    ),
    Known("icmpv6-type mld-", "Unknown ICMPv6", "these names came with 1.8.10"),
    Known("ctproto", "", "a protocol of 0 is refused since 1.8.10", "iptables accepts"),
    Known(r"-\S*R .*,", "", "-R takes the first of several addresses since 1.8.11", "iptables refuses"),
    Known("recent .*--sec", "", "seconds are no longer printed as a signed number", "another form"),
    Known(_OTHER_PROTOCOL, "", "protocols of /etc/protocols are printed as numbers since 1.8.11", "another form"),
    Known(_MASK, "", "masks with gaps are taken as they are since 1.8.10", "another form"),
    Known(r"connlimit-m\S* \d+", "", "a length that is none is a mask with gaps to connlimit", "another form"),
    Known(r"hmark-\S*-p\S* \d+", "", "a length that is none is a mask with gaps to HMARK", "another form"),
    Known("queue-balance", "", "65535 queues are one too many since 1.8.10"),
    # What nf_tables does in another way; the verdicts are those of legacy.
    Known("TCPMSS", "", "nf_tables does not ask whether packets open a connection", "iptables accepts", "nft"),
    Known("QUEUE", "", "nf_tables has no QUEUE", "iptables refuses", "nft"),
    Known(r"! \S+ \S*/0( |$)", "", "nf_tables refuses what matches no address", "iptables refuses", "nft"),
    Known("TRACE", "", "TRACE works in every table of nf_tables", "iptables accepts", "nft"),
    Known(" (-[A-Za-z0-9]*[XE]|--del|--ren)", "", "nft deletes and renames built-in chains", "iptables accepts", "nft"),
    Known("-m limit", "", "nf_tables counts rates in its own way", "iptables accepts", "nft"),
    Known("-m (tcp|udp) .*-m (tcp|udp)", "", "nft makes one of two matches of ports", "another form", "nft"),
    Known("NFLOG", "", "nf_tables has no range, and longer prefixes", "another form", "nft"),
    Known("! (-p|--protocol)", "", "nf_tables does not ask for the protocol of tcp and udp", "iptables accepts", "nft"),
)


def unknowable(line: str, words: str, found: str, variant: str) -> bool:
    """Whether a difference is one of the known ones."""
    return any(
        known.variant in ("", variant)
        and known.found in found
        and re.search(known.command, line.replace("'", ""))
        and re.search(known.words, words)
        for known in KNOWN
    )
