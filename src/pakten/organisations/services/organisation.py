"""Organisations and their names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from pakten.accounts.models import User
from pakten.audit.services import record
from pakten.organisations import keys
from pakten.organisations.facts import CHANGEABLE, EDITABLE, OWN_CARD, FactSource, OrganisationFacts
from pakten.organisations.models import KnownPerson, Organisation, OrganisationName
from pakten.organisations.policies import (
    check_columns,
    check_may_write,
    check_name,
    check_person,
    check_speaks_for,
)
from pakten.organisations.refusals import Refused
from pakten.organisations.services.versions import update_versioned
from pakten.organisations.telling import tell
from pakten.records.words import several_lines
from vandel.ids import orgnr


@transaction.atomic
def create_organisation(facts: OrganisationFacts, *, actor: User, source: FactSource) -> Organisation:
    """Store a new organisation with the persons and other names that came with it.

    Raises PermissionDenied, and Refused for facts that can't stand or a number that is taken.
    """
    check_may_write(actor)
    columns = {name: getattr(facts, name) for name in EDITABLE}
    check_columns(columns)
    for person in facts.persons:
        check_person(person)
    for name in facts.other_names:
        check_name(name)
    with number_still_free(facts.org_nr):
        organisation = Organisation.objects.create(
            **columns, **keys_for(facts.legal_name, *facts.other_names), **source.columns()
        )
    KnownPerson.objects.bulk_create(
        KnownPerson(
            organisation=organisation,
            name=person.name,
            role=person.role,
            birth_date=person.birth_date,
            valid_from=person.valid_from,
            **source.columns(),
        )
        for person in facts.persons
    )
    OrganisationName.objects.bulk_create(
        OrganisationName(organisation=organisation, name=name, **source.columns())
        for name in facts.other_names
    )
    after = logged(columns) | {
        "persons": [f"{person.name} ({person.role})" for person in facts.persons],
        "other_names": list(facts.other_names),
    }
    record("organisations.organisation.created", organisation, actor=actor, after=after, reason=source.what)
    return organisation


@transaction.atomic
def change_organisation(
    organisation: Organisation,
    changes: Mapping[str, Any],
    *,
    actor: User,
    source: FactSource,
    expected_version: int,
) -> Organisation:
    """Change the columns in ``changes`` (of ``facts.CHANGEABLE``). A former legal name is kept as previous.

    Raises PermissionDenied, Refused, or ChangedMeanwhile when the version is no longer the expected one.
    """
    check_may_write(actor)
    return _store_changes(
        organisation, changes, actor=actor, source=source, expected_version=expected_version
    )


@transaction.atomic
def change_own_card(
    organisation: Organisation,
    changes: Mapping[str, Any],
    *,
    actor: User,
    source: FactSource,
    expected_version: int,
) -> Organisation:
    """Let a contact of the organisation change the columns of ``facts.OWN_CARD``; others are passed over.

    Raises PermissionDenied for whoever is not its contact today, and as :func:`change_organisation`.
    """
    check_speaks_for(actor, organisation)
    own = {name: value for name, value in changes.items() if name in OWN_CARD}
    check_columns(own)
    own = {name: several_lines(str(value)) for name, value in own.items()}
    return _store_changes(organisation, own, actor=actor, source=source, expected_version=expected_version)


def _store_changes(
    organisation: Organisation,
    changes: Mapping[str, Any],
    *,
    actor: User,
    source: FactSource,
    expected_version: int,
) -> Organisation:
    before = {name: getattr(organisation, name) for name in CHANGEABLE if name in changes}
    after = {name: changes[name] for name in before if changes[name] != before[name]}
    if not after:
        return organisation
    check_columns(after)
    values = after | source.columns() | {"updated_at": timezone.now()}
    if "legal_name" in after:
        _keep_previous_name(organisation, source)
        values |= keys_for(after["legal_name"], *other_names(organisation))
    with number_still_free(after.get("org_nr")):
        update_versioned(organisation, expected_version, **values)
    tell(organisation)
    old = logged({name: before[name] for name in after})
    record(
        "organisations.organisation.changed",
        organisation,
        actor=actor,
        before=old,
        after=logged(after),
        reason=source.what,
    )
    return organisation


@transaction.atomic
def add_name(
    organisation: Organisation, name: str, *, kind: OrganisationName.Kind, actor: User, source: FactSource
) -> OrganisationName:
    """Store another name of the organisation. A name that is known already is given back as it is."""
    check_may_write(actor)
    check_name(name)
    row, created = OrganisationName.objects.get_or_create(
        organisation=organisation, name=name, defaults={"kind": kind, **source.columns()}
    )
    if created:
        update_versioned(
            organisation,
            organisation.version,
            **keys_for(organisation.legal_name, *other_names(organisation)),
        )
        after = {"name": name, "kind": kind}
        record("organisations.name.added", organisation, actor=actor, after=after, reason=source.what)
    return row


@contextmanager
def number_still_free(number: str | None) -> Iterator[None]:
    """Raise Refused, with nothing written inside, when another organisation has the number."""
    try:
        # The database decides, so that two who store the same number at once can't both succeed.
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if not number or not Organisation.objects.filter(org_nr=number).exists():
            raise
        sentence = f"Organisationsnumret {orgnr.mask(number)} finns redan i registret."
        raise Refused(sentence) from error


def keys_for(legal_name: str, *other_names: str) -> dict[str, str]:
    """The key columns that go with these names."""
    return {
        "search_key": keys.search_keys((legal_name, *other_names)),
        "sort_key": keys.sort_key(legal_name),
        "match_key": keys.match_key(legal_name),
    }


def logged(columns: Mapping[str, Any]) -> dict[str, Any]:
    """The columns as the log may hold them: a sole trader's number hidden."""
    number = columns.get("org_nr")
    shown = dict(columns)
    if number:
        shown["org_nr"] = orgnr.mask(number)
    return shown


def _keep_previous_name(organisation: Organisation, source: FactSource) -> None:
    OrganisationName.objects.get_or_create(
        organisation=organisation,
        name=organisation.legal_name,
        defaults={"kind": OrganisationName.Kind.PREVIOUS, **source.columns()},
    )


def other_names(organisation: Organisation) -> list[str]:
    """The other names, as stored now."""
    return list(organisation.other_names.values_list("name", flat=True))
