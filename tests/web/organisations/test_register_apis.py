"""From a register's server that does wrong to the kept answer: nothing is empty that failed (L-29 too)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import timezone
from pytest_django import Settings
from tests.engine.registers.fault_server import Faulty, answer, running
from tests.engine.registers.test_bolagsverket_api import DOWN, NOT_THERE, only, organisation
from tests.people import person

from pakten.accounts.models import Role
from pakten.demo.numbers import organisation_number
from pakten.organisations.facts import FactSource, OrganisationFacts
from pakten.organisations.models import Organisation, RegisterLookup, Sector
from pakten.organisations.registers import apis
from pakten.organisations.services import create_organisation
from pakten.organisations.services.register_lookups import look_up_organisation
from vandel.registers.online import Addresses

pytestmark = pytest.mark.django_db
NUMBER = organisation_number("aktiebolag", 99_302)
ASK = "/v1/organisationer"


@pytest.fixture
def server(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Faulty]:
    """Bolagsverket is connected, at a server on the loopback."""
    settings.BOLAGSVERKET = "kund:hemlighet"
    with running() as (faulty, asker, _clock):
        addresses = Addresses(f"{faulty.address}/v1", f"{faulty.address}/oauth2/token")
        monkeypatch.setattr(apis, "PRODUCTION", addresses)
        monkeypatch.setattr(apis, "_asker", lambda: asker)
        apis._bolagsverket.cache_clear()
        yield faulty
    apis._bolagsverket.cache_clear()


def asked(server: Faulty, reply: tuple[int, dict[str, str], bytes]) -> RegisterLookup:
    server.says(ASK, reply)
    facts = OrganisationFacts(legal_name="Exempel AB", sector=Sector.PRIVATE, org_nr=NUMBER)
    source = FactSource("Prov", recorded_at=timezone.now())
    known = Organisation.objects.filter(org_nr=NUMBER).first()
    known = known or create_organisation(facts, actor=person(Role.CASE_OFFICER), source=source)
    (kept,) = look_up_organisation(known, because="Prov")
    return kept


def shown(**changes: object) -> tuple[int, dict[str, str], bytes]:
    return answer({"organisationer": [organisation(NUMBER, **changes)]})


def test_a_partial_failure_is_kept_as_one(server: Faulty) -> None:
    """The field that failed could not be checked, the rest stands, and the next answer shows the change."""
    whole = asked(server, shown())
    assert whole.outcome == "found" and len(whole.sha256) == 64 and whole.changed == []
    text = str(whole.facts)
    assert "Exempel AB" in text and "c/o" not in text, "L-29: nobody whom the post goes by"
    partial = asked(server, shown(avregistreradOrganisation={"dataproducent": "Bolagsverket", "fel": DOWN}))
    failed = [fact for fact in partial.facts if fact["state"] == "could_not_check"]
    assert [fact["field"] for fact in failed] == ["deregistered_on"] and partial.changed == []
    ended = {"dataproducent": "Bolagsverket", "fel": None, "avregistreringsdatum": "2026-10-01"}
    after = asked(server, shown(avregistreradOrganisation=ended))
    assert [each["field"] for each in after.changed] == ["deregistered_on"]


@pytest.mark.parametrize(
    ("reply", "outcome", "words"),
    [
        (answer({"organisationer": [only(NOT_THERE)]}), "not_found", "finns inte"),
        (answer({"organisationer": [only(DOWN)]}), "could_not_check", "svarade"),
        (answer(b"<html>Underhall</html>"), "could_not_check", "något annat än uppgifter"),
        (answer({}, 503), "could_not_check", "ett fel"),
        (answer({}, 429, retry_after="600"), "could_not_check", "för många frågor"),
        (answer({"organisationer": [organisation("5560000001")]}), "could_not_check", "annat nummer"),
    ],
    ids=["not-there", "all-down", "page", "fault", "throttled", "other"],
)
def test_each_way_of_not_answering_has_its_words(
    server: Faulty, reply: tuple[int, dict[str, str], bytes], outcome: str, words: str
) -> None:
    """Not found is an answer, the rest is none; each says why, in Swedish, and none is *found*."""
    kept = asked(server, reply)
    assert kept.outcome == outcome and words in kept.reason


def test_only_what_is_configured_is_connected(settings: Settings) -> None:
    """Half a secret connects nothing."""
    for value in ("", "kund", "kund:", ":hemlig"):
        settings.BOLAGSVERKET = value
        assert apis.connected() == []
    settings.GLEIF = True
    assert [api.register_id for api, _ask in apis.connected()] == ["gleif-api"]
