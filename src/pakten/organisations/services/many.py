"""Many organisations in one step: what an import stores, and takes back. One log entry for each step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import IntegrityError, transaction

from pakten.accounts.models import User
from pakten.audit.services import record
from pakten.organisations.facts import EDITABLE, FactSource, OrganisationFacts
from pakten.organisations.models import KnownPerson, Organisation, OrganisationName
from pakten.organisations.policies import check_columns, check_may_write, check_name, check_person
from pakten.organisations.refusals import ChangedMeanwhile, Refused
from pakten.organisations.services.organisation import keys_for
from pakten.organisations.services.restoring import tell_owned


@transaction.atomic
def create_organisations(
    many: Sequence[OrganisationFacts], *, actor: User, source: FactSource
) -> list[Organisation]:
    """Store new organisations with their persons and other names, in the order given.

    All or none: raises PermissionDenied, and Refused for facts that can't stand or a number that is taken.
    """
    check_may_write(actor)
    for facts in many:
        check_columns({name: getattr(facts, name) for name in EDITABLE})
        for person in facts.persons:
            check_person(person)
        for name in facts.other_names:
            check_name(name)
    rows = [_row(facts, source) for facts in many]
    try:
        with transaction.atomic():
            stored = Organisation.objects.bulk_create(rows)
    except IntegrityError as error:
        raise Refused("Ett av organisationsnumren finns redan i registret.") from error
    _store_facts(stored, many, source=source)
    named = {row.public_id: row.legal_name for row in stored}
    after = {"count": len(stored), "organisations": named}
    record("organisations.organisations.created", None, actor=actor, after=after, reason=source.what)
    return stored


@transaction.atomic
def delete_organisations(versions: Mapping[int, int], *, actor: User, reason: str) -> None:
    """Take away organisations (key to expected version) that should never have been stored.

    All or none: raises ProtectedError when another area holds on to one, ChangedMeanwhile after a change.
    """
    check_may_write(actor)
    rows = Organisation.objects.filter(pk__in=versions).select_for_update()
    found = {row.pk: row for row in rows}
    for pk, version in versions.items():
        if pk not in found or found[pk].version != version:
            raise ChangedMeanwhile("en av organisationerna")
    named = {row.public_id: row.legal_name for row in found.values()}
    before = {"count": len(found), "organisations": named}
    tell_owned(found)
    Organisation.objects.filter(pk__in=found).delete()
    record("organisations.organisations.deleted", None, actor=actor, before=before, reason=reason)


def _row(facts: OrganisationFacts, source: FactSource) -> Organisation:
    columns = {name: getattr(facts, name) for name in EDITABLE}
    return Organisation(**columns, **keys_for(facts.legal_name, *facts.other_names), **source.columns())


def _store_facts(
    stored: Sequence[Organisation], many: Sequence[OrganisationFacts], *, source: FactSource
) -> None:
    pairs = list(zip(stored, many, strict=True))
    KnownPerson.objects.bulk_create(
        KnownPerson(
            organisation=row,
            name=person.name,
            role=person.role,
            birth_date=person.birth_date,
            valid_from=person.valid_from,
            **source.columns(),
        )
        for row, facts in pairs
        for person in facts.persons
    )
    OrganisationName.objects.bulk_create(
        OrganisationName(organisation=row, name=name, **source.columns())
        for row, facts in pairs
        for name in facts.other_names
    )
