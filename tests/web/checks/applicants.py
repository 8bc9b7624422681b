"""An applicant to control: an application as it stands when it is registered."""

from __future__ import annotations

from uuid import uuid4

from django.utils import timezone
from tests.web.members.pledges.ready import published_texts

from pakten.accounts.models import User
from pakten.demo.numbers import organisation_number
from pakten.members.models import Application, ApplicationState, TextKind
from pakten.members.services.application_states import move
from pakten.organisations.facts import FactSource, OrganisationFacts, PersonFacts
from pakten.organisations.models import Sector
from pakten.organisations.services import create_organisation
from pakten.records.services import Receipt, register_received

NUMBER = organisation_number("aktiebolag", 99_101)


def applicant(
    name: str = "Björkvikens Snickeri AB",
    *persons: PersonFacts,
    actor: User,
    sector: Sector = Sector.PRIVATE,
    number: str | None = None,
    website: str = "https://bjorkviken.example",
) -> Application:
    """An application that is registered and not yet controlled."""
    source = FactSource("Ansökan", recorded_at=timezone.now())
    facts = OrganisationFacts(legal_name=name, sector=sector, org_nr=number, persons=persons, website=website)
    organisation = create_organisation(facts, actor=actor, source=source)
    paper = register_received(
        Receipt("Ansökan om medlemskap", name, type_code="membership_application"), actor=None
    )
    texts = published_texts()
    now = timezone.now()
    return Application.objects.create(
        submission=uuid4(),
        organisation=organisation,
        case=paper.case,
        record=paper,
        sector=sector,
        organisation_name=name,
        contact_name="Kim Kontaktsson",
        speaker_name="Kim Kontaktsson",
        speaker_role="vd",
        goals_text=texts[TextKind.GOALS],
        values_text=texts[TextKind.VALUES],
        state=ApplicationState.REGISTERED,
        received_at=now,
        state_since=now,
    )


def begin(application: Application, *, actor: User) -> Application:
    """Let the control begin."""
    move(application, ApplicationState.IN_CONTROL, actor=actor, expected_version=application.version)
    return application
