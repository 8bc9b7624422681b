"""Groups without circles, and places of work, each with its source."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from tests.people import person
from tests.web.members import register
from tests.web.pages import check_page

from pakten.accounts.models import Role
from pakten.audit.models import Entry
from pakten.members.queries.groups import group_of
from pakten.organisations.models import Organisation
from pakten.organisations.refusals import ChangedMeanwhile, Refused
from pakten.organisations.services.branches import BranchFacts, add_branch, end_branch
from pakten.organisations.services.groups import set_group_parent

pytestmark = pytest.mark.django_db
SignIn = Callable[[Role], Client]


def put_under(child: Organisation, parent: Organisation | None) -> None:
    child.refresh_from_db()
    set_group_parent(
        child,
        parent,
        actor=person(Role.CASE_OFFICER),
        source=register.source("Bolagsverket"),
        expected_version=child.version,
    )


@pytest.mark.parametrize("seed", range(10))
def test_whatever_is_tried_there_is_no_circle(seed: int) -> None:
    dice = random.Random(seed)
    rows = [register.organisation(f"Bolag {serial}") for serial in range(6)]
    for _ in range(40):
        child, parent = dice.choice(rows), dice.choice([*rows, None])
        try:
            put_under(child, parent)
        except Refused:
            assert parent is not None
            above = dict(Organisation.objects.values_list("pk", "group_parent_id"))
            at: int | None = parent.pk
            while at not in (None, child.pk):
                at = above[at]
            assert at == child.pk, "refused though it is no circle"
        above = dict(Organisation.objects.values_list("pk", "group_parent_id"))
        for start in above:
            seen, at = set(), start
            while at is not None:
                assert at not in seen, "a circle"
                seen.add(at)
                at = above[at]


def test_parent_sisters_and_those_below_with_source_and_log() -> None:
    top, one, two, under = (register.member(n).organisation for n in ("Topp", "Ett", "Två", "Under"))
    put_under(one, top)
    put_under(two, top)
    put_under(under, one)
    one.refresh_from_db()
    group = group_of(one)
    assert (group.above, group.sisters, group.below) == ((top,), (two,), (under,))
    assert one.source == "Bolagsverket"
    entry = Entry.objects.filter(action="organisations.group.changed").first()
    assert entry and entry.after == {"group_parent": "Ett"}
    put_under(one, None)
    one.refresh_from_db()
    assert group_of(one).above == ()


def test_refused_for_others_and_for_what_was_changed() -> None:
    top, one = register.organisation("Topp"), register.organisation("Ett")
    facts = {"actor": person(Role.AUDITOR), "source": register.source(), "expected_version": 1}
    with pytest.raises(PermissionDenied):
        set_group_parent(one, top, **facts)  # type: ignore[arg-type]
    facts |= {"actor": person(Role.MANAGER), "expected_version": 9}
    with pytest.raises(ChangedMeanwhile):
        set_group_parent(one, top, **facts)  # type: ignore[arg-type]


def test_a_branch_is_added_once_and_ended_as_history() -> None:
    one, officer = register.organisation("Ett"), person(Role.CASE_OFFICER)
    branch = add_branch(one, BranchFacts("Butiken", place="Kiruna"), actor=officer, source=register.source())
    with pytest.raises(Refused, match="finns redan"):
        add_branch(one, BranchFacts("Butiken", place="Kiruna"), actor=officer, source=register.source())
    with pytest.raises(Refused, match="för lång"):
        add_branch(one, BranchFacts("x" * 301), actor=officer, source=register.source())
    end_branch(branch, on=timezone.localdate(), actor=officer, reason="stängd")
    with pytest.raises(Refused, match="redan avslutat"):
        end_branch(branch, on=timezone.localdate(), actor=officer, reason="stängd")
    assert one.branches.get().source == register.source().what


def test_the_page_shows_and_changes_group_and_branches(signed_in_client: SignIn) -> None:
    client = signed_in_client(Role.CASE_OFFICER)
    top = register.member("Toppens AB", org_nr=register.number(4)).organisation
    one = register.member("Ettan AB").organisation
    register.organisation("Tvillingen AB")
    register.organisation("Tvillingen")
    address = f"/medlemmar/{one.public_id}/"
    for typed, why in (("Finns Inte", "Ingen organisation"), ("Tvillingen", "Flera"), ("Ettan", "sin egen")):
        form = {"version": one.version, "parent": typed, "source": "mejl"}
        answer = client.post(f"{address}koncern/moder/", form)
        assert answer.status_code == 422 and why in answer.content.decode(), typed
        check_page(answer)
    form = {"version": one.version, "parent": register.number(4), "source": "mejl"}
    client.post(f"{address}koncern/moder/", form)
    client.post(f"{address}arbetsstallen/ny/", {"name": "Butiken", "source": "mejl"})
    page = client.get(f"{address}agare/")
    check_page(page)
    shown = page.content.decode()
    assert f"/medlemmar/{top.public_id}/" in shown and "Butiken" in shown
    assert "Moderorganisationen Toppens AB är inte kontrollerad" in shown
    client.post(f"{address}arbetsstallen/{one.branches.get().pk}/avsluta/")
    assert one.branches.get().valid_to == timezone.localdate()
    check_page(client.get(f"/medlemmar/{top.public_id}/agare/"))


@pytest.mark.parametrize("text", ["\x00", "x" * 1_000_000, "\u202eomvänt", "' OR 1=1 --", "850709-9805"])
def test_strange_words_never_break(signed_in_client: SignIn, text: str) -> None:
    client, one = signed_in_client(Role.CASE_OFFICER), register.member().organisation
    address = f"/medlemmar/{one.public_id}/"
    form = {"version": 1, "parent": text, "source": text}
    assert client.post(f"{address}koncern/moder/", form).status_code < 500
    branch = {"name": text, "place": text, "source": text}
    assert client.post(f"{address}arbetsstallen/ny/", branch).status_code < 500
