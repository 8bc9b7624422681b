"""A visit with a statement, and a person's own with a picture: made once per test, for the access matrix."""

from __future__ import annotations

from django.core.files.base import ContentFile
from django.utils import timezone
from tests.people import person
from tests.web.visits import world

from pakten.accounts.models import Role
from pakten.visits.models import FoundStatement, Made, SeenResult, SeenTopic, Visit
from pakten.visits.services.own_visit import OwnVisit, Seen, write_own_visit

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 32


def visit() -> Visit:
    found = Visit.objects.filter(made=Made.MACHINE, state="finished").first()
    if found is not None:
        return found
    with world.invented({world.HOST: world.RUSSIAN_SITE}):
        return world.visited(world.member())


def statement() -> FoundStatement:
    return FoundStatement.objects.get(visit=visit(), label="russia_operations_ongoing")


def own_visit() -> Visit:
    known = Visit.objects.filter(made=Made.PERSON).first()
    return known or write_own_visit(visit().organisation, told(), actor=person(Role.CASE_OFFICER))


def told(**more: object) -> OwnVisit:
    """What Hanna tells of her own visit."""
    values: dict[str, object] = {
        "at": timezone.now(),
        "address": f"https://{world.HOST}/",
        "could_see": True,
        "why": "",
        "seen": (Seen(SeenTopic.WEBSITE, SeenResult.OK, "Ett åkeri, inget om Ryssland."),),
        "files": (("skarm.png", ContentFile(PNG)),),
    }
    return OwnVisit(**(values | more))  # type: ignore[arg-type]
