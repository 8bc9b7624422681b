"""An application before it is sent: it is the applicant's own, so nothing of it stands in the log (L-04)."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from pakten.audit.services import record
from pakten.letters.services import Mail, post
from pakten.members.applying.filetypes import ALLOWED, LARGEST, MOST, media_type
from pakten.members.applying.refusals import AlreadySent
from pakten.members.models import ApplicationDraft, DraftFile
from pakten.members.queries.drafts import expired, hash_of
from pakten.organisations.models import Sector
from pakten.organisations.refusals import ChangedMeanwhile, Refused
from pakten.organisations.services import update_versioned
from pakten.records.services import NewFile
from pakten.records.words import one_line

TOKEN_BYTES = 32
FOLDER = "drafts"
LINK_SUBJECT = "Din länk till ansökan om medlemskap"


@transaction.atomic
def start_draft(sector: Sector) -> tuple[ApplicationDraft, str]:
    """A new draft and the secret of its link. Only the secret's hash is kept: it can't be found out again."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    draft = ApplicationDraft.objects.create(
        token_hash=hash_of(token), sector=sector, expires_on=_last_day(timezone.localdate())
    )
    return draft, token


@transaction.atomic
def save_step(draft: ApplicationDraft, slug: str, *, answers: dict[str, Any], expected_version: int) -> None:
    """Keep a step's answers, and the draft for another month. The same answers again change nothing.

    Raises AlreadySent, and ChangedMeanwhile where another window saved something else first.
    """
    _save(draft, {"answers": {**draft.answers, slug: answers}}, expected_version=expected_version)


@transaction.atomic
def change_sector(draft: ApplicationDraft, sector: Sector, *, expected_version: int) -> None:
    """Let the organisation be of another kind; answers that both are asked for stay. Raises as above.

    A sole trader's number does not: only a company may have a person's.
    """
    values: dict[str, Any] = {"sector": sector}
    if sector != Sector.PRIVATE and draft.answers.get("nummer", {}).get("sole_trader"):
        values["answers"] = {slug: found for slug, found in draft.answers.items() if slug != "nummer"}
    _save(draft, values, expected_version=expected_version)


def _save(draft: ApplicationDraft, values: dict[str, Any], *, expected_version: int) -> None:
    if _holds(draft, values):
        return
    days = {"expires_on": _last_day(timezone.localdate()), "updated_at": timezone.now()}
    try:
        if draft.version != expected_version:
            raise ChangedMeanwhile("ansökan")
        update_versioned(draft, expected_version, **values, **days)
    except ChangedMeanwhile:
        # A button pressed twice: the other one saved the very same.
        draft.refresh_from_db()
        if not _holds(draft, values):
            raise


def _holds(draft: ApplicationDraft, values: dict[str, Any]) -> bool:
    if draft.application_id is not None:
        raise AlreadySent
    return all(getattr(draft, name) == value for name, value in values.items())


@transaction.atomic
def attach(draft: ApplicationDraft, file: NewFile, *, purpose: str) -> DraftFile:
    """Keep a file with the draft, under a random name. Raises AlreadySent, Refused for what we don't take."""
    held = _held(draft)
    name = one_line(file.name.replace("\\", "/").rpartition("/")[2], 200) or "fil"
    length = file.content.size or 0
    if held.files.count() >= MOST:
        raise Refused(f"En ansökan får ha högst {MOST} filer. Filen ”{name}” togs inte med.")
    if not length:
        raise Refused(f"Filen ”{name}” är tom. Välj en annan fil.")
    if length > LARGEST:
        raise Refused(f"Filen ”{name}” är för stor. Gränsen är {LARGEST // 1_000_000} MB.")
    if media_type(file.content) is None:
        raise Refused(f"Filen ”{name}” går inte att ta emot. Vi tar emot {ALLOWED}.")
    digest = hashlib.sha256()
    for chunk in file.content.chunks():
        digest.update(chunk)
    kept = DraftFile(
        draft=held, purpose=purpose, original_name=name, length=length, sha256=digest.hexdigest()
    )
    kept.file.save(secrets.token_hex(20), file.content, save=False)
    kept.save()
    return kept


@transaction.atomic
def detach(draft: ApplicationDraft, file_id: int) -> None:
    """Take a file out of the draft; one that is not there is no fault. Raises AlreadySent."""
    erase(_held(draft).files.filter(pk=file_id))


@transaction.atomic
def mail_link(draft: ApplicationDraft, email: str, *, address: str) -> None:
    """Mail the link, with a proof that only the address's owner gets. ``address`` is the draft's, whole.

    A plain system mail, which is no record. Raises LettersRefused for an address that can't be.
    """
    held = ApplicationDraft.objects.select_for_update().get(pk=draft.pk)
    if held.email != email:
        ApplicationDraft.objects.filter(pk=held.pk).update(email=email, email_proven_at=None)
    body = (
        "Hej!\n\nHär är länken till din ansökan om medlemskap i nätverket:\n\n"
        f"{address}?bevis={proof_of(draft, email)}\n\n"
        f"{_until(held)}Dela den bara med dem som ska kunna ändra ansökan. "
        "Är det inte du som har bett om länken? Då kan du strunta i det här mejlet."
    )
    post(Mail(to_address=email, subject=LINK_SUBJECT, body=body), actor=None)


@transaction.atomic
def prove_email(draft: ApplicationDraft, proof: str) -> bool:
    """Note that whoever opened the mailed link reads mail at the draft's address; False for a wrong proof."""
    if not draft.email or not constant_time_compare(proof, proof_of(draft, draft.email)):
        return False
    unproven = ApplicationDraft.objects.filter(pk=draft.pk, email=draft.email, email_proven_at=None)
    unproven.update(email_proven_at=timezone.now())
    draft.refresh_from_db()
    return True


def proof_of(draft: ApplicationDraft, email: str) -> str:
    """What the mailed link carries beside the secret: it fits this draft and this address only."""
    return salted_hmac("pakten.members.drafting", f"{draft.pk}\n{email}", algorithm="sha256").hexdigest()[:32]


@transaction.atomic
def delete_expired(today: date) -> int:
    """Delete drafts whose time is out, with their files; how many. The log keeps the number alone."""
    gone = [draft.pk for draft in expired(today).select_for_update()]
    erase(DraftFile.objects.filter(draft__in=gone))
    erase(DraftFile.objects.filter(draft__application__isnull=False))
    ApplicationDraft.objects.filter(pk__in=gone, application=None).delete()
    if gone:
        record("members.drafts.expired", None, actor=None, after={"count": len(gone)})
    return len(gone)


def delete_ownerless_files(older_than: timedelta) -> int:
    """Delete files that no draft knows of: a process died between file and row. How many."""
    known = set(DraftFile.objects.values_list("file", flat=True))
    limit = timezone.now() - older_than
    lost = [
        path
        for path in _paths(FOLDER)
        if path not in known and default_storage.get_modified_time(path) < limit
    ]
    _delete(lost)
    return len(lost)


def erase(files: Any) -> None:
    """Delete the rows now, and the bytes once the transaction holds."""
    paths = [file.file.name for file in files]
    files.delete()
    transaction.on_commit(lambda: _delete(paths))


def _held(draft: ApplicationDraft) -> ApplicationDraft:
    """The draft's row, held until the transaction ends. Raises AlreadySent."""
    held = ApplicationDraft.objects.select_for_update().get(pk=draft.pk)
    if held.application_id is not None:
        raise AlreadySent
    return held


def _last_day(today: date) -> date:
    return today + timedelta(days=settings.APPLICATION_DRAFT_DAYS)


def _until(draft: ApplicationDraft) -> str:
    return "" if draft.application_id else f"Ansökan sparas till och med {draft.expires_on:%Y-%m-%d}. "


def _paths(folder: str) -> list[str]:
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return []
    below = [path for each in folders for path in _paths(f"{folder}/{each}")]
    return below + [f"{folder}/{name}" for name in files]


def _delete(paths: Sequence[str | None]) -> None:
    for path in paths:
        if path:
            default_storage.delete(path)
