"""Statements on Russia, collective agreements, values and energy, found in a text by rules.

Nothing here decides: each finding shows the very words, what they were taken to say, how much that weighs
and why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from vandel.website.statement_evidence import INNOCENT, NONE, Weighed, labels, weigh
from vandel.website.statement_marks import Window, windows
from vandel.website.statement_rules import Mark, Rule, rules
from vandel.website.statement_text import ReadableText, readable, sentences

# A second reading of the same words is told only when it weighs nearly as much as the first.
_NEARLY: Final = 0.8
# From this share a mention is set aside as harmless.
_HARMLESS_FROM: Final = 0.5
_LEAST: Final = 0.1
# The smallest difference between two shares that a weight shows.
_STEP: Final = 0.01
# To call going business one of these is the grave error; a firm reading stands first when it comes near.
_RELIEVING: Final = frozenset({"russia_none_stated", "russia_exit_done", INNOCENT})
_HEEDED: Final = 0.45
_FIRM: Final = frozenset({"russia_operations_ongoing", "russian_owner"})


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
        finding for window in windows(page, parts, language=language) for finding in _readings(page, window)
    ]
    return sorted(found, key=lambda finding: (-finding.weight, finding.start, finding.label))


def labels_by_weight(findings: Iterable[Finding]) -> list[str]:
    """The labels of ``findings``, heaviest first, each once; none found is an empty list."""
    return list(dict.fromkeys(finding.label for finding in findings))


def _readings(page: ReadableText, window: Window) -> Iterator[Finding]:
    if window.family == "russia":
        yield from _by_evidence(page, window)
    else:
        yield from _by_rules(page, window)


def _by_evidence(page: ReadableText, window: Window) -> Iterator[Finding]:
    """The likeliest reading, and a second where it comes near; a matter is told rather than set aside."""
    weighed = [one for one in weigh(window.marks) if one.label != NONE]
    first = weighed[0]
    if first.label == INNOCENT and first.share < _HARMLESS_FROM:
        weighed = [one for one in weighed if one.label != INNOCENT]
        first = weighed[0]
    if first.label in _RELIEVING:
        first = next(
            (one for one in weighed if one.label in _FIRM and one.share >= _HEEDED * first.share), first
        )
    yield _weighed(page, window, one=first)
    second = next(one for one in weighed if one.label not in (first.label, INNOCENT))
    if first.label != INNOCENT and second.share >= _NEARLY * first.share:
        # What was put behind a firm reading is told behind it.
        yield _weighed(page, window, one=replace(second, share=min(second.share, first.share - _STEP)))


def _weighed(page: ReadableText, window: Window, *, one: Weighed) -> Finding:
    first, last = window.words_around(one.proof)
    start, end = page.span(first, last)
    return Finding(
        one.label,
        max(_LEAST, round(10 * one.share, 1)),
        start,
        end,
        page.original[start:end],
        "evidence: " + ", ".join(one.keys),
        labels()[one.label].explanation,
    )


def _by_rules(page: ReadableText, window: Window) -> Iterator[Finding]:
    proved = [
        (rule, proof) for rule in rules(window.family) if (proof := rule.proof(window.marks)) is not None
    ]
    for label in dict.fromkeys(rule.label for rule, _ in proved[:1]):
        rule, proof = next(pair for pair in proved if pair[0].label == label)
        yield _finding(page, window, rule=rule, proof=proof)


def _finding(page: ReadableText, window: Window, *, rule: Rule, proof: Sequence[Mark]) -> Finding:
    first, last = window.words_around(proof)
    start, end = page.span(first, last)
    return Finding(rule.label, rule.weight, start, end, page.original[start:end], rule.id, rule.explanation)
