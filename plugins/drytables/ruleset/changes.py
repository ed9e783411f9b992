"""What a command does to a table, and what earlier commands prevent it from doing.

Each function changes the table as the kernel would if the command succeeded, and yields what is wrong; the first of
several reasons is the one that the kernel meets. Observed with iptables-legacy 1.8.9 and Linux 6.18.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ..diagnostics.diagnostic import Diagnostic
from ..diagnostics.source import Span
from ..grammar.builtin import TABLES
from ..grammar.rule import Rule
from ..judging.suggestions import without_signs
from ..reading.need import Need
from ..reading.word import Word
from . import messages
from .state import Chain, Entry, Step, Table, entries_of, is_user_chain, jump_of


@dataclass(frozen=True, slots=True)
class Finding:
    """A diagnostic, and the command that it belongs to.

    `asks_for` is a chain or set that is used and has not been created so far. A finding about a rule after `ending`
    holds only as long as that rule stays in its `chain`.
    """

    step: Step
    diagnostic: Diagnostic
    asks_for: Need | None = None
    chain: Chain | None = None
    ending: Entry | None = None


def consequences(step: Step, table: Table) -> Iterator[Finding]:
    """What is wrong with a command at this point; afterwards the table is as the command leaves it."""
    rule = _rule(step)
    change = _CHANGES.get(rule.command)
    if change is not None:
        yield from change(step, rule, table)


def _rule(step: Step) -> Rule:
    assert step.rule is not None
    return step.rule


# Chains


def _is_there(step: Step, word: Word, table: Table, *, is_jump: bool = False) -> Iterator[Finding]:
    """What is wrong with using a chain that may not exist."""
    name = word.text
    if not is_user_chain(word, _rule(step).table):
        return
    if table.lacks(name):
        yield Finding(step, messages.no_chain(word, table.absent.get(name), is_jump=is_jump, is_saved=table.is_saved))
        return
    meant = table.chains.get(without_signs(name)) if name not in table.chains else None
    if meant is not None and meant.made is not None:
        yield Finding(step, messages.sign_glued(word, without_signs(name), meant.made, is_jump=is_jump))
        return
    if name not in table.chains:
        yield Finding(step, messages.not_made("chain", name, word.span), asks_for=Need("chain", name))
    if table.chain(name).made is None:
        table.wanted.setdefault(name, []).append((step, word))


def _new_chain(step: Step, rule: Rule, table: Table) -> Iterator[Finding]:
    word = rule.chain
    if word is None:
        return
    there = table.chains.get(word.text)
    if there is not None and there.made is not None:
        yield Finding(step, messages.chain_exists(word, there.made))
        return
    early = table.wanted.pop(word.text, [])
    for earlier, used in early:
        is_jump = used is not _rule(earlier).chain
        yield Finding(earlier, messages.made_later(used, step.command.span, is_jump=is_jump))
    table.take_back([earlier for earlier, _ in early])
    table.absent.pop(word.text, None)
    table.chains[word.text] = Chain(is_complete=True, made=step.command.span)


def _delete_chain(step: Step, rule: Rule, table: Table) -> Iterator[Finding]:
    span = step.command.span
    if rule.chain is None:
        names = [name for name in table.chains if name not in TABLES[rule.table]]
        held = [finding for name in names for finding in _is_free(step, name, table)]
        if held:
            yield held[0]
            return
        for name in names:
            table.deleted[name] = table.chains.pop(name)
        table.absent.clear()
        table.wanted.clear()
        table.has_no_others = True
        return
    name = rule.chain.text
    if table.lacks(name):
        yield from _named(step, rule, table)
        return
    held = list(_is_free(step, name, table))
    if held:
        yield held[0]
        return
    if name in table.chains:
        table.deleted[name] = table.chains[name]
    table.drop(name)
    table.absent[name] = span


def _is_free(step: Step, name: str, table: Table) -> Iterator[Finding]:
    """Why a chain that the snippet created cannot be deleted, if so."""
    chain = table.chains.get(name)
    if chain is None or chain.made is None:
        return
    rule = _rule(step)
    at = rule.chain.span if rule.chain is not None else step.command.span
    user = table.references(name)
    if user is not None:
        yield Finding(step, messages.chain_in_use(name, at, user))
    elif chain.entries:
        yield Finding(step, messages.chain_not_empty(name, at, chain.entries[0]))


def _rename_chain(step: Step, rule: Rule, table: Table) -> Iterator[Finding]:
    old, new = rule.chain, rule.argument
    if old is None or new is None or new.holes:
        return
    if table.lacks(old.text):
        yield Finding(step, messages.no_chain(old, table.absent.get(old.text), is_jump=False))
        return
    there = table.chains.get(new.text)
    if there is not None and there.made is not None:
        yield Finding(step, messages.chain_exists(new, there.made, "File exists."))
        return
    chain = table.chains.pop(old.text, None) or Chain()
    chain.made = step.command.span
    table.rename(old.text, new.text, chain)
    table.absent[old.text] = step.command.span


def _flush(step: Step, rule: Rule, table: Table) -> Iterator[Finding]:
    if rule.chain is None:
        for name in dict.fromkeys((*table.chains, *table.earlier)):
            table.flush(name, step.command.span)
        table.is_flushed = True
        return
    yield from _named(step, rule, table)
    table.flush(rule.chain.text, step.command.span)


def _policy(step: Step, rule: Rule, table: Table) -> Iterator[Finding]:
    yield from _named(step, rule, table)
    if rule.chain is not None and rule.chain.text in TABLES[rule.table]:
        table.chain(rule.chain.text).policy = rule.argument


def _named(step: Step, rule: Rule, table: Table) -> Iterator[Finding]:
    """A command that only names a chain, which must exist."""
    word = rule.chain
    if word is not None and is_user_chain(word, rule.table) and table.lacks(word.text):
        if word.text in table.deleted and word.text not in table.absent:
            # All chains were deleted, and now one of them is to be: the post shows one way or the other.
            table.forget_all()
            return
        yield Finding(
            step, messages.no_chain(word, table.absent.get(word.text), is_jump=False, is_saved=table.is_saved)
        )


# Rules


class _Added(NamedTuple):
    """What enters a chain: the rules of a command, and whether it is known that these are all."""

    chain: Word
    here: Chain
    entries: list[Entry]
    are_all: bool


def _enter(step: Step, rule: Rule, table: Table) -> Generator[Finding, None, _Added | None]:
    """Check that the chain a rule is added to and the one it jumps to both exist; None where it cannot be added."""
    chain, jump = rule.chain, jump_of(step)
    if chain is None:
        return None
    if jump is not None:
        yield from _is_there(step, jump, table, is_jump=True)
    yield from _is_there(step, chain, table)
    if any(word and is_user_chain(word, rule.table) and table.lacks(word.text) for word in (chain, jump)):
        return None
    return _Added(chain, table.chain(chain.text), *entries_of(step))


def _append(step: Step, rule: Rule, table: Table) -> Iterator[Finding]:
    added = yield from _enter(step, rule, table)
    if added is None:
        return
    here, first = added.here, added.entries[0]
    ending = here.ending()
    # The same rule once more is an alternative, on a page that shows several.
    if ending is not None and ending.text != first.text:
        yield Finding(step, messages.never_reached(first, ending), chain=here, ending=ending)
    here.entries += added.entries
    here.is_complete &= added.are_all
    yield from _reaches(first, added.chain, rule, table)


def _insert(step: Step, rule: Rule, table: Table) -> Iterator[Finding]:
    added = yield from _enter(step, rule, table)
    if added is None:
        return
    here, at = added.here, 1 if rule.number is None else rule.number
    if not isinstance(at, int) or (at > 1 and not here.is_complete):
        here.forget()
    elif at > len(here.entries) + 1:
        yield from _number_too_big(step, rule, here)
        return
    else:
        here.put(at - 1, at - 1, added.entries[::-1])
        here.is_complete &= added.are_all
    yield from _reaches(added.entries[0], added.chain, rule, table)


def _replace(step: Step, rule: Rule, table: Table) -> Iterator[Finding]:
    added = yield from _enter(step, rule, table)
    if added is None:
        return
    here = added.here
    if not isinstance(rule.number, int) or not here.is_complete:
        here.forget()
    elif rule.number > len(here.entries):
        yield from _number_too_big(step, rule, here)
        return
    else:
        here.put(rule.number - 1, rule.number, added.entries)
        here.is_complete &= added.are_all
    yield from _reaches(added.entries[0], added.chain, rule, table)


def _number_too_big(step: Step, rule: Rule, here: Chain) -> Iterator[Finding]:
    if rule.number_word is not None and rule.chain is not None:
        count = len(here.entries)
        yield Finding(step, messages.number_too_big(rule.number_word, rule.chain.text, count, rule.command))


def _delete(step: Step, rule: Rule, table: Table) -> Iterator[Finding]:
    word = rule.chain
    if word is None:
        return
    there = table.deleted.get(word.text) if table.lacks(word.text) else table.chain(word.text)
    by = _flushed_by(step, rule, there)
    if by is not None:
        yield Finding(step, messages.gone_by_then(step.command.span, word.text, by))
        table.forget_all()
        return
    yield from _named(step, rule, table)
    here = table.chain(word.text)
    if rule.number is None:
        yield from _delete_as_written(step, word, here)
    elif not isinstance(rule.number, int) or not here.is_complete:
        here.forget()
    elif rule.number > len(here.entries):
        yield from _number_too_big(step, rule, here)
    else:
        here.put(rule.number - 1, rule.number, [])


def _flushed_by(step: Step, rule: Rule, here: Chain | None) -> Span | None:
    """The command that took away the rule which another deletes: most posts then show one way or the other."""
    if here is None or not here.is_complete:
        return None
    if isinstance(rule.number, int):
        flushed = here.flushed[-1].by if here.flushed else here.emptied_by
        count = max(len(here.flushed), len(here.earlier) if here.emptied_by else 0)
        return flushed if len(here.entries) < rule.number <= count else None
    texts = (step.text or "").split("\n")
    if rule.number is not None or any(each.text in texts for each in here.entries):
        return None
    by = next((each.by for each in reversed(here.flushed) if each.text in texts), None)
    return by or (here.emptied_by if any(text in here.earlier for text in texts) else None)


def _delete_as_written(step: Step, word: Word, here: Chain) -> Iterator[Finding]:
    """`-D` with a rule: the first rule that has this canonical form."""
    if step.text is None:
        here.forget()
        return
    for text in step.text.split("\n"):
        at = next((at for at, each in enumerate(here.entries) if each.text == text), None)
        if at is not None:
            here.put(at, at + 1, [])
        elif here.is_complete and all(each.text is not None for each in here.entries):
            yield Finding(step, messages.no_such_rule(step.command.span, word.text, len(here.entries)))
            return
        else:
            here.forget()


def _reaches(entry: Entry, chain: Word, rule: Rule, table: Table) -> Iterator[Finding]:
    """What the kernel finds when it follows jumps from the built-in chains: loops, and what cannot be used there."""
    is_built_in = chain.text in TABLES[rule.table]
    if not entry.jump and (is_built_in or not any(use.extension.hooks for use in entry.uses())):
        return
    # No rule can jump to a built-in chain.
    roots = [chain.text] if is_built_in else [root for root in TABLES[rule.table] if chain.text in table.below(root)]
    if not roots:
        return
    if entry.jump and rule.jump is not None and chain.text in table.below(entry.jump):
        yield Finding(entry.step, messages.chain_loop(rule.jump, chain.text))
        return
    if (
        entry.jump
        and rule.jump is not None
        and any(
            each.jump and name in table.below(each.jump)
            for name in table.below(entry.jump)
            for each in table.chains.get(name, Chain()).entries
        )
    ):
        yield Finding(entry.step, messages.leads_into_a_loop(rule.jump))
        return
    below = [each for name in table.below(entry.jump) for each in table.chain(name).entries] if entry.jump else []
    for each in [*below, *([] if is_built_in else [entry])]:
        for use in each.uses():
            wrong = next((root for root in roots if use.extension.hooks and root not in use.extension.hooks), None)
            if wrong is not None:
                at = rule.jump.span if rule.jump is not None and each is not entry else use.named
                yield Finding(entry.step, messages.wrong_chain_below(use, wrong, at))
                return


_CHANGES: dict[str, Callable[[Step, Rule, Table], Iterator[Finding]]] = {
    "append": _append,
    "insert": _insert,
    "replace": _replace,
    "delete": _delete,
    "flush": _flush,
    "new-chain": _new_chain,
    "delete-chain": _delete_chain,
    "rename-chain": _rename_chain,
    "list": _named,
    "list-rules": _named,
    "zero": _named,
    "policy": _policy,
}
