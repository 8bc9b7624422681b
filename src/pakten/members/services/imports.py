"""Imports of a member register: uploaded, tried, applied, undone."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import PurePath
from typing import Any, TypeVar

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from pakten.accounts.models import User
from pakten.audit.services import record
from pakten.core.sentences import in_swedish
from pakten.core.templatetags.formats import plural
from pakten.members.imports import reading
from pakten.members.imports.applying import Receipt, apply, apply_new
from pakten.members.imports.fields import FIELDS, fingerprint
from pakten.members.imports.hiding import shown
from pakten.members.imports.planning import RowPlan
from pakten.members.imports.reading import Tick, no_tick
from pakten.members.imports.register import Register
from pakten.members.imports.rows import CleanRow
from pakten.members.imports.settling import plan
from pakten.members.imports.undoing import is_new, take_back, take_back_new
from pakten.members.models import (
    IMPORT_EVENTS,
    ImportRow,
    ImportState,
    Outcome,
    RegisterImport,
    SavedMapping,
)
from pakten.members.policies import check_import_transition, check_may_write
from pakten.organisations.changes import gathering
from pakten.organisations.facts import FactSource
from pakten.organisations.refusals import Refused
from pakten.organisations.services import update_versioned
from vandel.errors import InputError

Item = TypeVar("Item")
STEP = 500
NO_HEADERS = "Första raden har ett personnummer i stället för rubriker. Lägg till en rad med rubriker överst."
NO_ROWS = "Filen har rubriker men inga rader under dem. Kontrollera att du valde rätt fil."
CHANGED_SINCE = "Registret har ändrats sedan provkörningen. Inget är infört. Se över det nya utfallet först."


def upload(file: File[Any], *, actor: User) -> RegisterImport:
    """Keep the file as it came, with its digest, and look at its headers.

    A file that can't be read is kept too, and the import's ``fault`` says why in one sentence.
    It is read before the transaction begins: a large one must not keep others from writing.
    """
    check_may_write(actor)
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    name = PurePath(file.name or "register").name
    made = RegisterImport(
        file_name=shown(name)[:255], sha256=digest.hexdigest(), length=file.size, created_by=actor
    )
    # The given name stays out of the path: it may hold anything.
    made.file.save(digest.hexdigest()[:20], file, save=False)
    _look(made)
    after = {"file": made.file_name, "sha256": made.sha256, "length": made.length, "fault": made.fault}
    with transaction.atomic():
        made.save()
        record(IMPORT_EVENTS[ImportState.UPLOADED], made, actor=actor, after=after)
    return made


def try_out(
    register_import: RegisterImport,
    mapping: Mapping[str, str],
    *,
    actor: User,
    expected_version: int,
    tick: Tick = no_tick,
) -> None:
    """Store the mapping (field to header) and what each row would do. Nothing in the register changes.

    Raises PermissionDenied, Refused for a mapping that can't work, ChangedMeanwhile.
    """
    check_may_write(actor)
    check_import_transition(register_import, ImportState.TRIED)
    check_mapping(mapping, register_import.headers)
    register_import.mapping = dict(mapping)
    rows = _clean_rows(register_import, tick)
    with transaction.atomic():
        plans = plan(rows, Register.stored())
        values = {"mapping": dict(mapping), "counts": _counts(plans)}
        update_versioned(register_import, expected_version, state=ImportState.TRIED, **values)
        SavedMapping.objects.update_or_create(
            fingerprint=fingerprint(register_import.headers), defaults={"mapping": dict(mapping)}
        )
        _store(register_import, plans)
        record(IMPORT_EVENTS[ImportState.TRIED], register_import, actor=actor, after=values)


def apply_import(
    register_import: RegisterImport, *, actor: User, expected_version: int, tick: Tick = no_tick
) -> None:
    """Do what was tried, in one transaction: all rows that can be taken in, or none.

    Raises PermissionDenied, ChangedMeanwhile, and Refused when the register is no longer as it was tried on.
    """
    check_may_write(actor)
    check_import_transition(register_import, ImportState.APPLIED)
    rows = _clean_rows(register_import, tick)
    try:
        with transaction.atomic(), _told_as_one(f"Importen av {register_import.file_name}"):
            values = {"state": ImportState.APPLIED, "applied_at": timezone.now()}
            update_versioned(register_import, expected_version, **values)
            plans = plan(rows, Register.stored())
            _check_as_tried(register_import, plans)
            _apply_rows(register_import, plans, actor=actor)
            after = {"counts": register_import.counts, "sha256": register_import.sha256}
            record(IMPORT_EVENTS[ImportState.APPLIED], register_import, actor=actor, after=after)
    except Refused:
        register_import.refresh_from_db()
        raise


@transaction.atomic
def undo_import(
    register_import: RegisterImport, *, actor: User, expected_version: int, tick: Tick = no_tick
) -> list[ImportRow]:
    """Take back every row that nobody has touched since; gives back those that were left, with the reason."""
    check_may_write(actor)
    check_import_transition(register_import, ImportState.UNDONE)
    values = {"state": ImportState.UNDONE, "undone_at": timezone.now()}
    update_versioned(register_import, expected_version, **values)
    rows = list(register_import.rows.exclude(receipt={}).order_by("-line"))
    reason = f"Import av {register_import.file_name} ångrad"
    with _told_as_one(f"Den ångrade importen av {register_import.file_name}"):
        _take_back_all(rows, actor=actor, reason=reason)
    kept = [row for row in rows if row.kept_because]
    ImportRow.objects.bulk_update(kept, ["kept_because"], batch_size=500)
    after = {"taken_back": len(rows) - len(kept), "kept": len(kept)}
    record(IMPORT_EVENTS[ImportState.UNDONE], register_import, actor=actor, after=after)
    return sorted(kept, key=lambda row: row.line)


def check_mapping(mapping: Mapping[str, str], headers: list[str]) -> None:
    """Raise Refused unless each column is used once and the name has one."""
    if not set(mapping) <= set(FIELDS) or not set(mapping.values()) <= set(headers):
        raise Refused("Kolumnerna stämmer inte med filen. Ladda om sidan och försök igen.")
    twice = [header for header, uses in Counter(mapping.values()).items() if uses > 1]
    if twice:
        raise Refused(f"Kolumnen ”{twice[0]}” är vald för två uppgifter. Välj den bara en gång.")
    if "legal_name" not in mapping:
        raise Refused("Välj vilken kolumn som har organisationens namn.")


def _look(made: RegisterImport) -> None:
    try:
        table = reading.read(made)
    except InputError as error:
        made.fault = shown(in_swedish(error))
        return
    if any(shown(header) != header for header in table.headers):
        made.fault = NO_HEADERS
        return
    if not table.rows:
        made.fault = NO_ROWS
        return
    made.encoding, made.separator = table.encoding or "", table.separator or ""
    made.sheet = (table.sheet or "")[:100]
    made.headers, made.row_count = list(table.headers), len(table.rows)


def _clean_rows(register_import: RegisterImport, tick: Tick) -> list[CleanRow]:
    """All rows, read outside any transaction: that is the long part, and nobody has to wait for it."""
    try:
        return list(reading.clean_rows(register_import, today=timezone.localdate(), tick=tick))
    except InputError as error:
        raise Refused(in_swedish(error)) from error


def _counts(plans: list[RowPlan]) -> dict[str, int]:
    found = Counter(made.outcome for made in plans)
    return {outcome.value: found[outcome] for outcome in Outcome}


def _told_as_one(what: str) -> AbstractContextManager[None]:
    """However many members an import changes, they are controlled anew as one work."""
    return gathering(lambda found: f"{what} ändrade {plural(found, 'organisation,organisationer')}.")


def _take_back_all(rows: Sequence[ImportRow], *, actor: User, reason: str) -> None:
    for step in batched([row for row in rows if is_new(row.receipt)]):
        receipts = [row.receipt for row in step]
        if not take_back_new(receipts, actor=actor, reason=reason):
            _take_back_each(step, actor=actor, reason=reason)
    _take_back_each([row for row in rows if not is_new(row.receipt)], actor=actor, reason=reason)


def _take_back_each(rows: Sequence[ImportRow], *, actor: User, reason: str) -> None:
    for row in rows:
        row.kept_because = take_back(row.receipt, actor=actor, reason=reason)


def batched(rows: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """The rows in steps that one statement can hold and one entry of the log can list."""
    return (rows[start : start + STEP] for start in range(0, len(rows), STEP))


def _store(register_import: RegisterImport, plans: Sequence[RowPlan]) -> None:
    register_import.rows.all().delete()
    ImportRow.objects.bulk_create(
        (
            ImportRow(
                register_import=register_import,
                line=made.row.line,
                outcome=made.outcome,
                name=shown(made.row.name)[:300],
                sentences=made.sentences,
                changes=made.shown_changes(),
                organisation=made.organisation,
            )
            for made in plans
        ),
        batch_size=STEP,
    )


def _store_receipts(register_import: RegisterImport, receipts: Mapping[int, Receipt]) -> None:
    """Written anew: changing some thousand rows one by one takes ten times as long."""
    rows = list(register_import.rows.all())
    for row in rows:
        row.pk = None
        row.receipt = receipts.get(row.line, {})
        if is_new(row.receipt):
            row.organisation_id = row.receipt["organisation"]["pk"]
    register_import.rows.all().delete()
    ImportRow.objects.bulk_create(rows, batch_size=STEP)


def _check_as_tried(register_import: RegisterImport, plans: list[RowPlan]) -> None:
    tried = register_import.rows.values_list("line", "outcome", "changes", "organisation_id")
    now = [(p.row.line, p.outcome, p.shown_changes(), p.organisation and p.organisation.pk) for p in plans]
    if list(tried) != now:
        raise Refused(CHANGED_SINCE)


def _apply_rows(register_import: RegisterImport, plans: list[RowPlan], *, actor: User) -> None:
    source = FactSource(
        what=f"Import av {register_import.file_name}"[:200],
        where=register_import.file_name,
        recorded_at=register_import.created_at,
        sha256=register_import.sha256,
    )
    wanted = [made for made in plans if made.outcome in (Outcome.NEW, Outcome.UPDATED)]
    receipts: dict[int, Receipt] = {}
    for made in wanted:
        if made.organisation is not None:
            receipts[made.row.line] = apply(made, actor=actor, source=source)
    for step in batched([made for made in wanted if made.organisation is None]):
        for made, receipt in zip(step, apply_new(step, actor=actor, source=source), strict=True):
            receipts[made.row.line] = receipt
    _store_receipts(register_import, receipts)
