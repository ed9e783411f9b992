"""The diagnostics of a command that is well formed but conflicts with earlier commands.

The words quoted are those of iptables-legacy 1.8.9, as observed.
"""

from __future__ import annotations

from ..diagnostics.codes.command import CHAIN_EXISTS, UNKNOWN_CHAIN, WRONG_CHAIN
from ..diagnostics.codes.ruleset import (
    CHAIN_IN_USE,
    CHAIN_LOOP,
    CHAIN_NOT_EMPTY,
    MADE_LATER,
    NEVER_REACHED,
    NO_SUCH_RULE,
    NOT_MADE,
    NUMBER_TOO_BIG,
)
from ..diagnostics.diagnostic import Diagnostic, Edit, Label
from ..diagnostics.source import Span
from ..grammar.rule import Use
from ..judging.kernel import NO_CHAIN
from ..judging.messages import INVALID_ARGUMENT, iptables_says, kernel_says, naming
from ..reading.word import Word
from .state import Entry

BAD_RULE = "Bad rule (does a matching rule exist in that chain?)."


def no_chain(word: Word, since: Span | None, *, is_jump: bool, is_saved: bool = False) -> Diagnostic:
    """A chain that is used where it is known not to exist; `since` is the place that shows it."""
    name = word.text
    help = f"create it first, with `-N {name}`"
    if is_saved:
        help = f"declare it first, with `:{name} - [0:0]`; otherwise only `iptables-restore --noflush` could find it"
    does_not_exist = "no longer exists" if since is not None else "does not exist yet"
    return Diagnostic(
        UNKNOWN_CHAIN,
        f"chain `{name}` {'is not declared' if is_saved else does_not_exist}",
        Label(word.span),
        causes=(Label(since, "since this command"),) if since is not None else (),
        quote=iptables_says(f"Couldn't load target `{name}':No such file or directory" if is_jump else NO_CHAIN),
        help=help,
    )


def sign_glued(word: Word, meant: str, created: Span, *, is_jump: bool) -> Diagnostic:
    """A chain that is created under this name without the sign that is glued to it."""
    return no_chain(word, None, is_jump=is_jump)._replace(
        message=f"unknown chain `{word.text}`",
        causes=(Label(created, f"`{meant}` is created here"),),
        help=f"did you mean `{meant}`?",
        edits=(Edit(word.span, meant),),
    )


def made_later(word: Word, created: Span, *, is_jump: bool) -> Diagnostic:
    """A chain that is used before the line of the same snippet that creates it."""
    says = f"Couldn't load target `{word.text}':No such file or directory" if is_jump else NO_CHAIN
    return Diagnostic(
        MADE_LATER,
        f"chain `{word.text}` is used before it is created",
        Label(word.span, "does not exist yet"),
        causes=(Label(created, "created only here"),),
        quote=iptables_says(says),
        help="create the chain first: move that line up",
    )


def set_made_later(name: str, at: Span, created: Span) -> Diagnostic:
    """An ipset that is used before the line of the same snippet that creates it."""
    return Diagnostic(
        MADE_LATER,
        f"ipset `{name}` is used before it is created",
        Label(at, "does not exist yet"),
        causes=(Label(created, "created only here"),),
        quote=iptables_says(f"Set {name} doesn't exist."),
        help="create the ipset first: move that line up",
    )


def not_made(what: str, name: str, at: Span) -> Diagnostic:
    """A chain or set that nothing in the post creates before it is used, but that may well exist."""
    return Diagnostic(
        NOT_MADE,
        f"{what} `{name}` must already exist: nothing above creates it",
        Label(at),
        help=f"if it exists for every reader, declare it in the post's header: `Iptables-needs: {what} {name}`",
        severity="note",
    )


def chain_exists(word: Word, created: Span, says: str = "Chain already exists.") -> Diagnostic:
    """A chain that is created, or that another is renamed to, when it already exists."""
    return Diagnostic(
        CHAIN_EXISTS,
        f"chain `{word.text}` already exists",
        Label(word.span),
        causes=(Label(created, "created here"),),
        quote=kernel_says(says),
        help=f"remove this line, delete the chain first, or use `-F {word.text}` to empty it",
    )


def chain_in_use(name: str, at: Span, entry: Entry) -> Diagnostic:
    """A chain that is deleted while a rule jumps to it."""
    return Diagnostic(
        CHAIN_IN_USE,
        f"chain `{name}` cannot be deleted while a rule jumps to it",
        Label(at),
        causes=(Label(entry.span, "this rule jumps to it"),),
        quote=kernel_says("Too many links."),
        help="delete that rule first",
    )


def chain_not_empty(name: str, at: Span, entry: Entry) -> Diagnostic:
    """A chain that is deleted while it contains rules."""
    return Diagnostic(
        CHAIN_NOT_EMPTY,
        f"chain `{name}` cannot be deleted while it contains rules",
        Label(at),
        causes=(Label(entry.span, "such as this one"),),
        quote=kernel_says("Directory not empty."),
        help=f"empty it first, with `-F {name}`",
    )


def no_such_rule(at: Span, chain: str, count: int) -> Diagnostic:
    """A rule that is deleted but does not exist, in a chain whose rules are all known."""
    return Diagnostic(
        NO_SUCH_RULE,
        f"chain `{chain}` has no such rule to delete",
        Label(at, _rules_there(count)),
        quote=kernel_says(BAD_RULE),
        help="repeat the rule exactly as it was added: the same options and values, with its matches in the same order",
    )


def gone_by_then(at: Span, chain: str, by: Span) -> Diagnostic:
    """A rule that is deleted after another command has taken it away: most pages then show one way or the other."""
    return Diagnostic(
        NO_SUCH_RULE,
        f"chain `{chain}` no longer has this rule",
        Label(at, "only if the command above was not run"),
        causes=(Label(by, "it is gone after this command"),),
        quote=kernel_says(BAD_RULE),
        help="if these are two ways to do it, show each in a block of its own",
        severity="note",
    )


def number_too_big(word: Word, chain: str, count: int, command: str) -> Diagnostic:
    """A rule number beyond the end of a chain whose rules are all known."""
    noun = {"insert": "insertion", "delete": "deletion", "replace": "replacement"}[command]
    return Diagnostic(
        NUMBER_TOO_BIG,
        f"chain `{chain}` has no {'position' if command == 'insert' else 'rule'} {word.text}",
        Label(word.span, _rules_there(count)),
        quote=kernel_says(f"Index of {noun} too big."),
        help="count rules from 1; those after a deleted rule move up",
    )


def _rules_there(count: int) -> str:
    return f"the chain has {count or 'no'} {'rule' if count == 1 else 'rules'}"


def chain_loop(word: Word, chain: str) -> Diagnostic:
    """A jump that would lead packets back to the chain they are in."""
    return Diagnostic(
        CHAIN_LOOP,
        f"jumping from `{chain}` to `{word.text}` creates a loop",
        Label(word.span, f"packets return to `{chain}` from there"),
        quote=kernel_says("Too many levels of symbolic links."),
        help="remove this jump, or use `-j RETURN` to go back to the calling chain",
    )


def leads_into_a_loop(word: Word) -> Diagnostic:
    """A jump from a chain that packets reach, into chains that already form a loop."""
    return Diagnostic(
        CHAIN_LOOP,
        f"`{word.text}` leads into a loop of chains",
        Label(word.span, "packets would never leave the loop"),
        quote=kernel_says("Too many levels of symbolic links."),
        help="remove one of the jumps between those chains",
    )


def wrong_chain_below(use: Use, root: str, at: Span) -> Diagnostic:
    """A match or target that becomes reachable from a built-in chain it cannot be used in; `at` causes that."""
    extension = use.extension
    return Diagnostic(
        WRONG_CHAIN,
        f"`{extension.name}` cannot be used in a chain called from `{root}`",
        Label(at, f"packets get here from `{root}`"),
        causes=(Label(use.named, naming(use)),) if use.named != at else (),
        quote=kernel_says(INVALID_ARGUMENT),
        help=f"use it in a chain called from {' or '.join(extension.hooks)}",
    )


def never_reached(entry: Entry, ending: Entry) -> Diagnostic:
    """A rule after one at which every packet ends."""
    return Diagnostic(
        NEVER_REACHED,
        "no packet reaches this rule",
        Label(entry.span),
        causes=(Label(ending.span, "every packet in the chain stops here"),),
        help="insert it before that rule with `-I`, or move the line up",
        severity="warning",
    )
