"""Opening a basic control, and taking in what the system has seen meanwhile. The engine may do both."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from pakten.accounts.models import User
from pakten.accounts.policies import check_role
from pakten.audit.services import record
from pakten.checks.basic.automatic import look
from pakten.checks.basic.holding import holds_until
from pakten.checks.basic.items import LISTS, in_force
from pakten.checks.basic.looked import Looked
from pakten.checks.models import BasicControl, BasicItem, BasicState, CheckResult
from pakten.checks.policies import RUN, check_basic, check_no_conflict_about
from pakten.checks.queries import basic as queries
from pakten.checks.refusals import ChecksRefused, Overtaken
from pakten.checks.services.basic_lists import order_lists
from pakten.jobs import services as jobs
from pakten.jobs.models import Job
from pakten.members.models import Application
from pakten.organisations.changes import Change, ChangeKind
from pakten.organisations.models import Organisation
from pakten.organisations.register_queries import can_be_asked
from pakten.visits.models import Visit
from pakten.visits.services import order_visit

LOOKUP_JOB = "checks.registers"
APPLIES = "Organisationen har ansökt om medlemskap."
_BECAUSE = 300
_SEEN = ("result", "note", "source", "source_where", "sha256", "checked_at", "checked_by", "expires_on")


def open_basic(application: Application, actor: User | None) -> None:
    """Begin a control when an application enters its control; one that is open goes on.

    What a person has settled in an earlier control of the same application is carried over as it was.
    """
    if queries.basic_of(application, state=BasicState.OPEN):
        return
    earlier = queries.basic_of(application, state=BasicState.DONE)
    control = BasicControl(
        organisation=application.organisation,
        application=application,
        case=application.case,
        because=APPLIES,
    )
    by_hand = {row.slug: row for row in earlier.items.exclude(checked_by=None)} if earlier else {}
    _begin(control, actor, by_hand=by_hand)


@transaction.atomic
def open_control(organisation: Organisation, *, because: str, actor: User | None = None) -> BasicControl:
    """Begin a control of an organisation by its sector's check list in force; one that is open is given back.

    ``actor`` None: the system, which may begin a control and never finishes one. What a person has answered
    before, that still holds and that nothing else is known of, is carried over with its day; a deviation is
    only proposed again. Raises PermissionDenied.
    """
    if actor is not None:
        check_role(actor, *RUN)
        check_no_conflict_about(actor, organisation)
    if known := queries.open_control(organisation):
        return known
    control = BasicControl(organisation=organisation, because=because.strip()[:_BECAUSE], opened_by=actor)
    earlier = queries.latest_done(organisation)
    today = timezone.localdate()
    still = {row.slug: row for row in earlier.items.exclude(checked_by=None)} if earlier else {}
    holding = {slug: row for slug, row in still.items() if row.expires_on and row.expires_on > today}
    try:
        with transaction.atomic():
            _begin(control, actor, by_hand=holding)
    except IntegrityError:
        # Somebody else was first by a moment: theirs is the one that goes on.
        return BasicControl.objects.get(organisation=organisation, application=None, state=BasicState.OPEN)
    return control


@transaction.atomic
def take_in(control_id: int) -> BasicControl:
    """Look again at what no person has answered: a register or a visit has said something meanwhile.

    A control that is finished is left alone.
    """
    held = BasicControl.objects.select_for_update(no_key=True, of=("self",))
    control = held.select_related("organisation", "application").get(pk=control_id)
    if control.state == BasicState.OPEN:
        for row in control.items.filter(checked_by=None).exclude(slug=LISTS):
            seen = look(row.slug, control)
            if seen and replace(seen, at=seen.at or row.checked_at) != _as_seen(row):
                write(row, seen, actor=None)
                row.save()
    return control


def take_in_visit(visit: Visit) -> None:
    """A visit has been made: what it saw goes to the organisation's open control."""
    _take_in_about([visit.organisation_id])


def hear(change: Change) -> None:
    """A visit was judged, or a register says something else: the open control's items say so too."""
    if change.kind in (ChangeKind.SITE, ChangeKind.REGISTER) and change.organisation_ids:
        _take_in_about(sorted(change.organisation_ids))


def _take_in_about(organisation_ids: Collection[int]) -> None:
    controls = BasicControl.objects.filter(organisation__in=organisation_ids, state=BasicState.OPEN)
    for control_id in controls.order_by("pk").values_list("pk", flat=True):
        take_in(control_id)


@transaction.atomic
def ask_registers_again(control: BasicControl, *, actor: User) -> None:
    """Have the registers asked anew: an answer is old, or one of them could not be reached.

    Raises PermissionDenied, ChecksRefused where there is none to ask or they are being asked, Overtaken.
    """
    check_basic(actor, control)
    still_open = BasicControl.objects.filter(pk=control.pk, state=BasicState.OPEN)
    if not still_open.select_for_update(no_key=True).exists():
        raise Overtaken("Kontrollen är redan slutförd.")
    if not can_be_asked(control.organisation):
        raise ChecksRefused("Det finns inget kopplat register att fråga om organisationen.")
    earlier = Job.objects.filter(kind=LOOKUP_JOB, arguments__control_id=control.pk).first()
    if earlier is not None and earlier.is_active and not earlier.is_interrupted:
        raise ChecksRefused("Registren frågas redan. Svaret kommer hit när det finns.")
    order_lookup(control, actor)
    record("checks.basic.asked_again", control, actor=actor)


def order_lookup(control: BasicControl, actor: User | None) -> None:
    """Order that the registers are asked, so that no page waits for them; in the caller's transaction."""
    from pakten.checks.tasks import look_up_registers  # the task calls the services, which order the task

    job = jobs.start(
        LOOKUP_JOB,
        f"Slå upp {control.name} i registren",
        actor=actor,
        task=look_up_registers,
        arguments={"control_id": control.pk},
    )
    if control.case is not None:
        jobs.keep_within(job, control.case)


def _begin(control: BasicControl, actor: User | None, *, by_hand: dict[str, BasicItem]) -> None:
    check_list = in_force(timezone.localdate())
    control.items_version = check_list.version
    control.save()
    BasicItem.objects.bulk_create(
        _item(control, position=position, slug=item.slug, earlier=by_hand.get(item.slug))
        for position, item in enumerate(check_list.items_for(control.sector))
    )
    about = control.application or control.organisation.public_id
    record("checks.basic.opened", control, actor=actor, after={"about": str(about)}, reason=control.because)
    if control.items.filter(slug=LISTS).exists():
        order_lists(control, actor)
    if can_be_asked(control.organisation):
        order_lookup(control, actor)
    if control.organisation.website:
        order_visit(control.organisation, actor=actor, because=f"Kontroll. {control.because}")


def _item(control: BasicControl, *, position: int, slug: str, earlier: BasicItem | None) -> BasicItem:
    row = BasicItem(control=control, position=position, slug=slug)
    seen = look(slug, control)
    if earlier is not None and (control.application is not None or _says_nothing(seen)):
        return _carried(row, earlier, asked_anew=control.application is None)
    if seen:
        write(row, seen, actor=None)
    return row


def _says_nothing(seen: Looked | None) -> bool:
    """Whether the system has no word of its own, so that what a person said before stands.

    Of a register's old answer nobody knows yet: the register is asked again with the control.
    """
    if seen is not None and seen.is_outdated:
        return False
    return seen is None or seen.result == CheckResult.COULD_NOT_CHECK or not (seen.result or seen.note)


def _carried(row: BasicItem, earlier: BasicItem, *, asked_anew: bool) -> BasicItem:
    if asked_anew and earlier.result == CheckResult.DEVIATION:
        # A member is not found to deviate by nobody: somebody looks whether it is still so.
        row.proposed, row.note = earlier.result, earlier.note
        return row
    for name in _SEEN:
        setattr(row, name, getattr(earlier, name))
    return row


def write(row: BasicItem, seen: Looked, *, actor: User | None) -> None:
    """Put what was seen into the row, with how long it holds; the caller saves it."""
    row.result, row.note, row.proposed = seen.result or "", seen.note, seen.proposed or ""
    row.source, row.source_where, row.sha256 = seen.source[:200], seen.where[:500], seen.sha256
    row.checked_at, row.checked_by = seen.at or timezone.now(), actor
    row.expires_on = _until(row) if row.result else None


def _until(row: BasicItem) -> date | None:
    assert row.checked_at is not None
    return holds_until(row.slug, timezone.localdate(row.checked_at))


def _as_seen(row: BasicItem) -> Looked:
    result, proposed = CheckResult(row.result) if row.result else None, row.proposed
    return Looked(
        result,
        row.note,
        row.source,
        row.source_where,
        row.sha256,
        CheckResult(proposed) if proposed else None,
        row.checked_at,
    )
