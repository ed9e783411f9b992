"""What TTL and HL share: three ways to change how many more hops a packet may take."""

from __future__ import annotations

from ...checks import needs_one_of
from ...extension import Option, Target
from ...nft import NotInNft
from ...values.base import IPV4, Family, uint8
from ...values.unchecked import Signed

_NO_SUMS = NotInNft("nft does not add or subtract", "one value for all packets: `ip ttl set …` or `ip6 hoplimit set …`")


def hop_target(name: str, prefix: str, family: Family) -> Target:
    """The target of a family; its options begin with `prefix`. iptables-extensions(8), HL and TTL."""
    field = "ip ttl" if family == IPV4 else "ip6 hoplimit"
    said = "time to live" if family == IPV4 else "hop limit"
    names = tuple(f"{prefix}-{way}" for way in ("set", "dec", "inc"))
    return Target(
        name,
        Option(
            names[0],
            uint8(),
            before={"1.4.11": Signed(0, 255)},
            excludes=f"{names[1]} {names[2]}",
            negation_ignored_in="..1.4.10",
            sentence=f"set the {said} to {{value}}",
            nft=f"{field} set {{value}}",
        ),
        Option(
            names[1],
            uint8(min=1),
            excludes=names[2],
            negation_ignored_in="..1.4.10",
            sentence=f"lower the {said} by {{value}}",
            nft=_NO_SUMS,
        ),
        Option(
            names[2],
            uint8(min=1),
            negation_ignored_in="..1.4.10",
            sentence=f"raise the {said} by {{value}}",
            nft=_NO_SUMS,
        ),
        family=family,
        checks=(needs_one_of(*names, says=f"{name}: You must specify an action"),),
        last_in="..1.4.10",
        last_says=f"Can't specify {name} option twice",
        tables="mangle",
        sentence="change the number of hops that the packet may still take",
    )
