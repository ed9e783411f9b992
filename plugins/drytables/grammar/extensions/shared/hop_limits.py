"""What TTL and HL share: three ways to change how many more hops a packet may take."""

from __future__ import annotations

from ...checks import needs_one_of
from ...extension import Option, Target
from ...values.base import Family, uint8


def hop_target(name: str, prefix: str, family: Family) -> Target:
    """The target of a family; its options begin with `prefix`. iptables-extensions(8), HL and TTL."""
    names = tuple(f"{prefix}-{way}" for way in ("set", "dec", "inc"))
    return Target(
        name,
        Option(names[0], uint8(), excludes=f"{names[1]} {names[2]}", sentence="set it to {value}"),
        Option(names[1], uint8(min=1), excludes=names[2], sentence="lower it by {value}"),
        Option(names[2], uint8(min=1), sentence="raise it by {value}"),
        family=family,
        checks=(needs_one_of(*names, says=f"{name}: You must specify an action"),),
        tables="mangle",
        sentence="change the number of hops that the packet may still take",
    )
