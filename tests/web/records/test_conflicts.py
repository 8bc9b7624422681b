"""L-17: who has a conflict of interest in a case neither sees nor does anything in it."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from tests.people import person
from tests.web.pages import CheckedClient
from tests.web.records import diary

from pakten.accounts.models import Role, User
from pakten.audit.queries import entries_for
from pakten.records import export, services
from pakten.records.models import Case, Conflict
from pakten.records.policies import check_no_conflict
from pakten.records.queries import diary as diary_queries
from pakten.records.queries.conflicts import in_conflict
from pakten.records.refusals import RecordsRefused
from vandel.registers.table_write import Form

pytestmark = pytest.mark.django_db

SAYS = "anmält jäv i ärendet"
SECRET = "Brev om grannens båtplats"


@pytest.fixture
def case() -> Case:
    return diary.case("Ärende om båtplatser")


@pytest.fixture
def hanna(officer: User) -> User:
    return officer


def declare(case: Case, who: User, **more: str) -> Conflict:
    return services.declare_conflict(case, who, actor=who, reason=more.get("reason", "Min granne"))


def writes(case: Case) -> dict[str, Callable[[User], object]]:
    """Every service that a person calls with a case or a record."""
    record = diary.received(SECRET, case=case, files=[diary.paper()])
    made, mark = diary.draft(case), diary.proposed(diary.received(case=case))
    asked = diary.asked()
    paper, outside = services.Paper("x", recipient="y"), services.OutsideNumber("1", "A")
    correction = services.Correction("x", "y", is_private_person=False)
    return {
        "register": lambda who: services.register_received(services.Receipt("x"), actor=who, case=case),
        "assign": lambda who: services.assign(case, who, actor=who, expected_version=1),
        "close": lambda who: services.close_case(case, actor=who, expected_version=1),
        "reopen": lambda who: services.reopen_case(case, actor=who, expected_version=1, reason="x"),
        "number": lambda who: services.import_number(case, outside, actor=who, expected_version=1),
        "draw_up": lambda who: services.draw_up(case, paper, actor=who),
        "revise": lambda who: services.revise(made, paper, actor=who, expected_version=1),
        "dispatch": lambda who: services.dispatch(made, "y", actor=who, expected_version=1),
        "finish": lambda who: services.make_record(made, actor=who, expected_version=1),
        "discard": lambda who: services.discard(made, actor=who, expected_version=1),
        "sent": lambda who: services.register_sent(case, paper, actor=who),
        "drawn_up": lambda who: services.register_drawn_up(case, paper, actor=who, files=lambda _r: []),
        "open_file": lambda who: services.open_file(record.files.get(), actor=who),
        "correct": lambda who: services.correct(
            record, correction, actor=who, reason="x", expected_version=1
        ),
        "dispose": lambda who: services.dispose(record, "x", actor=who, expected_version=1),
        "mark": lambda who: services.mark_secrecy(record, diary.facts(), actor=who),
        "propose": lambda who: services.propose_secrecy(record, diary.facts(), actor=who),
        "confirm": lambda who: services.confirm_mark(mark, actor=who),
        "lift_mark": lambda who: services.lift_mark(mark, actor=who, reason="x"),
        "answer": lambda who: services.answer_request(
            asked, diary.answer(record), actor=who, expected_version=1
        ),
        "declare": lambda who: services.declare_conflict(case, who, actor=who, reason="x"),
    }


def test_every_write_is_closed(case: Case) -> None:
    """L-17, for somebody who otherwise may do all of it."""
    registrar = person(Role.REGISTRAR)
    acts = writes(case)
    declare(case, registrar)
    for name, act in acts.items():
        with pytest.raises(PermissionDenied, match=SAYS):
            act(registrar)
            pytest.fail(f"{name} went through")


def test_nobody_else_is_shut_out(case: Case, hanna: User) -> None:
    declare(case, hanna)
    check_no_conflict(person(Role.MANAGER), case)
    check_no_conflict(hanna, diary.case())
    assert list(in_conflict(hanna)) == [case.pk]
    assert not in_conflict(person(Role.MANAGER))


def test_what_people_send_in_is_registered_all_the_same(case: Case, hanna: User) -> None:
    """L-03 goes on while somebody is in conflict: the system itself has none."""
    declare(case, hanna)
    assert diary.received(case=case).number


@pytest.fixture
def signed_in_client(db: None) -> Callable[..., Client]:
    """A client that looks at every page it gets."""

    def make(role: Role) -> Client:
        client = CheckedClient()
        client.force_login(person(role))
        return client

    return make


@pytest.fixture
def closed_to(case: Case, hanna: User, signed_in_client: Callable[..., Client]) -> Client:
    """Hanna's browser, with a conflict in the case."""
    declare(case, hanna)
    return signed_in_client(Role.CASE_OFFICER)


def test_pages_are_closed_with_a_sentence(case: Case, closed_to: Client) -> None:
    """L-17: access test."""
    record = diary.received(SECRET, case=case, files=[diary.paper()])
    file = record.files.get()
    for address in (
        f"/diarium/arende/{case.pk}/",
        f"/diarium/arende/{case.pk}/utkast/",
        f"/diarium/handling/{record.pk}/",
        f"/diarium/handling/{record.pk}/fil/{file.pk}/",
        f"/diarium/registrera/?arende={case.pk}",
    ):
        answer = closed_to.get(address)
        assert answer.status_code == 403, address
        assert f"Du har anmält jäv i ärendet {case.registry_no}." in answer.content.decode()
        assert SECRET not in answer.content.decode()


def test_the_request_of_a_closed_case_is_closed(hanna: User, signed_in_client: Callable[..., Client]) -> None:
    asked = diary.asked("Alla brev om båtplatser")
    declare(asked.record.case, hanna)
    client = signed_in_client(Role.CASE_OFFICER)
    assert client.get(f"/diarium/begaran/{asked.pk}/").status_code == 403
    queue = client.get("/diarium/begaran/").content.decode()
    assert "båtplatser" not in queue
    assert asked.record.number in queue


def test_the_diary_keeps_the_row_without_link(case: Case, closed_to: Client) -> None:
    """Only what everybody may read in the public diary remains."""
    record = diary.received("Brev från Åsa Ek", "Åsa Ek", case=case, from_person=True)
    page = closed_to.get("/diarium/").content.decode()
    assert record.number in page
    assert f'href="/diarium/handling/{record.pk}/"' not in page
    assert "Åsa Ek" not in page
    assert "Privatperson" in page
    cases = closed_to.get("/diarium/?visa=arenden").content.decode()
    assert case.registry_no in cases
    assert case.title not in cases
    assert f'href="/diarium/arende/{case.pk}/"' not in cases


def test_the_export_says_no_more_than_the_page(case: Case, hanna: User) -> None:
    diary.received("Brev från Åsa Ek", "Åsa Ek", case=case, from_person=True)
    declare(case, hanna)
    closed = frozenset(in_conflict(hanna))
    for write, rows in (
        (export.write_records, diary_queries.with_public(diary_queries.registered())),
        (export.write_cases, diary_queries.cases(diary_queries.DiaryFilters())),
    ):
        shown, hidden = io.BytesIO(), io.BytesIO()
        assert write(shown, rows, form=Form.CSV) == 1  # type: ignore[operator]
        assert write(hidden, rows, form=Form.CSV, closed=closed) == 1  # type: ignore[operator]
        assert case.title in shown.getvalue().decode()
        assert case.title not in hidden.getvalue().decode()
        assert "Åsa Ek" not in hidden.getvalue().decode()


def test_one_declares_on_the_cases_page(case: Case, signed_in_client: Callable[..., Client]) -> None:
    client = signed_in_client(Role.CASE_OFFICER)
    assert "Anmäl jäv" in client.get(f"/diarium/arende/{case.pk}/").content.decode()
    address = f"/diarium/arende/{case.pk}/jav/"
    empty = client.post(address, {"reason": " "})
    assert empty.status_code == 422
    assert "Skriv med en mening" in empty.content.decode()
    told = client.post(address, {"reason": "Min syster"}, follow=True)
    assert told.redirect_chain[-1][0] == "/diarium/"
    assert "stängt för dig" in told.content.decode()
    assert client.get(f"/diarium/arende/{case.pk}/").status_code == 403


def test_an_officer_declares_only_the_own(case: Case, hanna: User) -> None:
    with pytest.raises(PermissionDenied):
        services.declare_conflict(case, person(Role.REGISTRAR), actor=hanna, reason="x")
    with pytest.raises(PermissionDenied):
        services.declare_conflict(
            case, person(Role.BOARD_MEMBER), actor=person(Role.BOARD_MEMBER), reason="x"
        )


def test_a_manager_declares_for_another_and_lifts(
    case: Case, hanna: User, signed_in_client: Callable[..., Client]
) -> None:
    boss = signed_in_client(Role.MANAGER)
    boss.post(f"/diarium/arende/{case.pk}/jav/", {"who": hanna.pk, "reason": "Gift med ordföranden"})
    made = Conflict.objects.get()
    with pytest.raises(PermissionDenied, match="Det är anmält att du är jävig"):
        check_no_conflict(hanna, case)
    assert "Gift med ordföranden" in boss.get(f"/diarium/arende/{case.pk}/").content.decode()
    boss.post(f"/diarium/jav/{made.pk}/hav/", {"reason": " "})
    assert in_conflict(hanna).exists()
    boss.post(f"/diarium/jav/{made.pk}/hav/", {"reason": "Fel person"})
    check_no_conflict(hanna, case)
    assert [entry.action for entry in entries_for(case)][:2] == [
        "records.conflict.lifted",
        "records.conflict.declared",
    ]
    declare(case, hanna)  # history is kept, and it may be declared anew
    assert Conflict.objects.count() == 2


def test_nobody_lifts_the_own(case: Case, manager: User, hanna: User) -> None:
    made = declare(case, manager)
    with pytest.raises(PermissionDenied, match="ditt eget"):
        services.lift_conflict(made, actor=manager, reason="Inget jäv")
    with pytest.raises(PermissionDenied):
        services.lift_conflict(made, actor=hanna, reason="x")
    services.lift_conflict(made, actor=person(Role.DIRECTOR), reason="Prövat")


def test_declared_once(case: Case, manager: User, hanna: User) -> None:
    declare(case, hanna)
    with pytest.raises(RecordsRefused, match="redan anmält"):
        services.declare_conflict(case, hanna, actor=manager, reason="x")


def test_who_is_in_conflict_is_not_made_responsible(case: Case, manager: User, hanna: User) -> None:
    declare(case, hanna)
    with pytest.raises(PermissionDenied):
        services.assign(case, hanna, actor=manager, expected_version=case.version)


def test_strange_reasons(case: Case, hanna: User) -> None:
    made = declare(case, hanna, reason="A\x00\u202eB " * 5000)
    assert len(made.reason) <= 500
    assert "\x00" not in made.reason


@pytest.mark.parametrize("shown", ["", "&visa=arenden"])
def test_a_search_does_not_tell_what_the_row_hides(case: Case, closed_to: Client, shown: str) -> None:
    """L-17: that a word finds a row would say that the word is there."""
    diary.received("Brev från Åsa Ek", "Åsa Ek", case=case, from_person=True)
    boss = CheckedClient()
    boss.force_login(person(Role.MANAGER))
    for address in (f"/diarium/?sok=Ek{shown}", f"/diarium/?sok=båtplatser{shown}"):
        assert case.registry_no not in closed_to.get(address).content.decode(), address
    assert case.registry_no in boss.get(f"/diarium/?sok=båtplatser{shown}").content.decode()


def test_what_everybody_may_read_is_found(case: Case, closed_to: Client) -> None:
    record = diary.received("Brev om bryggan", case=case)
    assert record.number in closed_to.get("/diarium/?sok=bryggan").content.decode()
    assert record.number in closed_to.get(f"/diarium/?sok={record.number}").content.decode()


@pytest.mark.parametrize("shown", ["", "&visa=arenden"])
def test_nor_does_a_filter(case: Case, hanna: User, shown: str) -> None:
    """That a paper is marked as secret is not for whoever has a conflict to know."""
    diary.marked(diary.received("Brev om bryggan", case=case))
    closed = frozenset([case.pk])
    asked = diary_queries.DiaryFilters(marked=True)
    query = diary_queries.cases if shown else diary_queries.records
    assert query(asked).count() == 1
    assert query(asked, closed=closed).count() == 0


def test_the_export_finds_no_more_than_the_page(case: Case, closed_to: Client) -> None:
    record = diary.received("Brev från Åsa Ek", "Åsa Ek", case=case, from_person=True)
    told = closed_to.get("/diarium/hamta/maskin/?sok=Ek").content.decode()
    assert record.number not in told


def test_nobody_in_conflict_stays_responsible(case: Case, hanna: User) -> None:
    """L-17: a case is taken from whoever has a conflict of interest in it, and the log says from whom."""
    services.assign(case, hanna, actor=hanna, expected_version=case.version)
    declare(case, hanna)
    case.refresh_from_db()
    assert case.responsible is None
    assert entries_for(case)[0].before == {"responsible": str(hanna)}
