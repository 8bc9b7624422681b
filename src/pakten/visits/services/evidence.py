"""The evidence of a visit: read back only when unharmed, verified on demand, disposed of by decision."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from pakten.accounts.models import User
from pakten.accounts.policies import check_role
from pakten.audit.services import record
from pakten.visits.models import Visit, VisitFile, VisitPage, VisitState
from pakten.visits.models.visit import FOLDER
from pakten.visits.policies import DISPOSE, check_open_to
from pakten.visits.refusals import VisitRefused
from vandel.evidence.archive_verify import MOST_BYTES, problems

YEAR = timedelta(days=365)
GONE = "Underlaget är gallrat och finns inte kvar."
DAMAGED = "Filen är skadad: den stämmer inte med kontrollsumman. Kontakta administratören."


def keep_until(made_at: datetime) -> date:
    """The last day on which the evidence of a visit of that moment is kept."""
    return timezone.localdate(made_at + settings.SITE_ARCHIVE_YEARS * YEAR)


def package_of(visit: Visit) -> bytes:
    """The package as it was stored, a zip file. Raises VisitRefused: none, disposed of, or damaged."""
    if not visit.archive_sha256:
        raise VisitRefused("Besöket har inget underlag från webbplatsen.")
    return _read(visit.archive.name or "", visit.archive_sha256)


def file_of(file: VisitFile) -> bytes:
    """A picture or paper as it came. Raises VisitRefused: disposed of, or damaged."""
    return _read(file.file.name or "", file.sha256)


def faults_of(visit: Visit) -> list[str]:
    """What in the package is not as it was when the visit was made; empty when everything is whole.

    Sentences of the engine's verifier, which names the record, text or file. Raises VisitRefused.
    """
    return problems(dict(_unpacked(package_of(visit))), visit.manifest_sha256)


def texts_of(visit: Visit) -> dict[str, str]:
    """The whole visible text of each page by its address. Raises VisitRefused."""
    files = _unpacked(package_of(visit))
    return {
        page.url: files[name].decode("utf-8")
        for page in visit.pages.all()
        if (name := text_name(page)) in files
    }


def text_of(page: VisitPage) -> str:
    """One page's whole visible text, in which its statements' offsets count. Raises VisitRefused."""
    files = _unpacked(package_of(page.visit))
    data = files.get(text_name(page))
    if data is None or hashlib.sha256(data).hexdigest() != page.full_sha256:
        raise VisitRefused("Sidans text finns inte i underlaget.")
    return data.decode("utf-8")


def text_name(page: VisitPage) -> str:
    """The file of a page's whole text in the package."""
    return f"text/{page.position:02}-full.txt"


@transaction.atomic
def dispose(visit: Visit, decision: str, *, actor: User | None) -> None:
    """Destroy package and pictures by a disposal decision; what was found and its digests stay (L-35).

    Raises PermissionDenied; VisitRefused without a decision's number, before its time, or done already.
    """
    check_role(actor, *DISPOSE)
    check_open_to(actor, visit.organisation)
    number = " ".join(decision.split())[:100]
    if not number:
        raise VisitRefused("Ange gallringsbeslutets nummer. Inget gallras utan beslut.")
    if visit.dispose_after is None or visit.dispose_after >= timezone.localdate():
        raise VisitRefused("Tiden är inte ute. Underlaget ska sparas längre.")
    digests = list(visit.files.values_list("sha256", flat=True))
    paths = [visit.archive.name, *(file.file.name for file in visit.files.all())]
    rows = Visit.objects.filter(pk=visit.pk, state=VisitState.FINISHED, disposed_at=None)
    if not rows.update(archive="", disposed_at=timezone.now(), disposal_decision=number):
        raise VisitRefused("Underlaget är redan gallrat.")
    visit.files.update(file="")
    transaction.on_commit(lambda: _delete(paths))
    after = {"decision": number, "files": [visit.archive_sha256, *digests]}
    record("visits.archive.disposed", visit, actor=actor, after=after)
    visit.refresh_from_db()


def delete_lost_files(older_than: timedelta) -> int:
    """Delete files that no row knows of, since a process died between file and row; how many."""
    known = {*Visit.objects.exclude(archive="").values_list("archive", flat=True)}
    known |= {*VisitFile.objects.exclude(file="").values_list("file", flat=True)}
    limit = timezone.now() - older_than
    lost: list[str | None] = [
        path for path in _stored() if path not in known and default_storage.get_modified_time(path) < limit
    ]
    _delete(lost)
    return len(lost)


def _stored() -> Iterator[str]:
    """Every file of this area in the store."""
    if not default_storage.exists(FOLDER):
        return
    for folder in default_storage.listdir(FOLDER)[0]:
        for name in default_storage.listdir(f"{FOLDER}/{folder}")[1]:
            yield f"{FOLDER}/{folder}/{name}"


def _read(path: str, sha256: str) -> bytes:
    if not path:
        raise VisitRefused(GONE)
    try:
        with default_storage.open(path) as stream:
            data = bytes(stream.read())
    except OSError as error:
        raise VisitRefused("Filen går inte att läsa. Kontakta administratören.") from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise VisitRefused(DAMAGED)
    return data


def _unpacked(package: bytes) -> Mapping[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MOST_BYTES:
            raise VisitRefused(DAMAGED)
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def _delete(paths: list[str | None]) -> None:
    for path in paths:
        if path:
            default_storage.delete(path)
