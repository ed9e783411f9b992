"""Spoils a command in one of the ways in which people do."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from drytables.grammar.builtin import CHAINS, TABLES

#: An option with a `!` before it and its values behind it, or the name of the program.
Piece = list[str]


def spoil(pieces: list[Piece], random: Random, texts: Sequence[str]) -> list[Piece]:
    """The pieces with one thing wrong, or at least odd; the program stays where it is."""
    head, *rest = [list(piece) for piece in pieces if piece]
    if not rest:
        return [head]
    way = random.choice(_WAYS)
    return way(head, rest, random, texts)


def _misspelt(head: Piece, rest: list[Piece], random: Random, texts: Sequence[str]) -> list[Piece]:
    piece = random.choice(rest)
    at = random.randrange(len(piece))
    word = piece[at]
    if len(word) > 1:
        here = random.randrange(len(word) - 1)
        piece[at] = random.choice(
            (
                word[:here] + word[here + 1 :],
                word[:here] + word[here] + word[here:],
                word[:here] + word[here + 1] + word[here] + word[here + 2 :],
                word[:here] + "x" + word[here + 1 :],
                word.upper(),
                word.lower(),
            )
        )
    return [head, *rest]


def _missing_word(head: Piece, rest: list[Piece], random: Random, texts: Sequence[str]) -> list[Piece]:
    piece = random.choice(rest)
    del piece[random.randrange(len(piece))]
    return [head, *rest]


def _missing_piece(head: Piece, rest: list[Piece], random: Random, texts: Sequence[str]) -> list[Piece]:
    del rest[random.randrange(len(rest))]
    return [head, *rest]


def _doubled(head: Piece, rest: list[Piece], random: Random, texts: Sequence[str]) -> list[Piece]:
    piece = random.choice(rest)
    rest.insert(random.randrange(len(rest) + 1), list(piece))
    return [head, *rest]


def _other_value(head: Piece, rest: list[Piece], random: Random, texts: Sequence[str]) -> list[Piece]:
    piece = random.choice(rest)
    piece[-1] = random.choice(texts)
    return [head, *rest]


def _other_family(head: Piece, rest: list[Piece], random: Random, texts: Sequence[str]) -> list[Piece]:
    return [["ip6tables" if head == ["iptables"] else "iptables"], *rest]


def _other_place(head: Piece, rest: list[Piece], random: Random, texts: Sequence[str]) -> list[Piece]:
    for piece in rest:
        for at, word in enumerate(piece):
            if word in TABLES and random.random() < 0.5:
                piece[at] = random.choice(tuple(TABLES))
            elif word in CHAINS and random.random() < 0.5:
                piece[at] = random.choice(CHAINS)
    return [head, *rest]


def _swapped_pieces(head: Piece, rest: list[Piece], random: Random, texts: Sequence[str]) -> list[Piece]:
    random.shuffle(rest)
    return [head, *rest]


def _swapped_words(head: Piece, rest: list[Piece], random: Random, texts: Sequence[str]) -> list[Piece]:
    words = [word for piece in rest for word in piece]
    if len(words) > 1:
        at = random.randrange(len(words) - 1)
        words[at], words[at + 1] = words[at + 1], words[at]
    return [head, words]


def _negated(head: Piece, rest: list[Piece], random: Random, texts: Sequence[str]) -> list[Piece]:
    random.choice(rest).insert(0, "!")
    return [head, *rest]


def _negated_inside(head: Piece, rest: list[Piece], random: Random, texts: Sequence[str]) -> list[Piece]:
    piece = random.choice(rest)
    piece.insert(random.randrange(1, len(piece) + 1), "!")
    return [head, *rest]


def _negated_twice(head: Piece, rest: list[Piece], random: Random, texts: Sequence[str]) -> list[Piece]:
    piece = random.choice(rest)
    piece.insert(0, "!")
    piece.insert(random.randrange(1, min(3, len(piece)) + 1), "!")
    return [head, *rest]


def _two_ways(head: Piece, rest: list[Piece], random: Random, texts: Sequence[str]) -> list[Piece]:
    """Spoilt twice: which fault is found first?"""
    return spoil(spoil([head, *rest], random, texts), random, texts)


def _glued(head: Piece, rest: list[Piece], random: Random, texts: Sequence[str]) -> list[Piece]:
    piece = random.choice(rest)
    if len(piece) > 1 and piece[0].startswith("--"):
        piece[:2] = [f"{piece[0]}={piece[1]}"]
    elif len(piece) > 1 and piece[0] != "!":
        piece[:2] = [piece[0] + piece[1]]
    return [head, *rest]


def _abbreviated(head: Piece, rest: list[Piece], random: Random, texts: Sequence[str]) -> list[Piece]:
    for piece in rest:
        for at, word in enumerate(piece):
            if word.startswith("--") and len(word) > 3 and random.random() < 0.7:
                piece[at] = word[: random.randrange(3, len(word))]
    return [head, *rest]


def _joined_letters(head: Piece, rest: list[Piece], random: Random, texts: Sequence[str]) -> list[Piece]:
    letters = "".join(random.sample("nvxf46hVLSFZXb0", random.randrange(1, 4)))
    rest.insert(random.randrange(len(rest) + 1), ["-" + letters])
    return [head, *rest]


def _stray_word(head: Piece, rest: list[Piece], random: Random, texts: Sequence[str]) -> list[Piece]:
    rest.insert(random.randrange(len(rest) + 1), [random.choice(("--", "-", "", "stray", "!", "-x", "--dport", "-Z"))])
    return [head, *rest]


_WAYS = (
    _misspelt,
    _misspelt,
    _missing_word,
    _missing_piece,
    _doubled,
    _other_value,
    _other_value,
    _other_family,
    _other_place,
    _swapped_pieces,
    _swapped_words,
    _negated,
    _negated_inside,
    _negated_twice,
    _two_ways,
    _two_ways,
    _glued,
    _abbreviated,
    _joined_letters,
    _stray_word,
)
