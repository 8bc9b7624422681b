"""Two records of one organisation made one by a person, and taken apart again exactly as they were."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from pakten.accounts.models import User
from pakten.audit.services import record
from pakten.organisations.changes import Change as Announced
from pakten.organisations.changes import ChangeKind, announce
from pakten.organisations.merging import changes, relations
from pakten.organisations.merging.changes import Change
from pakten.organisations.models import Merge, NotDuplicates, Organisation, OrganisationName
from pakten.organisations.policies import check_may_write, check_text
from pakten.organisations.refusals import ChangedMeanwhile, Refused
from pakten.organisations.services.organisation import keys_for, logged, other_names
from pakten.organisations.telling import tell

# The columns of the card of which one value stands after a merge.
CHOSEN = (
    "legal_name", "org_nr", "legal_form", "sector", "place", "country", "website", "email", "phone",
    "address", "employees", "branch_code", "description", "group_parent_id",
)  # fmt: skip
_TOLD = ("legal_name", "org_nr", "sector", "place", "legal_form", "website", "email", "phone")
_SOURCE = ("source", "source_where", "recorded_at", "sha256")


@dataclass(frozen=True, slots=True)
class MergeFacts:
    """What the person saw and chose. ``from_gone``: the columns where the other record's value stands."""

    kept: Organisation
    gone: Organisation
    kept_version: int
    gone_version: int
    from_gone: frozenset[str] = field(default=frozenset())


@transaction.atomic
def merge(facts: MergeFacts, *, actor: User, reason: str) -> Merge:
    """Let ``kept`` stand for both. All that points at ``gone`` goes along, whatever area it is in.

    What can't go along, since ``kept`` has its like or since it is evidence that never changes, stays with
    ``gone`` and is told in the merge. Raises PermissionDenied, Refused or ChangedMeanwhile.
    """
    check_may_write(actor)
    _check_reason(reason)
    kept, gone = _locked(facts)
    before = {"kept": _told(kept), "gone": _told(gone)}
    names = (kept.legal_name, gone.legal_name)
    made = [*_cards(kept, gone, from_gone=facts.from_gone)]
    left: list[dict[str, Any]] = []
    for relation in relations.relations():
        made += _moved(relation, kept=kept, gone=gone, left=left)
    made += _names_kept(kept, names, source=gone)
    _next_version(kept, gone)
    _check_no_circle(kept)
    _tell(kept, gone, because=f"En annan post har slagits samman med {names[0]}.")
    stored = Merge.objects.create(
        kept=kept,
        gone=gone,
        reason=reason,
        made_by=actor,
        moved={"changes": [change.plain() for change in made], "left": left},
    )
    after = {"kept": _told(kept), "rows": len(made), "left": len(left), "gone": gone.public_id}
    record("organisations.merge.made", kept, actor=actor, before=before, after=after, reason=reason)
    return stored


@transaction.atomic
def undo_merge(found: Merge, *, actor: User, reason: str, expected_version: int) -> None:
    """Take the two apart: every row is again as it was. What came to the kept one since stays there.

    Raises Refused, with nothing changed, when a row that was moved has been changed since, or when one of
    the two is part of a later merge; ChangedMeanwhile when somebody undid it first.
    """
    check_may_write(actor)
    _check_reason(reason)
    kept, gone = _rows(found.kept_id, found.gone_id)
    if kept.merged_into_id is not None or gone.merged_into_id != kept.pk:
        raise Refused("En av posterna ingår i en senare sammanslagning. Ångra den först.")
    columns = {"undone_at": timezone.now(), "undone_by": actor, "undo_reason": reason}
    still = Merge.objects.filter(pk=found.pk, version=expected_version, undone_at=None)
    if not still.update(**columns, version=expected_version + 1):
        raise ChangedMeanwhile("sammanslagningen")
    before = {"kept": _told(kept)}
    for each in reversed(found.moved["changes"]):
        changes.revert(Change(**each))
    found.refresh_from_db()
    kept, gone = _rows(found.kept_id, found.gone_id)
    _next_version(kept, gone)
    _tell(kept, gone, because=f"En sammanslagning med {kept} är ångrad.")
    after = {"kept": _told(kept), "gone": _told(gone)}
    record("organisations.merge.undone", kept, actor=actor, before=before, after=after, reason=reason)


@transaction.atomic
def say_not_same(one: Organisation, other: Organisation, *, actor: User, reason: str) -> NotDuplicates:
    """Remember that two records are not the same organisation, so that the pair is not put forward again."""
    check_may_write(actor)
    _check_reason(reason)
    first, second = sorted((one, other), key=lambda row: row.pk)
    if first.pk == second.pk:
        raise Refused("Välj två olika poster.")
    try:
        with transaction.atomic():
            said = NotDuplicates.objects.create(one=first, other=second, reason=reason, said_by=actor)
    except IntegrityError as error:
        raise Refused("Någon har redan sagt att de inte är samma organisation.") from error
    after = {"organisations": {row.public_id: row.legal_name for row in (first, second)}}
    record("organisations.pair.not_same", first, actor=actor, after=after, reason=reason)
    return said


@transaction.atomic
def take_back_not_same(said: NotDuplicates, *, actor: User, reason: str) -> None:
    """Put the pair forward again. Raises PermissionDenied."""
    check_may_write(actor)
    before = {"organisations": {row.public_id: row.legal_name for row in (said.one, said.other)}}
    first = said.one
    said.delete()
    record("organisations.pair.maybe_same", first, actor=actor, before=before, reason=reason)


def _tell(kept: Organisation, gone: Organisation, *, because: str) -> None:
    """Both have other names, persons and owners than they had."""
    tell(kept)
    tell(gone)
    announce(Announced(ChangeKind.MEMBER, because, frozenset({kept.pk, gone.pk})))


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused("Skriv varför.")
    check_text(reason)


def _locked(facts: MergeFacts) -> tuple[Organisation, Organisation]:
    if facts.kept.pk == facts.gone.pk:
        raise Refused("Välj två olika poster.")
    kept, gone = _rows(facts.kept.pk, facts.gone.pk)
    for row, version in ((kept, facts.kept_version), (gone, facts.gone_version)):
        if row.merged_into_id is not None:
            raise Refused(f"{row} är redan sammanslagen med en annan post.")
        if row.version != version:
            raise ChangedMeanwhile(str(row))
    return kept, gone


def _rows(kept: int, gone: int) -> tuple[Organisation, Organisation]:
    """Both rows, locked in the order of their keys so that two merges at once can't wait for each other."""
    rows = Organisation.objects.select_for_update().filter(pk__in=(kept, gone)).order_by("pk")
    found = {row.pk: row for row in rows}
    return found[kept], found[gone]


def _cards(kept: Organisation, gone: Organisation, *, from_gone: frozenset[str]) -> Iterator[Change]:
    """The cards: what stands on the kept one, and that the other has gone into it."""
    given = {name: getattr(gone, name) for name in CHOSEN if name in from_gone}
    if not gone.org_nr:
        given.pop("org_nr", None)
    if kept.group_parent_id == gone.pk or given.get("group_parent_id") == kept.pk:
        given["group_parent_id"] = None
    if gone.org_nr and (not kept.org_nr or "org_nr" in given):
        given["org_nr"] = gone.org_nr
        # A number is one organisation's only: it is let go of first.
        yield _certain(changes.write(gone, {"org_nr": None}))
    own_number = kept.org_nr
    values = {name: value for name, value in given.items() if getattr(kept, name) != value}
    if values:
        yield _certain(changes.write(kept, values))
    if "org_nr" in values and own_number:
        yield _certain(changes.write(gone, {"org_nr": own_number}))
    yield _certain(changes.write(gone, {"merged_into_id": kept.pk}))


def _moved(
    relation: relations.Relation, *, kept: Organisation, gone: Organisation, left: list[dict[str, Any]]
) -> Iterator[Change]:
    for row, values in relations.wanted(relation, kept=kept, gone=gone):
        if change := changes.write(row, values):
            yield change
            continue
        left.append({"model": row._meta.label_lower, "pk": row.pk})
        if instead := relations.LEFT_BEHIND.get(relation.key):
            yield from filter(None, [changes.write(row, instead)])


def _names_kept(kept: Organisation, names: Iterable[str], *, source: Organisation) -> Iterator[Change]:
    """A name that does not stand is still found, and still controlled."""
    known = {kept.legal_name, *other_names(kept)}
    columns = {name: getattr(source, name) for name in _SOURCE}
    for name in names:
        if name not in known:
            row = OrganisationName.objects.create(organisation=kept, name=name, **columns)
            yield changes.added(row, "organisation_id", "name")


def _next_version(kept: Organisation, gone: Organisation) -> None:
    """Whoever has one of the two open in a form is told; the keys follow the names."""
    for row in (kept, gone):
        keys = keys_for(row.legal_name, *other_names(row)) if row is kept or not row.merged_into_id else {}
        row.version += 1
        Organisation.objects.filter(pk=row.pk).update(**keys, version=row.version)


def _check_no_circle(kept: Organisation) -> None:
    seen, above = {kept.pk}, kept.group_parent_id
    while above is not None:
        if above in seen:
            raise Refused(
                "De två posterna står under varandra i en koncern. Ta bort moderorganisationen först."
            )
        seen.add(above)
        above = Organisation.objects.values_list("group_parent_id", flat=True).get(pk=above)


def _certain(change: Change | None) -> Change:
    if change is None:
        raise Refused("Uppgifterna går inte att föra samman. Ändra dem på den ena posten först.")
    return change


def _told(organisation: Organisation) -> dict[str, Any]:
    return logged({name: getattr(organisation, name) for name in _TOLD}) | {"id": organisation.public_id}
