"""The comparison of two names told word by word, for the findings that are returned."""

from __future__ import annotations

from vandel.matching.align import align
from vandel.matching.candidates import Asked
from vandel.matching.partition import Partition
from vandel.model import Reason, ReasonCode
from vandel.names.analyse import INITIAL, LEGAL, MEANING, NUMBER, Token
from vandel.names.transliterate import script_of


def reasons(partition: Partition, asked: Asked, row: int) -> tuple[Reason, ...]:
    """One reason per word of either name, in the order of the query's words, then the listed name's."""
    target = tuple(token for token in partition.tokens(row) if token.kind != LEGAL)
    pairs = align(partition, asked, row)
    if [t.key for t in asked.tokens] == [t.key for t in target]:
        return (Reason(ReasonCode.SAME_NAME, _joined(asked.tokens), _joined(target), 1.0),)
    told: list[Reason] = []
    seen_query = {pair.query for pair in pairs}
    seen_target = {pair.target for pair in pairs}
    for query, place, similarity in sorted(pairs):
        one, other = asked.tokens[query], target[place]
        told.append(Reason(_code(one, other, similarity), one.text, other.text, asked.weights[query] * similarity))
    for place, token in enumerate(asked.tokens):
        if place not in seen_query:
            code = ReasonCode.NUMBER_DIFFERS if token.kind == NUMBER else ReasonCode.WORD_MISSING
            code = ReasonCode.LEGAL_FORM_DIFFERS if token.kind == LEGAL else code
            told.append(Reason(code, token.text, "", -asked.weights[place]))
    for place, token in enumerate(target):
        if place not in seen_target:
            code = ReasonCode.NUMBER_DIFFERS if token.kind == NUMBER else ReasonCode.WORD_EXTRA
            code = ReasonCode.LEGAL_FORM_DIFFERS if token.kind == LEGAL else code
            told.append(Reason(code, "", token.text, -partition.weight(token)))
    return tuple(told)


def _joined(tokens: tuple[Token, ...]) -> str:
    return " ".join(token.text for token in tokens)


def _code(one: Token, other: Token, similarity: float) -> ReasonCode:
    if LEGAL in (one.kind, other.kind):
        return ReasonCode.LEGAL_FORM_SAME
    if one.text == other.text:
        return ReasonCode.SAME_WORD
    if INITIAL in (one.kind, other.kind):
        return ReasonCode.INITIAL
    if script_of(one.text) != script_of(other.text):
        return ReasonCode.SAME_WORD_OTHER_SCRIPT
    if one.kind == MEANING and similarity == 1:
        return ReasonCode.SAME_WORD_TRANSLATED
    return ReasonCode.SAME_WORD_OTHER_SPELLING
