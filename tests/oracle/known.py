"""Where the iptables of this machine and drytables differ, and why, when neither judging as this machine's release nor
a command that is almost the same can tell.

Anything else that differs is a bug.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from drytables.grammar.history.releases import Release
from drytables.grammar.registries import PROTOCOL_NAMES

from .difference import Difference, Variant, is_the_kernels


@dataclass(frozen=True, slots=True)
class Known:
    """A difference that is explained: what is found, by the code of our refusal, the matches and targets of which one
    is used, an expression for iptables' words, an option of iptables' own that is negated, and the reason.
    """

    found: str
    reason: str
    variant: str = ""
    codes: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    words: str = ""
    negated: str = ""
    #: Whether it is the kernel that would refuse the command, if anything does: iptables asks it last.
    by_kernel: bool = False

    def explains(self, difference: Difference) -> bool:
        """Whether this is the difference that is known."""
        return (
            self.found in difference.found
            and self.variant in ("", difference.variant)
            and (not self.codes or difference.code in self.codes)
            and (not self.uses or difference.uses(*self.uses))
            and (not self.negated or difference.verdict.rule.negated(self.negated))
            and (not self.by_kernel or is_the_kernels(difference.verdict))
            and bool(re.search(self.words, difference.answer.words))
        )


#: What is said at the end when the kernel has no such match or target.
_NOT_THERE = (
    r"(No chain/target/match by that name\.|Bad rule \(does a matching rule exist in that chain\?\)\."
    r"|RULE_\w+ failed \(No such file or directory\): rule in chain \S+)\Z"
)

KNOWN = (
    # What cannot be known on this machine.
    Known("", "this kernel lacks the module", words=r"(?s)missing kernel module\?.*" + _NOT_THERE, by_kernel=True),
    Known("something", "there is no such accounting object", uses=("nfacct",), words=_NOT_THERE, by_kernel=True),
    Known("something", "ipset makes no set of such a name", uses=("set", "SET"), words=r"Set [-!].* doesn't exist\.\Z"),
    # What a release prints is not looked into where it takes what newer ones refuse.
    Known("accepts", "a range may be reversed up to 1.8.10", codes=("empty-range",)),
    # What nf_tables does in another way; the verdicts are those of legacy.
    Known("accepts", "it does not ask whether packets open a connection", "nft", ("also-requires",), ("TCPMSS",)),
    Known("accepts", "TRACE works in every table", "nft", ("wrong-table",), ("TRACE",)),
    Known("accepts", "it does not ask for the protocol", "nft", ("needs-protocol",), ("tcp", "udp"), negated="p"),
    Known("accepts", "it counts rates in its own way", "nft", ("bad-value",), ("limit",), by_kernel=True),
    Known("accepts", "it deletes and renames built-in chains", "nft", ("built-in-chain", "chain-exists")),
)


def is_known(difference: Difference) -> bool:
    """Whether a difference is one of the known ones."""
    return any(known.explains(difference) for known in KNOWN)


#: How older releases print what the newest prints otherwise: the first release that does, what it prints, and the rest.
_REPRINTED: tuple[tuple[str, str, str | Callable[[re.Match[str]], str]], ...] = (
    ("1.8.10", r" ! -[io] \+(?= |$)", ""),
    ("1.8.10", r" ! --\S+ 0:(255|65535|4294967295)(?= |$)", ""),
    ("1.8.10", r"(?<=--icmp-type )255/255(?= |$)", "any"),
    ("1.8.11", r"(?<= -p )\d+(?= |$)", lambda number: PROTOCOL_NAMES.get(int(number[0]), number[0])),
    ("1.8.11", r"(?<=--seconds )\d+(?= |$)", lambda seconds: str((int(seconds[0]) ^ 1 << 31) - (1 << 31))),
)
#: How nf_tables prints what legacy prints otherwise.
_BY_NFT = ((r"(?<= -j NFLOG)(.*?) --nflog-range \d+", r"\1"), (r" ! --tcp-flags NONE \S+(?= |$)", ""))


def printed_by(release: Release, variant: Variant, form: str) -> str:
    """The form in which this machine's iptables prints rules that the newest legacy prints in another."""
    for since, newer, older in _REPRINTED:
        if release < Release(since):
            form = re.sub(newer, older, form, flags=re.MULTILINE)
    if variant == "nft":
        for legacy, own in _BY_NFT:
            form = re.sub(legacy, own, form)
    return form
