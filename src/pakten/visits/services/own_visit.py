"""A person's own visit, written down: what was seen, per topic, with pictures of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils import timezone

from pakten.accounts.models import User
from pakten.audit.services import record
from pakten.organisations.changes import Change, ChangeKind, announce
from pakten.organisations.models import Organisation
from pakten.visits.models import (
    Made,
    SeenItem,
    SeenResult,
    SeenTopic,
    Visit,
    VisitFile,
    VisitOutcome,
    VisitState,
)
from pakten.visits.policies import check_judge, check_open_to
from pakten.visits.refusals import VisitRefused
from pakten.visits.services.evidence import keep_until

_USED = "Formuläret har redan skickats. Öppna det på nytt och skriv ned besöket en gång till."
LARGEST, MOST = 10_000_000, 5
_KINDS = ((b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"%PDF-", "application/pdf"))


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of one topic. ``quotation`` word for word, ``where`` the page's address."""

    topic: SeenTopic
    result: SeenResult
    note: str = ""
    quotation: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class OwnVisit:
    """A visit as the person tells it. ``could_see`` false: it could not be looked at, and ``why``."""

    at: datetime
    address: str
    could_see: bool
    why: str
    seen: tuple[Seen, ...] = ()
    files: tuple[tuple[str, File[Any]], ...] = ()


@transaction.atomic
def write_own_visit(
    organisation: Organisation, told: OwnVisit, *, actor: User | None, submission: UUID | None = None
) -> Visit:
    """Keep a person's own visit: evidence in that person's name. Sent twice, it is kept once.

    Raises PermissionDenied; VisitRefused where something is missing, to come, or no picture or PDF.
    """
    person = check_judge(actor)
    check_open_to(person, organisation)
    mine = Visit.objects.filter(submission=submission, organisation=organisation, ordered_by=person)
    if submission and (known := mine.first()):
        return known
    _check(told)
    visit = Visit(
        organisation=organisation,
        made=Made.PERSON,
        state=VisitState.WAITING,
        ordered_by=person,
        because="Eget besök",
        submission=submission,
    )
    try:
        with transaction.atomic():
            visit.save()
    except IntegrityError:
        # The same form a moment before: that one counts. The database has waited until it was kept.
        if known := mine.first():
            return known
        raise VisitRefused(_USED) from None
    SeenItem.objects.bulk_create(_item(visit, one) for one in told.seen)
    files = [_store(visit, file, position=place) for place, file in enumerate(told.files, start=1)]
    _close(visit, told, has_files=bool(files))
    after = {
        "address": visit.address,
        "outcome": visit.outcome,
        "items": {str(one.topic): str(one.result) for one in told.seen},
        "files": [file.sha256 for file in files],
    }
    _tell(visit, after, person=person)
    return visit


def _tell(visit: Visit, after: dict[str, Any], *, person: User) -> None:
    because = f"{person} har själv besökt webbplatsen."
    about = {"visit": visit.pk, "facts": {}}  # who was there has judged what was to be seen
    # First whom it is told, then the log: it is the last lock that anybody takes.
    announce(Change(ChangeKind.SITE, because, frozenset({visit.organisation_id}), about))
    record("visits.visit.written", visit, actor=person, after=after)


def _item(visit: Visit, one: Seen) -> SeenItem:
    return SeenItem(
        visit=visit,
        topic=one.topic,
        result=one.result,
        note=one.note.strip(),
        quotation=one.quotation.strip(),
        where=one.where.strip()[:500],
    )


def _check(told: OwnVisit) -> None:
    if told.at > timezone.now():
        raise VisitRefused("Besöket kan inte vara i framtiden.")
    if told.could_see and not told.address.strip():
        raise VisitRefused("Skriv vilken adress du besökte.")
    if told.could_see and not any(one.topic == SeenTopic.WEBSITE and one.note.strip() for one in told.seen):
        raise VisitRefused("Skriv kort vad du såg på webbplatsen.")
    if not told.could_see and not told.why.strip():
        raise VisitRefused("Skriv varför det inte gick att se webbplatsen.")
    for one in told.seen:
        if one.result == SeenResult.DEVIATION and not one.note.strip():
            raise VisitRefused(f"{one.topic.label}: beskriv vad du såg, var och när.")
    if len(told.files) > MOST:
        raise VisitRefused(f"Det är för många filer. Högst {MOST} går att bifoga.")


def _close(visit: Visit, told: OwnVisit, *, has_files: bool) -> None:
    Visit.objects.filter(pk=visit.pk).update(
        state=VisitState.FINISHED,
        at=told.at,
        ended_at=timezone.now(),
        address=told.address.strip()[:500],
        outcome=VisitOutcome.VISITED if told.could_see else VisitOutcome.NOT_SEEN,
        reason=told.why.strip() or f"Besökt av {visit.ordered_by}.",
        dispose_after=keep_until(told.at) if has_files else None,
    )
    visit.refresh_from_db()


def _store(visit: Visit, named: tuple[str, File[Any]], *, position: int) -> VisitFile:
    name, content = named
    short = PurePath(name.replace("\\", "/")).name[:200] or f"bild {position}"
    data = content.read(LARGEST + 1)
    if not data or len(data) > LARGEST:
        raise VisitRefused(f"Filen ”{short}” är tom eller för stor. Gränsen är {LARGEST // 1_000_000} MB.")
    kind = _kind(data)
    if kind is None:
        raise VisitRefused(f"Filen ”{short}” är varken en bild (PNG, JPEG) eller en PDF.")
    kept = VisitFile(
        visit=visit,
        position=position,
        original_name=short,
        media_type=kind,
        length=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
    )
    content.seek(0)
    kept.file.save("", content, save=False)
    kept.save()
    return kept


def _kind(data: bytes) -> str | None:
    """What the file is, told from its bytes and never from its name."""
    return next((kind for mark, kind in _KINDS if data.startswith(mark)), None)
