"""The comparison of two names told word by word, for the findings that are returned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from vandel.matching.align import ACRONYM_SIMILARITY, INITIAL_SIMILARITY, JOINED_SIMILARITY, Pair, align
from vandel.matching.candidates import Asked, Comparison
from vandel.model import Reason, ReasonCode
from vandel.names.analyse import LEGAL, MEANING, NUMBER, Token
from vandel.names.fold import fold, stem
from vandel.names.legal_forms import same_kind
from vandel.names.transliterate import latin, script_of

_BY_SIMILARITY = {
    ACRONYM_SIMILARITY: ReasonCode.ACRONYM,
    INITIAL_SIMILARITY: ReasonCode.INITIAL,
    JOINED_SIMILARITY: ReasonCode.JOINED_WORDS,
}


def reasons(case: Comparison) -> tuple[Reason, ...]:
    """What agrees, what the query has more, what the listed name has more, and the legal forms."""
    asked = case.asked
    whole = case.partition.tokens(case.row)
    listed = [token for token in whole if token.kind != LEGAL]
    pairs = sorted(align(case))
    if [token.key for token in asked.tokens] == [token.key for token in listed]:
        told: Iterable[Reason] = [
            Reason(ReasonCode.SAME_NAME, _text(asked.tokens), _text(listed), sum(asked.weights))
        ]
    else:
        told = [*_agreeing(asked, listed, pairs=pairs), *_differing(case, listed, pairs=pairs)]
    return (*_merged(told), *_forms(asked, [token for token in whole if token.kind == LEGAL]))


def _agreeing(asked: Asked, listed: Sequence[Token], *, pairs: Sequence[Pair]) -> Iterator[Reason]:
    several: dict[tuple[int, bool], list[Pair]] = {}
    for pair in pairs:
        if pair.similarity in (ACRONYM_SIMILARITY, JOINED_SIMILARITY):
            one_query = sum(other.query == pair.query for other in pairs) > 1
            several.setdefault((pair.query if one_query else pair.target, one_query), []).append(pair)
        else:
            one, other = asked.tokens[pair.query], listed[pair.target]
            weight = asked.weights[pair.query] * pair.similarity
            yield Reason(_code(one, other, similarity=pair.similarity), one.text, other.text, weight)
    for group in several.values():
        query = _text([asked.tokens[place] for place in sorted({pair.query for pair in group})])
        target = _text([listed[place] for place in sorted({pair.target for pair in group})])
        weight = sum(asked.weights[place] for place in {pair.query for pair in group}) * group[0].similarity
        yield Reason(_BY_SIMILARITY[group[0].similarity], query, target, weight)


def _differing(case: Comparison, listed: Sequence[Token], *, pairs: Sequence[Pair]) -> Iterator[Reason]:
    asked = case.asked
    missing = [place for place in range(len(asked.tokens)) if all(pair.query != place for pair in pairs)]
    extra = [token for place, token in enumerate(listed) if all(pair.target != place for pair in pairs)]
    numbers = [token for token in extra if token.kind == NUMBER]
    for place in missing:
        token, weight = asked.tokens[place], -asked.weights[place]
        if token.kind == NUMBER:
            other = numbers.pop(0) if numbers else None
            extra = [one for one in extra if one is not other]
            yield Reason(ReasonCode.NUMBER_DIFFERS, token.text, other.text if other else "", weight)
        else:
            yield Reason(ReasonCode.WORD_MISSING, token.text, "", weight)
    for token in extra:
        code = ReasonCode.NUMBER_DIFFERS if token.kind == NUMBER else ReasonCode.WORD_EXTRA
        yield Reason(code, "", token.text, -case.partition.weight(token))


def _forms(asked: Asked, listed: Sequence[Token]) -> Iterator[Reason]:
    if asked.forms and listed:
        same = any(same_kind(form.key, token.key) for form in asked.forms for token in listed)
        code = ReasonCode.LEGAL_FORM_SAME if same else ReasonCode.LEGAL_FORM_DIFFERS
        yield Reason(code, _text(asked.forms), _text(listed), 0.1 if same else -0.1)


def _code(one: Token, other: Token, *, similarity: float) -> ReasonCode:
    if similarity in _BY_SIMILARITY:
        return _BY_SIMILARITY[similarity]
    if one.text == other.text:
        return ReasonCode.SAME_WORD
    if one.kind == MEANING and _spoken(one) != _spoken(other):
        return ReasonCode.SAME_WORD_TRANSLATED
    if script_of(one.text) != script_of(other.text):
        return ReasonCode.SAME_WORD_OTHER_SCRIPT
    return ReasonCode.SAME_WORD_OTHER_SPELLING


def _spoken(token: Token) -> str:
    return "".join(stem(fold(latin(word))) for word in token.text.split())


def _text(tokens: Iterable[Token]) -> str:
    return " ".join(dict.fromkeys(token.text for token in tokens))


def _merged(told: Iterable[Reason]) -> list[Reason]:
    """``told`` with reasons that name the same words put together: one word may have several meanings."""
    merged: dict[tuple[ReasonCode, str, str], float] = {}
    for reason in told:
        key = (reason.code, reason.query, reason.target)
        merged[key] = merged.get(key, 0.0) + reason.weight
    return [Reason(code, query, target, round(weight, 3)) for (code, query, target), weight in merged.items()]
