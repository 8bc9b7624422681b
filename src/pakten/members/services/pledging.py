"""Pledges: an organisation declares that it stands behind a text."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from pakten.accounts.models import User
from pakten.audit.services import record as log
from pakten.members.models import Identified, Pledge, PledgeText, TextState
from pakten.members.policies import check_may_write
from pakten.organisations.models import Organisation
from pakten.organisations.refusals import Refused
from pakten.records.models import Record


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks for the organisation: name, role there, and how we know."""

    name: str
    role: str
    identified: Identified = Identified.NONE


def digest_of(text: PledgeText) -> str:
    """SHA-256 of title and body, as shown to the one who pledges."""
    return hashlib.sha256(f"{text.title}\n\n{text.body}".encode()).hexdigest()


@transaction.atomic
def give_pledge(
    organisation: Organisation,
    text: PledgeText,
    *,
    speaker: Speaker,
    actor: User | None,
    record: Record | None = None,
) -> Pledge:
    """Store that the organisation stands behind this version. The calling service has asked who may.

    Raises Refused for a text that is not published, or whose words are not those that were published.
    """
    check_can_be_pledged(text)
    pledge = Pledge.objects.create(
        organisation=organisation,
        text=text,
        given_by=speaker.name,
        role=speaker.role,
        identified=speaker.identified,
        given_at=timezone.now(),
        sha256=text.sha256,
        record=record,
    )
    after = {"text": str(text), "by": speaker.name, "role": speaker.role, "identified": speaker.identified}
    log("members.pledge.given", pledge, actor=actor, after=after)
    return pledge


@dataclass(frozen=True, slots=True)
class EarlierPledge:
    """A pledge from before it was kept here: who, by whom as far as is known, and when."""

    organisation: Organisation
    given_at: datetime
    speaker: Speaker


@transaction.atomic
def record_earlier_pledges(
    text: PledgeText, earlier: Sequence[EarlierPledge], *, actor: User, reason: str
) -> int:
    """Store pledges that were given before the register came here, such as from a list on paper.

    ``reason`` says where they are known from. One entry in the log for all, since they are one act: taking
    over what was kept elsewhere. Who has pledged this version already is passed over, so that it may be done
    again; gives back how many were stored. Raises PermissionDenied, and Refused for a text that is not
    published, a pledge before the text held or ahead in time, or without a reason.
    """
    check_may_write(actor)
    check_can_be_pledged(text)
    assert text.valid_from is not None
    if not reason.strip():
        raise Refused("Skriv varifrån uppgifterna om intygandena kommer.")
    now = timezone.now()
    for each in earlier:
        if each.given_at > now or timezone.localdate(each.given_at) < text.valid_from:
            raise Refused(f"{each.organisation}: intygandet kan inte vara från en dag då texten inte gällde.")
    known = set(Pledge.objects.filter(text=text).values_list("organisation_id", flat=True))
    new = {each.organisation.pk: each for each in earlier if each.organisation.pk not in known}
    Pledge.objects.bulk_create(
        Pledge(
            organisation=each.organisation,
            text=text,
            given_by=each.speaker.name,
            role=each.speaker.role,
            identified=each.speaker.identified,
            given_at=each.given_at,
            sha256=text.sha256,
        )
        for each in new.values()
    )
    after = {"text": str(text), "count": len(new)}
    after |= {"organisations": [each.organisation.public_id for each in new.values()]}
    log("members.pledges.recorded", text, actor=actor, after=after, reason=reason)
    return len(new)


def check_can_be_pledged(text: PledgeText) -> None:
    """Raise Refused for a text that is not published, or whose words are not those that were published."""
    if text.state != TextState.PUBLISHED:
        raise Refused("Texten är inte fastställd och går inte att intyga.")
    if text.sha256 != digest_of(text):
        raise Refused("Texten stämmer inte med den som fastställdes. Kontakta administratören.")
