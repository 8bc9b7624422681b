"""The basic control of an organisation: filled in and finished. A person finishes it, never the engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from pakten.accounts.models import User
from pakten.audit.services import record
from pakten.checks.basic.items import LISTS, item_of
from pakten.checks.basic.looked import Looked
from pakten.checks.models import BasicControl, BasicItem, BasicState, CheckResult
from pakten.checks.policies import check_basic
from pakten.checks.queries.basic import lists_standing
from pakten.checks.refusals import ChecksRefused, Overtaken
from pakten.checks.services.basic_opening import take_in, write
from pakten.checks.services.basic_paper import register_paper
from pakten.members.models import Application, ApplicationState
from pakten.members.services.applications import finish_control
from pakten.members.services.applications_effects import close
from pakten.members.services.applications_handling import hold
from pakten.members.services.case_titles import case_title
from pakten.records.models import Case
from pakten.records.services import CaseFacts, log_drawn_up, open_case

OWN = "Egen kontroll"
CLEAN = "Kontrollen är klar utan avvikelse"
UNLIKE = "Du svarar annat än systemets förslag. Skriv vad du såg, var och när."


@dataclass(frozen=True, slots=True)
class Settled:
    """What a person says of one item: result, what was seen, and where."""

    result: CheckResult
    note: str = ""
    source: str = ""
    where: str = ""


@transaction.atomic
def settle(
    control: BasicControl, items: Mapping[str, Settled], *, actor: User, expected_version: int
) -> BasicControl:
    """Write what a person says of some items; the others stay. What is the same as before is left alone.

    Raises PermissionDenied, ChecksRefused where a deviation is not described, nothing is told of a visit, or
    the lists are answered by hand, Overtaken when somebody was first or the control is finished.
    """
    check_basic(actor, control)
    _bump(control, expected_version)
    rows = {row.slug: row for row in control.items.all()}
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    for slug, said in items.items():
        row = rows.get(slug)
        if row is None or slug == LISTS:
            raise ChecksRefused("Den punkten går inte att fylla i för hand.")
        if (said.result, said.note, said.source, said.where) == _stored(row):
            continue
        before[slug] = row.result
        write(row, _by_hand(row, said), actor=actor)
        row.save()
        after[slug] = f"{said.result}: {said.note}" if said.note else said.result
    if after:
        record("checks.basic.settled", control, actor=actor, before=before, after=after)
    return control


def _stored(row: BasicItem) -> tuple[str, str, str, str]:
    return row.result, row.note, row.source, row.source_where


def untold(slug: str, *, result: str, note: str) -> str:
    """What to tell whoever writes nothing of what was looked at; empty where nothing has to be written."""
    if note.strip() or result not in (CheckResult.OK, CheckResult.DEVIATION):
        return ""
    return item_of(slug).tell


def unlike_proposal(proposed: str, *, result: str, note: str) -> str:
    """What to tell whoever answers something else than was proposed without a word of their own, else empty.

    What the system saw speaks for its own proposal, so it can't stand as the reason of another answer.
    """
    return UNLIKE if proposed and result and proposed != result and not note.strip() else ""


def _by_hand(row: BasicItem, said: Settled) -> Looked:
    """What a person says; what the system saw and left open, or proposed, is what it is answered by."""
    told = said.note.strip() or (row.note if row.proposed == said.result else "")
    if missing := unlike_proposal(row.proposed, result=said.result, note=told):
        raise ChecksRefused(f"{item_of(row.slug).title}: {missing}")
    if missing := untold(row.slug, result=said.result, note=told):
        raise ChecksRefused(missing)
    if said.result == CheckResult.DEVIATION and not told:
        raise ChecksRefused(f"{item_of(row.slug).title}: beskriv vad du såg, var och när.")
    note, source, where = said.note.strip(), said.source.strip(), said.where.strip()
    if not (row.result or source or where):
        return Looked(said.result, note or row.note, row.source or OWN, row.source_where, row.sha256)
    return Looked(said.result, note or told, (source or OWN)[:200], where[:500])


@transaction.atomic
def finish_basic(control: BasicControl, *, actor: User, expected_version: int) -> BasicControl:
    """End the control: every item has its result, the paper is registered, the application goes on.

    Raises PermissionDenied, ChecksRefused while an item is open or a likeness waits for a person, Overtaken.
    """
    check_basic(actor, control)
    if control.application is not None:
        hold(control.application)
    # From here on no comparison changes what is read.
    control.refresh_from_db(from_queryset=BasicControl.objects.select_for_update(no_key=True))
    take_in(control.pk)
    _take_in_lists(control)
    rows = list(control.items.all())
    if open_items := [item_of(row.slug).title for row in rows if not row.result]:
        raise ChecksRefused(f"Det här är inte besvarat: {', '.join(open_items)}.")
    deviates = any(row.result == CheckResult.DEVIATION for row in rows)
    _bump(control, expected_version, state=BasicState.DONE, done_by=actor, done_at=timezone.now())
    if control.case is None:
        control.case = _case_of(control, actor)
    paper = register_paper(control, actor=actor)
    if control.application is not None:
        _end_application(control.application, rows, deviates=deviates, actor=actor)
    elif not deviates:
        close(control.case, reason=CLEAN)
    log_drawn_up(paper, actor=actor)
    after = {row.slug: row.result for row in rows}
    record("checks.basic.finished", control, actor=actor, after=after)
    return control


def _case_of(control: BasicControl, actor: User) -> Case:
    """A member's control has a case of its own; one with a deviation stays open until it is dealt with."""
    title = case_title("Kontroll av medlem", control.organisation)
    return open_case(CaseFacts(title, responsible=actor), actor=actor)


def _end_application(known: Application, rows: list[BasicItem], *, deviates: bool, actor: User) -> None:
    application = Application.objects.get(pk=known.pk)
    if application.state == ApplicationState.IN_CONTROL:
        finish_control(
            application,
            has_deviation=deviates,
            summary=_summary(rows),
            actor=actor,
            expected_version=application.version,
        )


def _take_in_lists(control: BasicControl) -> None:
    row = control.items.filter(slug=LISTS).first()
    if row is None:
        return
    standing = lists_standing(control)
    if standing is None:
        raise ChecksRefused("Jämförelsen med sanktionslistorna är inte klar. Vänta en stund och försök igen.")
    if standing.waiting:
        raise ChecksRefused("En namnlikhet väntar på bedömning. Bedöm den innan du slutför kontrollen.")
    seen = Looked(
        standing.result, standing.note, "Sanktionslistor i kraft", sha256=control.lists_receipt_sha256
    )
    write(row, seen, actor=None)
    row.checked_at = control.lists_at or row.checked_at
    row.save()


def _summary(rows: list[BasicItem]) -> str:
    """In words; with what was seen where something deviates, for the applicant may comment on it (L-40)."""
    if found := [row for row in rows if row.result == CheckResult.DEVIATION]:
        return "\n".join(f"Avvikelse: {item_of(row.slug).title}. {row.note}".strip() for row in found)
    unchecked = [item_of(row.slug).title for row in rows if row.result == CheckResult.COULD_NOT_CHECK]
    if unchecked:
        return f"Ingen avvikelse. Gick inte att kontrollera: {', '.join(unchecked)}."
    return "Ingen avvikelse. Allt gick att kontrollera."


def _bump(control: BasicControl, expected_version: int, **values: Any) -> None:
    still = BasicControl.objects.filter(pk=control.pk, version=expected_version, state=BasicState.OPEN)
    if not still.update(version=expected_version + 1, **values):
        raise Overtaken("Någon annan har ändrat kontrollen sedan du öppnade sidan. Läs den och försök igen.")
    control.version = expected_version + 1
    for name, value in values.items():
        setattr(control, name, value)
