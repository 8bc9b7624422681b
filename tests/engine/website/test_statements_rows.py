"""Every row of the rule set proves itself: its examples hit, its counter-examples do not."""

from __future__ import annotations

import pytest

from vandel.website.statement_evidence import NONE, START, Evidence, Label, evidence, keys, labels
from vandel.website.statement_marks import Window, windows
from vandel.website.statement_rules import Rule, rules
from vandel.website.statement_signs import SignRow, compiled, lexicon, sign_rows
from vandel.website.statement_text import readable, sentences
from vandel.website.statements import find_statements

RULES = [rule for family in ("agreement", "values") for rule in rules(family)]


def _windows(language: str, text: str) -> list[Window]:
    page = readable(text)
    return list(windows(page, sentences(page), language=language))


@pytest.mark.parametrize("row", sign_rows(), ids=lambda row: row.id)
def test_a_signs_examples_hit_and_its_counter_examples_do_not(row: SignRow) -> None:
    pattern = compiled(row.pattern)
    assert row.hit and row.miss
    assert [text for text in row.hit if not pattern.search(text.lower())] == []
    assert [text for text in row.miss if pattern.search(text.lower())] == []


def test_the_fast_search_finds_what_the_plain_patterns_find() -> None:
    missed = []
    for row in sign_rows():
        language = "sv" if row.languages == ("any",) else row.languages[0]
        for text in row.hit:
            shown = readable(text).text
            found = {sign for sign, _, _ in lexicon(language).find(shown, start=0, end=len(shown))}
            if not found.issuperset(row.signs):
                missed.append((row.id, text))
    assert missed == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rules_examples_get_its_label_and_its_counter_examples_not_by_it(rule: Rule) -> None:
    assert rule.hit and rule.miss and rule.explanation.endswith(".")
    for language, text in rule.hit:
        assert find_statements(text, language)[0].label == rule.label, text
    for language, text in rule.miss:
        assert rule.id not in {finding.rule for finding in find_statements(text, language)}, text


@pytest.mark.parametrize("label", labels().values(), ids=lambda label: label.id)
def test_a_labels_examples_get_it_and_its_counter_examples_do_not(label: Label) -> None:
    assert label.hit and label.miss and label.explanation.endswith(".")
    for language, text in label.hit:
        assert find_statements(text, language)[0].label == label.id, text
    for language, text in label.miss:
        assert label.id not in {finding.label for finding in find_statements(text, language)}, text


@pytest.mark.parametrize("row", evidence().values(), ids=lambda row: row.key)
def test_a_weights_examples_show_its_key_and_its_counter_examples_do_not(row: Evidence) -> None:
    assert row.hit and row.miss and row.weights
    assert set(row.weights) <= {*labels(), NONE}
    assert all(_shows(language, text, row.key) for language, text in row.hit)
    assert not any(_shows(language, text, row.key) for language, text in row.miss)


def _shows(language: str, text: str, key: str) -> bool:
    held = [window for window in _windows(language, text) if window.family == "russia"]
    return bool(held) if key == START else any(key in keys(window.marks) for window in held)


def test_ids_are_unique() -> None:
    ids = [row.id for row in sign_rows()] + [rule.id for rule in RULES]
    assert len(ids) == len(set(ids))


def test_rules_use_only_signs_that_exist() -> None:
    known = {sign for row in sign_rows() for sign in row.signs} | {"asks"}
    used = {
        condition.rpartition(":")[2].strip()
        for rule in RULES
        for group in (*rule.all_of, *rule.none_of)
        for condition in group.split("|")
    }
    assert used - known == set()
