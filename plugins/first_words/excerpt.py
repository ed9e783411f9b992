"""The beginning of a text, cut where a reader would pause: after a sentence, or else after a word.

Lengths are measured in letters of an alphabet. A Chinese or Japanese sign says more, and weighs three of them.
"""

import unicodedata

from drytables.reading.pattern import pattern

ELLIPSIS = "…"

_WEIGHT_OF_A_WIDE_SIGN = 3
#: The end of a sentence, with the quotation marks and brackets that close after it.
_SENTENCE_END = pattern(r"(?<![.!?…؟۔।॥])[.!?…؟۔।॥]++[\"'”’»)\]]*(?= )|[。！？｡]+[」』”’）]*")
#: A full stop after one of these ends no sentence: an initial, and what has a full stop in it, such as `e.g.`.
_NO_SENTENCE = pattern(r"(?:^|[\s(])(?:[^\W\d_]|\S*[^\W\d_]\.[^\W\d_]+)\.$")
#: Scripts that set no blanks between words: Thai, Lao, Tibetan, Burmese, Khmer, and those of China and Japan.
_WITHOUT_BLANKS = pattern("[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
#: Vowels that are written before the consonant they follow.
_WRITTEN_BEFORE = frozenset("เแโใไເແໂໃໄ")
_JOINER = "\u200d"
_NOT_BEFORE, _NOT_AFTER = {"Mn", "Mc", "Me", "Pe", "Pf", "Cf", "Sk"}, {"Ps", "Pi", "Cf"}
_DANGLING = " ,;:([{–—-،؛、，；："


def weight(text: str) -> int:
    """Return how long a text is, in letters of an alphabet; accents and other marks weigh nothing."""
    return sum(map(_weight_of, text))


def shortened(text: str, most: int, end: str = ELLIPSIS) -> str:
    """Return a text that weighs at most `most`: as it is, or its first sentences, or its first words and `end`.

    `text` is one line with single blanks. Sentences are preferred unless that would leave less than half.
    """
    cut = _fitting(text, most)
    if cut == len(text):
        return text
    sentence = max((at for at in _sentence_ends(text, cut)), default=0)
    if sentence * 2 >= cut > 0:
        return text[:sentence]
    words = next((at for at in range(cut, 0, -1) if _is_between_words(text, at)), 0)
    if not words:  # one word that is longer than all there is room for
        words = next((at for at in range(cut, 0, -1) if not _is_inside_a_sign(text, at)), cut)
    return text[:words].rstrip(_DANGLING) + end if words else ""


def _fitting(text: str, most: int) -> int:
    """How many of the characters weigh at most `most` together."""
    total = 0
    for at, character in enumerate(text):
        total += _weight_of(character)
        if total > most:
            return at
    return len(text)


def _weight_of(character: str) -> int:
    if character.isascii():
        return 1
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return _WEIGHT_OF_A_WIDE_SIGN if unicodedata.east_asian_width(character) in "WF" else 1


def _sentence_ends(text: str, most: int) -> list[int]:
    """Where sentences end in the first `most` characters."""
    return [
        end.end()
        for end in _SENTENCE_END.finditer(text, 0, most + 1)
        if end.end() <= most
        and not text[end.end() : end.end() + 2].strip().islower()
        and not _NO_SENTENCE.search(text, max(0, end.start() - 20), end.start() + 1)
    ]


def _is_between_words(text: str, at: int) -> bool:
    """Whether a text may be cut before the character with this number."""
    if text[at] == " ":
        return True
    before, after = text[at - 1], text[at]
    if not (_WITHOUT_BLANKS.match(before) or _WITHOUT_BLANKS.match(after)):
        return False
    is_closing = unicodedata.category(after) == "Po" and _weight_of(after) > 1
    return not (is_closing or before in _WRITTEN_BEFORE or _is_inside_a_sign(text, at))


def _is_inside_a_sign(text: str, at: int) -> bool:
    """Whether what is before and after belongs together: a letter and its accent, a bracket and its word, an emoji."""
    before, after = text[at - 1], text[at]
    return (
        unicodedata.category(after) in _NOT_BEFORE
        or unicodedata.category(before) in _NOT_AFTER
        or before == _JOINER
        or (_is_half_a_flag(before) and _is_half_a_flag(after) and _halves_of_flags(text, at) % 2 == 1)
    )


def _is_half_a_flag(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _halves_of_flags(text: str, at: int) -> int:
    """How many of the letters that make flags two by two are in a row before the character with this number."""
    start = at
    while start and _is_half_a_flag(text[start - 1]):
        start -= 1
    return at - start
