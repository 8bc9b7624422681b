"""Two records of one organisation become one, and two again."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.utils import timezone
from tests.people import person
from tests.web.members import register

from pakten.accounts.models import Role, User
from pakten.audit.models import Entry
from pakten.members import queries
from pakten.members.models import (
    ImportRow,
    LeavingReason,
    Membership,
    Message,
    MessageDirection,
    Pledge,
    PledgeText,
    PublicMember,
    State,
)
from pakten.organisations.facts import PersonFacts, StakeFacts
from pakten.organisations.merging import relations
from pakten.organisations.models import (
    Branch,
    ContactPerson,
    KnownPerson,
    Merge,
    Organisation,
    OrganisationName,
    OwnershipStake,
    OwnerType,
    PersonRole,
)
from pakten.organisations.queries import by_number, standing
from pakten.organisations.refusals import ChangedMeanwhile, Refused
from pakten.organisations.services import (
    MergeFacts,
    add_known_person,
    add_name,
    add_ownership_stake,
    merge,
    say_not_same,
    take_back_not_same,
    undo_merge,
)

pytestmark = pytest.mark.django_db

# Only what counts writes, or when: it grows with each.
BESIDE = {"version", "updated_at"}


def merged(kept: Organisation, gone: Organisation, *from_gone: str, by: Role = Role.CASE_OFFICER) -> Merge:
    for row in (kept, gone):
        row.refresh_from_db()
    facts = MergeFacts(kept, gone, kept.version, gone.version, frozenset(from_gone))
    made = merge(facts, actor=person(by), reason="samma organisation")
    for row in (kept, gone):
        row.refresh_from_db()
    return made


def undone(found: Merge) -> None:
    found.refresh_from_db()
    undo_merge(found, actor=person(Role.MANAGER), reason="fel", expected_version=found.version)


def snapshot() -> dict[str, list[dict[str, Any]]]:
    """Every table of organisations, members and checks but the merges and the list that is a copy."""
    models: list[type[Model]] = [
        model
        for area in ("organisations", "members", "checks")
        for model in apps.get_app_config(area).get_models()
        if model not in (Merge, PublicMember)
    ]
    return {
        model._meta.label: [
            {name: value for name, value in row.items() if name not in BESIDE}
            for row in model._base_manager.order_by("pk").values()
        ]
        for model in models
    }


def source() -> dict[str, Any]:
    return register.source().columns()


class Facts:
    """Random facts of two records that may clash with each other in every way that they can."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.officer = person(Role.CASE_OFFICER)
        text = PledgeText.objects.create(
            kind="goals", number=900 + seed, title="Mål", body="Text", state="draft"
        )
        self.text = text
        self.third = register.organisation("Tredje Bolaget AB")

    def record(self, name: str, serial: int) -> Organisation:
        dice = self.dice
        number = register.number(serial) if dice.random() < 0.5 else None
        row = register.organisation(
            name,
            org_nr=number,
            place=dice.choice(["Kiruna", "", "Luleå"]),
            website=dice.choice(["", f"https://{serial}.example"]),
        )
        for _ in range(dice.randrange(4)):
            born = dice.choice(["", "1960"])
            facts = PersonFacts(dice.choice(["Bo Ek", "Ann Björk"]), dice.choice(list(PersonRole)), born)
            if not row.known_persons.filter(name=facts.name, role=facts.role, birth_date=born).exists():
                add_known_person(row, facts, actor=self.officer, source=register.source())
        for other in dice.sample(["Björken", "Eken", "Granen"], dice.randrange(3)):
            add_name(
                row, other, kind=OrganisationName.Kind.TRADE, actor=self.officer, source=register.source()
            )
        if dice.random() < 0.6:
            ContactPerson.objects.create(
                organisation=row, name="Kim", email="kim@example.se", is_main=True, **source()
            )
        if dice.random() < 0.5:
            Branch.objects.create(organisation=row, name="Butiken", **source())
        if dice.random() < 0.5:
            facts_ = StakeFacts(OwnerType.ORGANISATION, "Tredje", Decimal("12.5000"), owner=self.third)
            add_ownership_stake(row, facts_, actor=self.officer, source=register.source())
        self.memberships(row)
        if dice.random() < 0.5:
            Message.objects.create(
                organisation=row, direction=MessageDirection.IN, text="Hej", author_name="Kim"
            )
        if dice.random() < 0.5:
            Pledge.objects.create(
                organisation=row, text=self.text, given_by="Kim", given_at=timezone.now(), sha256="0" * 64
            )
        return row

    def memberships(self, row: Organisation) -> None:
        day = date(2018, 1, 1) + timedelta(days=self.dice.randrange(900))
        for _ in range(self.dice.randrange(3)):
            end = day + timedelta(days=self.dice.randrange(400))
            Membership.objects.create(
                organisation=row,
                state=State.ENDED,
                joined_on=self.dice.choice([day, None]),
                ended_on=end,
                leaving_reason=self.dice.choice([*LeavingReason.values, ""]),
            )
            day = end + timedelta(days=self.dice.randrange(100))
        if self.dice.random() < 0.7:
            state = self.dice.choice([State.ACTIVE, State.DORMANT])
            Membership.objects.create(organisation=row, state=state, joined_on=self.dice.choice([day, None]))


@pytest.mark.parametrize("seed", range(25))
def test_undoing_a_merge_leaves_everything_as_it_was(seed: int) -> None:
    """Random facts -> merge -> undo: equal tables, apart from versions and the log."""
    world = Facts(seed)
    one, other = world.record("Björkens Åkeri AB", 1), world.record("Björkens Åkeri", 2)
    for child, parent in ((world.third, other), (one, other), (other, one)):
        if world.dice.random() < 0.3 and parent.group_parent_id != child.pk:
            Organisation.objects.filter(pk=child.pk).update(group_parent=parent)
    columns = world.dice.sample(["legal_name", "org_nr", "place", "website", "group_parent_id"], 2)
    before = snapshot()
    found = merged(one, other, *columns)
    assert snapshot() != before
    undone(found)
    assert snapshot() == before


@pytest.mark.parametrize("seed", range(12))
def test_after_a_merge_nothing_but_what_clashes_is_left(seed: int) -> None:
    world = Facts(seed)
    one, other = world.record("Björkens Åkeri AB", 1), world.record("Björkens Åkeri", 2)
    found = merged(one, other)
    told = {(row["model"], row["pk"]) for row in found.moved["left"]}
    for relation in relations.relations():
        if relation.key in relations.STAYS or relation.model is Membership:
            continue
        for row in relation.model._base_manager.filter(**{relation.column: other.pk}):
            assert (row._meta.label_lower, row.pk) in told
    assert not ContactPerson.objects.filter(organisation=one, valid_to=None, is_main=True)[1:]
    assert Membership.objects.filter(organisation=one).exclude(state=State.ENDED).count() <= 1


def test_every_area_s_columns_are_known() -> None:
    """A new table that points at an organisation goes along of itself; a many-to-many would not."""
    keys = {relation.key for relation in relations.relations()}
    assert {
        "checks.likeness:organisation_id",
        "members.application:organisation_id",
        "members.membership:organisation_id",
        "members.message:organisation_id",
        "members.pledge:organisation_id",
        "organisations.contactperson:organisation_id",
        "organisations.ownershipstake:owner_id",
        "organisations.organisation:group_parent_id",
    } <= keys
    assert not [f for f in Organisation._meta.get_fields(include_hidden=True) if f.many_to_many]


def test_the_other_s_membership_goes_along_where_there_is_none(officer: User) -> None:
    kept, gone = register.organisation("Eken AB"), register.member("Eken").organisation
    merged(kept, gone)
    found = kept.memberships.get()
    assert found.state == State.ACTIVE
    assert not gone.memberships.exists()


def test_of_two_memberships_the_kept_one_s_goes_on() -> None:
    kept, gone = register.member("Eken AB"), register.member("Eken")
    merged(kept.organisation, gone.organisation)
    gone.refresh_from_db()
    assert (gone.state, gone.leaving_reason) == (State.ENDED, LeavingReason.MERGED)
    assert gone.organisation_id != kept.organisation_id
    assert [row.pk for row in queries.memberships()] == [kept.pk]
    assert list(queries.active_memberships()) == [kept]


def test_the_published_list_follows_there_and_back() -> None:
    kept, gone = register.member("Eken AB"), register.member("Ekarna")
    found = merged(kept.organisation, gone.organisation)
    assert [row.name for row in PublicMember.objects.all()] == ["Eken AB"]
    undone(found)
    assert {row.name for row in PublicMember.objects.all()} == {"Eken AB", "Ekarna"}


def test_an_earlier_period_goes_along_and_does_not_hide_the_one_of_today() -> None:
    kept = register.member("Eken AB", joined=date(2022, 1, 1))
    gone = register.organisation("Eken")
    ended = Membership.objects.create(
        organisation=gone, state=State.ENDED, joined_on=date(2019, 1, 1), ended_on=date(2020, 1, 1)
    )
    merged(kept.organisation, gone)
    ended.refresh_from_db()
    assert ended.organisation == kept.organisation
    assert queries.membership_of(kept.organisation.public_id) == kept


def test_the_number_goes_along_and_the_old_address_leads_on() -> None:
    number = register.number(7)
    kept, gone = register.organisation("Eken AB"), register.organisation("Eken", org_nr=number)
    merged(kept, gone)
    assert (kept.org_nr, gone.org_nr) == (number, None)
    assert by_number(number) == kept
    assert standing(gone) == kept


def test_two_numbers_the_one_that_does_not_stand_is_still_found() -> None:
    kept = register.organisation("Eken AB", org_nr=register.number(7))
    gone = register.organisation("Eken", org_nr=register.number(8))
    found = merged(kept, gone, "org_nr")
    assert kept.org_nr == register.number(8)
    assert by_number(register.number(7)) == kept
    undone(found)
    kept.refresh_from_db()
    assert kept.org_nr == register.number(7)


def test_an_import_stores_nothing_anew_for_a_number_that_stayed_behind() -> None:
    kept = register.member("Eken AB", org_nr=register.number(7)).organisation
    gone = register.organisation("Ekarna", org_nr=register.number(8))
    merged(kept, gone)
    row = ("Ekarna", register.number(8), "privat näringsliv", "Kiruna", "2020-03-01", "")
    register.applied([row])
    assert ImportRow.objects.get().outcome == "refused"
    assert Organisation.objects.count() == 2


def test_the_name_that_does_not_stand_is_kept_and_searched() -> None:
    kept, gone = register.member("Eken AB").organisation, register.organisation("Ekarnas Åkeri")
    merged(kept, gone)
    assert kept.other_names.get().name == "Ekarnas Åkeri"
    assert queries.member_list(queries.MemberFilters(search="ekarnas")).get().organisation == kept


def test_what_was_changed_since_stops_the_undoing() -> None:
    """Nothing is overwritten in silence: the whole undoing is refused, in one sentence."""
    kept, gone = register.organisation("Eken AB"), register.member("Eken").organisation
    held = register.known_person(gone.memberships.get())
    found = merged(kept, gone)
    KnownPerson.objects.filter(pk=held.pk).update(organisation=register.organisation("En annan"))
    before = snapshot()
    with pytest.raises(Refused, match="har ändrats efter"):
        undone(found)
    assert snapshot() == before
    found.refresh_from_db()
    assert found.undone_at is None


def test_what_came_since_stays_with_the_kept_one() -> None:
    kept, gone = register.organisation("Eken AB"), register.member("Eken").organisation
    found = merged(kept, gone)
    kept.refresh_from_db()
    late = add_known_person(
        kept,
        PersonFacts("Nya Ny", PersonRole.BOARD),
        actor=person(Role.CASE_OFFICER),
        source=register.source(),
    )
    undone(found)
    late.refresh_from_db()
    assert late.organisation == kept


def test_a_chain_is_taken_apart_from_its_end() -> None:
    one, two, three = (register.organisation(name) for name in ("Ett AB", "Två AB", "Tre AB"))
    first = merged(two, one)
    second = merged(three, two)
    one.refresh_from_db()
    assert standing(one) == three
    with pytest.raises(Refused, match="senare sammanslagning"):
        undone(first)
    undone(second)
    undone(first)
    assert not Organisation.objects.exclude(merged_into=None).exists()


def test_a_group_can_not_become_a_circle() -> None:
    kept, gone, between = (register.organisation(name) for name in ("Ett AB", "Ett", "Mellan AB"))
    Organisation.objects.filter(pk=kept.pk).update(group_parent=between)
    Organisation.objects.filter(pk=between.pk).update(group_parent=gone)
    with pytest.raises(Refused, match="koncern"):
        merged(kept, gone)


def test_refused_without_right_reason_or_the_version_that_was_seen(officer: User) -> None:
    kept, gone = register.organisation("Eken AB"), register.organisation("Eken")
    facts = MergeFacts(kept, gone, kept.version, gone.version)
    with pytest.raises(PermissionDenied):
        merge(facts, actor=person(Role.AUDITOR), reason="x")
    with pytest.raises(Refused, match="Skriv varför"):
        merge(facts, actor=officer, reason=" ")
    with pytest.raises(Refused, match="två olika"):
        merge(MergeFacts(kept, kept, 1, 1), actor=officer, reason="x")
    with pytest.raises(ChangedMeanwhile):
        merge(MergeFacts(kept, gone, kept.version + 1, gone.version), actor=officer, reason="x")
    merged(kept, gone)
    with pytest.raises(Refused, match="redan sammanslagen"):
        merged(kept, gone)


def test_the_log_tells_both_cards_before_and_one_after(officer: User) -> None:
    number = register.sole_trader_number()
    kept, gone = register.organisation("Eken AB"), register.organisation("Eken", org_nr=number)
    found = merged(kept, gone)
    entry = Entry.objects.get(action="organisations.merge.made")
    assert entry.before and entry.before["gone"]["legal_name"] == "Eken"
    assert number not in str(entry.before) + str(entry.after)
    undone(found)
    assert Entry.objects.get(action="organisations.merge.undone").reason == "fel"


def test_not_the_same_is_remembered_and_can_be_taken_back(officer: User) -> None:
    one, other = register.organisation("Eken AB"), register.organisation("Eken")
    said = say_not_same(other, one, actor=officer, reason="olika styrelser")
    assert (said.one, said.other) == (one, other)
    with pytest.raises(Refused, match="redan sagt"):
        say_not_same(one, other, actor=officer, reason="igen")
    take_back_not_same(said, actor=officer, reason="fel")
    assert Entry.objects.filter(action__startswith="organisations.pair").count() == 2


def test_stakes_in_each_other_stay_where_they_are(officer: User) -> None:
    kept, gone = register.organisation("Eken AB"), register.organisation("Eken")
    facts = StakeFacts(OwnerType.ORGANISATION, "Eken AB", Decimal("60"), owner=kept)
    stake = add_ownership_stake(gone, facts, actor=officer, source=register.source())
    found = merged(kept, gone)
    assert OwnershipStake.objects.get(pk=stake.pk).asset == gone
    assert {"model": "organisations.ownershipstake", "pk": stake.pk} in found.moved["left"]
