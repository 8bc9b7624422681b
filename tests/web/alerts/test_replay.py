"""Known-good memory over two real editions of one list: what people judged holds while its facts do.

What is expected is computed from the two files and from the engine's own words in the receipts, by other
means than the product's memory.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.urls import reverse
from pytest_django import Settings
from tests.web.alerts import replay
from tests.web.alerts.replay import LIST_ID, OTHER_LIST_ID, Editions
from tests.web.checks.world import World
from tests.web.pages import CheckedClient

from pakten.alerts.models import Alert, AlertKind, AlertState
from pakten.checks import services
from pakten.checks.models import ControlRun, Likeness, LikenessJudgement, LikenessState, ListEdition

pytestmark = pytest.mark.django_db

ALIKE, LEFT_OPEN = 120, 5
Pair = tuple[int, str, str, str]  # the organisation, who bears the name, the list, the entry on it


@dataclass(slots=True)
class Replay:
    """A network that was judged on the first edition and controlled again on the second."""

    both: Editions
    world: World
    open_before: list[Likeness] = field(default_factory=list)
    before: dict[Pair, Likeness] = field(default_factory=dict)
    found_before: set[Pair] = field(default_factory=set)
    found_after: set[Pair] = field(default_factory=set)
    editions: list[ListEdition] = field(default_factory=list)

    def play(self) -> None:
        self.world.take()
        self.editions.append(replay.take(self.world, self.both.old_file))
        self.found_before = in_receipts(replay.run_as_if_binding(self.world))
        self.open_before = self.judge_all_but_a_few()
        self.before = stored()
        # Somebody waits already; now there are more entries of that name, on this list and on another.
        replay.add_rows(self.both.new_file, self.open_before, first=990_000)
        other = self.both.new_file.parent / "other" / "sdn.csv"
        other.parent.mkdir()
        replay.add_rows(other, [self.open_before[0]] * ALIKE, first=900_000)
        self.editions.append(replay.take(self.world, self.both.new_file))
        replay.take(self.world, other, list_id=OTHER_LIST_ID)
        self.found_after = in_receipts(replay.run_as_if_binding(self.world))

    def judge_all_but_a_few(self) -> list[Likeness]:
        waiting = list(Likeness.objects.order_by("pk"))
        opinion = services.Opinion("different", "Annan verksamhet och annan ort")
        for likeness in waiting[LEFT_OPEN:]:
            services.judge(likeness.pk, opinion, actor=self.world.officer, version=likeness.version)
        return waiting[:LEFT_OPEN]

    @property
    def judged(self) -> dict[Pair, Likeness]:
        return {pair: each for pair, each in self.before.items() if each.state == LikenessState.JUDGED}


def stored() -> dict[Pair, Likeness]:
    rows = Likeness.objects.select_related("organisation", "judgement__by")
    return {(each.organisation_id, _bearer(each), each.list_id, each.target_id): each for each in rows}


def _bearer(each: Likeness) -> str:
    if each.subject_kind == "organisation":
        return f"organisation:{each.organisation.public_id}"
    return f"person:{each.subject_key}"


def in_receipts(run: ControlRun) -> set[Pair]:
    """Who is like what, as the engine said it: the receipts are sealed before anybody remembers anything."""
    return {
        (control.membership.organisation_id, said["query_id"], said["list_id"], said["target_id"])
        for control in run.controls.select_related("membership")
        for said in control.receipt["likenesses"]
    }


@pytest.fixture
def played(db: None, tmp_path: Path, settings: Settings, shared_data: Path) -> Replay:
    settings.DEMO = True
    settings.LIST_STORE = tmp_path / "lists"
    world = World(tmp_path)
    both = replay.editions(shared_data, tmp_path)
    replay.network(world, replay.chosen(both))
    made = Replay(both, world)
    made.play()
    return made


def test_judgements_hold_while_their_facts_do(played: Replay) -> None:
    after, both = stored(), played.both
    _nothing_is_lost(played, after)
    seen = _each_fate(played, after)
    # The test would prove nothing if a fate had hardly anybody in it.
    assert seen["unchanged"] > 40 and seen["changed"] > 40 and seen["gone"] > 20 and seen["new"] > 20, seen
    assert seen["untouched row"] > 20 and seen["only what is not compared"] > 10, seen
    _an_open_one_hides_nothing(played, after)
    _inbox_agrees(after)
    _page_tells(played, after)
    assert both.new, "the later edition was read"


def _nothing_is_lost(played: Replay, after: dict[Pair, Likeness]) -> None:
    assert set(played.before) == played.found_before, "everything that the engine found was stored"
    assert set(after) == played.found_before | played.found_after, "none lost, none made up"
    assert LikenessJudgement.objects.count() == len(played.judged), "no judgement was removed"


def _each_fate(played: Replay, after: dict[Pair, Likeness]) -> Counter[str]:
    both, seen = played.both, Counter[str]()
    for pair, was in played.judged.items():
        now, entry = after[pair], pair[3]
        assert was.judgement is not None
        if pair not in played.found_after:
            seen["gone"] += 1
            assert now.state == LikenessState.GONE
            assert now.judgement == was.judgement, "also what is gone keeps its judgement"
        elif differs := both.differing(entry):
            seen["changed"] += 1
            assert (now.state, now.verdict, now.judgement) == (LikenessState.WAITING, "", None)
            assert now.reopened_because == (
                f"Uppgifterna har ändrats sedan bedömningen (på listan: {', '.join(differs)})."
            )
            assert entry not in both.untouched
        else:
            seen["unchanged"] += 1
            seen["untouched row" if entry in both.untouched else "only what is not compared"] += 1
            assert (now.state, now.verdict) == (LikenessState.JUDGED, "different")
            assert (now.judgement, now.version) == (was.judgement, was.version)
            assert now.judgement.edition == played.editions[0].edition_id
            assert now.last_edition == played.editions[1].edition_id
            assert now.reopened_because == ""
    for pair in played.found_after - played.found_before:
        seen["new"] += 1
        assert (after[pair].state, after[pair].reopened_because) == (LikenessState.WAITING, "")
    return seen


def _an_open_one_hides_nothing(played: Replay, after: dict[Pair, Likeness]) -> None:
    for number, was in enumerate(played.open_before):
        organisation, bearer = was.organisation_id, _bearer(was)
        assert after[(organisation, bearer, LIST_ID, str(990_000 + number))].state == LikenessState.WAITING
        assert after[(organisation, bearer, LIST_ID, was.target_id)].state in {"waiting", "gone"}
    first = played.open_before[0]
    elsewhere = [
        each
        for (organisation, bearer, list_id, _entry), each in after.items()
        if (organisation, bearer, list_id) == (first.organisation_id, _bearer(first), OTHER_LIST_ID)
    ]
    assert len(elsewhere) == ALIKE, "no cap on how many there are"
    assert {each.state for each in elsewhere} == {LikenessState.WAITING}


def _inbox_agrees(after: dict[Pair, Likeness]) -> None:
    """Every likeness that waits is in the inbox once, and nothing else of the kind."""
    waiting = {each.pk for each in after.values() if each.state == LikenessState.WAITING}
    alerts = Alert.objects.filter(kind=AlertKind.LIKENESS).exclude(state=AlertState.CLOSED)
    assert Counter(alerts.values_list("likeness_id", flat=True)) == dict.fromkeys(waiting, 1)
    judged = Alert.objects.filter(kind=AlertKind.LIKENESS, state=AlertState.CLOSED)
    assert judged.filter(likeness__state=LikenessState.JUDGED).exists()


def _page_tells(played: Replay, after: dict[Pair, Likeness]) -> None:
    client = CheckedClient()
    old, new = (edition.edition_id for edition in played.editions)
    held = next(after[pair] for pair in played.judged if after[pair].state == LikenessState.JUDGED)
    changed = next(each for each in after.values() if each.reopened_because)
    client.force_login(played.world.officer)
    page = client.get(reverse("checks:likeness", args=[held.pk])).content.decode()
    assert "gäller fortfarande" in page
    assert str(played.world.officer) in page
    assert f"utgåva {old}" in page and f"utgåva {new}" in page
    page = client.get(reverse("checks:likeness", args=[changed.pk])).content.decode()
    assert changed.reopened_because in page
    assert "gäller fortfarande" not in page
