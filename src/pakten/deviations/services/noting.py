"""Something was found: noted as an observation, by a person or by the system. Nobody has confirmed it yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from pakten.accounts.models import User
from pakten.audit.services import record as log
from pakten.deviations.evidence_sources import Copy
from pakten.deviations.models import EVENTS, Act, Deviation, Level, Origin
from pakten.deviations.policies import check_may_handle
from pakten.deviations.services.evidence import keep_copy
from pakten.deviations.services.handling import Assessment, confirm
from pakten.deviations.services.writing import keep, line, words
from pakten.members.models import Application
from pakten.organisations.keys import search_key
from pakten.organisations.models import Organisation
from pakten.organisations.refusals import Refused
from pakten.records.models import Case

_CLOCKS_DIFFER = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, where and when. ``key`` makes noting it twice once; see ``Deviation.origin_key``."""

    title: str
    description: str
    source: str
    seen_at: datetime
    where: str = ""
    origin: Origin = Origin.OTHER
    key: str = ""
    topic: str = ""
    application: Application | None = None
    case: Case | None = None


@transaction.atomic
def note(
    organisation: Organisation, found: Found, *, actor: User | None, copies: Sequence[Copy] = ()
) -> Deviation:
    """Note an observation with its evidence. ``actor`` None: the system, which never does more than this.

    The same ``key`` again gives the same deviation. Raises PermissionDenied without the role or with a
    conflict of interest, Refused for an empty one or a moment that has not been.
    """
    if actor is not None:
        check_may_handle(actor, organisation)
    if known := _known(organisation, found.key):
        return known
    try:
        with transaction.atomic():
            deviation = _create(organisation, found, actor=actor)
    except IntegrityError:
        # The same form arrived twice at the same moment, and the other one was first.
        if known := _known(organisation, found.key):
            return known
        raise
    for copy in copies:
        keep_copy(deviation, copy, by=actor)
    keep(deviation, Act.NOTED, by=actor, reason=deviation.description)
    after = {"title": deviation.title, "source": deviation.source, "level": deviation.level}
    log(EVENTS[Level.OBSERVATION], deviation, actor=actor, after=after)
    return deviation


@transaction.atomic
def note_and_confirm(
    organisation: Organisation,
    found: Found,
    *,
    assessment: Assessment,
    actor: User,
    copies: Sequence[Copy] = (),
) -> Deviation:
    """Note it and confirm it at once, where the person who found it is sure. Raises as the two."""
    deviation = note(organisation, found, actor=actor, copies=copies)
    if deviation.level == Level.OBSERVATION:
        confirm(deviation, assessment, actor=actor, expected_version=deviation.version)
    return deviation


def _known(organisation: Organisation, key: str) -> Deviation | None:
    if not key:
        return None
    return Deviation.objects.filter(organisation=organisation, origin_key=key).first()


def _create(organisation: Organisation, found: Found, *, actor: User | None) -> Deviation:
    title, source = line(found.title, 200), line(found.source, 200)
    if not title or not source:
        raise Refused("Skriv vad som inte stämmer och i vilken källa du såg det.")
    if found.seen_at > timezone.now() + _CLOCKS_DIFFER:
        raise Refused("Dagen då du såg det kan inte ligga framåt i tiden.")
    return Deviation.objects.create(
        organisation=organisation,
        application=found.application,
        case=found.case or (found.application.case if found.application else None),
        level_since=timezone.now(),
        origin=found.origin,
        origin_key=found.key,
        topic=found.topic,
        by_machine=actor is None,
        title=title,
        description=words(found.description, missing="Beskriv vad du såg, var och när."),
        source=source,
        where=line(found.where, 500),
        seen_at=found.seen_at,
        created_by=actor,
        search_key=search_key(title),
    )
