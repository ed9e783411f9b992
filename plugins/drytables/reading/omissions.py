"""Lines that stand for what an author leaves out: `...`, `[snip]`, `--- 8< ---`, `// more`, `（略）`, `usw.`"""

from __future__ import annotations

from .pattern import pattern

#: Brackets, and other signs in pairs, in which an author speaks about a text.
_PAIRS = {
    "(": ")", "[": "]", "{": "}", "<": ">", "«": "»", "‹": "›", "（": "）", "［": "］", "｛": "｝", "＜": "＞",
    "【": "】", "〔": "〕", "〈": "〉", "《": "》", "「": "」", "『": "』",
}  # fmt: skip
#: What begins a comment in other languages; `_AROUND_COMMENT` are the signs that can be around its words.
_COMMENT = pattern(r"//|;|--|/\*|<!--|[%'#]|\{#")
_AROUND_COMMENT = "/;-*%'#<>!{} \t"
#: Two dots or more, with or without blanks between, or a sign that stands for them.
_BEGINS_WITH_DOTS = pattern(r"\.[ \t]*\.|[…⋯⋮︙︰┈]|([·•・。｡])[ \t]*\1")
_AT_THE_END = ("..", ". .", "…", "⋯", "。。", "···", "・・")
#: A line of signs only: a single dot, bars one below the other, a rule across the page, scissors.
_SIGNS = pattern(r"[.：｜|¦│┊┆✂✄]|(?:[^\w\s][ \t]*){3,}|(?:[-=~*_ \t]*(?:8<|>8|%<|>%|[✂✄]))+[-=~*_ \t]*")
#: What an author draws on both sides of words: `-- snip --`, `=== more ===`.
_FRAMES = "-=~*_+>"
#: What begins a line of the format itself, or a command.
_FORMAT = pattern(r"(?:-{1,2}[A-Za-z]|:\S|\*[a-z]+$|\[\d+:\d+\]|COMMIT$|(?:\S*/)?ip6?tables[\s-])")
_OPTION = pattern(r"(?:^|\s)-{1,2}[A-Za-z]")
_WORDS = pattern(r"[^\W\d_]+")
#: Languages that are written without blanks: what in a short line says so. `策略` is a policy.
_WITHOUT_BLANKS = pattern(
    r"(?<![策战戰])略|其[他它余餘](?:[规規]则|規則|内容|部分)?$|等等|以下同|[未待]完|截断|截斷|[删刪][减節节]|抜粋|생략|중략"
)
_LONGEST_WITHOUT_BLANKS = 24
#: Words that say that something is left out; one of them is enough.
_SAYS_SO = frozenset({
    "snip", "snips", "snipped", "snippet", "cut", "omit", "omits", "omitted", "omission", "skip", "skips",
    "skipped", "truncated", "trimmed", "shortened", "abbreviated", "elided", "redacted", "more", "rest",
    "remainder", "remaining", "etc", "etcetera", "cetera", "continue", "continues", "continued", "cont", "further",
    "other", "others", "additional", "existing", "gekürzt", "gekuerzt", "ausgelassen", "weggelassen", "weitere",
    "weiteren", "weiter", "usw", "schnipp", "schnapp", "schnitt", "andere", "restliche", "coupé", "coupe",
    "tronqué", "omis", "suite", "autres", "reste", "extrait", "omitido", "omitida", "omitidos", "omitidas",
    "recortado", "cortado", "resto", "más", "mais", "otras", "otros", "outras", "outros", "demás", "demais",
    "omissis", "omesso", "omessi", "omesse", "tagliato", "troncato", "altro", "altri", "altre", "eccetera", "ecc",
    "pominięto", "pominieto", "wycięto", "wyciete", "ciach", "dalej", "reszta", "itd", "pozostałe", "ingekort",
    "weggelaten", "knip", "overige", "enzovoort", "enz", "vynecháno", "zkráceno", "atd", "ostatní", "kısaltıldı",
    "vb", "devamı", "diğer", "т", "сокращено", "пропущено", "опущено", "вырезано", "обрезано", "остальное",
    "остальные", "далее", "прочее", "пропуск", "скорочено", "решта", "інше", "далі", "utelämnat", "klippt",
    "utelatt", "klippet", "udeladt",
})  # fmt: skip
#: Words that stand beside them.
_BESIDE = frozenset({
    "a", "an", "the", "of", "and", "or", "so", "on", "in", "at", "to", "for", "from", "by", "with", "is", "are",
    "was", "were", "been", "be", "has", "have", "had", "here", "there", "this", "that", "these", "those", "some",
    "many", "several", "few", "lot", "lots", "all", "my", "your", "our", "same", "as", "above", "below", "before",
    "after", "brevity", "clarity", "sake", "output", "outputs", "line", "lines", "rule", "rules", "chain", "chains",
    "entry", "entries", "text", "content", "contents", "table", "tables", "file", "files", "part", "parts",
    "section", "sections", "et", "und", "der", "die", "das", "von", "zeilen", "zeile", "regeln", "regel", "ausgabe",
    "ketten", "kette", "hier", "folgen", "wurde", "wurden", "le", "la", "les", "des", "de", "du", "lignes", "ligne",
    "règles", "regles", "règle", "sortie", "chaînes", "el", "los", "las", "y", "e", "líneas", "lineas", "línea",
    "reglas", "regla", "salida", "cadenas", "os", "linhas", "linha", "regras", "regra", "saída", "il", "i", "gli",
    "righe", "riga", "regole", "regola", "uscita", "catene", "wiersze", "linie", "reguły", "reguł", "regels",
    "regelen", "uitvoer", "řádky", "pravidla", "satır", "satırlar", "kurallar", "и", "д", "п", "так", "ещё", "еще",
    "строк", "строки", "строка", "правил", "правила", "правило", "вывод", "цепочки", "та", "інші", "рядків",
    "рядки", "rader", "regler",
})  # fmt: skip


def is_omission(line: str) -> bool:
    """Whether a line of iptables-save text is none of the format, but says that something is left out there.

    Other remarks are not meant: `allow ssh` among the rules is a fault of the text.
    """
    text = line.strip()
    if _FORMAT.match(text):
        return _is_framed(text) or (text.startswith("--") and _says_so(text))
    if not text or _is_left_out(text):
        return bool(text)
    return bool(_COMMENT.match(text)) and _is_left_out(text.strip(_AROUND_COMMENT))


def _is_left_out(text: str) -> bool:
    return (
        bool(_SIGNS.fullmatch(text) or _BEGINS_WITH_DOTS.match(text) or text.endswith(_AT_THE_END))
        or _is_enclosed(text)
        or _is_framed(text)
        or _says_so(text)
    )


def _is_enclosed(text: str) -> bool:
    """Whether one pair of brackets is around all of it, with no rule in them."""
    inner = text[1:-1].strip()
    if not inner or _PAIRS.get(text[0]) != text[-1] or text[-1] in inner.rstrip(text[-1]):
        return False
    return not _FORMAT.match(inner) or _is_framed(inner)


def _is_framed(text: str) -> bool:
    """Whether the same signs are on both sides of words; a single one is enough if those say what it is."""
    frame = text[:1]
    inner = text.strip(_FRAMES + "< \t")
    if frame not in _FRAMES or not inner or text[-1] not in (frame, "<") or _OPTION.search(inner):
        return False
    return (text[1] == frame and text[-2] in (frame, "<")) or _says_so(inner)


def _says_so(text: str) -> bool:
    """Whether all its words are among those that say so, or that go with them."""
    if len(text) <= _LONGEST_WITHOUT_BLANKS and _WITHOUT_BLANKS.search(text):
        return True
    words = [word.lower() for word in _WORDS.findall(text)]
    return any(word in _SAYS_SO for word in words) and all(word in _SAYS_SO or word in _BESIDE for word in words)
