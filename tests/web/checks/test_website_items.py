"""Items of the check list that take evidence from the visit: words, page and time; a person decides."""

from __future__ import annotations

import pytest
from tests.web.checks.world import World
from tests.web.visits import world as site
from tests.web.visits.seen import told
from tests.web.visits.world import ABOUT, HOST, RUSSIA, SITE, START, invented, visited

from pakten.checks.models import BasicControl, BasicItem, CheckResult
from pakten.checks.services.basic import Settled, settle
from pakten.checks.services.basic_opening import open_control, take_in
from pakten.members.models import Membership
from pakten.visits.models import SeenResult, SeenTopic, StatementVerdict
from pakten.visits.services.judging import judge_statement
from pakten.visits.services.own_visit import Seen, write_own_visit

pytestmark = pytest.mark.django_db
VALUES = "Vi arbetar aktivt för likabehandling och mot all diskriminering."
NONE = "Vi har ingen verksamhet i Ryssland."
TOPICS = ("ryssland", "energi", "vardegrund")


def member() -> Membership:
    return site.member()


def control_after(pages: dict[str, str], membership: Membership) -> BasicControl:
    """A control of the member, after a visit to these pages."""
    control = open_control(membership.organisation, because="Prov")
    with invented({HOST: pages} if pages else {}):
        visited(membership)
    return control


def items(control: BasicControl) -> dict[str, BasicItem]:
    return {item.slug: item for item in control.items.all()}


def test_what_stands_there_is_proposed_with_its_words_page_and_time(world: World) -> None:
    """Good words are proposed and a person confirms; silence is *could not check*, never *ok*."""
    control = control_after(SITE | {"/om-oss": ABOUT.format(f"{NONE} {VALUES}")}, member())
    found = items(control)
    for slug, words in (("ryssland", NONE), ("vardegrund", VALUES)):
        row = found[slug]
        assert (row.result, row.proposed) == ("", CheckResult.OK), slug
        assert words in row.note and row.source_where == f"https://{HOST}/om-oss"
        assert row.checked_at and row.sha256 and row.checked_by is None
    assert found["energi"].result == CheckResult.COULD_NOT_CHECK
    assert "visar inte varifrån energin kommer" in found["energi"].note
    said = {"ryssland": Settled(CheckResult.OK)}
    settle(control, said, actor=world.officer, expected_version=control.version)
    confirmed = control.items.get(slug="ryssland")
    assert confirmed.checked_by == world.officer and NONE in confirmed.note


def test_what_a_person_must_read_waits_and_is_one_deviation(world: World) -> None:
    """Only a person makes a deviation, and it stands under its own item alone."""
    membership = member()
    control = control_after(SITE | {"/om-oss": ABOUT.format(RUSSIA)}, membership)
    found = items(control)
    assert (found["ryssland"].result, found["ryssland"].proposed) == ("", "")
    assert RUSSIA in found["ryssland"].note and "Väntar på att en person läser" in found["ryssland"].note
    assert found["webbplats"].proposed == CheckResult.OK, "the matter is not told of twice"
    statement = membership.organisation.visits.get().statements.get(label="russia_operations_ongoing")
    judge_statement(statement, StatementVerdict.DEVIATION, note="Kontoret finns kvar.", actor=world.officer)
    take_in(control.pk)
    found = items(control)
    assert (found["ryssland"].result, found["ryssland"].proposed) == ("", CheckResult.DEVIATION)
    assert found["webbplats"].proposed == CheckResult.OK


@pytest.mark.parametrize("pages", [{}, {"/": "<h1>Domänen norrsken.example är till salu</h1>"}])
def test_what_could_not_be_visited_could_not_be_checked(world: World, pages: dict[str, str]) -> None:
    found = items(control_after(pages, member()))
    for slug in (*TOPICS, "webbplats", "kollektivavtal"):
        assert found[slug].result == CheckResult.COULD_NOT_CHECK and found[slug].note, slug


def test_without_a_website_nothing_is_ok(world: World) -> None:
    control = open_control(site.member(website="").organisation, because="Prov")
    assert {items(control)[slug].result for slug in TOPICS} == {CheckResult.COULD_NOT_CHECK}


def test_the_number_and_the_name_on_the_site_are_evidence(world: World) -> None:
    found = items(control_after(SITE, member()))
    assert found["nummer"].result == CheckResult.OK
    assert f"organisationens eget nummer ”{site.SHOWN}”" in found["nummer"].note
    assert f"https://{HOST}/" in found["nummer"].note
    assert f"namnet ”{site.NAME}”" in found["namn"].note
    assert found["namn"].result == CheckResult.COULD_NOT_CHECK, "a website is no register"


def test_another_organisations_number_is_for_a_person(world: World) -> None:
    """Whose the website is, a person says; until then nobody takes what it says for theirs."""
    pages = SITE | {"/": START.replace(site.SHOWN, "556000-4615"), "/om-oss": ABOUT.format(NONE)}
    found = items(control_after(pages, member()))
    assert (found["nummer"].result, found["nummer"].proposed) == ("", CheckResult.OK)
    assert "ett annat organisationsnummer ”556000-4615”" in found["nummer"].note
    assert found["ryssland"].proposed != CheckResult.OK and NONE not in found["ryssland"].note
    assert "vems den är" in found["ryssland"].note


def test_what_a_person_saw_answers_each_item(world: World) -> None:
    membership = member()
    control = open_control(membership.organisation, because="Prov")
    seen = (
        Seen(SeenTopic.WEBSITE, SeenResult.OK, "Ett åkeri."),
        Seen(SeenTopic.RUSSIA, SeenResult.DEVIATION, "Kontor i Moskva", RUSSIA, f"https://{HOST}/om"),
    )
    write_own_visit(membership.organisation, told(seen=seen), actor=world.officer)
    found = items(control)
    assert found["webbplats"].result == CheckResult.OK
    assert found["ryssland"].result == CheckResult.DEVIATION and RUSSIA in found["ryssland"].note
    assert found["ryssland"].source_where == f"https://{HOST}/om"
    assert found["energi"].result == "", "nobody has looked at that"


def test_an_older_list_tells_of_all_under_the_website(world: World) -> None:
    """A control that was opened by an earlier version keeps its items."""
    membership = member()
    control = open_control(membership.organisation, because="Prov")
    BasicControl.objects.filter(pk=control.pk).update(items_version="grund-2")
    control.items.filter(slug__in=TOPICS).delete()
    with invented({HOST: SITE | {"/om-oss": ABOUT.format(RUSSIA)}}):
        visited(membership)
    assert RUSSIA in items(control)["webbplats"].note
