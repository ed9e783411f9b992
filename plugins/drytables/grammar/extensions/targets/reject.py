"""REJECT: drop packets and say so to their sender. iptables-extensions(8), REJECT (IPv4-specific, IPv6-specific).

Observed with iptables-legacy and ip6tables-legacy 1.8.9: any prefix of an answer's name or short name is accepted, in
any case, and the first match wins; the default answer is always printed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ....diagnostics.codes.command import NEEDS_PROTOCOL
from ...extension import CheckFailure, Option, Target
from ...rule import Use
from ...saving import option_words
from ...values.base import IPV4, Family, InvalidValue, Value
from ...values.wording import Context

_TCP = 6

#: The answers that nft calls otherwise; without one, it too answers that there is no such port.
_NFT_ANSWERS = {
    "proto-unreachable": "prot-unreachable",
    "adm-prohibited": "admin-prohibited",
    "addr-unreachable": "addr-unreachable",
}


#: What an answer tells the sender.
_IN_WORDS = {
    "icmp-net-unreachable": "an ICMP error: network unreachable",
    "icmp-host-unreachable": "an ICMP error: host unreachable",
    "icmp-proto-unreachable": "an ICMP error: protocol unreachable",
    "icmp-port-unreachable": "an ICMP error: port unreachable",
    "icmp-net-prohibited": "an ICMP error: network prohibited",
    "icmp-host-prohibited": "an ICMP error: host prohibited",
    "icmp-admin-prohibited": "an ICMP error: prohibited by the administrator",
    "tcp-reset": "a TCP reset",
    "echo-reply": "an ICMP echo reply",
    "icmp6-no-route": "an ICMPv6 error: no route",
    "icmp6-adm-prohibited": "an ICMPv6 error: prohibited by the administrator",
    "icmp6-addr-unreachable": "an ICMPv6 error: address unreachable",
    "icmp6-port-unreachable": "an ICMPv6 error: port unreachable",
    "icmp6-policy-fail": "an ICMPv6 error: the source address fails a policy",
    "icmp6-reject-route": "an ICMPv6 error: the route rejects it",
}


class Answer(Value):
    """What is sent to the sender; `names` maps names to short names, in the order in which iptables searches them."""

    synopsis = "TYPE"

    def __init__(self, names: dict[str, str]) -> None:
        self.names = names

    def read(self, text: str, family: Family) -> str:
        wanted = text.lower()
        for name, short in self.names.items():
            if name.startswith(wanted) or (short and short.startswith(wanted)):
                return name
        raise InvalidValue("not a known answer", says=f'unknown reject type "{text}"', choices=tuple(self.names))

    def say(self, value: str, context: Context) -> str:
        return _IN_WORDS[value]

    def without(self, words: frozenset[str]) -> Answer:
        known = self.names.items()
        return Answer({name: "" if short in words else short for name, short in known if name not in words})

    def nft(self, value: str, family: Family) -> str:
        if value == "tcp-reset":
            return "tcp reset"
        protocol, answer = (
            ("icmp", value.removeprefix("icmp-")) if family == IPV4 else ("icmpv6", value[len("icmp6-") :])
        )
        return "" if answer == "port-unreachable" else f"{protocol} type {_NFT_ANSWERS.get(answer, answer)}"

    def nft_condition(self, value: str, family: Family, negated: bool) -> str:
        return self.nft(value, family)

    def __repr__(self) -> str:
        return f"Answer({', '.join(self.names)})"


def reset_needs_tcp(use: Use) -> CheckFailure | None:
    """Only TCP has a packet that resets a connection."""
    if use.value("reject-with") != "tcp-reset" or use.rule.plain_protocol == _TCP:
        return None
    return CheckFailure(
        NEEDS_PROTOCOL,
        "`--reject-with tcp-reset` requires `-p tcp` in the rule",
        option="reject-with",
        label="only TCP has this answer",
        by_kernel=True,
        help="add `-p tcp` before it, or choose another answer",
    )


def saved(use: Use) -> Sequence[str]:
    """The answer, even if it is the default."""
    default = "icmp-port-unreachable" if use.rule.family == "ipv4" else "icmp6-port-unreachable"
    return option_words(use, "reject-with") or ["--reject-with", default]


_ipv4 = Answer(
    {
        "icmp-net-unreachable": "net-unreach",
        "icmp-host-unreachable": "host-unreach",
        "icmp-proto-unreachable": "proto-unreach",
        "icmp-port-unreachable": "port-unreach",
        "icmp-net-prohibited": "net-prohib",
        "icmp-host-prohibited": "host-prohib",
        "tcp-reset": "tcp-rst",
        "icmp-admin-prohibited": "admin-prohib",
    }
)
#: A packet could once be answered like a ping.
_ipv4_with_echo = Answer({**_ipv4.names, "echo-reply": "echoreply"})
_ipv6 = Answer(
    {
        "icmp6-no-route": "no-route",
        "icmp6-adm-prohibited": "adm-prohibited",
        "icmp6-addr-unreachable": "addr-unreach",
        "icmp6-port-unreachable": "port-unreach",
        "tcp-reset": "",
        "icmp6-policy-fail": "policy-fail",
        "icmp6-reject-route": "reject-route",
    }
)


def _target(family: Family, answer: Answer, before: Mapping[str, Answer]) -> Target:
    return Target(
        "REJECT",
        Option(
            "reject-with",
            answer,
            before=before,
            twice_in="..1.4.10",
            sentence="answer with {value}",
            negation_ignored_in="..1.4.10",
            nft="with {value}",
        ),
        family=family,
        table_since="1.4.11",
        tables="filter",
        hooks="INPUT FORWARD OUTPUT",
        kernel=(reset_needs_tcp,),
        saved=saved,
        terminates=True,
        common=True,
        sentence="drop the packets and tell their sender",
        nft="reject[ {reject-with}]",
    )


reject_ipv4 = _target("ipv4", _ipv4, before={"1.2": _ipv4_with_echo})
reject_ipv6 = _target("ipv6", _ipv6, before={})
