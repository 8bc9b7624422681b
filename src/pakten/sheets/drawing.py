"""One control's sheet: its content gathered, typeset and kept. The same facts are one sheet."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from pakten.accounts.models import User
from pakten.audit.services import record as log
from pakten.checks.facts import plain
from pakten.checks.models import BasicControl
from pakten.sheets import queries
from pakten.sheets.gather import of_basic, of_control
from pakten.sheets.models import Sheet
from pakten.sheets.pdf import content_bytes, render
from pakten.sheets.policies import check_see
from pakten.sheets.values import Gathered
from vandel.evidence import sha256_hex

_TRIES = 2


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sheet, and whether it was made now; otherwise the same facts had their sheet already."""

    sheet: Sheet
    is_new: bool


@dataclass(frozen=True, slots=True)
class Typeset:
    """A sheet's content with its digest, and its file; None where a sheet of the very same is there."""

    gathered: Gathered
    digest: str
    pdf: bytes | None


def draw(subject: queries.Subject, *, actor: User) -> Drawn:
    """The sheet of a control as it stands now. Raises PermissionDenied.

    It is typeset before the transaction, which holds up all other writers on SQLite, and kept in it if
    nothing has changed meanwhile; else it is typeset anew. Within a caller's transaction nothing changes.
    """
    check_see(actor, subject)
    made = typeset(_read_anew(subject))
    for _ in range(_TRIES):
        with transaction.atomic():
            if _digest(_gather(_read_anew(subject))) == made.digest:
                return _logged(keep(subject, made, actor=actor), actor)
        made = typeset(_read_anew(subject))
    with transaction.atomic():
        return _logged(keep(subject, typeset(_read_anew(subject)), actor=actor), actor)


def _logged(drawn: Drawn, actor: User) -> Drawn:
    if drawn.is_new:
        sheet = drawn.sheet
        after = {"sha256": sheet.pdf_sha256, "content": sheet.content_sha256}
        log("sheets.sheet.drawn", sheet, actor=actor, after=after)
    return drawn


def typeset(subject: queries.Subject) -> Typeset:
    gathered = _gather(subject)
    digest = _digest(gathered)
    is_there = _same(subject, digest).exists()
    return Typeset(gathered, digest, None if is_there else render(gathered))


def _gather(subject: queries.Subject) -> Gathered:
    return of_basic(subject) if isinstance(subject, BasicControl) else of_control(subject)


def _digest(gathered: Gathered) -> str:
    return sha256_hex(content_bytes(gathered.content))


def _read_anew(subject: queries.Subject) -> queries.Subject:
    found = queries.FIND[queries.kind_of(subject)](subject.pk)
    assert found is not None, "what is finished stays so"
    return found


def _same(subject: queries.Subject, digest: str) -> QuerySet[Sheet]:
    return Sheet.objects.filter(**{_field(subject): subject}, content_sha256=digest)


def _field(subject: queries.Subject) -> str:
    return "basic" if isinstance(subject, BasicControl) else "control"


def keep(subject: queries.Subject, made: Typeset, *, actor: User) -> Drawn:
    same = _same(subject, made.digest)
    if made.pdf is None:
        return Drawn(same.get(), is_new=False)
    try:
        with transaction.atomic():
            sheet = Sheet.objects.create(
                **{_field(subject): subject},
                content=plain(made.gathered.content),
                content_sha256=made.digest,
                pdf=made.pdf,
                pdf_sha256=sha256_hex(made.pdf),
                as_of=made.gathered.content.as_of,
                made_by=actor,
            )
    except IntegrityError:
        # Somebody else drew up the very same at the same moment.
        return Drawn(same.get(), is_new=False)
    return Drawn(sheet, is_new=True)
