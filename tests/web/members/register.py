"""Invented members and register files for the tests of this area."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests.people import person

from pakten.accounts.models import Role, User
from pakten.members import services
from pakten.members.imports.fields import suggest
from pakten.members.models import ImportRow, MatterKind, Membership, MembershipMatter, RegisterImport
from pakten.members.services import imports, membership_ending
from pakten.organisations.facts import FactSource, OrganisationFacts, PersonFacts, StakeFacts
from pakten.organisations.models import (
    KnownPerson,
    Organisation,
    OrganisationName,
    OwnershipStake,
    OwnerType,
    PersonRole,
    Sector,
)
from pakten.organisations.services import add_known_person, add_ownership_stake, create_organisation
from vandel.ids import orgnr
from vandel.registers.table_write import Form, write_table

A = ("Björkens Verkstad AB", "", "privat näringsliv", "Kiruna", "2020-02-01", "Ann Björk, ordförande")
B = ("Ekens Förening", "", "civilsamhälle", "Luleå", "2021-03-01", "")
HEADERS = ("Namn", "Organisationsnummer", "Sektor", "Ort", "Medlem från", "Styrelse")


def number(serial: int, *, start: str = "55") -> str:
    """An organisation number with a right check digit; its third digit is 6, so it is no personal number."""
    nine = f"{start}6{serial:06}"
    return next(nine + digit for digit in "0123456789" if orgnr.passes_luhn(nine + digit))


def sole_trader_number() -> str:
    """A coordination number by its form, of somebody born on the first of January 2000."""
    nine = "000161239"
    return next(nine + digit for digit in "0123456789" if orgnr.passes_luhn(nine + digit))


def source(what: str = "mejl från organisationen") -> FactSource:
    return FactSource(what=what, recorded_at=timezone.now())


def organisation(name: str = "Norrskenets Åkeri AB", **facts: Any) -> Organisation:
    values = {"sector": Sector.PRIVATE, "place": "Kiruna"} | facts
    made = OrganisationFacts(legal_name=name, **values)
    return create_organisation(made, actor=person(Role.CASE_OFFICER), source=source())


def member(name: str = "Norrskenets Åkeri AB", *, joined: date | None = None, **facts: Any) -> Membership:
    return services.admit(
        organisation(name, **facts),
        services.MembershipFacts(joined_on=joined or date(2020, 3, 1)),
        actor=person(Role.CASE_OFFICER),
        reason="ansökan",
    )


def left(membership: Membership, on: date) -> None:
    """The member left by its own wish."""
    leaving = membership_ending.Leaving(on)
    membership_ending.leave(membership, leaving, actor=officer(), expected_version=membership.version)


def proposed_rest(membership: Membership) -> MembershipMatter:
    """Hanna proposes that the membership shall rest."""
    facts = membership_ending.MatterFacts(MatterKind.PAUSE, "Organisationen bygger om.")
    return membership_ending.propose_matter(
        membership, facts, actor=officer(), expected_version=membership.version
    )


def proposed_end(membership: Membership) -> MembershipMatter:
    """Hanna proposes that the membership shall end."""
    facts = membership_ending.MatterFacts(MatterKind.END, "Vi når inte organisationen.", "no_contact")
    return membership_ending.propose_matter(
        membership, facts, actor=officer(), expected_version=membership.version
    )


def made_dormant(membership: Membership) -> None:
    """Cecilia has decided that the membership shall rest."""
    membership_ending.decide_matter(proposed_rest(membership), actor=person(Role.MANAGER))
    membership.refresh_from_db()


def known_person(membership: Membership, name: str = "Bo Ek") -> KnownPerson:
    facts = PersonFacts(name, PersonRole.BOARD)
    return add_known_person(membership.organisation, facts, actor=officer(), source=source())


def stake(membership: Membership, name: str = "Ann Björk") -> OwnershipStake:
    facts = StakeFacts(OwnerType.PERSON, name, Decimal("60"))
    return add_ownership_stake(membership.organisation, facts, actor=officer(), source=source())


def as_csv(rows: Iterable[Sequence[str]], headers: Sequence[str] = HEADERS) -> bytes:
    target = io.BytesIO()
    write_table(target, headers=headers, rows=rows, form=Form.CSV_FOR_PEOPLE)
    return target.getvalue()


def uploaded(content: bytes, name: str = "register.csv") -> RegisterImport:
    return imports.upload(SimpleUploadedFile(name, content), actor=person(Role.CASE_OFFICER))


def tried(rows: Iterable[Sequence[str]], headers: Sequence[str] = HEADERS) -> RegisterImport:
    """A register uploaded and tried with the suggested columns."""
    found = uploaded(as_csv(rows, headers))
    assert not found.fault, found.fault
    imports.try_out(found, suggest(found.headers), actor=officer(), expected_version=found.version)
    return found


def applied(rows: Iterable[Sequence[str]], headers: Sequence[str] = HEADERS) -> RegisterImport:
    found = tried(rows, headers)
    imports.apply_import(found, actor=officer(), expected_version=found.version)
    return found


def undo(found: RegisterImport) -> list[ImportRow]:
    return imports.undo_import(found, actor=officer(), expected_version=found.version)


def officer() -> User:
    return person(Role.CASE_OFFICER)


def outcomes(found: RegisterImport) -> list[str]:
    return list(found.rows.values_list("outcome", flat=True))


def everything() -> dict[str, list[dict[str, Any]]]:
    """All that an import may touch, without what only counts changes."""
    beside = {"version", "updated_at", "created_at"}
    return {
        model.__name__: [
            {name: value for name, value in row.items() if name not in beside}
            for row in model.objects.order_by("pk").values()
        ]
        for model in (Organisation, OrganisationName, KnownPerson, Membership)
    }
