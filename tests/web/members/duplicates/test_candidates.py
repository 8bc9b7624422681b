"""Which records are put before a person as possible duplicates, and why."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.web.members import register

from pakten.accounts.models import User
from pakten.members.queries.duplicates import candidates, candidates_for
from pakten.organisations.services import say_not_same

pytestmark = pytest.mark.django_db


def reasons() -> list[tuple[str, ...]]:
    return [pair.reasons for pair in candidates().pairs]


def test_same_name_and_place_whatever_the_legal_form() -> None:
    register.member("Björkens Verkstad AB", place="Kiruna")
    register.organisation("BJÖRKENS VERKSTAD", place="kiruna")
    assert reasons() == [("Samma namn och samma ort, Kiruna.",)]


def test_same_website_or_mail_domain_but_not_where_everybody_is() -> None:
    register.member("Eken", website="https://www.eken.example/om", email="a@gmail.com")
    register.organisation("Den Gamla Oasen", website="http://eken.example", email="b@gmail.com")
    assert reasons() == [("Samma webbplats, eken.example.",)]


def test_a_domain_of_many_says_nothing() -> None:
    for name in ("Alfa", "Bravissimo", "Ceder", "Dunder", "Ekorren"):
        register.member(name, email=f"{name}@staden.example")
    assert not candidates().pairs


def test_nearly_the_same_name() -> None:
    register.member("Norrskenets Åkeri AB")
    register.organisation("Norrskenet Åkeri")
    assert reasons() == [("Namnen är nästan lika.",)]


@pytest.mark.parametrize("other", ["Norrskenets Bageri AB", "Scoutkåren 2", "Åkeri AB"])
def test_names_that_only_share_a_word_are_two(other: str) -> None:
    register.member("Norrskenets Åkeri AB")
    register.member("Scoutkåren 1")
    register.organisation(other)
    assert not candidates().pairs


def test_two_numbers_are_two_organisations_unless_the_name_is_the_same() -> None:
    register.member("Eken Förvaltning AB", org_nr=register.number(1), website="https://eken.example")
    register.organisation("Eken Drift AB", org_nr=register.number(2), website="https://eken.example")
    assert not candidates().pairs
    register.organisation("Eken Förvaltning", org_nr=register.number(3))
    assert candidates().pairs[0].against == ("Organisationsnumren är olika.",)


def test_two_that_are_not_members_are_nobody_s_matter() -> None:
    register.organisation("Eken AB")
    register.organisation("Eken")
    assert not candidates().pairs


def test_what_a_person_said_is_remembered(officer: User) -> None:
    one, other = register.member("Eken AB").organisation, register.organisation("Eken")
    assert [pair.other for pair in candidates_for(one)] == [other]
    say_not_same(one, other, actor=officer, reason="olika")
    assert not candidates().pairs and not candidates_for(one) and not candidates_for(other)


def test_the_question_about_one_is_as_the_one_about_all() -> None:
    names = ("Eken AB", "Eken", "Norrskenets Åkeri AB", "Norrskenet Åkeri", "Granens Förening")
    rows = [register.member(name).organisation for name in names]
    every = {frozenset((pair.one.pk, pair.other.pk)) for pair in candidates().pairs}
    each = {frozenset((row.pk, pair.other.pk)) for row in rows for pair in candidates_for(row)}
    assert every == each and len(every) == 2


def test_few_queries_however_many_members() -> None:
    for serial in range(30):
        register.member(f"Organisation {serial} Granen")
    with CaptureQueriesContext(connection) as asked:
        candidates()
    assert len(asked) == 2


def test_pairs_with_only_a_word_in_common_are_bounded_and_the_rest_is_told() -> None:
    """A page never compares without end, and says that it stopped; the same name is always compared."""
    for number in range(6):
        register.member(f"Granens Åkeri nummer {number}")
    register.member("Granens Åkeri nummer 5", place="Luleå")
    whole, cut = candidates(), candidates(most=3)
    assert whole.left_out == 0
    assert cut.left_out == 21 - 1 - 3
    assert [pair.reasons for pair in cut.pairs] == [("Samma namn, bortsett från stavning.",)]
