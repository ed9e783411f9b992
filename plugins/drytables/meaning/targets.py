"""A rule's target and its value: `SNAT` and `192.168.1.201`."""

from __future__ import annotations

from ..grammar.rule import Hole, Rule

#: What a rule without a target does.
_COUNTS = "only counts"


def target_text(rule: Rule) -> tuple[str, str]:
    """The target of a rule, and the value of its first option that has one; empty if there is none."""
    if rule.target is None:
        return (rule.jump.text if rule.jump is not None else _COUNTS, "")
    for settings in rule.target.settings.values():
        option, value = settings[-1].option, settings[-1].value
        if isinstance(value, Hole):
            return rule.target.extension.name, value.text
        if option.value is not None:
            return rule.target.extension.name, option.value.write(value, rule.family).removesuffix("/0xffffffff")
    return rule.target.extension.name, ""


def named(target: str, detail: str) -> str:
    """Both in one: `MARK 0x1`."""
    return f"{target} {detail}" if detail else target


def short_name(rule: Rule) -> str:
    """Where a rule sends packets, as short as possible: only `192.168.1.201` if the address says it all."""
    target, detail = target_text(rule)
    if detail and rule.target is not None and rule.target.extension.named_by_value:
        return detail
    return named(target, detail)
