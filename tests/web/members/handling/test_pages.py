"""The inbox and an application's page, as each role sees them."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import openpyxl
import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.people import person
from tests.web.members import register
from tests.web.members.handling import desk
from tests.web.pages import CheckedClient, check_page

from pakten.accounts.models import Role, User
from pakten.decisions.services import send_back
from pakten.members.models import Application, ApplicationState
from pakten.members.services import applications
from pakten.organisations.models import Organisation
from pakten.records.models import Case
from pakten.records.services import CaseFacts, declare_conflict, open_case

pytestmark = pytest.mark.django_db
INBOX = "/ansokningar/"


@pytest.fixture
def hanna(db: None) -> Client:
    return signed_in(desk.officer())


@pytest.fixture
def cecilia(db: None) -> Client:
    return signed_in(desk.manager())


def signed_in(user: User) -> Client:
    client = CheckedClient()
    client.force_login(user)
    return client


def address(application: Application, step: str = "") -> str:
    return f"{INBOX}{application.public_id}/{step}"


def names(html: bytes) -> list[str]:
    rows = BeautifulSoup(html, "html.parser").select("tr[data-item] th")
    return [row.find(["a", "span"]).get_text(strip=True) for row in rows]  # type: ignore[union-attr]


def test_the_inbox_tells_state_age_ball_and_handler(hanna: Client) -> None:
    desk.sent("Föreningen A")
    desk.controlled(desk.sent("Föreningen B"), deviating=True)
    desk.waiting(desk.sent("Föreningen C"))
    desk.proposed(desk.sent("Föreningen D"))
    late = desk.sent("Föreningen E")
    Application.objects.filter(pk=late.pk).update(due_on=timezone.localdate() - timedelta(days=3))
    page = hanna.get(INBOX)
    text = BeautifulSoup(page.content, "html.parser").get_text(" ", strip=True)
    for words in (
        "Ingen har tagit den",
        "Handläggaren",
        "Organisationen",
        "Den som beslutar",
        "Sen,",
        "Avvikelse",
    ):
        assert words in text
    assert names(page.content)[0] == "Föreningen E"
    assert "5 ansökningar" in text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["A", "B", "C", "D"]),
        ("lage=in_control", []),
        ("lage=alla", ["A", "B", "C", "D", "E"]),
        ("lage=active", ["E"]),
        ("sektor=private", []),
        ("sektor=civil", ["A", "B", "C", "D"]),
        ("handlaggare=ingen", ["A"]),
        ("handlaggare=jag", ["B", "C", "D"]),
        ("boll=organisationen", ["C"]),
        ("boll=beslutsfattare", ["D"]),
        ("boll=ingen", ["A"]),
        ("avvikelse=on", ["B"]),
        ("sen=on", []),
        ("sok=foreningen+b", ["B"]),
        ("sok=%00", ["A", "B", "C", "D"]),
        ("lage=nonsens&sektor=x&handlaggare=99999999999999999999&sort=y&page=zz", ["A", "B", "C", "D"]),
    ],
)
def test_filters_stand_in_the_address_and_export_has_the_same_rows(
    hanna: Client, query: str, expected: list[str]
) -> None:
    desk.sent("Föreningen A")
    desk.controlled(desk.sent("Föreningen B"), deviating=True)
    desk.waiting(desk.sent("Föreningen C"))
    desk.proposed(desk.sent("Föreningen D"))
    desk.decided(desk.proposed(desk.sent("Föreningen E")))
    found = sorted(name[-1] for name in names(hanna.get(f"{INBOX}?{query}").content))
    assert found == expected
    book = openpyxl.load_workbook(io.BytesIO(hanna.get(f"{INBOX}hamta/excel/?{query}").content))
    rows = list(book.active.iter_rows(min_row=2, values_only=True))  # type: ignore[union-attr]
    assert sorted(str(row[0])[-1] for row in rows if row[0]) == expected


def test_the_officers_way_is_a_handful_of_presses(hanna: Client) -> None:
    application = desk.sent()
    page = hanna.get(address(application))
    assert "Ta ärendet och börja kontrollera" in page.content.decode()
    hanna.post(address(application, "kontrollera/"), {"version": application.version})
    found = desk.fresh(application)
    assert (found.state, found.handler) == (ApplicationState.IN_CONTROL, desk.officer())
    data = {"version": found.version, "has_deviation": "nej", "summary": "", "outcome": "accept"}
    answer = hanna.post(address(application, "slutfor/"), data, follow=True)
    assert "Kontrollen är sparad och beslutet föreslaget." in answer.content.decode()
    assert desk.fresh(application).state == ApplicationState.PROPOSED


def test_the_manager_accepts_with_one_press_on_the_page(cecilia: Client) -> None:
    application = desk.proposed()
    page = BeautifulSoup(cecilia.get(address(application)).content, "html.parser")
    form = page.find("form", action=address(application, "besluta/"))
    assert form is not None
    data = {
        field["name"]: field.get("value", "")
        for field in form.find_all("input")
        if field.get("type") == "hidden"
    }
    data["outcome"] = form.find("input", checked=True)["value"]  # type: ignore[index]
    answer = cecilia.post(address(application, "besluta/"), data, follow=True)
    assert "Beslutet gäller och beskedet är på väg." in answer.content.decode()
    again = cecilia.post(address(application, "besluta/"), data)
    assert again.status_code == 302
    assert desk.fresh(application).state == ApplicationState.ACTIVE


def test_a_refused_form_keeps_what_was_typed(cecilia: Client) -> None:
    application = desk.proposed(outcome=desk.WITH_NOTE, note="Stadgar i mars")
    data = {
        "version": application.version,
        "submission": str(uuid4()),
        "outcome": "refuse",
        "reasons": "",
        "note": "Sparas",
    }
    answer = cecilia.post(address(application, "besluta/"), data)
    assert answer.status_code == 422
    assert "Skriv skälen." in answer.content.decode()
    assert "Sparas" in answer.content.decode()
    stale = cecilia.post(address(application, "besluta/"), data | {"version": 1, "reasons": "Skäl"})
    assert stale.status_code == 422
    assert "Någon annan har ändrat" in stale.content.decode()


def test_l04_a_proposal_is_seen_by_those_who_prepare_only() -> None:
    """L-04"""
    application = desk.proposed(outcome=desk.REFUSE, deviating=True)
    for role, sees in (
        (Role.CASE_OFFICER, True),
        (Role.DIRECTOR, True),
        (Role.AUDITOR, False),
        (Role.REGISTRAR, False),
    ):
        page = signed_in(person(role)).get(address(application)).content.decode()
        assert (desk.WHY in page) is sees, role


def test_l17_a_conflict_of_interest_hides_the_link_and_closes_the_page(hanna: Client) -> None:
    """L-17"""
    application = desk.proposed(outcome=desk.REFUSE, deviating=True)
    declare_conflict(application.case, desk.officer(), actor=desk.officer(), reason="Syskon i styrelsen")
    page = hanna.get(INBOX).content.decode()
    assert application.organisation_name in page
    assert application.public_id not in page
    assert "Du har anmält jäv" in page
    answer = hanna.get(address(application))
    assert answer.status_code == 403
    assert "Du har anmält jäv i ärendet" in answer.content.decode()
    for step in (
        "kontrollera",
        "tilldela",
        "foresla",
        "besluta",
        "tillbaka",
        "ta-over/place",
        "slutfor",
        "komplettera",
    ):
        assert hanna.post(address(application, f"{step}/"), {}).status_code == 403


def test_many_at_a_time_tells_what_was_not_done_and_why(hanna: Client) -> None:
    mine, done = desk.sent("Föreningen Min"), desk.sent("Föreningen Klar")
    shut = desk.sent("Föreningen Syskon")
    desk.decided(desk.proposed(done))
    declare_conflict(shut.case, desk.officer(), actor=desk.officer(), reason="Syskon")
    chosen = [each.public_id for each in (mine, done, shut)]
    data = {"vald": chosen, "gor": "kontroll", "adress": "sektor=civil"}
    answer = hanna.post(f"{INBOX}flera/", data).content.decode()
    assert "ansökan är klar, 2 gick inte" in answer
    assert "avgjord" in answer
    assert "jäv" in answer
    assert desk.fresh(mine).state == ApplicationState.IN_CONTROL
    given = hanna.post(
        f"{INBOX}flera/", {"vald": [mine.public_id], "gor": "tilldela", "till": str(desk.manager().pk)}
    )
    assert given.status_code == 200
    assert desk.fresh(mine).handler == desk.manager()
    for odd in (
        {"gor": "tilldela", "till": "9999999"},
        {"gor": "kontroll"},
        {"gor": "x", "adress": "//evil\r\nx"},
    ):
        assert hanna.post(f"{INBOX}flera/", odd).status_code == 302


def test_a_fact_of_the_application_is_taken_over_with_it_as_the_source(hanna: Client) -> None:
    number = register.number(77, start="80")
    register.organisation("Föreningen Gammal", org_nr=number, place="Kiruna")
    application = desk.sent("Föreningen Ny", number=number)
    page = hanna.get(address(application)).content.decode()
    assert "Ta över uppgiften: Namn" in page
    organisation = application.organisation
    data = {"version": organisation.version}
    hanna.post(address(application, "ta-over/legal_name/"), data)
    found = Organisation.objects.get(pk=organisation.pk)
    assert found.legal_name == "Föreningen Ny"
    assert found.source == f"Ansökan {application.record}"
    again = hanna.post(address(application, "ta-over/place/"), data, follow=True)
    assert "Någon annan har ändrat" in again.content.decode()
    none = hanna.post(address(application, "ta-over/org_nr/"), data, follow=True)
    assert "Uppgiften är redan den" in none.content.decode()


def test_the_second_persons_words_lead_the_officer_on(hanna: Client) -> None:
    application = desk.proposed(outcome=desk.REFUSE, deviating=True)
    decision = desk.decided(application, desk.REFUSE)
    waiting = hanna.get(address(application)).content.decode()
    assert "väntar på en andra person" in waiting
    second = desk.manager(again=2)
    assert "Läs och ta ställning" in signed_in(second).get(address(application)).content.decode()
    send_back(decision, "Fråga föreningen först.", actor=second, expected_version=decision.version)
    page = hanna.get(address(application)).content.decode()
    assert "Fråga föreningen först." in page
    assert "Föreslå beslutet" in page


@pytest.mark.parametrize(
    "role", [Role.CASE_OFFICER, Role.MANAGER, Role.DIRECTOR, Role.AUDITOR, Role.REGISTRAR]
)
def test_every_state_has_a_page_for_every_reader(role: Role) -> None:
    lapsed = desk.waiting(desk.sent("Föreningen Förfallen"))
    Application.objects.filter(pk=lapsed.pk).update(state="lapsed")
    withdrawn = desk.sent("Föreningen Åter")
    Application.objects.filter(pk=withdrawn.pk).update(state="withdrawn")
    paused = desk.proposed(desk.sent("Föreningen Paus"), desk.PAUSE)
    desk.decided(paused, desk.PAUSE)
    started = desk.sent("Föreningen Start")
    applications.start_control(started, actor=desk.officer(), expected_version=started.version)
    done = desk.proposed(desk.sent("Föreningen Klar"))
    desk.decided(done)
    all_states = [
        lapsed,
        withdrawn,
        paused,
        started,
        done,
        desk.sent("Föreningen Ny"),
        desk.waiting(desk.sent("Föreningen Vänta")),
        desk.controlled(desk.sent("Föreningen Ren")),
        desk.controlled(desk.sent("Föreningen Av"), deviating=True),
        desk.proposed(desk.sent("Föreningen Prop")),
    ]
    client = signed_in(person(role))
    for application in all_states:
        assert client.get(address(application)).status_code == 200, application


def test_pages_ask_the_database_at_most_thirty_times(
    hanna: Client, django_assert_max_num_queries: Callable[..., object]
) -> None:
    made = [desk.proposed(desk.sent(f"Föreningen {number}")) for number in range(6)]
    with django_assert_max_num_queries(30):  # type: ignore[attr-defined]
        hanna.get(INBOX)
    with django_assert_max_num_queries(30):  # type: ignore[attr-defined]
        hanna.get(address(made[0]))


def by_hand(**more: object) -> dict[str, object]:
    return {
        "submission": str(uuid4()),
        "channel": "paper",
        "received_on": timezone.localdate().isoformat(),
        "sector": "civil",
        "org_nr": register.number(5, start="80"),
        "legal_name": "Föreningen Papper",
        "contact_name": "Bo Ek",
        "speaker_name": "Bo Ek",
        "speaker_role": "ordförande",
        "pledged": "on",
        "uploads": SimpleUploadedFile("ansökan.pdf", b"%PDF-1.7 invented"),
    } | more


def test_an_application_on_paper_is_registered_by_hand_and_goes_on_as_the_others(hanna: Client) -> None:
    desk.texts()
    hanna.get(f"{INBOX}registrera/")
    data = by_hand()
    answer = hanna.post(f"{INBOX}registrera/", data, follow=True)
    assert "Ansökan är registrerad som" in answer.content.decode()
    application = Application.objects.get()
    assert (application.state, application.channel) == (ApplicationState.REGISTERED, "paper")
    assert application.record.files.count() == 1
    assert application.organisation.pledges.count() == 2
    desk.decided(desk.proposed(application))
    assert desk.fresh(application).state == ApplicationState.ACTIVE


def test_bad_input_by_hand_is_told_in_sentences_and_stores_nothing(hanna: Client) -> None:
    desk.texts()
    for odd in (
        {"org_nr": "123"},
        {"legal_name": "\x00"},
        {"legal_name": "x" * 1_000_000},
        {"received_on": "2999-01-01"},
        {"received_on": "igår"},
        {"uploads": SimpleUploadedFile("tom.pdf", b"")},
        {"contact_email": "inte en adress"},
        {"pledged": ""},
        {"sector": "civil", "org_nr": register.sole_trader_number()},
    ):
        assert hanna.post(f"{INBOX}registrera/", by_hand(**odd)).status_code == 422, odd
    assert not Application.objects.exists()
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    "odd", ["\x00", "x" * 1_000_000, "\u202eabc", "Ｆöreningen", "999999999999999999999", "-1"]
)
def test_odd_values_in_steps_are_refused_in_words(hanna: Client, odd: str) -> None:
    application = desk.controlled()
    for step, data in (
        ("foresla/", {"outcome": "accept", "version": odd}),
        ("foresla/", {"outcome": odd, "version": application.version}),
        ("tilldela/", {"handler": odd, "version": application.version}),
        ("komplettera/", {"answer_by": odd, "version": application.version, "other": odd}),
        ("tillbaka/", {"reason": odd, "version": odd}),
    ):
        assert hanna.post(address(application, step), data).status_code == 422, step
    assert hanna.post(address(application, "kontrollera/"), {"version": odd}).status_code == 302
    assert desk.fresh(application).state == ApplicationState.CONTROL_DONE
    check_page(hanna.get(f"{INBOX}?sok={odd[:500]}"))
    assert hanna.get(f"{INBOX}finns-inte/").status_code == 404


def test_the_case_leads_to_its_application_and_follows_its_handler(hanna: Client) -> None:
    """Diary and application know of each other: a link, and the same person."""
    application = desk.sent("Föreningen Långbordet")
    page = f"/diarium/arende/{application.case_id}/"
    assert address(application) in hanna.get(page).content.decode()
    applications.take(application, actor=desk.officer(), expected_version=application.version)
    assert Case.objects.get(pk=application.case_id).responsible == desk.officer()
    applications.assign(
        application, desk.manager(), actor=desk.officer(), expected_version=application.version
    )
    assert Case.objects.get(pk=application.case_id).responsible == desk.manager()
    begun = desk.sent("Föreningen Start")
    applications.start_control(begun, actor=desk.officer(), expected_version=begun.version)
    assert Case.objects.get(pk=begun.case_id).responsible == desk.officer()


def test_a_case_without_application_has_no_link(hanna: Client) -> None:
    case = open_case(CaseFacts("Annat"), actor=desk.officer())
    assert "Till ansökan" not in hanna.get(f"/diarium/arende/{case.pk}/").content.decode()


def test_what_was_sent_names_the_files_that_came_along(hanna: Client) -> None:
    """With a link for those who may open papers; the application's own paper is not one of them."""
    application = desk.sent("Föreningen Långbordet")
    shown = BeautifulSoup(hanna.get(address(application)).content, "html.parser")
    assert "Inga filer var bifogade" in shown.get_text()
    kept = application.record.files.create(
        original_name="stadgar 2025.pdf", file="x.pdf", length=5, sha256="a", position=2
    )
    shown = BeautifulSoup(hanna.get(address(application)).content, "html.parser")
    link = shown.find("a", string="stadgar 2025.pdf", href=True)
    assert f"/fil/{kept.pk}/" in link["href"]  # type: ignore[index]
    assert "Inga filer var bifogade" not in shown.get_text()
    reader = signed_in(person(Role.ADMINISTRATOR)).get(address(application))
    assert "stadgar 2025.pdf" in reader.content.decode()
    assert f"/fil/{kept.pk}/" not in reader.content.decode()
