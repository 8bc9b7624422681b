"""After sending: the status page, answers to questions, comments, and taking the application back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.people import person
from tests.web.members.applying import objects
from tests.web.members.handling import desk
from tests.web.members.register import sole_trader_number
from tests.web.pages import CheckedClient

from pakten.accounts.models import Role, User
from pakten.core.templatetags.formats import date_long
from pakten.letters.models import OutboxMessage
from pakten.letters.models import State as PostState
from pakten.letters.services import send_due
from pakten.members.applying.status import status_of
from pakten.members.models import Application, ApplicationState, CompletionRequest, CompletionState
from pakten.members.services import answering, applying
from pakten.members.services.applications_completion import CompletionFacts, ask_completion
from pakten.organisations.models import Sector
from pakten.organisations.refusals import Refused
from pakten.organisations.services import invite_contact
from pakten.records.models import Case, CaseState, PublicEntry, RecordRequest
from pakten.records.services import NewFile

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor() -> Client:
    return CheckedClient()


def asked() -> tuple[CompletionRequest, str]:
    """A request for more that waits, and the secret of the applicant's link."""
    application, token = objects.sent(Sector.CIVIL)
    facts = CompletionFacts(("Stadgar",), "Vi hittar dem inte.")
    officer = person(Role.CASE_OFFICER)
    return ask_completion(application, facts, actor=officer, expected_version=application.version), token


def test_a_question_is_answered_with_text_and_files_in_the_same_case(visitor: Client) -> None:
    completion, token = asked()
    page = visitor.get(f"/ansok/{token}/").content.decode()
    assert (
        "Vi behöver mer uppgifter av er. Svara senast" in page
        and "Väntar på er" in page
        and "Stadgar" in page
    )
    assert visitor.get(f"/ansok/{token}/komplettera/").status_code == 200
    sent = {
        "text": "Här kommer de.\n\x00",
        "submission": str(uuid4()),
        "filer": [SimpleUploadedFile("stadgar.pdf", objects.PDF)],
    }
    assert visitor.post(f"/ansok/{token}/komplettera/", sent)["Location"] == f"/ansok/{token}/"
    sent["filer"] = [SimpleUploadedFile("stadgar.pdf", objects.PDF)]
    assert visitor.post(f"/ansok/{token}/komplettera/", sent)["Location"] == f"/ansok/{token}/"
    completion.refresh_from_db()
    application = Application.objects.get()
    assert completion.state == CompletionState.ANSWERED and completion.answer == "Här kommer de."
    assert application.state == ApplicationState.REGISTERED
    record = completion.record_in
    assert record and record.case == application.case and record.record_type.code == "completion"
    assert [file.original_name for file in record.files.all()] == ["svar.txt", "stadgar.pdf"]
    assert PublicEntry.objects.filter(record=record).exists(), "L-03"
    page = visitor.get(f"/ansok/{token}/").content.decode()
    assert "Ni svarade på frågan" in page and "Vi har tagit emot ert svar." in page


def test_an_empty_answer_or_a_bad_file_is_refused_and_the_question_waits(visitor: Client) -> None:
    completion, token = asked()
    address = f"/ansok/{token}/komplettera/"
    answer = visitor.post(address, {"text": " ", "submission": "x"})
    assert answer.status_code == 422 and "Skriv ett svar, eller välj minst en fil." in answer.content.decode()
    sent = {"text": "Så här är det", "filer": [SimpleUploadedFile("a.pdf", b"MZ")]}
    answer = visitor.post(address, sent)
    text = answer.content.decode()
    assert answer.status_code == 422 and "går inte att ta emot" in text and "Så här är det" in text
    completion.refresh_from_db()
    assert completion.state == CompletionState.WAITING and completion.record_in is None


def test_an_answered_question_is_not_answered_again() -> None:
    completion, _ = asked()
    answering.answer_completion(completion, "Ett")
    with pytest.raises(Refused, match="redan besvarad"):
        answering.answer_completion(completion, "Två")


def test_an_application_is_taken_back_with_a_paper_and_a_receipt(visitor: Client) -> None:
    completion, token = asked()
    address = f"/ansok/{token}/aterkalla/"
    assert visitor.get(address).status_code == 200
    sent = {"reason": "Vi läggs ner.", "submission": str(uuid4())}
    for _ in range(2):
        assert visitor.post(address, sent)["Location"] == f"/ansok/{token}/"
    application = Application.objects.get()
    assert application.state == ApplicationState.WITHDRAWN and application.ended_reason == "Vi läggs ner."
    completion.refresh_from_db()
    assert completion.state == CompletionState.WITHDRAWN
    assert OutboxMessage.objects.filter(subject__startswith="Ansökan är återkallad").count() == 1
    paper = application.case.records.get(short_content="Återkallelse av ansökan")
    assert paper.number and paper.files.count() == 1
    assert application.case.state == CaseState.CLOSED and application.case.closed_at
    page = visitor.get(f"/ansok/{token}/").content.decode()
    assert "Ansökan är återkallad" in page and "Ansöka på nytt" in page
    assert visitor.get(address)["Location"] == f"/ansok/{token}/"
    _, again = objects.begun(Sector.CIVIL)
    assert visitor.get(f"/ansok/{again}/kontrollera/").status_code == 200, "a new one may be sent"


def test_the_receipt_of_a_withdrawal_is_sent_though_its_case_is_closed() -> None:
    application, _ = objects.sent()
    answering.withdraw(application, "")
    send_due()
    receipt = OutboxMessage.objects.select_related("record").get(subject__startswith="Ansökan är återkallad")
    assert receipt.state == PostState.SENT and receipt.record and receipt.record.number
    assert Application.objects.get().case.state == CaseState.CLOSED


def test_a_withdrawal_goes_through_while_somebody_waits_for_a_paper(visitor: Client) -> None:
    """L-06: the case stays open until the request is answered."""
    application, _ = objects.sent()
    RecordRequest.objects.create(record=application.record, asked="ansökan")
    answering.withdraw(application, "")
    application.refresh_from_db()
    assert application.state == ApplicationState.WITHDRAWN
    assert Application.objects.get().case.state == CaseState.OPEN


def test_what_the_control_showed_is_seen_and_commented_on(visitor: Client) -> None:
    """L-40."""
    application, token = objects.sent()
    Application.objects.update(
        state=ApplicationState.CONTROL_DONE, has_deviation=True, control_summary="Adressen stämmer inte."
    )
    assert "Adressen stämmer inte." in visitor.get(f"/ansok/{token}/").content.decode()
    assert "Adressen stämmer inte." in visitor.get(f"/ansok/{token}/synpunkter/").content.decode()
    sent = {"text": "Vi har flyttat.", "submission": str(uuid4())}
    for _ in range(2):
        assert visitor.post(f"/ansok/{token}/synpunkter/", sent).status_code == 302
    assert application.case.records.filter(short_content="Synpunkter från den som ansöker").count() == 1
    page = visitor.get(f"/ansok/{token}/").content.decode()
    assert "Vi har tagit emot det ni skrev." in page and "Vi tog emot det ni skrev" in page
    again = visitor.get(f"/ansok/{token}/").content.decode()
    assert "Vi har tagit emot det ni skrev." not in again, "it is said once"


def test_what_was_sent_can_be_read_again(visitor: Client) -> None:
    """Every answer stands on the page, with the names of the files."""
    draft, token = objects.begun(Sector.CIVIL)
    objects.attached(draft, "stadgar.pdf")
    applying.submit(draft)
    page = visitor.get(f"/ansok/{token}/").content.decode()
    for words in ("Det ni skickade", "Ann Björk", "0980-123 45", "Två bagare.", "stadgar.pdf"):
        assert words in page
    assert applying.PAPER_NAME not in page


def test_a_sole_traders_number_is_not_in_what_was_sent(visitor: Client) -> None:
    """L-29, also towards whoever sent it: others may have the link."""
    number = sole_trader_number()
    _, token = objects.sent(nummer={"org_nr": number})
    page = visitor.get(f"/ansok/{token}/").content.decode()
    assert "Det ni skickade" in page and number[:6] not in page and number[6:] not in page


def test_the_link_of_what_is_closed_stops_working_after_its_days(visitor: Client, settings: Any) -> None:
    """The page says until when, then where to turn; what is open, or opened again, is always shown."""
    settings.APPLICATION_STATUS_DAYS = 90
    completion, token = asked()
    application, link = completion.application, f"/ansok/{token}/"
    assert "slutar länken gälla" not in visitor.get(link).content.decode()
    visitor.post(f"{link}aterkalla/", {"submission": str(uuid4()), "reason": ""})
    application.case.refresh_from_db()
    closed = application.case.closed_at
    assert closed is not None
    last = timezone.localdate(closed) + timedelta(days=90)
    assert f"till och med den {date_long(last)}" in visitor.get(link).content.decode()
    for days, status in ((90, 200), (91, 410)):
        Case.objects.filter(pk=application.case_id).update(closed_at=closed - timedelta(days=days))
        for page in ("", "synpunkter/", "aterkalla/"):
            answer = visitor.get(f"{link}{page}")
            assert (answer.status_code == 410) is (status == 410), (days, page)
            assert answer["Cache-Control"] == "no-store"
    gone = visitor.get(link).content.decode()
    assert "90 dagar" in gone and "Begär ut handlingen" in gone
    assert application.organisation_name not in gone and application.case.registry_no not in gone
    Case.objects.filter(pk=application.case_id).update(state="open", closed_at=None)
    assert visitor.get(link).status_code == 200


def test_an_accepted_member_is_told_how_its_contact_signs_in(visitor: Client) -> None:
    """By a code where there is an account, later where one can be made, else nothing is promised."""
    application, token = objects.sent()

    def told() -> str:
        return visitor.get(f"/ansok/{token}/").content.decode()

    assert "inloggning" not in told()
    desk.decided(desk.proposed(application))
    assert "Vi mejlar ann@exempel.se när inloggningen är klar." in told()
    hanna, row = person(Role.CASE_OFFICER), application.organisation.contact_persons.get()
    invite_contact(row, actor=hanna, expected_version=row.version)
    assert "Ann Björk loggar in med en kod." in told()
    User.objects.filter(email="ann@exempel.se").update(email="annan@exempel.se")
    User.objects.filter(pk=hanna.pk).update(email="Ann@exempel.se")
    assert "Vi hör av oss om inloggning." in told()


@pytest.mark.parametrize("state", ApplicationState)
def test_every_state_has_words_and_says_who_has_the_ball(visitor: Client, state: ApplicationState) -> None:
    application, _ = objects.sent()
    application.state = state
    application.outcome = "accept" if state in ("decided", "notified", "active") else ""
    status = status_of(application)
    assert status.heading and status.ball in {"us", "you", ""}
    assert status.stage or state in (ApplicationState.WITHDRAWN, ApplicationState.LAPSED)


def test_a_refusal_is_told_with_its_reasons_only_once_it_is_sent() -> None:
    application, _ = objects.sent()
    application.outcome, application.state = "refuse", ApplicationState.DECIDED
    assert status_of(application).sentence == "Vi går igenom er ansökan."
    application.state = ApplicationState.NOTIFIED
    told = status_of(application)
    assert told.sentence == "Vi kan inte ta emot er som medlem just nu." and told.ball == ""


def test_nobody_sends_forbidden_files() -> None:
    application, _ = objects.sent()
    many: Any = [NewFile("a.pdf", ContentFile(objects.PDF))] * 11
    with pytest.raises(Refused, match="högst 10"):
        answering.comment(application, "x", files=many)
