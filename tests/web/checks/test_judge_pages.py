"""Judging on the page: what is typed is kept, the next one follows, the second person confirms."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from tests.web.checks.world import (
    LIST_ID,
    LISTED_FIRM,
    LISTED_PERSON,
    World,
    board,
    list_file,
    parties,
    party,
)
from tests.web.pages import CheckedClient

from pakten.accounts.models import User
from pakten.checks import services
from pakten.checks.compare import side_by_side
from pakten.checks.models import Likeness, LikenessJudgement, Origin
from pakten.demo.values import ListedAddress, ListedName, ListedNumber, ListedParty
from vandel.errors import InputError


@pytest.fixture
def alike(world: World) -> World:
    """A firm and a board member whose names are listed."""
    world.take()
    world.member(LISTED_FIRM)
    world.member("Norrskenets Åkeri AB", board(LISTED_PERSON, "1961"))
    world.run()
    return world


def client_of(user: User) -> CheckedClient:
    client = CheckedClient()
    client.force_login(user)
    return client


def first() -> Likeness:
    return Likeness.objects.order_by("pk")[0]


def page_of(likeness: Likeness, name: str = "likeness") -> str:
    return reverse(f"checks:{name}", args=[likeness.pk])


def test_a_judgement_leads_to_the_next_one_that_waits(alike: World) -> None:
    likeness, following = Likeness.objects.order_by("pk")
    form = {
        "version": 1,
        "verdict": "different",
        "phrases": ["place", "business"],
        "reason": "Se årsredovisningen.",
    }
    answer = client_of(alike.officer).post(page_of(likeness), form)
    assert answer.headers["Location"] == page_of(following)
    assert LikenessJudgement.objects.get().reason == (
        "Annan ort eller annat land än den på listan. Annan verksamhet än den på listan. Se årsredovisningen."
    )


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({}, "Välj om det är samma"),
        ({"verdict": "different"}, "Välj ett skäl eller skriv ett"),
        ({"verdict": "cannot_tell", "reason": "Oklart"}, "Skriv vad som behövs"),
    ],
)
def test_an_incomplete_judgement_is_told_beside_its_field(
    alike: World, form: dict[str, str], sentence: str
) -> None:
    answer = client_of(alike.officer).post(page_of(first()), form | {"version": "1"})
    assert sentence in answer.content.decode()
    assert form.get("reason", "") in answer.content.decode()


def test_the_later_officer_keeps_what_was_typed_and_is_told(alike: World) -> None:
    likeness = first()
    services.judge(likeness.pk, services.Opinion("different", "Annan ort"), actor=alike.manager, version=1)
    form = {"version": 1, "verdict": "same", "reason": "Jag har jämfört årsredovisningarna"}
    answer = client_of(alike.officer).post(page_of(likeness), form)
    text = answer.content.decode()
    assert "Cecilia Chefsdotter hann före" in text
    assert "Jag har jämfört årsredovisningarna" in text
    assert 'name="version" value="2"' in text


def test_same_goes_to_another_person_who_confirms_on_the_page(alike: World) -> None:
    likeness = first()
    officer, manager = client_of(alike.officer), client_of(alike.manager)
    form = {"version": 1, "verdict": "same", "phrases": ["all"]}
    assert officer.post(page_of(likeness), form).headers["Location"] == page_of(likeness)
    assert "Bekräfta bedömningen" not in officer.get(page_of(likeness)).content.decode()
    assert "Bekräfta bedömningen" in manager.get(page_of(likeness)).content.decode()
    refused = officer.post(page_of(likeness, "confirm"), {"version": 2})
    assert refused.status_code == 403
    manager.post(page_of(likeness, "confirm"), {"version": 2})
    assert first().verdict == "same"


def test_the_second_person_may_decline_and_the_first_take_back(alike: World) -> None:
    likeness = first()
    officer, manager = client_of(alike.officer), client_of(alike.manager)
    form = {"version": 1, "verdict": "same", "phrases": ["all"]}
    officer.post(page_of(likeness), form)
    manager.post(page_of(likeness, "decline"), {"version": 2, "reason": "Födelsetiden skiljer"})
    officer.post(page_of(likeness), form | {"version": 3})
    officer.post(page_of(likeness, "withdraw"), {"version": 4, "reason": "Jag såg fel"})
    assert [row.act for row in LikenessJudgement.objects.all()] == [
        "judged",
        "declined",
        "judged",
        "withdrew",
    ]
    assert "Födelsetiden skiljer" in officer.get(page_of(likeness)).content.decode()
    assert first().state == "waiting"


def test_what_is_needed_stands_on_the_members_page_the_inbox_and_the_likeness(alike: World) -> None:
    likeness, client = first(), client_of(alike.officer)
    form = {"version": 1, "verdict": "cannot_tell", "reason": "Oklart", "needed": "Årsredovisning 2025"}
    client.post(page_of(likeness), form | {"needed_from": "medlemmen", "needed_by": "2026-12-01"})
    sentence = "Behövs: Årsredovisning 2025, från medlemmen, senast 2026-12-01"
    for address in (
        page_of(likeness),
        reverse("checks:likenesses") + "?flik=bedomda",
        reverse("members:tab", args=[likeness.organisation.public_id, "kontroll"]),
    ):
        assert sentence in client.get(address).content.decode(), address


def test_a_stale_confirmation_changes_nothing(alike: World) -> None:
    likeness = first()
    services.judge(likeness.pk, services.Opinion("same", "Numret"), actor=alike.officer, version=1)
    answer = client_of(alike.manager).post(page_of(likeness, "confirm"), {"version": "nonsens"}, follow=True)
    assert "Din bedömning sparades inte" in answer.content.decode()
    assert first().verdict == ""


def test_the_inbox_finds_by_tab_list_kind_and_person(alike: World) -> None:
    client, address = client_of(alike.officer), reverse("checks:likenesses")
    services.judge(first().pk, services.Opinion("different", "Annan ort"), actor=alike.officer, version=1)
    assert LISTED_PERSON in client.get(address).content.decode()
    for query, found in [
        ("flik=bedomda", True),
        ("flik=bedomda&mina=on", True),
        ("flik=bedomda&bedomning=different", True),
        ("flik=bedomda&bedomning=same", False),
        ("flik=bedomda&vem=person", False),
        ("flik=bedomda&sok=zaslon", True),
        ("flik=bedomda&information=on", False),
        (f"flik=bedomda&lista={LIST_ID}", True),
    ]:
        page = client.get(f"{address}?{query}")
        assert (len(page.context["page"].object_list) == 1) is found, query
    manager = client_of(alike.manager)
    assert not manager.get(f"{address}?flik=bedomda&mina=on").context["page"].object_list


def test_a_file_that_waits_is_taken_in_or_turned_down_on_the_lists_page(world: World) -> None:
    world.take()
    client = client_of(world.officer)
    path = list_file(world.folder, parties()[:20], day=2)
    with pytest.raises(InputError):
        services.take_edition(
            LIST_ID, path, actor=world.officer, arrival=services.Arrival(Origin.IMPORTED, world.now())
        )
    page = client.get(reverse("checks:list", args=[LIST_ID])).content.decode()
    assert "En fil väntar på att någon tittar" in page
    sha256 = page.split('name="sha256" value="')[1][:64]
    form = {"sha256": sha256, "act": "accept", "reason": "Utgivaren bekräftar"}
    taken = client.post(reverse("checks:held", args=[LIST_ID]), form, follow=True).content.decode()
    assert "Utgåvan gäller nu." in taken
    assert "Utgivaren bekräftar" in taken


@pytest.mark.parametrize(
    ("verdict", "phrases", "refused"),
    [
        ("same", ["birth"], True),
        ("different", ["all"], True),
        ("same", ["all"], False),
        ("different", ["birth", "place"], False),
        ("cannot_tell", ["birth", "all"], False),
    ],
)
def test_a_reason_that_speaks_against_the_verdict_is_asked_about(
    alike: World, verdict: str, phrases: list[str], refused: bool
) -> None:
    form = {"version": 1, "verdict": verdict, "phrases": phrases, "needed": "Födelseår"}
    answer = client_of(alike.officer).post(page_of(first()), form)
    assert ("talar emot din bedömning" in answer.content.decode()) is refused
    assert LikenessJudgement.objects.exists() is not refused


def test_a_long_reason_is_neither_cut_nor_lost(alike: World) -> None:
    client, likeness = client_of(alike.officer), first()
    assert "maxlength" not in client.get(page_of(likeness)).content.decode().split('name="reason"')[1][:200]
    form = {"version": 1, "verdict": "different", "reason": "å" * 20_001}
    text = client.post(page_of(likeness), form).content.decode()
    assert "Vi kan spara högst 20000" in text and "å" * 20_001 in text
    client.post(page_of(likeness), form | {"reason": "å" * 10_000})
    assert LikenessJudgement.objects.get().reason == "å" * 10_000


def test_another_birth_date_is_seen_at_once_in_the_inbox_and_on_the_page(world: World) -> None:
    world.take()
    world.member("Norrskenets Åkeri AB", board(LISTED_PERSON, "1990-11-30"))
    world.run()
    client, likeness = client_of(world.officer), first()
    for address in (reverse("checks:likenesses"), page_of(likeness)):
        assert "Annan födelsetid</span>" in client.get(address).content.decode()
    assert "Skiljer sig" in client.get(page_of(likeness)).content.decode()


def test_the_facts_are_told_in_swedish_and_only_numbers_of_one_kind_are_compared(world: World) -> None:
    abroad = ListedParty(
        7000,
        is_person=False,
        names=(ListedName("Tjernomorets Kvartsexport"),),
        programme="DEMO-UKR",
        listed_on=date(2024, 5, 1),
        numbers=(ListedNumber("regnumber", "DEMO-77", "RU"),),
        addresses=(ListedAddress("Zvezdoluchinsk", "RU"),),
    )
    world.take(parties(abroad))
    world.member("Tjernomorets Kvartsexport AB", number="5420000803")
    world.run()
    facts = {fact.label: fact for fact in side_by_side(first()).facts}
    assert facts["Land"].member == ("Sverige",) and facts["Land"].listed == ("Ryssland",)
    assert facts["Nummer"].member == ("Organisationsnummer: 542000-0803",)
    assert facts["Nummer"].agreement == "missing"


def test_a_person_without_birth_date_on_either_side_is_told_to_lack_it(world: World) -> None:
    world.take(parties(party(7001, "Tjerkessov Palladinovitj", is_person=True)))
    world.member("Norrskenets Åkeri AB", board("Tjerkessov Palladinovitj"))
    world.run()
    (birth,) = [fact for fact in side_by_side(first()).facts if fact.label == "Födelsetid"]
    assert (birth.member, birth.listed, birth.agreement) == ((), (), "missing")


def test_a_version_that_no_page_showed_is_refused_in_a_sentence(alike: World) -> None:
    likeness = first()
    client = client_of(alike.manager)
    services.judge(likeness.pk, services.Opinion("same", "Prov"), actor=alike.officer, version=1)
    told = client.post(page_of(likeness, "confirm"), {"version": "9" * 5000}, follow=True)
    assert "hann före" in told.content.decode()
    assert Likeness.objects.get(pk=likeness.pk).state == "proposed"
