"""Bolagsverket's API before a server that does wrong: partial failure in a 200, hanging, throttling, lies."""

import copy
import json

import pytest
from hypothesis import given, strategies
from tests.engine.registers import bulk_samples as sample
from tests.engine.registers.fault_server import NOW, answer, running

from vandel.evidence import canonical_json
from vandel.registers.facts import FactState, Field, Outcome
from vandel.registers.online import Addresses, BolagsverketApi, Credentials, organisation_answer
from vandel.registers.online.asking import NoAnswer, Reply
from vandel.registers.refusal import RegisterRefused

NUMBER = sample.orgnr(1)
ASK = "/v1/organisationer"
DOWN = {"typ": "OTILLGANGLIG_UPPGIFTSKALLA", "felBeskrivning": "Uppkoppling misslyckades."}
NOT_THERE = {"typ": "ORGANISATION_FINNS_EJ", "felBeskrivning": "Gick inte att hitta."}


def organisation(number=NUMBER, **changes):
    """An organisation as the API shows it, invented."""
    from_us = {"dataproducent": "Bolagsverket", "fel": None}
    from_scb = {"dataproducent": "SCB", "fel": None}
    return {
        "organisationsidentitet": {"identitetsbeteckning": number, "typ": {"kod": "ORGNR"}},
        "namnskyddslopnummer": None,
        "registreringsland": {"kod": "SE-LAND", "klartext": "Sverige"},
        "organisationsnamn": {
            **from_us,
            "organisationsnamnLista": [
                {
                    "namn": "Exempel AB",
                    "organisationsnamntyp": {"kod": "FORETAGSNAMN"},
                    "registreringsdatum": "2020-01-02",
                }
            ],
        },
        "organisationsform": {**from_us, "kod": "AB", "klartext": "Aktiebolag"},
        "juridiskForm": {**from_scb, "kod": "49", "klartext": "Övriga aktiebolag"},
        "organisationsdatum": {**from_us, "registreringsdatum": "1999-03-04", "infortHosScb": None},
        "avregistreradOrganisation": None,
        "avregistreringsorsak": None,
        "pagaendeAvvecklingsEllerOmstruktureringsforfarande": None,
        "verksamOrganisation": {**from_scb, "kod": "NEJ"},
        "verksamhetsbeskrivning": {**from_us, "beskrivning": "\\n   Handel. "},
        "naringsgrenOrganisation": {
            **from_scb,
            "sni": [{"kod": "47000", "klartext": "Handel"}, {"kod": "     ", "klartext": ""}],
        },
        "postadressOrganisation": {
            **from_us,
            "postadress": {
                "utdelningsadress": "Gatan 1",
                "postnummer": "11122",
                "postort": "STOCKHOLM",
                "coAdress": f"c/o {sample.PERSON_NAME}",
            },
        },
    } | changes


def only(fault):
    """An organisation of which every field carries a fault."""
    shown = organisation(organisationsidentitet=None, registreringsland=None)
    return {
        key: {"dataproducent": "Bolagsverket", "fel": fault} if isinstance(value, dict) else value
        for key, value in shown.items()
    }


@pytest.fixture
def world():
    with running() as (faulty, asker, clock):
        addresses = Addresses(f"{faulty.address}/v1", f"{faulty.address}/oauth2/token")
        api = BolagsverketApi(asker, Credentials("kund", "hemlighet"), addresses=addresses)
        yield faulty, api, clock


def shows(faulty, *organisations):
    faulty.says(ASK, answer({"organisationer": list(organisations)}))


def test_each_fact_has_its_source_producer_and_state(world):
    faulty, api, _ = world
    shows(faulty, organisation())
    said = api.facts(NUMBER)
    assert (said.outcome, said.number, said.is_complete) == (Outcome.FOUND, NUMBER, True)
    assert said.values(Field.NAME) == ("Exempel AB",)
    assert said.values(Field.ACTIVITY) == ("Handel.",)
    assert said.values(Field.INDUSTRY) == ("Handel",)
    assert said.values(Field.ADDRESS) == ("Gatan 1, 11122 STOCKHOLM",)
    (active,) = said.of(Field.ACTIVE)
    assert (active.value, active.code, active.producer) == ("Inte verksam", "NEJ", "SCB")
    assert said.of(Field.DEREGISTERED_ON)[0].state is FactState.NOT_STATED
    assert {fact.source for fact in said.facts} == {said.source}
    assert said.source.fetched_at == NOW
    assert said.source.length == len(json.dumps({"organisationer": [organisation()]}))
    assert sample.PERSON_NAME not in repr(said)
    assert "hemlighet" not in repr(api._credentials)
    token, question = faulty.asked
    assert b"grant_type=client_credentials" in token[2]
    assert b"read+vardefulla-datamangder%3Aping" in token[2]
    assert question[3]["Authorization"] == "Bearer nyckel"
    assert json.loads(question[2]) == {"identitetsbeteckning": NUMBER}


def test_a_partial_failure_inside_200_is_could_not_check(world):
    """The fault of one field is that field's, and never an empty value."""
    faulty, api, _ = world
    broken = {
        "dataproducent": "SCB",
        "fel": {"typ": "TIMEOUT", "felBeskrivning": "För långsamt."},
        "kod": None,
    }
    shows(
        faulty,
        organisation(
            verksamOrganisation=broken,
            avregistreradOrganisation={"dataproducent": "Bolagsverket", "fel": DOWN},
        ),
    )
    said = api.facts(NUMBER)
    assert said.outcome is Outcome.FOUND
    assert not said.is_complete
    assert [(fact.field, fact.code, fact.reason) for fact in said.unchecked()] == [
        (Field.DEREGISTERED_ON, "OTILLGANGLIG_UPPGIFTSKALLA", "Bolagsverket: Uppkoppling misslyckades."),
        (Field.ACTIVE, "TIMEOUT", "SCB: För långsamt."),
    ]


def test_an_answer_of_nothing_but_faults_is_could_not_check(world):
    faulty, api, _ = world
    shows(faulty, only(DOWN))
    said = api.facts(NUMBER)
    assert (said.outcome, said.reason) == (Outcome.COULD_NOT_CHECK, "Bolagsverket: Uppkoppling misslyckades.")
    assert not any(fact.state is FactState.STATED for fact in said.facts)


@pytest.mark.parametrize("organisations", [[], [only(NOT_THERE)]])
def test_not_found_is_its_own_outcome(world, organisations):
    faulty, api, _ = world
    shows(faulty, *organisations)
    said = api.facts(NUMBER)
    assert said.outcome is Outcome.NOT_FOUND
    assert said.source is not None


def test_known_to_one_producer_only(world):
    faulty, api, _ = world
    shows(faulty, organisation(juridiskForm={"dataproducent": "SCB", "fel": NOT_THERE}))
    said = api.facts(NUMBER)
    assert (said.outcome, said.is_complete) == (Outcome.FOUND, True)
    assert said.of(Field.LEGAL_FORM)[1].state is FactState.NOT_FOUND


@pytest.mark.parametrize(
    "number", ["", "x", NUMBER[:9] + str((int(NUMBER[9]) + 1) % 10), "556016", "5" * 400]
)
def test_a_wrong_number_is_refused_before_any_call(world, number):
    faulty, api, _ = world
    with pytest.raises(RegisterRefused) as caught:
        api.facts(number)
    assert caught.value.code == "registers.wrong_number"
    assert faulty.asked == []


@pytest.mark.parametrize(
    ("bad", "calls"),
    [
        (answer({}, 500), 4),
        (answer({}, 503), 4),
        (("hang", {}, b""), 4),
        (("hang up", {}, b""), 4),
        (answer(b"{" + b" " * 300_000), 1),
        (answer(b'{"organisationer": [', Content_Length="4000"), 4),
        (answer({}, 429, Retry_After="3600"), 1),
        (answer({}, 400), 1),
        (answer({}, 403), 1),
        (answer({}, 404), 1),
        (answer(b"", 302, Location="/annan"), 1),
        (answer(b"<html>Request Rejected</html>"), 1),
        (answer(b"[" * 100_000), 1),
        (answer([]), 1),
        (answer({"organisationer": None}), 1),
        (answer({"organisationer": [7]}), 1),
        (answer({"organisationer": [organisation(sample.orgnr(2))]}), 1),
        (answer({"organisationer": [organisation(sample.PERSON_NUMBER)]}), 1),
        (answer({"organisationer": [{}]}), 1),
    ],
)
def test_no_usable_answer_is_could_not_check(world, bad, calls):
    """Whatever the server does, the outcome is could_not_check with one sentence: no error, never ok."""
    faulty, api, _ = world
    faulty.says(ASK, bad)
    said = api.facts(NUMBER)
    assert said.outcome is Outcome.COULD_NOT_CHECK
    assert said.reason
    assert "\n" not in said.reason
    assert len(faulty.questions(ASK)) == calls
    assert not any(fact.state is FactState.STATED for fact in said.facts)


def test_a_passing_fault_passes_and_waits_double(world):
    faulty, api, clock = world
    good = answer({"organisationer": [organisation()]})
    faulty.says(ASK, answer({}, 503), answer({}, 502), answer({}, 429, Retry_After="7"), good)
    assert api.facts(NUMBER).outcome is Outcome.FOUND
    assert clock.slept == [1.0, 2.0, 7.0]


def test_retry_after_as_a_date(world):
    faulty, api, clock = world
    good = answer({"organisationer": [organisation()]})
    faulty.says(ASK, answer({}, 429, Retry_After="Sat, 21 Nov 2026 12:00:30 GMT"), good)
    assert api.facts(NUMBER).outcome is Outcome.FOUND
    assert clock.slept == [30.0]


def test_sixty_a_minute(world):
    """The 61st question waits until the first is a minute old; the token's is counted too."""
    faulty, api, clock = world
    shows(faulty, organisation())
    for _ in range(59):
        api.facts(NUMBER)
    assert clock.slept == []
    api.facts(NUMBER)
    assert clock.time == 60.0
    assert len(faulty.questions("/oauth2/token")) == 1


def test_a_recalled_token_is_replaced_once(world):
    faulty, api, _ = world
    faulty.says(ASK, answer({}, 401), answer({"organisationer": [organisation()]}))
    assert api.facts(NUMBER).outcome is Outcome.FOUND
    assert len(faulty.questions("/oauth2/token")) == 2
    faulty.says(ASK, answer({}, 401))
    assert api.facts(NUMBER).outcome is Outcome.COULD_NOT_CHECK


@pytest.mark.parametrize(
    "token",
    [answer({}, 401), answer(b"<html>"), answer({"access_token": 7}), answer({"access_token": "a\nb"})],
)
def test_no_token(world, token):
    faulty, api, _ = world
    faulty.says("/oauth2/token", token)
    said = api.facts(NUMBER)
    assert said.outcome is Outcome.COULD_NOT_CHECK
    assert faulty.questions(ASK) == []


def test_a_sole_trader_without_identity(world):
    """Form and standing of two businesses are kept; number, name, address, dates of names are not."""
    faulty, api, _ = world
    identity = {"identitetsbeteckning": f"19{sample.PERSON_NUMBER}", "typ": {"kod": "PERSON"}}
    one = organisation(
        organisationsidentitet=identity,
        namnskyddslopnummer=1,
        organisationsform={"dataproducent": "Bolagsverket", "fel": None, "kod": "E", "klartext": "n/a"},
        organisationsnamn={
            "fel": None,
            "organisationsnamnLista": [{"namn": f"{sample.PERSON_NAME}s Måleri"}],
        },
        avregistreradOrganisation={
            "dataproducent": "Bolagsverket",
            "fel": None,
            "avregistreringsdatum": "2020-05-05T00:00:00.000+00:00",
        },
    )
    shows(faulty, one, copy.deepcopy(one) | {"namnskyddslopnummer": 2})
    said = api.facts(f"19{sample.PERSON_NUMBER}")
    assert (said.outcome, said.is_person, said.number) == (Outcome.FOUND, True, "")
    assert said.values(Field.DEREGISTERED_ON) == ("2020-05-05", "2020-05-05")
    assert said.values(Field.LEGAL_FORM)[0] == "Enskild näringsverksamhet"
    assert [fact.business for fact in said.of(Field.ACTIVE)] == [1, 2]
    assert not said.of(Field.NAME)
    assert sample.PERSON_NAME not in repr(said)
    assert sample.PERSON_NUMBER not in repr(said)
    assert all(sample.PERSON_NUMBER not in path + query for path, query, _, _ in faulty.asked)


def test_annual_reports(world):
    faulty, api, _ = world
    listed = [
        {
            "dokumentId": f"{year}_paket",
            "rapporteringsperiodTom": f"{year}-12-31",
            "registreringstidpunkt": f"{year + 1}-06-01",
        }
        for year in (2023, 2024)
    ]
    faulty.says("/v1/dokumentlista", answer({"dokument": listed}))
    assert [report.period_end for report in api.annual_reports(NUMBER)] == ["2024-12-31", "2023-12-31"]
    faulty.says("/v1/dokumentlista", answer({"fel": 1}))
    with pytest.raises(NoAnswer):
        api.annual_reports(NUMBER)
    assert not api.is_alive()


def test_the_samples(world, shared_data):
    """Recorded answers and the document's own examples."""
    faulty, api, _ = world
    samples = shared_data / "registers" / "bolagsverket-api-samples"
    recorded = {path.name: answer(path.read_bytes()) for path in samples.glob("*.json")}
    faulty.says(ASK, recorded["brf_active_accept2_recorded.json"])
    said = api.facts("716409-9017")
    assert said.values(Field.LEGAL_FORM) == ("Bostadsrättsförening", "Bostadsrättsföreningar")
    assert [fact.code for fact in said.of(Field.INDUSTRY)] == ["68310", "35300", "35140"]
    assert said.is_complete
    faulty.says(ASK, recorded["partial_failure_openapi_example.json"])
    assert api.facts("716409-9017").outcome is Outcome.COULD_NOT_CHECK
    faulty.says(ASK, recorded["enskild_two_openapi_example_depersonalised.json"])
    said = api.facts("198101052382")
    assert said.values(Field.DEREGISTRATION_CAUSE) == ("Verksamheten har upphört", "Overksamhet")
    assert "EXEMPELSSON" not in repr(said)
    assert "8101052382" not in repr(said)
    faulty.says("/v1/dokumentlista", recorded["dokumentlista_sample.json"])
    assert api.annual_reports("716409-9017")[0].period_end == "2022-12-31"


ANYTHING = strategies.recursive(
    strategies.none() | strategies.booleans() | strategies.integers() | strategies.text(max_size=8),
    lambda inner: (
        strategies.lists(inner, max_size=3)
        | strategies.dictionaries(
            strategies.sampled_from(["kod", "fel", "typ", "sni", "namn", "postadress"]), inner, max_size=4
        )
    ),
    max_leaves=8,
)


@given(key=strategies.sampled_from(sorted(organisation())), value=ANYTHING, inner=strategies.booleans())
def test_any_field_of_another_form_is_no_error(key, value, inner):
    """Whatever stands in a field, the answer is read or told to be unusable, and the facts stay true."""
    shown = organisation()
    if inner and isinstance(shown[key], dict):
        place = sorted(shown[key])[-1]
        shown[key] = shown[key] | {place: value}
    else:
        shown[key] = value
    reply = Reply(200, json.dumps({"organisationer": [shown]}).encode(), "https://exempel.invalid/", NOW)
    try:
        said = organisation_answer.read(reply, NUMBER, register="r")
    except NoAnswer as fault:
        assert fault.reason
    else:
        canonical_json(said)
