"""Whether a packet that a rule acts on still reaches the next rule of the chain."""

from __future__ import annotations

from .builtin import STANDARD_TARGETS
from .rule import Rule

#: The terminating targets, of older releases and from outside of iptables, that no file declares.
_UNDECLARED = frozenset({"SAME", "MIRROR", "TARPIT"})


def terminates(rule: Rule) -> bool:
    """Whether a rule's target is terminating; a jump to a user-defined chain is not, as packets may come back."""
    if rule.target is not None:
        return rule.target.extension.terminates
    return rule.jump is not None and (rule.jump.text in STANDARD_TARGETS or rule.jump.text in _UNDECLARED)
