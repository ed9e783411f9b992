"""The diagnostics of a command that is well formed and does not fit what was done before it.

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
from ..diagnostics.diagnostic import Diagnostic, Label
from ..diagnostics.source import Span
from ..grammar.rule import Use
from ..judging.kernel import NO_CHAIN
from ..judging.messages import INVALID_ARGUMENT, iptables_says, kernel_says, naming
from ..reading.word import Word
from .state import Entry

BAD_RULE = "Bad rule (does a matching rule exist in that chain?)."


def no_chain(word: Word, is_jump: bool, since: Span | None, *, is_saved: bool = False) -> Diagnostic:
    """A chain that is used where it is known not to be there; `since` is the place that tells."""
    name = word.text
    help = f"make it first, with `-N {name}`"
    if is_saved:
        help = (
            f"declare it before, with a line `:{name} - [0:0]`; only `iptables-restore --noflush` could find it there"
        )
    return Diagnostic(
        UNKNOWN_CHAIN,
        f"there is no chain `{name}` at this point" if not is_saved else f"the chain `{name}` is not declared",
        Label(word.span),
        causes=(Label(since, "since this line"),) if since is not None else (),
        quote=iptables_says(f"Couldn't load target `{name}':No such file or directory" if is_jump else NO_CHAIN),
        help=help,
    )


def made_later(word: Word, is_jump: bool, made: Span) -> Diagnostic:
    """A chain that is used before the line of the same snippet which makes it."""
    says = f"Couldn't load target `{word.text}':No such file or directory" if is_jump else NO_CHAIN
    return Diagnostic(
        MADE_LATER,
        f"`{word.text}` is used before it is made",
        Label(word.span, "it is not there yet"),
        causes=(Label(made, "made only here"),),
        quote=iptables_says(says),
        help="make the chain first: move that line up",
    )


def set_made_later(name: str, at: Span, made: Span) -> Diagnostic:
    """A set of ipset that is used before the line of the same snippet which creates it."""
    return Diagnostic(
        MADE_LATER,
        f"the set `{name}` is used before it is created",
        Label(at, "it is not there yet"),
        causes=(Label(made, "created only here"),),
        quote=iptables_says(f"Set {name} doesn't exist."),
        help="create the set first: move that line up",
    )


def not_made(what: str, name: str, at: Span) -> Diagnostic:
    """A chain or set that nothing in the post makes before it is used, but that may well be there."""
    return Diagnostic(
        NOT_MADE,
        f"the {what} `{name}` must be there already: nothing above makes it",
        Label(at),
        help=f"if that is so for every reader, say it in the post's header: `Iptables-needs: {what} {name}`",
        severity="note",
    )


def chain_exists(word: Word, made: Span, says: str = "Chain already exists.") -> Diagnostic:
    """A chain that is made, or another renamed to it, where it is there already."""
    return Diagnostic(
        CHAIN_EXISTS,
        f"there is a chain `{word.text}` already",
        Label(word.span),
        causes=(Label(made, "made here"),),
        quote=kernel_says(says),
        help=f"`-F {word.text}` empties it; leave this line out, or delete the chain before",
    )


def chain_in_use(name: str, at: Span, entry: Entry) -> Diagnostic:
    """A chain that is deleted while a rule jumps to it."""
    return Diagnostic(
        CHAIN_IN_USE,
        f"`{name}` cannot be deleted while a rule jumps to it",
        Label(at),
        causes=(Label(entry.span, "this rule does"),),
        quote=kernel_says("Too many links."),
        help="delete that rule first",
    )


def chain_not_empty(name: str, at: Span, entry: Entry) -> Diagnostic:
    """A chain that is deleted while there are rules in it."""
    return Diagnostic(
        CHAIN_NOT_EMPTY,
        f"`{name}` cannot be deleted while there are rules in it",
        Label(at),
        causes=(Label(entry.span, "such as this one"),),
        quote=kernel_says("Directory not empty."),
        help=f"empty it first, with `-F {name}`",
    )


def no_such_rule(at: Span, chain: str, count: int) -> Diagnostic:
    """A rule that is deleted and not there, where all rules of the chain are known."""
    return Diagnostic(
        NO_SUCH_RULE,
        f"there is no such rule in `{chain}` to delete",
        Label(at, _rules_there(count)),
        quote=kernel_says(BAD_RULE),
        help="`-D` takes a rule exactly as it was added: the same options with the same values, its matches in the"
        " same order",
    )


def number_too_big(word: Word, chain: str, count: int, command: str) -> Diagnostic:
    """A rule number beyond the rules of the chain, where all of them are known."""
    noun = {"insert": "insertion", "delete": "deletion", "replace": "replacement"}[command]
    return Diagnostic(
        NUMBER_TOO_BIG,
        f"`{chain}` has no rule {word.text}" if command != "insert" else f"`{chain}` has no place {word.text}",
        Label(word.span, _rules_there(count)),
        quote=kernel_says(f"Index of {noun} too big."),
        help="rules are counted from 1, and those behind a deleted one move up",
    )


def _rules_there(count: int) -> str:
    return "no rule is there" if not count else f"{count} {'rule is' if count == 1 else 'rules are'} there"


def chain_loop(word: Word, chain: str) -> Diagnostic:
    """A jump by which packets would come back to where they were."""
    return Diagnostic(
        CHAIN_LOOP,
        f"jumping from `{chain}` to `{word.text}` makes a loop",
        Label(word.span, f"packets come back to `{chain}` from there"),
        quote=kernel_says("Too many levels of symbolic links."),
        help="chains may only call others that do not lead back; `-j RETURN` goes back to the caller",
    )


def leads_into_a_loop(word: Word) -> Diagnostic:
    """A jump from where packets come, into chains that already jump in a circle."""
    return Diagnostic(
        CHAIN_LOOP,
        f"`{word.text}` leads into a loop of chains",
        Label(word.span, "packets would go round for ever"),
        quote=kernel_says("Too many levels of symbolic links."),
        help="take away one of the jumps between those chains",
    )


def wrong_chain_below(use: Use, root: str, at: Span) -> Diagnostic:
    """A match or target that comes to stand below a built-in chain it cannot be used in; `at` brings that about."""
    extension = use.extension
    return Diagnostic(
        WRONG_CHAIN,
        f"`{extension.name}` cannot be used in what `{root}` calls",
        Label(at, f"packets come here from `{root}`"),
        causes=(Label(use.named, naming(use)),) if use.named != at else (),
        quote=kernel_says(INVALID_ARGUMENT),
        help=f"it works in chains that are called from {' or '.join(extension.hooks)}",
    )


def never_reached(entry: Entry, ending: Entry) -> Diagnostic:
    """A rule behind one that every packet ends at."""
    return Diagnostic(
        NEVER_REACHED,
        "no packet comes to this rule",
        Label(entry.span),
        causes=(Label(ending.span, "every packet of the chain ends here"),),
        help="put it before that rule, with `-I`, or move the line up",
        severity="warning",
    )
