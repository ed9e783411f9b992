"""The options by which several NAT targets choose a port or an address. iptables-extensions(8), SNAT and DNAT."""

from ...extension import Option

RANDOM = Option(
    "random",
    sentence="choose the port at random",
    negation_ignored_in="..1.4.10",
    twice_in="..1.4.10",
    nft="random",
)
RANDOM_SOURCE = Option(
    "random",
    sentence="choose the source port at random",
    negation_ignored_in="..1.4.10",
    twice_in="..1.4.10",
    nft="random",
)
RANDOM_SOURCE_FULLY = Option(
    "random-fully", sentence="choose the source port at random, with no pattern to guess", nft="fully-random"
)
PERSISTENT = Option(
    "persistent",
    sentence="give a client the same address for each of its connections",
    negation_ignored_in="..1.4.10",
    twice_in="..1.4.10",
    nft="persistent",
)
