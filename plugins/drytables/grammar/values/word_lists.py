"""Lists of words separated by commas, as conntrack, addrtype and others accept them (observed with iptables 1.8.9)."""

from __future__ import annotations

from collections.abc import Mapping

from ..nft import Unsayable
from .base import Family, InvalidValue, Value, listed
from .wording import Context, in_a_row


class WordList(Value):
    """Words from a table, which may be shortened and in any case, read into a set and written in the table's order.

    `none` is a word of the table that means none of the others, and `said` is how a person calls them. What iptables
    answers: `says` for a piece that is not a word, with all the text from there on as `{text}`; `says_last` for the
    last piece, and `says_nothing` for an empty last piece, where those read differently.
    """

    synopsis = "WORD[,WORD...]"

    def __init__(
        self,
        *words: str,
        says: str,
        says_last: str = "",
        says_nothing: str = "",
        none: str = "",
        said: Mapping[str, str] | None = None,
    ) -> None:
        self.choices, self.none, self.said = words, none, said or {}
        self.says, self.says_last = says, says_last or says
        self.says_nothing = says_nothing or self.says_last

    def read(self, text: str, family: Family) -> frozenset[str]:
        words = set()
        at = 0
        for piece in text.split(","):
            word = next((word for word in self.choices if piece and word.lower().startswith(piece.lower())), None)
            if word is None:
                raise self._bad(piece, at, text[at:])
            words.add(word)
            at += len(piece) + 1
        return frozenset(words - {self.none})

    def _bad(self, piece: str, at: int, rest: str) -> InvalidValue:
        says = self.says if "," in rest else self.says_last if rest else self.says_nothing
        if not piece:
            return InvalidValue(
                "empty item", says=says.replace("{text}", rest), help="separate words with a single comma"
            )
        return InvalidValue(
            f"expected {listed(self.choices, 'or')}",
            at=(at, at + len(piece)),
            says=says.replace("{text}", rest),
            choices=self.choices,
            help="write the list without spaces" if piece != piece.strip() else "",
        )

    def without(self, words: frozenset[str]) -> WordList:
        return type(self)(
            *(word for word in self.choices if word not in words),
            says=self.says, says_last=self.says_last, says_nothing=self.says_nothing, none=self.none, said=self.said,
        )  # fmt: skip

    def write(self, value: frozenset[str], family: Family) -> str:
        return ",".join(word for word in self.choices if word in value) or self.none

    def nft(self, value: frozenset[str], family: Family) -> str:
        return ",".join(word.lower().replace("_", "-") for word in self.choices if word in value)

    def nft_condition(self, value: frozenset[str], family: Family, negated: bool) -> str:
        text = self.nft(value, family)
        if not text:
            raise Unsayable("the list names nothing")
        return f"! {text}" if negated else text

    def say(self, value: frozenset[str], context: Context) -> str:
        given = [word for word in self.choices if word in value] or [self.none]
        return in_a_row((self.said.get(word, word) for word in given), "or")

    def __repr__(self) -> str:
        return f"WordList({', '.join(map(repr, self.choices))})"
