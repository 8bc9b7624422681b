"""Ordering visits: one, or many in a round. The visit itself is made by a job."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from pakten.accounts.models import User
from pakten.audit.services import record
from pakten.jobs import services as jobs
from pakten.jobs.models import ACTIVE, Job
from pakten.members.queries import active_memberships
from pakten.members.queries.cases import latest_case_of
from pakten.members.queries.conflicts import closed_organisations
from pakten.organisations.models import Organisation
from pakten.visits.models import Made, Visit, VisitOutcome, VisitRound, VisitState
from pakten.visits.policies import check_judge, check_open_to, check_order
from pakten.visits.queries.visits import visits_of, waiting_visit
from pakten.visits.refusals import VisitRefused

KIND, ROUND_KIND = "visits.visit", "visits.round"
# The site is asked no more than once a day unless a person wants it.
BETWEEN = timedelta(days=1)
BECAUSE_LIMIT = 300


@transaction.atomic
def order_visit(organisation: Organisation, *, actor: User | None, because: str, override: str = "") -> Visit:
    """Order a visit and its job. One that waits already is given back, with a job if it had none alive.

    ``actor`` None: the system orders, and gets the visit of the last day if there is one. ``override``: a
    person's reason for reading start, contact and legal pages although robots.txt asks us not to.
    Raises PermissionDenied; VisitRefused without a reason.
    """
    check_order(actor)
    check_open_to(actor, organisation)
    if override:
        check_judge(actor)
    if not because.strip():
        raise VisitRefused("Skriv varför webbplatsen ska besökas.")
    if actor is None and (recent := _recent(organisation)):
        return recent
    visit, is_new = _waiting(organisation, actor=actor, because=because, override=override)
    if visit.job is None or not visit.job.is_active or visit.job.is_interrupted:
        _give_job(visit, actor)
    if is_new:
        after = {"because": visit.because, "address": organisation.website, "override": visit.override}
        record("visits.visit.ordered", visit, actor=actor, after=after, reason=because)
    return visit


@transaction.atomic
def order_round(
    *, actor: User | None, because: str, organisation_ids: Collection[int] | None = None
) -> VisitRound:
    """Order visits to many: those named, else every active member. Raises PermissionDenied, VisitRefused.

    Left out: whoever was visited in the last day, whoever has a visit waiting already, and those about whom
    the one who orders has a conflict of interest (L-17).
    """
    check_order(actor)
    if not because.strip():
        raise VisitRefused("Skriv varför webbplatserna ska besökas.")
    wanted = (
        set(active_memberships().values_list("organisation_id", flat=True))
        if organisation_ids is None
        else set(organisation_ids)
    )
    wanted -= _spared()
    if actor is not None:
        wanted -= set(closed_organisations(actor))
    if not wanted:
        raise VisitRefused("Alla är redan besökta det senaste dygnet, eller väntar på ett besök.")
    made = VisitRound.objects.create(ordered_by=actor, because=because[:BECAUSE_LIMIT])
    # Left behind by a round that was stopped: this one makes them.
    left = Visit.objects.filter(organisation__in=wanted, state=VisitState.WAITING)
    taken = set(left.values_list("organisation_id", flat=True))
    left.update(round=made, job=None)
    Visit.objects.bulk_create(
        Visit(organisation_id=key, ordered_by=actor, because=made.because, round=made)
        for key in sorted(wanted - taken)
    )
    made.job = _round_job(made, actor)
    made.save(update_fields=["job"])
    record("visits.round.ordered", made, actor=actor, after={"members": len(wanted)}, reason=because)
    return made


def _recent(organisation: Organisation) -> Visit | None:
    return visits_of(organisation).filter(pk__in=made_today().values("pk")).first()


def made_today() -> QuerySet[Visit]:
    """The system's visits of the last day that count: not where our own queue kept it from asking."""
    rows = Visit.objects.filter(state=VisitState.FINISHED, made=Made.MACHINE)
    return rows.filter(at__gt=timezone.now() - BETWEEN).exclude(outcome=VisitOutcome.NOT_OUR_TURN)


def _spared() -> set[int]:
    """Who is not asked again: a visit within the day, or one that a living job is about to make."""
    alive = Q(job__state__in=ACTIVE) | Q(round__job__state__in=ACTIVE)
    rows = Visit.objects.filter(alive, state=VisitState.WAITING).values_list("organisation_id", flat=True)
    return {*rows, *made_today().values_list("organisation_id", flat=True)}


def _waiting(
    organisation: Organisation, *, actor: User | None, because: str, override: str
) -> tuple[Visit, bool]:
    known = waiting_visit(organisation)
    if known and not override:
        return known, False
    if known and _reordered(known, actor=actor, because=because, override=override):
        return known, True
    try:
        with transaction.atomic():
            visit = Visit.objects.create(
                organisation=organisation,
                ordered_by=actor,
                because=because.strip()[:BECAUSE_LIMIT],
                override=override.strip()[:BECAUSE_LIMIT],
            )
    except IntegrityError:
        # Somebody else was first by a moment: theirs is the one that waits.
        return Visit.objects.get(organisation=organisation, state=VisitState.WAITING), False
    return visit, True


def _reordered(visit: Visit, *, actor: User | None, because: str, override: str) -> bool:
    """Have the waiting visit made with the override; whether it still waited."""
    rows = Visit.objects.filter(pk=visit.pk, state=VisitState.WAITING)
    words = {"because": because.strip()[:BECAUSE_LIMIT], "override": override.strip()[:BECAUSE_LIMIT]}
    if not rows.update(ordered_by=actor, **words):
        return False
    visit.refresh_from_db()
    return True


def _give_job(visit: Visit, actor: User | None) -> None:
    from pakten.visits.tasks import make_visit  # the task calls the services, which order the task

    visit.job = jobs.start(
        KIND,
        f"Besök webbplatsen: {visit.organisation.legal_name}",
        actor=actor,
        task=make_visit,
        arguments={"visit_id": visit.pk},
    )
    visit.save(update_fields=["job"])
    # Its title names the organisation: who has a conflict of interest in the application doesn't see it.
    if (case := latest_case_of(visit.organisation)) is not None:
        jobs.keep_within(visit.job, case)


def _round_job(made: VisitRound, actor: User | None) -> Job:
    from pakten.visits.tasks import make_round  # as above

    job: Job = jobs.start(
        ROUND_KIND,
        "Besök medlemmarnas webbplatser",
        actor=actor,
        task=make_round,
        arguments={"round_id": made.pk},
    )
    return job
