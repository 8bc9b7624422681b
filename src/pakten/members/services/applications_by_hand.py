"""An application that came by e-mail or on paper, registered by a person as the form would have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from pakten.accounts.models import User
from pakten.audit.services import record as log
from pakten.members.models import (
    APPLICATION_EVENTS,
    Application,
    ApplicationState,
    Channel,
    Identified,
    PledgeText,
    TextKind,
)
from pakten.members.policies.applications import check_may_register
from pakten.members.queries.applications import application_by_submission
from pakten.members.queries.drafts import Standing, standing_of
from pakten.members.queries.texts import texts_in_force
from pakten.members.services.application_states import move
from pakten.members.services.pledging import Speaker, give_pledge
from pakten.organisations.facts import FactSource
from pakten.organisations.models import Organisation, Sector
from pakten.organisations.refusals import Refused
from pakten.organisations.services.received import (
    StatedContact,
    StatedFacts,
    receive_contact,
    receive_organisation,
)
from pakten.records.models import Record
from pakten.records.services import NewFile, Receipt, register_received
from pakten.records.services.receiving import at_day
from pakten.records.words import search_key

_NOT_FREE = {
    Standing.MEMBER: "Organisationen är redan medlem.",
    Standing.APPLYING: "Organisationen har redan en ansökan som inte är avgjord.",
}


@dataclass(frozen=True, slots=True)
class OnPaper:
    """What the paper says. ``received_on`` is the day on which it came; ``submission`` makes it one."""

    facts: StatedFacts
    contact: StatedContact
    speaker: Speaker
    channel: Channel
    received_on: date
    submission: UUID


@transaction.atomic
def register_by_hand(paper: OnPaper, *, actor: User, files: Sequence[NewFile]) -> Application:
    """Register the application with its papers; from here it goes on as one from the form.

    Raises PermissionDenied, Refused without a file, for a day ahead, where the organisation is a member or
    applies already, or before goals and values are published.
    """
    check_may_register(actor)
    if known := application_by_submission(paper.submission):
        return known
    if not files:
        raise Refused("Lägg till ansökan som fil, till exempel som PDF.")
    if paper.received_on > timezone.localdate():
        raise Refused("Ansökan kan inte ha kommit in en dag som inte har varit.")
    texts = texts_in_force(as_of=timezone.localdate())
    if len(texts) < len(TextKind):
        raise Refused("Mål och värdegrund är inte fastställda. En chef fastställer dem först.")
    _check_free(paper)
    record = _record(paper, actor=actor, files=files)
    source = FactSource(f"Ansökan {record.case.registry_no}", recorded_at=timezone.now(), where=record.number)
    organisation, made = receive_organisation(paper.facts, source=source)
    receive_contact(organisation, paper.contact, source=source, is_main=made)
    application = _store(paper, record, organisation=organisation, texts=texts, actor=actor)
    for text in texts.values():
        give_pledge(organisation, text, speaker=paper.speaker, actor=actor, record=record)
    return application


def _check_free(paper: OnPaper) -> None:
    if refusal := _NOT_FREE.get(standing_of(paper.facts.org_nr or "")):
        raise Refused(refusal)


def _record(paper: OnPaper, *, actor: User, files: Sequence[NewFile]) -> Record:
    personal = Organisation(org_nr=paper.facts.org_nr).sole_trader
    name = paper.facts.legal_name
    receipt = Receipt(
        short_content="Ansökan om medlemskap",
        sender=name,
        type_code="membership_application",
        received_at=at_day(paper.received_on),
        from_person=personal,
        case_title="Ansökan om medlemskap" if personal else f"Ansökan om medlemskap: {name}",
        submission=paper.submission,
    )
    return register_received(receipt, actor=actor, files=files)


def _store(
    paper: OnPaper,
    record: Record,
    *,
    organisation: Organisation,
    texts: dict[TextKind, PledgeText],
    actor: User,
) -> Application:
    name = paper.facts.legal_name
    application = Application.objects.create(
        submission=paper.submission,
        organisation=organisation,
        case=record.case,
        record=record,
        sector=Sector(paper.facts.sector),
        organisation_name=name,
        channel=paper.channel,
        contact_name=paper.contact.name,
        contact_email=paper.contact.email,
        speaker_name=paper.speaker.name,
        speaker_role=paper.speaker.role,
        identified=Identified.OFFICER,
        goals_text=texts[TextKind.GOALS],
        values_text=texts[TextKind.VALUES],
        received_at=record.received_or_drawn_up_at,
        state_since=timezone.now(),
        search_key=search_key(name, record.case.registry_no, paper.contact.name),
    )
    after = {"state": ApplicationState.RECEIVED, "record": record.number, "organisation": name}
    log(APPLICATION_EVENTS[ApplicationState.RECEIVED], application, actor=actor, after=after)
    move(
        application,
        ApplicationState.REGISTERED,
        actor=actor,
        expected_version=application.version,
    )
    return application
