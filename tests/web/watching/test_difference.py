"""A re-control on the difference says the very same as a control of everybody against the new edition."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from tests.web.checks.world import World, board, party
from tests.web.watching.taking_up import standing, take_up, told

from pakten.checks.ground import lists_in_force
from pakten.demo.values import ListedParty
from pakten.organisations.facts import PersonFacts
from pakten.watching.models import Watched
from pakten.watching.services.receipts import carry
from pakten.watching.services.standing import editions_of, follow

FIRST = ("Orvelin", "Tazwir", "Maltin", "Zubrak", "Vladlen", "Ilian")
LAST = ("Kustodiarov", "Brenvik", "Obruchev", "Zaslonov", "Mirskaja", "Ladezhin")
WORDS = ("Kvintor", "Velmark", "Torvin", "Zembrik", "Quistrel", "Stalverk", "Handel", "Kvarts")


def firm(random: Random) -> str:
    return " ".join(random.sample(WORDS, random.randint(2, 3)))


def human(random: Random) -> str:
    return f"{random.choice(FIRST)} {random.choice(LAST)}"


def member_name(random: Random) -> str:
    """A firm's, or two words run together, which a list's words may part."""
    one, other = random.sample(WORDS, 2)
    return firm(random) if random.random() < 0.7 else f"{one}{other.lower()}"


def people(random: Random) -> set[PersonFacts]:
    return {board(human(random), random.choice(("", "1961", "1972-03"))) for _ in range(random.randint(0, 2))}


def entry(number: int, random: Random) -> ListedParty:
    if random.random() < 0.5:
        born = date(random.randint(1950, 1990), 3, 1) if random.random() < 0.5 else None
        return party(number, human(random), is_person=True, birth=born)
    return party(number, firm(random))


def changed(entries: dict[int, ListedParty], random: Random) -> None:
    """Some go, some are renamed or told otherwise, some come; words are added that no edition had."""
    for number in random.sample(sorted(entries), len(entries) // 5):
        if random.random() < 0.5:
            del entries[number]
        else:
            entries[number] = entry(number, random)
    for _ in range(len(entries) // 4):
        number = max(entries) + 1
        fresh = party(number, f"{firm(random)} Nyord{number}a") if random.random() < 0.3 else None
        entries[number] = fresh or entry(number, random)


@pytest.mark.parametrize("seed", range(5))
def test_the_difference_gives_what_a_full_control_gives(world: World, seed: int) -> None:
    random = Random(seed)
    entries = {number: entry(number, random) for number in range(1, 41)}
    world.take(list(entries.values()), day=1)
    members = [
        world.member(
            firm(random)
            if random.random() < 0.7
            else f"{random.choice(WORDS)}{random.choice(WORDS).lower()}",
            *people(random),
        )
        for _ in range(14)
    ]
    world.run()
    untouched = 0
    for day in (2, 3, 4):
        changed(entries, random)
        world.take(list(entries.values()), day=day)
        told()
        made = take_up()
        untouched += made.untouched
        assert made.looked_at == len(members)
        differential = standing()
        world.run()
        assert differential == standing(), f"seed {seed}, day {day}"
    assert any(likenesses for _, likenesses in standing().values()), "else nothing was compared"


def test_only_those_whom_the_difference_touches_are_compared(world: World) -> None:
    filling = [party(number, f"Obruchevskij Kvartsbolag {number}") for number in range(1000, 1040)]
    world.take([party(1, "Zaslonovskij Turbinverk"), *filling], day=1)
    near = world.member("Velmark Torvindustri")
    bearing = world.member("Zaslonovskij Turbinverk")
    far = world.member("Solrosens Trädgårdar", board("Orvelin Brenvik"))
    world.run()
    kept = world.control_of(far)
    world.take([party(2, "Velmark Torvindustri"), *filling], day=2)
    told()
    made = take_up()
    assert (made.looked_at, made.touched, made.untouched) == (3, 2, 1)
    content = made.receipt.content
    assert {row["member"] for row in content["touched"]} == {
        near.organisation.public_id,
        bearing.organisation.public_id,
    }
    assert content["untouched"]["members"] == [[far.organisation.public_id, kept.receipt_sha256]]
    [difference] = content["differences"]
    assert (difference["came"], difference["went"], difference["changed"]) == (1, 1, 0)
    assert world.control_of(far) == kept, "L-21: the earlier receipt stands, and the difference's beside it"
    assert world.control_of(near).result == "unknown"
    assert world.control_of(bearing).result == "met"
    # Moved on: the same edition again touches nobody, and nothing is compared twice.
    told()
    assert take_up().touched == 0


def test_a_control_made_meanwhile_is_not_moved_on(world: World) -> None:
    """It knew other names than those that the difference was asked about."""
    world.take([party(1, "Kvintor Velmark")], day=1)
    member = world.member("Torvin Handel")
    world.run()
    world.take([party(1, "Kvintor Velmark"), party(2, "Zembrik Quistrel")], day=2)
    follow([member.pk])
    ground, asked = lists_in_force(), list(Watched.objects.filter(membership=member))
    before = asked[0].editions
    Watched.objects.filter(membership=member).update(control=None)
    carry(asked, ground)
    assert Watched.objects.get(membership=member).editions == before, "another control stands there now"
    Watched.objects.filter(membership=member).update(control=asked[0].control)
    carry(asked, ground)
    assert Watched.objects.get(membership=member).editions == editions_of(ground) != before
