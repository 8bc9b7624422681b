"""What is known of organisations: stored with its source, refused where it can't stand, logged."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.people import person
from tests.web.members.register import number, organisation, sole_trader_number, source

from pakten.accounts.models import Role, User
from pakten.audit.models import Entry
from pakten.organisations import queries, services
from pakten.organisations.facts import EDITABLE, OrganisationFacts, PersonFacts, StakeFacts
from pakten.organisations.models import (
    KnownPerson,
    Organisation,
    OrganisationName,
    OwnershipStake,
    OwnerType,
    PersonRole,
    Sector,
)
from pakten.organisations.refusals import ChangedMeanwhile, Refused

pytestmark = pytest.mark.django_db


def test_a_fact_without_source_can_not_be_stored() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.create(
            legal_name="Utan Källa AB", sector="private", recorded_at=timezone.now(), source=""
        )


def test_no_field_of_origin() -> None:
    """L-20: no column tells of nationality, citizenship or ethnicity; a person has no country."""
    for model in (Organisation, OrganisationName, KnownPerson, OwnershipStake):
        names = {field.name for field in model._meta.get_fields()}
        assert not {n for n in names if any(w in n for w in ("national", "citizen", "ethnic", "origin"))}
    assert "country" not in {field.name for field in KnownPerson._meta.get_fields()}


def test_creating_keeps_names_persons_and_log(officer: User) -> None:
    facts = OrganisationFacts(
        legal_name="Björkens Verkstad AB",
        sector=Sector.PRIVATE,
        org_nr=number(1),
        persons=(PersonFacts("Ann Björk", PersonRole.BOARD, "1961-02"),),
        other_names=("Björken",),
    )
    made = services.create_organisation(facts, actor=officer, source=source("Bolagsverket"))
    entry = Entry.objects.get(action="organisations.organisation.created")
    assert entry.after and entry.after["legal_name"] == "Björkens Verkstad AB"
    assert entry.reason == "Bolagsverket"
    assert made.known_persons.get().source == "Bolagsverket"
    assert made.search_key == "bjorkens verkstad ab\nbjorken"


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.BOARD_MEMBER, Role.MEMBER_CONTACT, None])
def test_others_may_not_write(role: Role | None) -> None:
    made = organisation()
    with pytest.raises(PermissionDenied):
        services.change_organisation(
            made, {"place": "Luleå"}, actor=person(role), source=source(), expected_version=made.version
        )
    made.refresh_from_db()
    assert made.place == "Kiruna"


def test_a_number_belongs_to_one_organisation(officer: User) -> None:
    organisation(org_nr=number(7))
    with pytest.raises(Refused, match="finns redan i registret"):
        organisation("Annan Firma AB", org_nr=number(7))
    other = organisation("Tredje Firman AB")
    with pytest.raises(Refused, match="finns redan i registret"):
        services.change_organisation(
            other, {"org_nr": number(7)}, actor=officer, source=source(), expected_version=other.version
        )
    assert Organisation.objects.count() == 2


def test_of_two_who_change_at_once_one_is_told(officer: User) -> None:
    made = organisation()
    first, second = (Organisation.objects.get(pk=made.pk) for _ in range(2))
    change = {"actor": officer, "source": source(), "expected_version": made.version}
    services.change_organisation(first, {"place": "Luleå"}, **change)
    with pytest.raises(ChangedMeanwhile, match="Någon annan har ändrat"):
        services.change_organisation(second, {"place": "Umeå"}, **change)
    made.refresh_from_db()
    assert (made.place, made.version) == ("Luleå", 2)
    assert Entry.objects.filter(action="organisations.organisation.changed").count() == 1


def test_a_change_that_changes_nothing_is_not_logged(officer: User) -> None:
    made = organisation()
    services.change_organisation(
        made, {"place": "Kiruna"}, actor=officer, source=source(), expected_version=made.version
    )
    assert not Entry.objects.filter(action="organisations.organisation.changed").exists()


def test_a_former_name_is_kept_and_found(officer: User) -> None:
    made = organisation()
    services.change_organisation(
        made, {"legal_name": "Polarfrakt AB"}, actor=officer, source=source(), expected_version=made.version
    )
    assert made.other_names.get().kind == OrganisationName.Kind.PREVIOUS
    assert "norrskenets akeri ab" in made.search_key


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"legal_name": ""}, "Fyll i organisationens namn"),
        ({"org_nr": "1234567890"}, "stämmer inte"),
        ({"website": "javascript:alert(1)"}, "webbadress"),
        ({"email": "inte en adress"}, "E-postadressen"),
        ({"description": f"Ägs av {sole_trader_number()}"}, "Personnummer"),
    ],
)
def test_what_can_not_stand_is_refused(officer: User, changes: dict[str, str], sentence: str) -> None:
    made = organisation()
    with pytest.raises(Refused, match=sentence):
        services.change_organisation(
            made, changes, actor=officer, source=source(), expected_version=made.version
        )


def test_a_sole_traders_number_is_hidden_also_in_the_log() -> None:
    hidden = sole_trader_number()
    made = organisation("Ekens Snickeri", org_nr=hidden)
    assert made.sole_trader
    assert hidden not in made.org_nr_shown and hidden[:6] not in made.org_nr_shown
    for entry in Entry.objects.all():
        assert hidden not in f"{entry.before}{entry.after}{entry.reason}{entry.object_label}"
    assert hidden not in made.public_id


def test_persons_without_personal_numbers(officer: User) -> None:
    made = organisation()
    for name, birth_date in [
        (f"Bo Ek {sole_trader_number()}", ""),
        ("Bo Ek", "610203"),
        ("Bo Ek", "1961-13"),
    ]:
        with pytest.raises(Refused):
            services.add_known_person(
                made, PersonFacts(name, PersonRole.BOARD, birth_date), actor=officer, source=source()
            )
    assert not KnownPerson.objects.exists()


def test_the_same_role_is_stored_once_and_may_come_again(officer: User) -> None:
    made = organisation()
    facts = PersonFacts("Bo Ek", PersonRole.BOARD, "1961")
    held = services.add_known_person(made, facts, actor=officer, source=source())
    with pytest.raises(Refused, match="finns redan"):
        services.add_known_person(made, facts, actor=officer, source=source())
    services.end_known_person(held, on=date(2024, 5, 1), actor=officer, reason="avgick")
    services.add_known_person(made, facts, actor=officer, source=source())
    assert [p.valid_to for p in made.known_persons.order_by("pk")] == [date(2024, 5, 1), None]


@pytest.mark.parametrize(
    "stake",
    [
        StakeFacts(OwnerType.PERSON, "Bo Ek", Decimal("100.1")),
        StakeFacts(OwnerType.PERSON, "Bo Ek", owner_country="se"),
        StakeFacts(OwnerType.ORGANISATION, "Ekens Holding", owner_org_nr="1234567890"),
        StakeFacts(OwnerType.ORGANISATION, " "),
    ],
)
def test_impossible_stakes_are_refused(officer: User, stake: StakeFacts) -> None:
    with pytest.raises(Refused):
        services.add_ownership_stake(organisation(), stake, actor=officer, source=source())


def test_everything_known_comes_in_few_queries(officer: User) -> None:
    top, middle = organisation("Toppen Holding AB"), organisation("Mitten Holding AB")
    services.add_ownership_stake(
        middle,
        StakeFacts(OwnerType.ORGANISATION, "Toppen Holding AB", Decimal(60), owner=top),
        actor=officer,
        source=source(),
    )
    bottoms = [organisation(f"Botten {n} AB") for n in range(5)]
    for bottom in bottoms:
        stake = StakeFacts(OwnerType.ORGANISATION, "Mitten Holding AB", None, owner=middle)
        services.add_ownership_stake(bottom, stake, actor=officer, source=source())
        services.add_known_person(
            bottom, PersonFacts("Bo Ek", PersonRole.BOARD), actor=officer, source=source()
        )
    with CaptureQueriesContext(connection) as queried:
        found = queries.subjects([row.pk for row in bottoms], as_of=date(2026, 1, 1))
    assert len(queried) <= 3 + queries.MAX_OWNER_LEVELS
    for data in found.values():
        assert [person.name for person in data.persons] == ["Bo Ek"]
        assert [(s.owner_name, s.percentage) for s in data.stakes] == [
            ("Mitten Holding AB", None),
            ("Toppen Holding AB", Decimal(60)),
        ]


def test_owners_in_a_ring_end(officer: User) -> None:
    one, other = organisation("Ena AB"), organisation("Andra AB")
    for asset, owner in ((one, other), (other, one)):
        stake = StakeFacts(OwnerType.ORGANISATION, owner.legal_name, Decimal(50), owner=owner)
        services.add_ownership_stake(asset, stake, actor=officer, source=source())
    assert len(queries.owners_of(one, as_of=date(2026, 1, 1))) == 2


def test_facts_hold_on_their_days_only(officer: User) -> None:
    made = organisation()
    stake = StakeFacts(
        OwnerType.PERSON, "Bo Ek", Decimal(50), valid_from=date(2024, 1, 1), valid_to=date(2025, 1, 1)
    )
    services.add_ownership_stake(made, stake, actor=officer, source=source())
    days = [date(2023, 12, 31), date(2024, 1, 1), date(2024, 12, 31), date(2025, 1, 1)]
    assert [len(queries.owners_of(made, as_of=day)) for day in days] == [0, 1, 1, 0]


def test_each_editable_column_is_one_of_the_organisation() -> None:
    assert set(EDITABLE) <= {field.name for field in Organisation._meta.get_fields()}
