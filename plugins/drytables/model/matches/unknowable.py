"""Matches, and options of matches, that what is known of a packet does not answer: what one would have to know."""

from __future__ import annotations

_HEADER = "what its header says there"
_BEFORE = "which packets came before it"

#: What would have to be known, for all options of a match that no reader reads.
LACKING: dict[str, str] = {
    "ah": _HEADER,
    "bpf": "all of its bytes",
    "cgroup": "the control group of the process that sends it",
    "cluster": "the hash of its addresses",
    "connbytes": "how much its connection has carried",
    "connlabel": "the labels of its connection",
    "connlimit": "how many connections there are",
    "conntrack": "what connection tracking knows of its connection",
    "cpu": "which processor handles it",
    "dccp": _HEADER,
    "devgroup": "the groups of the interfaces",
    "dst": _HEADER,
    "ecn": _HEADER,
    "esp": _HEADER,
    "eui64": "the Ethernet address that it comes from",
    "frag": _HEADER,
    "hashlimit": _BEFORE,
    "hbh": _HEADER,
    "helper": "which helper follows its connection",
    "ipcomp": _HEADER,
    "ipv6header": "which extension headers it has",
    "ipvs": "whether it is of a connection of IPVS",
    "mh": _HEADER,
    "nfacct": "",
    "osf": "which operating system sent it",
    "owner": "which process sends it",
    "physdev": "which ports of a bridge it goes through",
    "pkttype": "whom the link layer sent it to",
    "policy": "which IPsec policy applies to it",
    "quota": _BEFORE,
    "rateest": "the rate that the estimator has measured",
    "realm": "the realm of its route",
    "recent": _BEFORE,
    "rpfilter": "the routes of this machine",
    "rt": _HEADER,
    "sctp": "which chunks it carries",
    "set": "what is in the set",
    "socket": "which sockets are open",
    "srh": _HEADER,
    "string": "what it carries",
    "tcp": "which TCP options it has",
    "tcpmss": "the largest segment that it offers",
    "time": "what time it is",
    "u32": "all of its bytes",
}

#: Matches that every packet meets.
EVERY_PACKET = frozenset({"comment", "nfacct"})

#: Matches that answer by all of their options together.
AS_A_WHOLE = frozenset({
    "bpf", "cluster", "connbytes", "eui64", "ipvs", "policy", "rateest", "rpfilter", "set", "socket", "string", "time",
})  # fmt: skip

#: Matches that remember packets, or draw lots.
COUNTING = frozenset({"connlimit", "hashlimit", "limit", "quota", "recent", "statistic"})
