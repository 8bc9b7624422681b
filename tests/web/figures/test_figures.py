"""Each number is as many as its list and its file; a frozen one never changes."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.people import person
from tests.web.members import register
from tests.web.members.handling import desk
from tests.web.pages import check_page

from pakten.accounts.models import Role
from pakten.audit.models import Entry
from pakten.figures import catalogue, freezing, services
from pakten.figures.figure import Figure, listed, rows
from pakten.figures.models import FrozenFigure
from pakten.figures.spans import quarters
from pakten.members.models import (
    Answer,
    Campaign,
    LeavingReason,
    Membership,
    Pledge,
    PledgeText,
    Recipient,
    State,
)
from pakten.organisations.models import Organisation, Sector

pytestmark = pytest.mark.django_db
SignIn = Callable[[Role], Client]
AS_OF = date(2022, 5, 24)


def random_network(seed: int) -> None:
    dice = random.Random(seed)
    for serial in range(12):
        sector = dice.choice(list(Sector))
        row = register.organisation(f"Organisation {serial}", sector=sector)
        for _ in range(dice.randrange(3)):
            joined = date(2020, 1, 1) + timedelta(days=dice.randrange(700))
            reason = dice.choice(["", *LeavingReason.values])
            Membership.objects.create(
                organisation=row,
                state=State.ENDED,
                joined_on=dice.choice([joined, None]),
                ended_on=joined + timedelta(days=dice.randrange(500)),
                leaving_reason=reason,
            )
        if dice.random() < 0.6:
            Membership.objects.create(organisation=row, joined_on=date(2021, dice.randrange(1, 12), 3))
    Organisation.objects.filter(legal_name="Organisation 1").update(
        merged_into=Organisation.objects.get(legal_name="Organisation 2")
    )


def texts() -> PledgeText:
    PledgeText.objects.all()
    return PledgeText.objects.filter(kind="values", state="published").order_by("-valid_from").first() or (
        PledgeText.objects.create(
            kind="values",
            number=77,
            title="Värdegrund",
            body="Text",
            state="published",
            valid_from=date(2020, 1, 1),
            published_at=timezone.now(),
            sha256="0" * 64,
        )
    )


@pytest.mark.parametrize("figure", catalogue.FIGURES, ids=lambda figure: figure.slug)
def test_each_number_is_as_many_as_its_list(figure: Figure) -> None:
    random_network(7)
    desk.proposed()
    for row in rows(figure, AS_OF):
        for cell in row.cells:
            found = listed(figure, cell.column, span=row.span)
            if not (cell.column.days or cell.column.is_share):
                assert found.count() == cell.value, (figure.slug, row.span.slug, cell.column.slug)
        if whole := row.total_cell:
            assert listed(figure, whole.column, span=row.span).count() == row.total, (figure.slug, row.span)


@pytest.mark.parametrize("seed", range(8))
def test_the_law_of_the_figures(seed: int) -> None:
    """Members at the end of a quarter = at its start + new ones + unknown days - those who left."""
    random_network(seed)
    members = [sum(int(c.value or 0) for c in r.cells[:3]) for r in rows(catalogue.MEMBERS, AS_OF)]
    came = [sum(int(c.value or 0) for c in r.cells) for r in rows(catalogue.CAME, AS_OF)]
    left = [row.total for row in rows(catalogue.LEFT, AS_OF)]
    for before, after, new, gone in zip(members[:-1], members[1:], came[1:], left[1:], strict=True):
        assert after == before + new - (gone or 0)


@pytest.mark.parametrize("seed", range(4))
def test_reasons_add_up_to_those_who_left_and_unknown_is_told(seed: int) -> None:
    random_network(seed)
    for left, reasons in zip(rows(catalogue.LEFT, AS_OF), rows(catalogue.REASONS, AS_OF), strict=True):
        assert left.total == sum(int(cell.value or 0) for cell in reasons.cells)
    assert catalogue.REASONS.columns[-1].unknown


def test_pledged_declined_silent_and_not_asked_are_all_members() -> None:
    text = texts()
    rows_ = [register.member(f"Medlem {serial}") for serial in range(4)]
    campaign = Campaign.objects.create(
        text=text,
        title="Ny text",
        state="open",
        answer_by=timezone.localdate(),
        made_by=register.officer(),
        opened_at=timezone.now(),
    )
    for serial, answer in ((1, Answer.DECLINED), (2, Answer.NONE)):
        said = timezone.now() if answer is Answer.DECLINED else None
        Recipient.objects.create(
            campaign=campaign,
            membership=rows_[serial],
            token_hash=str(serial),
            answer=answer,
            answered_at=said,
        )
    Pledge.objects.create(
        organisation=rows_[0].organisation,
        text=text,
        given_by="Kim",
        given_at=timezone.now(),
        sha256=text.sha256,
    )
    row = rows(catalogue.VALUES, timezone.localdate())[0]
    assert [cell.value for cell in row.cells] == [1, 1, 1, 1]
    assert row.total == 2, "who is silent is unknown, and never added"
    before = rows(catalogue.VALUES, timezone.localdate() - timedelta(days=1))[0]
    assert [cell.value for cell in before.cells] == [0, 0, 0, 4]


def test_applications_and_their_time() -> None:
    waits = desk.proposed(desk.sent("Väntande AB"))
    desk.decided(desk.proposed(desk.sent("Antagen AB")))
    today = timezone.localdate()
    last = {cell.column.slug: cell.value for cell in rows(catalogue.APPLICATIONS, today)[-1].cells}
    assert last == {"kom-in": 2, "antagna": 1, "inte-antagna": 0, "avslutade": 0, "vantar": 1}
    time = {cell.column.slug: cell.value for cell in rows(catalogue.TIME, today)[-1].cells}
    assert time == {"median": 0, "beslutade": 1}
    assert rows(catalogue.TIME, today)[0].cells[0].value is None
    assert waits.state == "proposed"


def test_quarters_end_where_they_should() -> None:
    found = quarters(date(2024, 2, 29), 3)
    assert [(s.slug, s.first, s.last) for s in found] == [
        ("2023-3", date(2023, 7, 1), date(2023, 9, 30)),
        ("2023-4", date(2023, 10, 1), date(2023, 12, 31)),
        ("2024-1", date(2024, 1, 1), date(2024, 2, 29)),
    ]


# ---- Pages ---------------------------------------------------------------------------------------------


def test_screen_list_and_file_agree(signed_in_client: SignIn) -> None:
    random_network(3)
    client = signed_in_client(Role.CASE_OFFICER)
    for figure in catalogue.FIGURES:
        url = f"/siffror/{figure.slug}/?datum=2022-05-24"
        answer = client.get(url)
        check_page(answer)
        shown = BeautifulSoup(answer.content, "html.parser").select("td.num a")
        sums = BeautifulSoup(answer.content, "html.parser").select("td.strong a")
        for link in [*shown[:4], *sums[-1:]]:
            number = link.find(string=True, recursive=False)
            page = client.get(link["href"])
            check_page(page)
            assert page.context["page"].paginator.count == int(str(number)), link["href"]
            file = client.get(str(link["href"]).replace("/lista/?", "/lista/hamta/maskin/?"))
            lines = list(csv.reader(io.StringIO(file.content.decode())))
            assert len(lines) - 1 == int(str(number))
        table = client.get(f"/siffror/{figure.slug}/hamta/maskin/?datum=2022-05-24").content.decode()
        numbers = [row[2:] for row in csv.reader(io.StringIO(table))][1:]
        expected = [[cell.value for cell in row.cells] for row in rows(figure, AS_OF)]
        assert numbers == [["" if value is None else str(value) for value in row] for row in expected]


@pytest.mark.parametrize("figure", catalogue.FIGURES, ids=lambda figure: figure.slug)
def test_at_most_thirty_queries(signed_in_client: SignIn, figure: Figure) -> None:
    register.member()
    client = signed_in_client(Role.MANAGER)
    for url in (f"/siffror/{figure.slug}/", "/siffror/"):
        with CaptureQueriesContext(connection) as asked:
            client.get(url)
        assert len(asked) <= 30


def test_a_politician_reads_numbers_and_no_names(signed_in_client: SignIn) -> None:
    register.member(joined=date(2022, 3, 1))
    client = signed_in_client(Role.BOARD_MEMBER)
    page = client.get("/siffror/medlemmar/?datum=2022-05-24")
    check_page(page)
    assert "/lista/" not in page.content.decode() and "Frys</button>" not in page.content.decode()
    assert client.get("/siffror/medlemmar/lista/?per=2022-2&kol=private&datum=2022-05-24").status_code == 403


@pytest.mark.parametrize("day", ["", "0001-01-01", "9999-12-31", "i går", "2022-13-01", "\x00", "9" * 5000])
def test_strange_days_show_today(signed_in_client: SignIn, day: str) -> None:
    answer = signed_in_client(Role.CASE_OFFICER).get("/siffror/medlemmar/", {"datum": day})
    assert answer.status_code == 200
    assert answer.context["as_of"] == timezone.localdate()


@pytest.mark.parametrize(
    "query", ["", "?per=x&kol=private", "?per=2022-2&kol=x&datum=2022-05-24", "?page=-9"]
)
def test_a_number_that_is_not_there_has_no_list(signed_in_client: SignIn, query: str) -> None:
    assert signed_in_client(Role.CASE_OFFICER).get(f"/siffror/medlemmar/lista/{query}").status_code == 404


# ---- Freezing ------------------------------------------------------------------------------------------


def test_a_frozen_figure_keeps_what_it_said_and_shows_what_differs(signed_in_client: SignIn) -> None:
    row = register.member(joined=date(2022, 3, 1))
    client = signed_in_client(Role.CASE_OFFICER)
    made = client.post("/siffror/medlemmar/frys/", {"datum": "2022-05-24", "reason": "svar på skrivelse"})
    found = FrozenFigure.objects.get()
    assert made["Location"] == f"/siffror/frysta/{found.public_id}/"
    assert freezing.is_whole(found) and found.as_of == AS_OF
    check_page(client.get(made["Location"]))
    assert "Inget skiljer" in client.get(f"{made['Location']}?rakna=om").content.decode()
    copy = BeautifulSoup(client.get(made["Location"]).content, "html.parser")
    links = [str(link["href"]) for link in copy.select("td.num a")]
    assert {link.split("kol=")[1] for link in links} == {"private", "summa"}
    for link in links:
        behind = client.get(link)
        check_page(behind)
        assert behind.context["page"].paginator.count == 1
        assert row.organisation.legal_name in behind.content.decode()
    for odd in ("", "?per=x&kol=private", "?per=2022-2&kol=x"):
        assert client.get(f"{made['Location']}lista/{odd}").status_code == 404
    Membership.objects.filter(pk=row.pk).update(joined_on=date(2022, 6, 1))
    again = client.get(f"{made['Location']}?rakna=om")
    check_page(again)
    assert "Registret säger i dag något annat" in again.content.decode()
    found.refresh_from_db()
    assert found.content["rows"][-1]["values"]["private"] == 1
    assert found.content["rows"][-1]["lists"]["private"] == [row.organisation.public_id]
    assert Entry.objects.get(action="figures.figure.frozen").reason == "svar på skrivelse"


def test_counted_again_from_the_same_register_it_is_the_same() -> None:
    random_network(5)
    desk.proposed()
    for figure in catalogue.FIGURES:
        frozen = services.freeze(figure, AS_OF, actor=person(Role.MANAGER))
        frozen.refresh_from_db()
        assert freezing.is_whole(frozen)
        assert freezing.drift(frozen, freezing.content_of(figure, AS_OF)) == []


def test_the_database_refuses_to_change_it() -> None:
    frozen = services.freeze(catalogue.MEMBERS, AS_OF, actor=person(Role.MANAGER))
    with pytest.raises(DatabaseError), transaction.atomic():
        FrozenFigure.objects.filter(pk=frozen.pk).update(title="Annat")
    with pytest.raises(DatabaseError), transaction.atomic():
        frozen.delete()


@pytest.mark.parametrize("role", [Role.BOARD_MEMBER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_not_everybody_freezes(role: Role) -> None:
    with pytest.raises(PermissionDenied):
        services.freeze(catalogue.MEMBERS, AS_OF, actor=person(role))


def test_no_sole_trader_s_number_in_any_file(signed_in_client: SignIn) -> None:
    """L-29."""
    hidden = register.sole_trader_number()
    register.member("Ekens Snickeri", org_nr=hidden, joined=date(2022, 3, 1))
    client = signed_in_client(Role.CASE_OFFICER)
    for form in ("csv", "maskin"):
        query = "per=2022-2&kol=private&datum=2022-05-24"
        assert (
            hidden[:6] not in client.get(f"/siffror/medlemmar/lista/hamta/{form}/?{query}").content.decode()
        )
