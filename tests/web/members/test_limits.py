"""Texts longer than their column: refused or cut alike on every database, never an error page."""

from __future__ import annotations

import pytest
from tests.web.members.register import (
    HEADERS,
    A,
    applied,
    as_csv,
    officer,
    organisation,
    outcomes,
    source,
    tried,
    uploaded,
)

from pakten.members.services import ordering
from pakten.organisations.facts import PersonFacts, StakeFacts
from pakten.organisations.models import Organisation, OrganisationName, OwnerType, PersonRole
from pakten.organisations.refusals import Refused
from pakten.organisations.services import add_known_person, add_name, add_ownership_stake

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("letter", ["å", "漢", "Щ"])
def test_a_name_of_the_greatest_length_has_keys_that_fit(letter: str) -> None:
    name = letter * 300
    assert organisation(name).legal_name == name
    assert applied([(name + "", *A[1:])]).rows.get().outcome in ("new", "unchanged", "updated")


@pytest.mark.parametrize("header", ["Andra namn", "Styrelse"])
def test_too_long_a_name_in_a_cell_of_many_is_refused_in_one_sentence(header: str) -> None:
    headers = ("Namn", "Sektor", header)
    found = tried([("Björkens Verkstad AB", "privat", "x" * 301)], headers)
    assert outcomes(found) == ["refused"]
    assert "för lång" in found.rows.get().sentences[0]
    assert not Organisation.objects.exists()


def test_too_long_names_are_refused_by_the_services_too() -> None:
    row = organisation()
    for store in (
        lambda: add_name(row, "x" * 301, kind=OrganisationName.Kind.TRADE, actor=officer(), source=source()),
        lambda: add_known_person(
            row, PersonFacts("x" * 201, PersonRole.BOARD), actor=officer(), source=source()
        ),
        lambda: add_ownership_stake(
            row, StakeFacts(OwnerType.PERSON, "x" * 301), actor=officer(), source=source()
        ),
    ):
        with pytest.raises(Refused, match="för lång"):
            store()


def test_a_file_with_a_very_long_name_is_worked_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ordering, "LARGE", 0)
    found = uploaded(as_csv([A]), name="r" * 250 + ".csv")
    job = ordering.try_out(found, {"legal_name": HEADERS[0]}, actor=officer(), expected_version=found.version)
    assert job is not None and len(job.title) <= 200
