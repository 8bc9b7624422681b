"""Which edition of a list is in force, and whether controls use the list. Each switch is one transaction."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from pakten.accounts.models import User
from pakten.accounts.policies import check_role
from pakten.audit.services import record
from pakten.checks import policies
from pakten.checks.models import ListEdition, ListInForce
from pakten.checks.queries.lists import ListLine, in_use_by_default
from pakten.checks.refusals import ChecksRefused
from pakten.organisations.changes import Change, ChangeKind, announce
from vandel.lists import Edition, EditionStore


def store() -> EditionStore:
    """Where the content of editions lies, shared with the command line."""
    return EditionStore(settings.LIST_STORE)


def row_of(line: ListLine) -> ListInForce:
    """The list's row, made when it is missing and locked until the transaction ends."""
    ListInForce.objects.get_or_create(pk=line.list_id, defaults={"in_use": in_use_by_default(line.source)})
    return ListInForce.objects.select_for_update().get(pk=line.list_id)


@transaction.atomic
def put_in_force(line: ListLine, edition: Edition, *, actor: User | None, origin: str) -> ListEdition:
    """Point the application at an edition that the store has just accepted.

    The same bytes as those in force only renew the time of the last look. Raises ChecksRefused for an edition
    that was there before: going back is a manager's decision (:func:`switch_back`).
    """
    row = row_of(line)
    known = ListEdition.objects.filter(list_id=line.list_id, edition_id=edition.edition_id).first()
    if known is not None and known.pk == row.edition_id:
        return _confirmed(row, known, edition=edition, actor=actor)
    if known is not None or (row.edition and edition.fetched_at < row.edition.fetched_at):
        raise ChecksRefused(
            "Filen är en äldre utgåva som vi redan har. Den gällande utgåvan är kvar. "
            "En chef kan byta tillbaka."
        )
    taken = _row_for(edition, actor, origin=origin)
    _point(row, taken, actor=actor, confirmed_at=edition.confirmed_at)
    return taken


@transaction.atomic
def switch_back(line: ListLine, edition_key: int, *, reason: str, actor: User | None) -> ListEdition:
    """Put an earlier edition in force again.

    Raises PermissionDenied, ChecksRefused; ``vandel.lists.ListRefused`` when it is damaged.
    """
    check_role(actor, *policies.SWITCH_LISTS)
    _check_reason(reason)
    edition = ListEdition.objects.filter(list_id=line.list_id, pk=edition_key).first()
    if edition is None:
        raise ChecksRefused("Den utgåvan finns inte.")
    row = row_of(line)
    if row.edition_id == edition.pk:
        raise ChecksRefused("Den utgåvan gäller redan.")
    store().load(edition.list_id, edition.edition_id)
    _point(row, edition, actor=actor, reason=reason)
    return edition


@transaction.atomic
def set_in_use(line: ListLine, in_use: bool, *, reason: str, actor: User | None) -> None:
    """Say whether controls use the list. Whether it *counts* is not a setting: only binding lists do."""
    check_role(actor, *policies.SWITCH_LISTS)
    _check_reason(reason)
    row = row_of(line)
    before, row.in_use = row.in_use, in_use
    row.save(update_fields=["in_use"])
    because = f"Kontrollen {'använder' if in_use else 'använder inte längre'} {line.title}."
    announce(Change(ChangeKind.LIST, because, about={"list_id": row.pk}))
    record(
        "checks.list.use_changed",
        row,
        actor=actor,
        before={"in_use": before},
        after={"in_use": in_use},
        reason=reason,
    )


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise ChecksRefused("Skriv varför. Skälet sparas.")


def _row_for(edition: Edition, actor: User | None, *, origin: str) -> ListEdition:
    return ListEdition.objects.create(
        list_id=edition.list_id,
        edition_id=edition.edition_id,
        sha256=edition.sha256,
        length=edition.length,
        entries=edition.entries,
        counts=dict(edition.counts),
        changes=dict(edition.changes),
        published_on=edition.published_on,
        file_dated_at=edition.file_dated_at,
        fetched_at=edition.fetched_at,
        origin=origin,
        taken_by=actor,
        override_reason=edition.override_reason or "",
    )


def _point(
    row: ListInForce,
    edition: ListEdition,
    *,
    actor: User | None,
    reason: str = "",
    confirmed_at: object = None,
) -> None:
    before = _digest(row.edition)
    now = timezone.now()
    ListInForce.objects.filter(pk=row.pk).update(
        edition=edition,
        # The first edition is what somebody wanted to use; later ones leave the setting alone.
        in_use=row.in_use or row.edition_id is None,
        switched_at=now,
        switched_by=actor,
        confirmed_at=confirmed_at,
        tried_at=now,
        refusal="",
        held={},
    )
    record(
        "checks.list.switched",
        row,
        actor=actor,
        before=before,
        after=_digest(edition),
        reason=reason or edition.override_reason,
    )
    about = {"list_id": row.pk, "edition": edition.edition_id}
    announce(Change(ChangeKind.LIST, f"{row} har en annan utgåva i kraft.", about=about))
    # The engine's own pointer, which its guards and the command line read, follows ours.
    transaction.on_commit(lambda: store().switch(edition.list_id, edition.edition_id) and None)


def _confirmed(row: ListInForce, known: ListEdition, *, edition: Edition, actor: User | None) -> ListEdition:
    row.confirmed_at, row.tried_at, row.refusal, row.held = edition.confirmed_at, timezone.now(), "", {}
    row.save(update_fields=["confirmed_at", "tried_at", "refusal", "held"])
    record("checks.list.confirmed", row, actor=actor, after=_digest(known))
    return known


def _digest(edition: ListEdition | None) -> dict[str, str]:
    return {"edition": edition.edition_id, "sha256": edition.sha256} if edition else {}
