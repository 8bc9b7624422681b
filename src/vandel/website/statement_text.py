"""Text as the rules read it, with the way back to the text as it stands on the page.

What readers do not see (soft hyphens, zero-width characters) and what only looks alike (a Cyrillic letter
in a Latin word, a decomposed å) is put right; every character keeps the offset that it came from, so that a
snippet is always cut out of the text itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_UNSEEN: Final = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")
_PLAIN: Final = str.maketrans("’‘ʼ`´“”„«»‐‑‒\u00a0\u202f\u2009\t", "'''''\"\"\"\"\"---    ")
_CYRILLIC: Final = "аеорсухкмтвнігјѕё"
_LATIN: Final = "aeopcyxkmtbhiгjsë"
_TO_LATIN: Final = {c: x for c, x in zip(_CYRILLIC, _LATIN, strict=True) if c != "г"}
_TO_CYRILLIC: Final = {x: c for c, x in _TO_LATIN.items() if c not in "јѕё"}
_WORD: Final = re.compile(r"\w+")
_MIXED: Final = re.compile(r"[a-zà-ÿ][а-яёіїєґјѕ]|[а-яёіїєґјѕ][a-zà-ÿ]")
_SENTENCE_END: Final = re.compile(r"[.!?…]+[\"')\]]*(?=\s)|[\n\r]+")
# After these a full stop ends no sentence.
_ABBREVIATED: Final = re.compile(
    r"(?:^|[^\w])(?:st|s:t|s|t\.ex|bl\.a|dvs|ca|nr|no|inc|ltd|co|mr|mrs|dr|prof|ул|г|им|р|т|д|"
    r"z\.b|bzw|f\.d|fr|op|ul|\w)$"
)
_CLAUSE_END: Final = re.compile(
    r"[;–—()\n]|\s-\s|:\s|"
    r",?\s(?=(?:men|medan|fast|dock|däremot|trots|även om|but|while|whereas|although|though|yet|"
    r"however|aber|sondern|doch|"
    r"während|obwohl|mens|selv om|mutta|vaan|joten|vaikka|но|однако|хотя|але|хоча|проте|mais|"
    r"tandis|ale|lecz|choć|maar|"
    r"bet|kuid|utan att|numera|instead|i stället|ändå)\b)|"
    r",?\s(?=(?:och|and|und|og|ja|и|і|та|et|i|oraz) (?:har|has|have|hat|haben|vi|we|wir|me|мы|"
    r"ми|nous|den|det|it|ist|är|er|on)\b)|"
    r",?\s(?=(?:eikä|eivätkä|emmekä)\b)|"
    r",?\s(?=(?:och|and) (?:levererar|säljer|köper|skickar|exporterar|driver|fortsätter|tar|"
    r"sells?|ships?|continues?|supply|supplies|keeps?|remains?|buys?)\b)|"
    r",\s(?=(?:som|där|vilket|which|where|who|whose|der|die|das|wo|og vi|och vi|och det|och den|"
    r"och därmed|and thus|og dermed|und damit|"
    r"och bolaget|and we|and our|and it|"
    r"and they|und wir|ja me|и мы|и продолж|і ми|et nous|säger|says|joka|jossa|что|що|der)\b)"
)
_SUBORDINATE_FIRST: Final = re.compile(
    r"\s*(?:although|though|while|medan|mens|samtidigt som|"
    r"even if|obwohl|trots att|även om|fast|fastän|selv om|selvom|"
    r"skønt|vaikka|хотя|хоча|"
    r"bien que|chociaż|mimo że|hoewel)\b[^,]*,\s"
)


@dataclass(frozen=True, slots=True)
class ReadableText:
    """Lower-case text for the rules; ``offsets[i]`` is where its character i stands in the original."""

    original: str
    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span of the original that the readable span ``start:end`` came from."""
        return self.offsets[start], self.offsets[end]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its half-open span, the ends of its clauses, and whether it asks."""

    start: int
    end: int
    clause_ends: tuple[int, ...]
    asks: bool

    def clause(self, position: int) -> int:
        """The number of the clause that holds ``position``."""
        return sum(1 for end in self.clause_ends if end <= position)


def readable(text: str) -> ReadableText:
    """``text`` as the rules read it. Nothing is lost that a person sees."""
    letters: list[str] = []
    offsets: list[int] = []
    for start, cluster in _clusters(text):
        shown = unicodedata.normalize("NFC", cluster).translate(_PLAIN)
        for letter in shown.lower():
            letters.append(letter)
            offsets.append(start)
    offsets.append(len(text))
    joined = "".join(letters)
    if _MIXED.search(joined):
        joined = _WORD.sub(_in_one_script, joined)
    return ReadableText(text, joined, tuple(offsets))


def sentences(text: ReadableText) -> list[Sentence]:
    """The sentences in order; together they cover every character but the space between them."""
    found: list[Sentence] = []
    start = 0
    for end in _sentence_ends(text.text):
        if text.text[start:end].strip():
            found.append(_sentence(text.text, start=start, end=end))
        start = end
    return found


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        if text[start] not in _UNSEEN:
            yield start, text[start:end]
        start = end


def _in_one_script(match: re.Match[str]) -> str:
    word = match.group()
    cyrillic = sum("а" <= letter <= "џ" for letter in word)
    latin = sum("a" <= letter <= "ÿ" for letter in word)
    if not cyrillic or not latin:
        return word
    table = _TO_LATIN if latin >= cyrillic else _TO_CYRILLIC
    return "".join(table.get(letter, letter) for letter in word)


def _sentence_ends(text: str) -> Iterator[int]:
    for match in _SENTENCE_END.finditer(text):
        stop = match.group().startswith(".")
        if stop and _ABBREVIATED.search(text[max(0, match.start() - 8) : match.start()]):
            continue
        yield match.end()
    yield len(text)


def _sentence(text: str, *, start: int, end: int) -> Sentence:
    clause_ends = tuple(match.end() for match in _CLAUSE_END.finditer(text, start, end))
    if subordinate := _SUBORDINATE_FIRST.match(text, start, end):
        clause_ends = tuple(sorted({*clause_ends, subordinate.end()}))
    return Sentence(start, end, clause_ends, text[start:end].rstrip(" \"'\n").endswith("?"))
