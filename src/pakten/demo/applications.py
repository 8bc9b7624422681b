"""Invented applications in every state, led there by the services as people would."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.utils import timezone

from pakten.accounts.models import Role, User
from pakten.checks.basic.items import LISTS
from pakten.checks.models import BasicState, CheckResult
from pakten.checks.queries.basic import basic_of
from pakten.checks.services.basic import Settled, finish_basic, settle
from pakten.checks.services.basic_lists import compare
from pakten.decisions.models import Decision
from pakten.decisions.services import agree
from pakten.demo.naming import slug
from pakten.demo.numbers import organisation_number
from pakten.members.models import (
    Application,
    ApplicationDraft,
    ApplicationOutcome,
    CompletionRequest,
    PledgeText,
)
from pakten.members.queries.texts import texts_in_force
from pakten.members.services import applications as services
from pakten.members.services.answering import withdraw
from pakten.members.services.applying import start_draft, submit
from pakten.members.working_days import add_working_days
from pakten.organisations.models import Sector

# Past those of the network's own members.
FIRST_SERIAL = 61_000
_ACCEPT, _WITH_NOTE = ApplicationOutcome.ACCEPT, ApplicationOutcome.ACCEPT_WITH_NOTE
_REFUSE, _PAUSE = ApplicationOutcome.REFUSE, ApplicationOutcome.PAUSE


@dataclass(frozen=True, slots=True)
class _Applicant:
    """Who applies, ``days`` ago, and how far the application has come (``until``, a step's name)."""

    name: str
    sector: Sector
    legal_form: str
    contact: str
    days: int
    until: str
    why: str = ""


_TICKED = {"goals": True, "values": True, "may_speak": True}
_P, _C, _O = Sector.PRIVATE, Sector.CIVIL, Sector.PUBLIC
_APPLICANTS = (
    _Applicant("Rimfrostens Snickeri AB", _P, "aktiebolag", "Tove Rimgren", 0, "sent"),
    _Applicant("Föreningen Öppna Grinden", _C, "ideell förening", "Yusuf Almlid", 1, "sent"),
    _Applicant("Vattenlinjens Förvaltning", _O, "myndighet", "Ebba Vattling", 6, "sent"),
    _Applicant("Kastanjegårdens Omsorg AB", _P, "aktiebolag", "Leila Kastenius", 3, "control"),
    _Applicant("Stiftelsen Månskäran", _C, "stiftelse", "Olle Månsby", 9, "control"),
    _Applicant("Språkbron i Norr", _C, "ideell förening", "Nadia Brolin", 8, "completion"),
    _Applicant("Järnsparvens Bemanning AB", _P, "aktiebolag", "Jon Sparvelid", 4, "controlled"),
    _Applicant("Ljungens Vårdhus AB", _P, "aktiebolag", "Sara Ljungmo", 7, "proposed"),
    _Applicant(
        "Kulturföreningen Strandvakten",
        _C,
        "ideell förening",
        "Per Strandell",
        12,
        "second",
        "Stadgarna säger inte hur medlemmar kan påverka föreningen. Vi bad om en förklaring och fick ingen.",
    ),
    _Applicant("Nordanvindens Måleri AB", _P, "aktiebolag", "Ida Nordvall", 20, "accepted"),
    _Applicant("Badhusets Friskvård", _O, "förvaltning", "Mikael Badén", 26, "accepted"),
    _Applicant(
        "Silverkedjans Handel AB",
        _P,
        "aktiebolag",
        "Frans Silvgren",
        31,
        "refused",
        "Bolaget är försatt i konkurs sedan i våras. Bara den som är verksam kan vara medlem.",
    ),
    _Applicant("Trädgårdskollektivet Humlan", _C, "ideell förening", "Mona Humlegren", 34, "lapsed"),
    _Applicant("Fyrljusets Event AB", _P, "aktiebolag", "Adrian Fyrby", 16, "withdrawn"),
    _Applicant(
        "Hamnporten Logistik AB",
        _P,
        "aktiebolag",
        "Vera Hamnlund",
        18,
        "paused",
        "Bolagets register över verkliga huvudmän går inte att nå just nu.",
    ),
)


@transaction.atomic
def seed_applications(people: Sequence[User]) -> int:
    """Store the demo's applications where there is none and the texts are published; how many there are."""
    texts = texts_in_force(as_of=timezone.localdate())
    if Application.objects.exists() or len(texts) < 2:
        return Application.objects.count()
    crew = [_with(people, role) for role in (Role.CASE_OFFICER, Role.MANAGER, Role.DIRECTOR)]
    for number, applicant in enumerate(_APPLICANTS):
        application = _apply(applicant, serial=FIRST_SERIAL + number, texts=list(texts.values()))
        STEPS[applicant.until](application, _Script(applicant, *crew))
        _lay_back(application, applicant)
    return Application.objects.count()


@dataclass(frozen=True, slots=True)
class _Script:
    """Whose application it is, and who leads it on."""

    applicant: _Applicant
    officer: User
    manager: User
    director: User


def _apply(applicant: _Applicant, *, serial: int, texts: list[PledgeText]) -> Application:
    draft, _ = start_draft(applicant.sector)
    answers = _answers(applicant, number=organisation_number(applicant.legal_form, serial), texts=texts)
    ApplicationDraft.objects.filter(pk=draft.pk).update(answers=answers)
    draft.refresh_from_db()
    return submit(draft)


def _answers(applicant: _Applicant, *, number: str, texts: list[PledgeText]) -> dict[str, Any]:
    pledged = {f"{text.kind}_sha256": text.sha256 for text in texts}
    domain = f"{slug(applicant.name)[:60].strip('-')}.example"
    found = {
        "nummer": {"org_nr": number, "sole_trader": False},
        "uppgifter": {
            "legal_name": applicant.name,
            "legal_form": applicant.legal_form,
            "address": "Påhittade gatan 4",
            "place": "100 00 Staden",
            "website": f"https://{domain}",
            "employees": "10-49",
        },
        "kontakt": {
            "name": applicant.contact,
            "title": "kontaktperson",
            "email": f"{applicant.contact.split()[0].lower()}@{domain}",
            "phone": "",
        },
        "onskemal": {"wishes": ["trainee", "meetings"], "more": "Vi kan ta emot två praktikanter i höst."},
        "intyganden": {"speaker_name": applicant.contact, "speaker_role": "ordförande", **_TICKED, **pledged},
    }
    return found | _of_sector(applicant)


def _of_sector(applicant: _Applicant) -> dict[str, Any]:
    if applicant.sector == Sector.PRIVATE:
        return {"foretag": {"agreement": "bound", "owners": [], "no_owner": True}}
    if applicant.sector == Sector.CIVIL:
        return {
            "forening": {"democracy": ["elects", "meeting"], "agreement": "no_employees", "files_later": True}
        }
    return {"myndighet": {"authority": applicant.name, "unit": ""}}


def _sent(_application: Application, _script: _Script) -> None:
    """Nobody has taken it yet."""


def _control(application: Application, script: _Script) -> None:
    services.start_control(application, actor=script.officer, expected_version=application.version)


def _completion(application: Application, script: _Script) -> None:
    facts = services.CompletionFacts(
        ("Stadgar", "Protokoll från det senaste årsmötet"), "Tack för er ansökan. Skicka gärna som PDF."
    )
    services.ask_completion(application, facts, actor=script.officer, expected_version=application.version)


def _controlled(application: Application, script: _Script) -> None:
    _control(application, script)
    control = basic_of(application, state=BasicState.OPEN)
    assert control is not None
    found = {row.slug: row for row in control.items.exclude(slug=LISTS).filter(result="")}
    said = {slug: Settled(CheckResult.OK, source="Påhittat register") for slug in found}
    if "webbplats" in said:
        said["webbplats"] = Settled(CheckResult.OK, "Sidan beskriver verksamheten.", "Påhittad webbplats")
    if script.applicant.until in ("second", "refused"):
        slug = "stadgar" if "stadgar" in said else "finns"
        said[slug] = Settled(CheckResult.DEVIATION, script.applicant.why, "Påhittat register")
    settle(control, said, actor=script.officer, expected_version=control.version)
    compare(control.pk)
    control.refresh_from_db()
    finish_basic(control, actor=script.officer, expected_version=control.version)
    application.refresh_from_db()


def _proposed(application: Application, script: _Script) -> None:
    _controlled(application, script)
    outcome = {"second": _REFUSE, "refused": _REFUSE, "paused": _PAUSE}.get(script.applicant.until, _ACCEPT)
    proposal = services.Proposal(outcome, script.applicant.why)
    services.propose(application, proposal, actor=script.officer, expected_version=application.version)


def _decided(application: Application, script: _Script) -> Decision:
    _proposed(application, script)
    decision = services.decide_application(
        application,
        services.Ruling(ApplicationOutcome(application.proposed)),
        actor=script.manager,
        submission=uuid5(NAMESPACE_URL, f"demo:{application.public_id}"),
        expected_version=application.version,
    )
    application.refresh_from_db()
    return decision


def _refused(application: Application, script: _Script) -> None:
    decision = _decided(application, script)
    agree(decision, actor=script.director, expected_version=decision.version)


def _lapsed(application: Application, script: _Script) -> None:
    _completion(application, script)
    past = add_working_days(timezone.localdate(), -8)
    CompletionRequest.objects.filter(application=application).update(answer_by=past)
    services.lapse_all()


def _withdrawn(application: Application, _script: _Script) -> None:
    withdraw(application, "Vi väntar tills vi har anställt fler.")


STEPS: dict[str, Callable[[Application, _Script], object]] = {
    "sent": _sent,
    "control": _control,
    "completion": _completion,
    "controlled": _controlled,
    "proposed": _proposed,
    "second": _decided,
    "accepted": _decided,
    "paused": _decided,
    "refused": _refused,
    "lapsed": _lapsed,
    "withdrawn": _withdrawn,
}


def _lay_back(application: Application, applicant: _Applicant) -> None:
    """Age the application, so that the inbox shows what days and limits look like."""
    application.refresh_from_db()
    gone = timedelta(days=applicant.days)
    since = application.state_since - gone / 2
    values: dict[str, Any] = {"received_at": application.received_at - gone, "state_since": since}
    if application.due_on and applicant.until != "completion":
        values["due_on"] = application.due_on - timedelta(days=min(applicant.days, 9))
    Application.objects.filter(pk=application.pk).update(**values)


def _with(people: Sequence[User], role: Role) -> User:
    return next(user for user in people if user.role_assignments.filter(role=role).exists())
