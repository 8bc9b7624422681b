"""Ready-made applications to test with, made through the services. All are invented."""

from __future__ import annotations

from itertools import count
from typing import Any
from uuid import uuid4

from django.utils import timezone
from tests.people import person
from tests.web.members import register

from pakten.accounts.models import Role, SavedFilter, User
from pakten.accounts.services.saved_filters import FilterFacts, save_filter
from pakten.decisions.models import Decision
from pakten.members.models import (
    Application,
    ApplicationDraft,
    ApplicationOutcome,
    ApplicationState,
    PledgeText,
    TextKind,
    TextState,
)
from pakten.members.services import applications
from pakten.members.services.applying import start_draft, submit
from pakten.members.services.pledging import digest_of
from pakten.organisations.models import Sector

ACCEPT, REFUSE = ApplicationOutcome.ACCEPT, ApplicationOutcome.REFUSE
PAUSE, WITH_NOTE = ApplicationOutcome.PAUSE, ApplicationOutcome.ACCEPT_WITH_NOTE
WHY = "Organisationen har inte visat stadgar."
_serials = count(1)


def officer(again: int = 0) -> User:
    return person(Role.CASE_OFFICER, again=again)


def manager(again: int = 0) -> User:
    return person(Role.MANAGER, again=again)


def texts() -> dict[TextKind, PledgeText]:
    """Goals and values, published."""
    return {
        kind: PledgeText.objects.filter(kind=kind, state=TextState.PUBLISHED).first() or _publish(kind)
        for kind in TextKind
    }


def _publish(kind: TextKind) -> PledgeText:
    text = PledgeText(kind=kind, number=90, title=f"Text om {kind.label}", body="Vi vill att fler ska med.")
    text.sha256 = digest_of(text)
    text.state, text.published_at, text.valid_from = TextState.PUBLISHED, timezone.now(), timezone.localdate()
    text.save()
    return text


def answers(name: str, *, number: str, **facts: Any) -> dict[str, Any]:
    """What an association answers."""
    pledged = {f"{kind.value}_sha256": text.sha256 for kind, text in texts().items()}
    ticked = {"goals": True, "values": True, "may_speak": True}
    return {
        "nummer": {"org_nr": number, "sole_trader": False},
        "uppgifter": {
            "legal_name": name,
            "legal_form": "ideell förening",
            "address": "Storgatan 1",
            "place": "981 31 Kiruna",
            "website": "https://www.example.se",
            "employees": "1-9",
            "branch_code": "94.991",
        }
        | facts,
        "kontakt": {"name": "Kim Ek", "title": "ordförande", "email": "kim@example.se", "phone": ""},
        "onskemal": {"wishes": ["mentors"], "more": ""},
        "forening": {"files_later": True},
        "intyganden": {"speaker_name": "Kim Ek", "speaker_role": "ordförande", **ticked, **pledged},
    }


def sent(name: str = "Föreningen Långbordet", *, number: str = "", **facts: Any) -> Application:
    """An application as the public form leaves it: registered, with case, paper and pledges."""
    draft, _ = start_draft(Sector.CIVIL)
    found = answers(name, number=number or register.number(700_000 + next(_serials), start="80"), **facts)
    ApplicationDraft.objects.filter(pk=draft.pk).update(answers=found)
    draft.refresh_from_db()
    return submit(draft)


def fresh(application: Application) -> Application:
    """As the database has it now."""
    return Application.objects.get(pk=application.pk)


def controlled(
    application: Application | None = None, *, deviating: bool = False, by: User | None = None
) -> Application:
    application, by = application or sent(), by or officer()
    applications.start_control(application, actor=by, expected_version=application.version)
    applications.finish_control(
        application,
        has_deviation=deviating,
        summary="Stadgar saknas, sökte på webbplatsen i dag." if deviating else "",
        actor=by,
        expected_version=application.version,
    )
    return application


def proposed(
    application: Application | None = None,
    outcome: ApplicationOutcome = ACCEPT,
    *,
    deviating: bool = False,
    note: str = "",
) -> Application:
    application = controlled(application, deviating=deviating)
    reasons = "" if outcome == ACCEPT and not deviating else WHY
    proposal = applications.Proposal(outcome, reasons, note)
    applications.propose(application, proposal, actor=officer(), expected_version=application.version)
    return application


def decided(
    application: Application, outcome: ApplicationOutcome = ACCEPT, *, by: User | None = None
) -> Decision:
    ruling = applications.Ruling(outcome)
    return applications.decide_application(
        application,
        ruling,
        actor=by or manager(),
        submission=uuid4(),
        expected_version=fresh(application).version,
    )


def waiting(application: Application | None = None) -> Application:
    """One that waits for the organisation's answer."""
    application = application or sent()
    facts = applications.CompletionFacts(("Stadgar",), "Skicka dem som PDF.")
    applications.ask_completion(application, facts, actor=officer(), expected_version=application.version)
    return application


STATES = ApplicationState


def saved_filter(
    owner: User, *, query: str = "sektor=civil", page: str = "members:applications"
) -> SavedFilter:
    return save_filter(FilterFacts(page, "Föreningar", query), actor=owner)
