"""What TTL and HL share: three ways to change how many more hops a packet may take."""

from __future__ import annotations

from ...checks import needs_one_of
from ...extension import Option, Target
from ...values.base import Family, uint8
from ...values.unchecked import Signed


def hop_target(name: str, prefix: str, family: Family) -> Target:
    """The target of a family; its options begin with `prefix`. iptables-extensions(8), HL and TTL."""
    names = tuple(f"{prefix}-{way}" for way in ("set", "dec", "inc"))
    return Target(
        name,
        Option(
            names[0],
            uint8(),
            before={"1.4.11": Signed(0, 255)},
            excludes=f"{names[1]} {names[2]}",
            negation_ignored_in="..1.4.10",
            sentence="set it to {value}",
        ),
        Option(
            names[1], uint8(min=1), excludes=names[2], negation_ignored_in="..1.4.10", sentence="lower it by {value}"
        ),
        Option(names[2], uint8(min=1), negation_ignored_in="..1.4.10", sentence="raise it by {value}"),
        family=family,
        checks=(needs_one_of(*names, says=f"{name}: You must specify an action"),),
        last_in="..1.4.10",
        last_says=f"Can't specify {name} option twice",
        tables="mangle",
        sentence="change the number of hops that the packet may still take",
    )
