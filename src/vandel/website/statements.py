"""Statements on Russia, collective agreements, values and energy, found in a text by rules.

Nothing here decides: each finding shows the very words, what they were taken to say, how much that weighs
and why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from vandel.website.statement_marks import Window, windows
from vandel.website.statement_rules import Mark, Rule, rules
from vandel.website.statement_text import ReadableText, readable, sentences

INNOCENT: Final = "innocent_mention"
FAMILIES: Final = ("russia", "agreement", "values")
# A second reading of the same words is told only when it weighs nearly as much as the first.
_NEARLY: Final = 0.8


@dataclass(frozen=True, slots=True)
class Finding:
    """``text[start:end] == snippet`` in the text that was read; ``rule`` is the row that speaks."""

    label: str
    weight: float
    start: int
    end: int
    snippet: str
    rule: str
    explanation: str


def find_statements(text: str, language: str) -> list[Finding]:
    """What ``text`` says, heaviest first.

    ``language`` is ISO 639-1; an unknown one is read by the rows of every language.

    On a long page each passage is read by itself, so a label may stand several times.
    """
    page = readable(text)
    parts = sentences(page)
    found = [
        finding
        for family in FAMILIES
        for window in windows(page, parts, language=language, family=family)
        for finding in _readings(page, window, family=family)
    ]
    return sorted(found, key=lambda finding: (-finding.weight, finding.start, finding.label))


def labels_by_weight(findings: Iterable[Finding]) -> list[str]:
    """The labels of ``findings``, heaviest first, each once; none found is an empty list."""
    return list(dict.fromkeys(finding.label for finding in findings))


def _readings(page: ReadableText, window: Window, *, family: str) -> Iterator[Finding]:
    proved = [(rule, proof) for rule in rules(family) if (proof := rule.proof(window.marks)) is not None]
    heaviest = proved[0][0] if proved else None
    for _, same in groupby(sorted(proved, key=lambda pair: pair[0].label), key=lambda pair: pair[0].label):
        rule, proof = next(iter(same))
        if heaviest and _told(rule, heaviest):
            yield _finding(page, window, rule=rule, proof=proof)


def _told(rule: Rule, heaviest: Rule) -> bool:
    """Set aside as harmless is the whole answer; a weaker reading beside a firm one is left out."""
    if rule.label == heaviest.label:
        return True
    if rule.family != "russia" or INNOCENT in (rule.label, heaviest.label):
        return False
    return rule.weight >= _NEARLY * heaviest.weight


def _finding(page: ReadableText, window: Window, *, rule: Rule, proof: Sequence[Mark]) -> Finding:
    first, last = window.words_around(proof)
    start, end = page.span(first, last)
    return Finding(rule.label, rule.weight, start, end, page.original[start:end], rule.id, rule.explanation)
