"""How long a post takes to read: a Pelican plugin that adds the filter `minutes_to_read` to templates.

`{{ article.content|minutes_to_read }}` is a whole number, at least 1, or 0 if READING_TIME is not set to True. Scripts
that write no spaces between words are counted by their letters. Code is skimmed, so a line of it counts as a few words.
"""

from html import unescape
from typing import Any

from drytables.reading.pattern import pattern
from pelican import signals

#: Per minute. Silent reading of prose in English: 238 words (Brysbaert 2019); in Chinese 260 words of some 1.6 letters.
WORDS, LETTERS = 238, 420
#: As how many words a line of code counts.
WORDS_OF_CODE_LINE = 4

_TAG = pattern(r"<[^<>]*>")
_LINE = pattern(r"[^\n]*\S[^\n]*")
#: Hiragana, Katakana, Chinese characters with their extensions, Thai, Lao, Khmer and Burmese.
_LETTER = pattern(
    "[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]"
)
_WORD = pattern(r"[^\W_][^\s]*")


def minutes(html: str) -> int:
    """Return how many minutes a post takes to read, given its HTML: at least 1."""
    prose, code = [], 0
    for number, part in enumerate(html.split("<pre")):
        block, _, after = part.partition("</pre>") if number else ("", "", part)
        code += sum(1 for _ in _LINE.finditer(_TAG.sub("", block.partition(">")[2])))
        prose.append(after)
    text = unescape(_TAG.sub("", " ".join(prose)))
    letters = sum(1 for _ in _LETTER.finditer(text))
    words = sum(1 for _ in _WORD.finditer(_LETTER.sub(" ", text)))
    return max(1, round((words + code * WORDS_OF_CODE_LINE) / WORDS + letters / LETTERS))


def extend_templates(generator: Any) -> None:
    """Add the filter to the templates of a Pelican generator."""
    is_on = bool(generator.settings.get("READING_TIME"))
    generator.env.filters["minutes_to_read"] = minutes if is_on else lambda html: 0


def register() -> None:
    """Connect to Pelican, which calls this."""
    signals.generator_init.connect(extend_templates)
