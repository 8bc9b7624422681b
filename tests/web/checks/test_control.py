"""What a control of the network gives, and what proves it."""

from __future__ import annotations

from tests.web.checks.world import LISTED_FIRM, LISTED_PERSON, World, board

from pakten.checks.models import Likeness
from pakten.organisations.models import Sector


def test_a_control_gives_each_active_member_one_of_four_results(world: World) -> None:
    world.take()
    calm = world.member("Norrskenets Åkeri AB")
    alike = world.member(LISTED_FIRM)
    public = world.member("Kvarnens kommunförbund", sector=Sector.PUBLIC)
    run = world.run()
    assert run.counts == {"met": 1, "not_met": 0, "unknown": 1, "not_applicable": 1}
    assert [world.control_of(member).result for member in (calm, alike, public)] == [
        "met",
        "unknown",
        "not_applicable",
    ]


def test_a_listed_board_member_gives_a_likeness_with_both_sides_frozen(world: World) -> None:
    world.take()
    member = world.member("Norrskenets Åkeri AB", board(LISTED_PERSON, "1961"))
    world.run()
    likeness = Likeness.objects.get()
    assert likeness.organisation == member.organisation
    assert (likeness.subject_kind, likeness.subject_name) == ("person", LISTED_PERSON)
    assert likeness.target_facts["birth_dates"] == ["1961-04-09"]
    assert likeness.subject_facts["roles"] == ["styrelseledamot"]
