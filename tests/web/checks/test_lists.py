"""Editions of lists: taking in, refusing, holding, switching back, and how old they are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from django.conf import settings as django_settings
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from tests.people import person
from tests.web.checks.world import LIST_ID, World, list_file, parties, party
from tests.web.pages import CheckedClient

from pakten.accounts.models import Role
from pakten.audit.queries import entries_for
from pakten.checks import services
from pakten.checks.models import ListEdition, ListInForce, Origin
from pakten.checks.queries import changes
from pakten.checks.queries.lists import Age, age_level, known_sources, line_of, list_lines
from pakten.checks.refusals import ChecksRefused
from pakten.checks.services import editions, pointers
from vandel.errors import InputError
from vandel.lists import catalogue

RunJobs = Callable[[], None]


def in_force() -> ListInForce:
    return ListInForce.objects.select_related("edition").get(pk=LIST_ID)


def arrival(reason: str = "") -> services.Arrival:
    return services.Arrival(Origin.IMPORTED, timezone.now(), override_reason=reason)


def write(world: World, content: bytes) -> Path:
    path = world.folder / "fil.xml"
    path.write_bytes(content)
    return path


def whole(world: World) -> bytes:
    return list_file(world.folder, parties(), day=3).read_bytes()


def test_a_switch_is_logged_with_both_digests(
    world: World, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    first = world.take()
    with django_capture_on_commit_callbacks(execute=True):
        second = world.take([*parties(), party(900, "Ny på listan")], day=2)
    entry = entries_for(in_force()).first()
    assert (entry.action, entry.before["sha256"], entry.after["sha256"]) == (
        "checks.list.switched",
        first.sha256,
        second.sha256,
    )
    assert second.changes == {"came": 1, "went": 0, "changed": 0}
    engines = pointers.store().in_force(LIST_ID)
    assert engines and engines.edition_id == second.edition_id


BROKEN: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda content: b"",
    "cut": lambda content: content[: len(content) // 2],
    "an error page": lambda content: b"<!doctype html><html><body>503</body></html>",
    "wrong root": lambda content: b"<?xml version='1.0'?><nothing/>",
    "billion laughs": lambda content: b"<!DOCTYPE x [<!ENTITY a 'a'>]><x>&a;</x>",
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_refused_file_leaves_the_old_edition_and_says_why_in_swedish(world: World, fault: str) -> None:
    before = world.take()
    with pytest.raises(InputError):
        editions.take_edition(
            LIST_ID, write(world, BROKEN[fault](whole(world))), actor=world.officer, arrival=arrival()
        )
    row = in_force()
    assert row.edition == before
    assert row.refusal.endswith(".")
    assert "Det gick inte att läsa det du lämnade (" not in row.refusal
    assert entries_for(row).first().action == "checks.list.refused"


def test_a_shrunken_file_waits_for_a_person_who_may_take_it_in_with_a_reason(world: World) -> None:
    before = world.take()
    path = list_file(world.folder, parties()[:20], day=2)
    with pytest.raises(InputError):
        services.take_edition(LIST_ID, path, actor=world.officer, arrival=arrival())
    path.unlink()
    row = in_force()
    assert (row.edition, row.held["origin"]) == (before, "imported")
    with pytest.raises(ChecksRefused, match="varför"):
        services.accept_held(LIST_ID, row.held["sha256"], reason=" ", actor=world.officer)
    taken = services.accept_held(
        LIST_ID, row.held["sha256"], reason="Utgivaren bekräftar", actor=world.officer
    )
    assert (taken.override_reason, in_force().edition, in_force().held) == ("Utgivaren bekräftar", taken, {})
    with pytest.raises(ChecksRefused, match="väntar inte längre"):
        services.accept_held(LIST_ID, row.held["sha256"], reason="Igen", actor=world.officer)


def test_a_held_file_may_be_turned_down(world: World) -> None:
    before = world.take()
    path = list_file(world.folder, parties()[:20], day=2)
    with pytest.raises(InputError):
        services.take_edition(LIST_ID, path, actor=world.officer, arrival=arrival())
    services.discard_held(
        LIST_ID, in_force().held["sha256"], reason="Avklippt hos utgivaren", actor=world.officer
    )
    assert (in_force().edition, in_force().held) == (before, {})


def test_what_is_said_of_a_held_file_outlives_the_next_refusal(world: World) -> None:
    world.take()
    shrunken = list_file(world.folder, parties()[:20], day=2)
    with pytest.raises(InputError):
        services.take_edition(LIST_ID, shrunken, actor=world.officer, arrival=arrival())
    why = in_force().refusal
    broken = world.folder / "fel.xml"
    broken.write_text("<html><body>Tillfälligt fel</body></html>")
    with pytest.raises(InputError):
        services.take_edition(LIST_ID, broken, actor=world.officer, arrival=arrival())
    row = in_force()
    assert (row.held["why"], row.refusal != why) == (why, True)


def test_the_same_bytes_again_renew_the_time_of_the_last_look(world: World) -> None:
    edition = world.take(ago=timedelta(days=200))
    assert line_of(LIST_ID).age is Age.RED  # type: ignore[union-attr]
    assert world.take() == edition
    assert line_of(LIST_ID).age is Age.FRESH  # type: ignore[union-attr]
    assert ListEdition.objects.count() == 1


def test_an_earlier_edition_comes_back_only_by_a_manager_with_a_reason(world: World) -> None:
    first = world.take()
    world.take([*parties(), party(900, "Ny på listan")], day=2)
    with pytest.raises(InputError):
        world.take()
    assert in_force().refusal.startswith(f"Filen är utgåvan {first.edition_id}, som ")
    line = line_of(LIST_ID)
    assert line
    with pytest.raises(PermissionDenied):
        services.switch_back(line, first.pk, reason="Fel i den nya", actor=world.officer)
    with pytest.raises(ChecksRefused, match="varför"):
        services.switch_back(line, first.pk, reason="", actor=world.manager)
    services.switch_back(line, first.pk, reason="Fel i den nya", actor=world.manager)
    assert in_force().edition == first


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.BOARD_MEMBER, Role.MEMBER_CONTACT, Role.REGISTRAR, None])
def test_others_take_in_nothing(world: World, role: Role | None) -> None:
    path = list_file(world.folder, parties())
    with pytest.raises(PermissionDenied):
        services.take_edition(LIST_ID, path, actor=person(role), arrival=arrival())
    assert not ListEdition.objects.exists()


@pytest.mark.parametrize(
    ("hours", "age"),
    [(None, Age.NONE), (0, Age.FRESH), (23, Age.FRESH), (24, Age.WARN), (71, Age.WARN), (72, Age.RED)],
)
def test_a_list_is_warned_of_after_a_day_and_red_after_three(hours: int | None, age: Age) -> None:
    assert age_level(hours, catalogue()["eu-fsf"]) is age


def test_in_use_without_asking_are_the_binding_lists_that_can_be_fetched(
    world: World, settings: Settings
) -> None:
    assert [line.list_id for line in list_lines() if line.in_use] == [LIST_ID]
    settings.DEMO = False
    assert [line.list_id for line in list_lines() if line.in_use] == ["eu-fsf", "un-sc"]
    assert not any(source.invented for source in known_sources())


def test_what_changed_is_told_entry_by_entry(world: World) -> None:
    world.take()
    gone, renamed, *rest = reversed(parties())
    world.take([*rest, party(renamed.number, "Nytt namn"), party(900, "Ny på listan")], day=2)
    line = line_of(LIST_ID)
    assert line
    found = changes.between(line, "", new_key="")
    assert found.diff
    assert [listing.entity.caption for listing in found.diff.came] == ["Ny på listan"]
    assert [listing.entity.caption for listing in found.diff.went] == [gone.names[0].text]
    assert [words for _, words in found.changed] == ["namn"]


def test_fetching_through_a_server_that_works_and_one_that_does_not(world: World) -> None:
    answers = [httpx.Response(200, content=whole(world)), httpx.Response(503)]
    client = httpx.Client(transport=httpx.MockTransport(lambda request: answers.pop(0)))
    with pytest.raises(InputError):  # so few entries are held for a person to look at
        services.fetch("eu-fsf", actor=world.officer, client=client)
    row = ListInForce.objects.get(pk="eu-fsf")
    taken = services.accept_held("eu-fsf", row.held["sha256"], reason="Prov", actor=world.officer)
    assert (taken.origin, taken.entries) == (Origin.FETCHED, 42)
    failing = httpx.Client(transport=httpx.MockTransport(lambda request: answers.pop(0)))
    with pytest.raises(InputError):
        services.fetch("eu-fsf", actor=world.officer, client=failing)
    row = ListInForce.objects.get(pk="eu-fsf")
    assert row.edition == taken
    assert "svarade med" in row.refusal


def test_a_file_read_in_on_the_page(world: World, run_jobs: RunJobs) -> None:
    client = CheckedClient()
    client.force_login(world.officer)
    for name, content, sentence in (
        ("../../lista.xml", whole(world), "Utgåvan gäller nu. Den har 42 poster."),
        ("lista.xml", b"<html></html>", "Utgåvan som gällde gäller fortfarande."),
    ):
        upload = {"file": SimpleUploadedFile(name, content)}
        ordered = client.post(reverse("checks:read_in", args=[LIST_ID]), upload)
        run_jobs()
        assert sentence in client.get(ordered.headers["Location"]).content.decode()
    assert in_force().edition is not None
    incoming = Path(django_settings.LIST_STORE) / ".incoming"
    assert len(list(incoming.iterdir())) == 1, "what failed may be started again with its file"


def test_an_empty_file_is_called_empty_and_a_held_one_is_led_to(world: World, run_jobs: RunJobs) -> None:
    world.take()
    client = CheckedClient()
    client.force_login(world.officer)
    address = reverse("checks:read_in", args=[LIST_ID])
    empty = client.post(address, {"file": SimpleUploadedFile("tom.xml", b"")}, follow=True)
    assert "Filen är tom." in empty.content.decode()
    shrunken = list_file(world.folder, parties()[:20], day=2).read_bytes()
    ordered = client.post(address, {"file": SimpleUploadedFile("halv.xml", shrunken)})
    run_jobs()
    told = client.get(ordered.headers["Location"]).content.decode()
    assert "Filen är inte intagen än." in told and "misslyckades" not in told
    assert "(20 av 42)" in told and reverse("checks:list", args=[LIST_ID]) in told
    world.take([*parties(), party(900, "Ny på listan")], day=9)
    older = list_file(world.folder, [*parties(), party(901, "Gammal på listan")], day=1).read_bytes()
    with pytest.raises(InputError):
        services.take_edition(LIST_ID, write(world, older), actor=world.officer, arrival=arrival())
    assert "Filen är från 2026-10-01 08.00. Den är äldre" in in_force().refusal


def home(role: Role) -> str:
    client = CheckedClient()
    client.force_login(person(role))
    return client.get("/").content.decode()


def test_home_tells_of_a_file_that_waits_and_of_lists_that_nobody_uses(world: World) -> None:
    world.take()
    told = home(Role.CASE_OFFICER)
    assert "Listor som binder men inte används" in told and "inläst nyss" in told
    with pytest.raises(InputError):
        shrunken = list_file(world.folder, parties()[:20], day=2)
        services.take_edition(LIST_ID, shrunken, actor=world.officer, arrival=arrival())
    for role in (Role.CASE_OFFICER, Role.ADMINISTRATOR):
        assert "en fil väntar på att någon tittar" in home(role)
    services.set_in_use(line_of(LIST_ID), False, reason="Prov", actor=world.manager)
    assert "Listor som binder i Sverige" in home(Role.CASE_OFFICER)
    client = CheckedClient()
    client.force_login(world.officer)
    assert "Ingen lista som binder i Sverige kan användas." in client.get("/kontroll/").content.decode()


def test_a_damaged_edition_is_told_on_the_page_of_changes(world: World) -> None:
    world.take()
    world.take([*parties(), party(900, "Ny på listan")], day=2)
    for entries in Path(django_settings.LIST_STORE).rglob("*"):
        if entries.is_file() and LIST_ID in entries.parts:
            entries.chmod(0o600)
            entries.write_bytes(entries.read_bytes()[:40])
    client = CheckedClient()
    client.force_login(world.officer)
    told = client.get(reverse("checks:changes", args=[LIST_ID]), follow=True).content.decode()
    assert "utgåvan är skadad" in told
