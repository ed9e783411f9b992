"""What a command is in nft: rules that are added, and what else can be done to chains."""

from __future__ import annotations

from collections.abc import Callable

from ..grammar.nft import NotInNft, Unsayable, readable_name
from ..grammar.rule import Hole, Rule, Unknown
from .chains import add_base_chain, add_table, is_base, table_name
from .rules import conditions
from .sets import numbered
from .translation import Statement, Translation


def translate(rule: Rule, first: int = 0) -> Translation:
    """A command that iptables accepts, in nft; what nft cannot say comes with the reason and the nearest way.

    The sets that a rule makes for itself are numbered from `first` on.
    """
    if rule.unread:
        return _not("a part of the command is not known", "")
    try:
        if rule.command == "append":
            return _added(f"add rule {place(rule)}", rule, first)
        if rule.command == "insert":
            return _inserted(rule, first)
        return _COMMANDS[rule.command](rule) if rule.command in _COMMANDS else _not("it does nothing to a table")
    except Unsayable as unsayable:
        return Translation(why_not=unsayable.why)
    except Unknown as unknown:
        return _not(f"the value of `{unknown}` is not known", "fill it in first")


def _not(reason: str, nearest: str = "") -> Translation:
    return Translation(why_not=NotInNft(reason, nearest))


def place(rule: Rule) -> str:
    """The table and chain of a command: `ip filter INPUT`."""
    assert rule.chain is not None
    return f"{table_name(rule.family, rule.table)} {readable_name(rule.chain.text)}"


def _foundations(rule: Rule) -> tuple[str, ...]:
    """What iptables-nft makes by itself before it runs a command: the table, and a built-in chain."""
    made = [add_table(rule.family, rule.table)]
    if rule.chain is not None and is_base(rule.table, rule.chain.text):
        made.append(add_base_chain(rule.family, rule.table, rule.chain.text))
    return tuple(made)


def _number(rule: Rule) -> int:
    if isinstance(rule.number, Hole):
        raise Unknown("number")
    return rule.number or 1


def _added(head: str, rule: Rule, first: int) -> Translation:
    """The rules that a command adds, each after `head`."""
    objects, found = numbered(conditions(rule), table_name(rule.family, rule.table), first)
    statements = tuple(Statement(head, each.clauses, each.comment) for each in found)
    notes = tuple(dict.fromkeys(note for each in found for note in each.notes))
    return Translation(statements, _foundations(rule), tuple(objects), notes=notes)


def _inserted(rule: Rule, first: int) -> Translation:
    """A rule that becomes number N is put after the one that is number N - 1 now; nft counts from 0.

    Of several, each is inserted before the others, by iptables too.
    """
    number = _number(rule)
    if number < 2:
        return _added(f"insert rule {place(rule)}", rule, first)
    return _added(f"add rule {place(rule)} index {number - 2}", rule, first)


def _delete(rule: Rule) -> Translation:
    what = f"the handle of rule {_number(rule)}" if rule.number is not None else "its handle"
    return _by_handle(rule, "deletes", what, f"nft delete rule {place(rule)} handle N")


def _replace(rule: Rule) -> Translation:
    (found,) = conditions(rule)
    words = str(Statement(f"nft replace rule {place(rule)} handle N", found.clauses, found.comment))
    return _by_handle(rule, "replaces", f"the handle of rule {_number(rule)}", words)


def _by_handle(rule: Rule, does: str, what: str, then: str) -> Translation:
    return _not(
        f"nft {does} a rule by its handle, which only the machine knows",
        f"`nft -a list chain {place(rule)}` shows {what}; then `{then}`",
    )


def _check(rule: Rule) -> Translation:
    return _not("nft has no command that looks for a rule", f"look at `nft list chain {place(rule)}`")


def _list(rule: Rule) -> Translation:
    notes = () if rule.number is None else ("nft lists the whole chain",)
    return Translation((Statement(f"list {_whole(rule)}"),), _foundations(rule), notes=notes)


def _whole(rule: Rule) -> str:
    """The chain that a command names, or the whole table."""
    return f"chain {place(rule)}" if rule.chain is not None else f"table {table_name(rule.family, rule.table)}"


def _flush(rule: Rule) -> Translation:
    return Translation((Statement(f"flush {_whole(rule)}"),), _foundations(rule))


def _zero(rule: Rule) -> Translation:
    if rule.number is not None:
        return _not(
            "nft resets the counter of one rule by its handle, which only the machine knows",
            f"`nft -a list chain {place(rule)}` shows it; then `nft reset rule {place(rule)} handle N`",
        )
    return Translation((Statement(f"reset rules {_whole(rule)}"),), _foundations(rule))


def _new_chain(rule: Rule) -> Translation:
    return Translation((Statement(f"add chain {place(rule)}"),), _foundations(rule))


def _delete_chain(rule: Rule) -> Translation:
    if rule.chain is None:
        return _not(
            "nft deletes chains by their names",
            f"`nft list table {table_name(rule.family, rule.table)}` shows them; then `nft delete chain …` for each",
        )
    return Translation((Statement(f"delete {_whole(rule)}"),), _foundations(rule))


def _policy(rule: Rule) -> Translation:
    assert rule.chain is not None
    if rule.argument is None or rule.argument.holes:
        raise Unknown("policy")
    statement = add_base_chain(rule.family, rule.table, rule.chain.text, rule.argument.text.lower())
    return Translation((Statement(statement),), (add_table(rule.family, rule.table),))


def _rename(rule: Rule) -> Translation:
    if rule.argument is None or rule.argument.holes:
        raise Unknown("name")
    return Translation(
        (Statement(f"rename chain {place(rule)} {readable_name(rule.argument.text)}"),), _foundations(rule)
    )


_COMMANDS: dict[str, Callable[[Rule], Translation]] = {
    "delete": _delete,
    "replace": _replace,
    "check": _check,
    "list": _list,
    "list-rules": _list,
    "flush": _flush,
    "zero": _zero,
    "new-chain": _new_chain,
    "delete-chain": _delete_chain,
    "policy": _policy,
    "rename-chain": _rename,
}
