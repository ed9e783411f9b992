"""CHECKSUM: fill in checksums that were left to the network card. iptables-extensions(8), CHECKSUM."""

from ...extension import Option, Target
from ...nft import NotInNft

checksum = Target(
    "CHECKSUM",
    Option(
        "checksum-fill",
        required=True,
        sentence="compute the checksum where there is none",
        negation_ignored_in="..1.4.10",
    ),
    tables="mangle",
    sentence="fill in checksums that were left to the network card",
    nft=NotInNft("nft computes no checksums", "the network card or the program that sends: `ethtool -K … tx on`"),
)
