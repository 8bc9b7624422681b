"""Every row of the rule set proves itself: its examples hit, its counter-examples do not."""

from __future__ import annotations

import pytest

from vandel.website.statement_rules import Rule, rules
from vandel.website.statement_signs import SignRow, compiled, sign_rows
from vandel.website.statements import FAMILIES, find_statements

RULES = [rule for family in FAMILIES for rule in rules(family)]


@pytest.mark.parametrize("row", sign_rows(), ids=lambda row: row.id)
def test_a_signs_examples_hit_and_its_counter_examples_do_not(row: SignRow) -> None:
    pattern = compiled(row.pattern)
    assert row.hit and row.miss
    assert [text for text in row.hit if not pattern.search(text.lower())] == []
    assert [text for text in row.miss if pattern.search(text.lower())] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rules_examples_get_its_label_and_its_counter_examples_not_by_it(rule: Rule) -> None:
    assert rule.hit and rule.miss and rule.explanation.endswith(".")
    for language, text in rule.hit:
        assert find_statements(text, language)[0].label == rule.label, text
    for language, text in rule.miss:
        assert rule.id not in {finding.rule for finding in find_statements(text, language)}, text


def test_ids_are_unique() -> None:
    ids = [row.id for row in sign_rows()] + [rule.id for rule in RULES]
    assert len(ids) == len(set(ids))


def test_rules_use_only_signs_that_exist() -> None:
    known = {sign for row in sign_rows() for sign in row.signs} | {"anaphora", "energy_russian", "asks"}
    used = {
        condition.rpartition(":")[2].strip()
        for rule in RULES
        for group in (*rule.all_of, *rule.none_of)
        for condition in group.split("|")
    }
    assert used - known == set()
