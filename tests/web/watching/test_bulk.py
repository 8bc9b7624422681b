"""What changes many members at once is taken up as one: imports, taking them back, and merging."""

from __future__ import annotations

import pytest
from tests.web.checks.world import LISTED_FIRM, LISTED_PERSON, World, board
from tests.web.members.register import applied, number, undo
from tests.web.watching.taking_up import take_up

from pakten.members.models import Membership, Outcome, RegisterImport
from pakten.organisations import services as organisations
from pakten.organisations.changes import Change, ChangeKind, announce, gathering
from pakten.organisations.facts import FactSource, OrganisationFacts, StakeFacts
from pakten.organisations.models import Organisation, OwnerType, Sector
from pakten.watching.models import Cause, Trigger
from pakten.watching.queries.waiting import waiting
from pakten.watching.services.hearing import with_those_below
from pakten.watching.services.plans import active

MANY = 1100


def row(name: str, serial: int, *, place: str = "Kiruna", persons: str = "") -> tuple[str, ...]:
    return (name, number(serial), "privat", place, "2020-02-01", persons)


def brought_in(*rows: tuple[str, ...]) -> RegisterImport:
    Trigger.objects.all().delete()
    found = applied(rows)
    assert not found.rows.filter(outcome=Outcome.REFUSED).exists()
    return found


def told() -> set[int]:
    """The organisations in what waits: one change, however many they are."""
    [one] = waiting()
    assert one.kind == Cause.MEMBER
    return set(one.organisation_ids)


def everybody() -> set[int]:
    return set(Organisation.objects.values_list("pk", flat=True))


def owned_by(owner: Organisation, asset: Organisation, world: World) -> None:
    stake = StakeFacts(OwnerType.ORGANISATION, owner.legal_name, owner=owner)
    source = FactSource("Prov", recorded_at=world.now())
    organisations.add_ownership_stake(asset, stake, actor=world.officer, source=source)


def test_a_large_import_is_one_change(world: World) -> None:
    brought_in(*(row(f"Kvintor Handel nummer {serial}", serial) for serial in range(MANY)))
    assert told() == everybody() and len(told()) == MANY
    assert waiting().get().because.split("ändrade ")[1] == "1\u202f100\u00a0organisationer."
    # Those who are there already are changed one by one, and still told of as one, also when taken back.
    again = brought_in(*(row(f"Kvintor Handel nummer {each}", each, place="Umeå") for each in range(60)))
    assert len(told()) == 60
    Trigger.objects.all().delete()
    assert undo(again) == [] and len(told()) == 60


def test_what_an_import_brings_is_compared_and_so_is_what_undoing_leaves(world: World) -> None:
    world.take()
    brought_in(row("Kvintor Handel", 1), row("Velmark Torvin", 2))
    made = take_up()
    assert (made.looked_at, made.touched) == (2, 2)
    changed = Membership.objects.get(organisation__legal_name="Kvintor Handel")
    again = brought_in(
        row("Kvintor Handel", 1, persons=f"{LISTED_PERSON}, ordförande"), row("Velmark Torvin", 2)
    )
    assert told() == {changed.organisation_id}, "and nobody whom the file says nothing new of"
    take_up()
    assert world.control_of(changed).result == "unknown"
    undo(again)
    take_up()
    assert world.control_of(changed).result == "met"


def test_an_import_that_fails_tells_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("pakten.members.services.imports._store_receipts", broken)
    with pytest.raises(RuntimeError):
        applied([row("Kvintor Handel", 1)])
    assert not waiting().exists() and not Organisation.objects.exists()
    announce(Change(ChangeKind.MEMBER, "Prov.", frozenset({1})))
    assert told() == {1}, "and what comes after is told at once again"


def test_gathering_keeps_other_kinds_apart(world: World) -> None:
    with gathering(lambda number: f"{number} ändrade."):
        announce(Change(ChangeKind.MEMBER, "En.", frozenset({1})))
        with gathering(lambda _number: "Inte det här."):
            announce(Change(ChangeKind.MEMBER, "En till.", frozenset({1, 2})))
        announce(Change(ChangeKind.LIST, "Ny utgåva."))
        assert [one.because for one in waiting()] == ["Ny utgåva."]
    assert [one.because for one in waiting()] == ["Ny utgåva.", "2 ändrade."]


def test_merging_and_taking_apart_compare_those_whom_it_touches(world: World) -> None:
    world.take()
    kept, owned = world.member("Kvintor Handel"), world.member("Velmark Torvin")
    source = FactSource("Prov", recorded_at=world.now())
    facts = OrganisationFacts(
        legal_name="Kvintor i Kiruna", sector=Sector.PRIVATE, persons=(board(LISTED_PERSON),)
    )
    gone = organisations.create_organisation(facts, actor=world.officer, source=source)
    owned_by(gone, owned.organisation, world)
    world.run()
    Trigger.objects.all().delete()
    merge = organisations.merge(
        organisations.MergeFacts(kept.organisation, gone, kept.organisation.version, gone.version),
        actor=world.officer,
        reason="samma styrelse",
    )
    assert told() == {kept.organisation_id, gone.pk}
    made = take_up()
    assert made.looked_at == 2, "the one that stands, and the one that it owns now"
    assert world.control_of(kept).result == "unknown", "the other record's person is theirs now"
    organisations.undo_merge(merge, actor=world.officer, reason="fel", expected_version=merge.version)
    assert told() == {kept.organisation_id, gone.pk}
    take_up()
    assert world.control_of(kept).result == "met"


def test_those_whose_owner_is_taken_away_are_compared_anew(world: World) -> None:
    """An owner's owner counts: a record that goes takes a step out of other members' chains."""
    world.take()
    brought_in(row("Velmark Holding", 1))
    owner, owned = Organisation.objects.get(), world.member("Kvintor Handel")
    owned_by(owner, owned.organisation, world)
    stake = StakeFacts(OwnerType.ORGANISATION, LISTED_FIRM)
    source = FactSource("Prov", recorded_at=world.now())
    organisations.add_ownership_stake(owner, stake, actor=world.officer, source=source)
    Membership.objects.filter(organisation=owner).delete()
    world.run()
    assert world.control_of(owned).result == "unknown"
    Trigger.objects.all().delete()
    owner_id = owner.pk
    organisations.delete_organisation(
        owner, actor=world.officer, reason="fel", expected_version=owner.version
    )
    assert {key for one in waiting() for key in one.organisation_ids} == {owner_id, owned.organisation_id}
    take_up()
    assert world.control_of(owned).result == "met"


def test_more_names_than_one_question_holds(world: World) -> None:
    """SQLite takes some 32,000 values in one question."""
    member = world.member("Kvintor Handel")
    many = set(range(10**9, 10**9 + 70_000)) | {member.organisation_id}
    assert with_those_below(many) == many
    assert active(many) == [member.pk]
