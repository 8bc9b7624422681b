"""The second reader's sample as a figure: what was read, what was changed, and what nobody knows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.people import person
from tests.web.members import register

from pakten.accounts.models import Role
from pakten.alerts.models import Alert, AlertKind, AlertState, Outcome
from pakten.alerts.queries.samples import sample_figure
from pakten.figures import freezing
from pakten.figures.catalogue import SAMPLES
from pakten.figures.figure import listed, rows
from pakten.figures.spans import one_day
from pakten.records.services import declare_conflict

pytestmark = pytest.mark.django_db
AS_OF = date(2022, 5, 24)
DRAWN = (
    *(3 * [Outcome.AGREED]),
    Outcome.NOT_AGREED,
    Outcome.UNSURE,
    Outcome.SETTLED,
    None,
    None,
)


def moment(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, 12))


def drawn(outcome: Outcome | None, number: int, *, on: date = AS_OF, read: date = AS_OF) -> Alert:
    row = register.organisation(f"Grankottens förening {number}")
    answered = {
        "state": AlertState.CLOSED,
        "outcome": outcome,
        "outcome_because": "Prov",
        "closed_at": moment(read),
    }
    return Alert.objects.create(
        kind=AlertKind.SAMPLE,
        key=str(number),
        organisation=row,
        because="Prov",
        raised_at=moment(on),
        due_on=on,
        **(answered if outcome else {}),
    )


def told(day: date = AS_OF) -> dict[str, int | float | None]:
    [row] = rows(SAMPLES, day)
    return {cell.column.slug: cell.value for cell in row.cells}


def test_shares_stand_beside_what_nobody_knows() -> None:
    for number, outcome in enumerate(DRAWN):
        drawn(outcome, number)
    assert told() == {
        "utvalda": 8,
        "lasta": 5,
        "andel-lasta": 62.5,
        "stod-fast": 3,
        "andrade": 1,
        "andel-andrade": 20.0,
        "oklara": 1,
        "bortfall": 1,
        "vantar": 2,
    }
    [span] = one_day(AS_OF)
    parts = ("stod-fast", "andrade", "oklara", "bortfall", "vantar")
    assert sum(int(told()[slug] or 0) for slug in parts) == told()["utvalda"], "and none is left out"
    for column in SAMPLES.columns:
        if not column.share_of:
            assert listed(SAMPLES, column, span=span).count() == told()[column.slug], column.slug
    known = sample_figure()
    assert (known.agreed, known.not_agreed, known.unsure) == (3, 1, 1), "as the page of the samples counts"


def test_nothing_drawn_is_no_share_of_nothing() -> None:
    assert told()["utvalda"] == 0 and told()["andel-lasta"] is None and told()["andel-andrade"] is None


def test_it_is_as_it_was_on_the_day() -> None:
    drawn(Outcome.NOT_AGREED, 1, read=AS_OF + timedelta(days=1))
    drawn(None, 2, on=AS_OF + timedelta(days=1))
    assert (told()["utvalda"], told()["vantar"], told()["lasta"]) == (1, 1, 0)
    after = told(AS_OF + timedelta(days=1))
    assert (after["utvalda"], after["vantar"], after["andrade"]) == (2, 1, 1)


def test_it_can_be_frozen_with_its_lists() -> None:
    sample = drawn(Outcome.NOT_AGREED, 1)
    assert sample.organisation
    content = freezing.content_of(SAMPLES, AS_OF)
    assert content["rows"][0]["lists"]["andrade"] == [sample.organisation.public_id]
    assert content["rows"][0]["values"]["andel-andrade"] == 100.0


def test_politicians_read_the_numbers_and_few_see_whom(signed_in_client: Callable[[Role], Client]) -> None:
    drawn(Outcome.NOT_AGREED, 1)
    address = reverse("figures:figure", args=["stickprov"]) + f"?datum={AS_OF}"
    names = reverse("figures:list", args=["stickprov"]) + f"?per=dag&kol=andrade&datum={AS_OF}"
    file = reverse("figures:export_list", args=["stickprov", "csv"]) + f"?per=dag&kol=andrade&datum={AS_OF}"
    for role in (Role.BOARD_MEMBER, Role.DIRECTOR, Role.CASE_OFFICER):
        page = signed_in_client(role).get(address).text
        assert "100,0" in page and "Andel ändrade av lästa" in page
        sees = role == Role.CASE_OFFICER
        assert ("kol=andrade" in page) == sees
        for each in (names, file):
            response = signed_in_client(role).get(each)
            assert response.status_code == (200 if sees else 403), (role, each)
            assert ("Grankottens" in b"".join(response).decode()) == sees


def test_a_conflict_of_interest_closes_the_row(signed_in_client: Callable[..., Client]) -> None:
    """L-17."""
    sample, officer = drawn(Outcome.NOT_AGREED, 1), person(Role.CASE_OFFICER)
    membership = register.member("En annan", place="Luleå")
    Alert.objects.filter(pk=sample.pk).update(organisation=membership.organisation)
    case = register.proposed_rest(membership).case
    declare_conflict(case, officer, actor=officer, reason="Släkt")
    names = reverse("figures:list", args=["stickprov"]) + f"?per=dag&kol=andrade&datum={AS_OF}"
    assert "En annan" not in signed_in_client(officer).get(names).text
    assert "Du har anmält jäv" in signed_in_client(officer).get(names).text
    assert "En annan" in signed_in_client(Role.MANAGER).get(names).text
