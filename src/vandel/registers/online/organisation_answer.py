"""Reading the answer to POST /organisationer: every field with its producer and its own fault."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

from vandel.evidence import Source, canonical_json
from vandel.ids import orgnr
from vandel.registers import codes, door
from vandel.registers.facts import Fact, FactState, Field, Outcome, RegisterFacts
from vandel.registers.online.asking import NoAnswer, Reply

_WHAT: Final = "Bolagsverket, värdefulla datamängder: organisation"
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_NOT_THERE: Final = "ORGANISATION_FINNS_EJ"
_TEXT: Final = 1_000
_BUSINESSES: Final = 100
_OF_PERSONS: Final = frozenset(
    {Field.LEGAL_FORM, Field.DEREGISTERED_ON, Field.DEREGISTRATION_CAUSE, Field.PROCEEDING, Field.ACTIVE}
)

_Value = tuple[str, str, str]  # in words, code, day


class _Said(NamedTuple):
    """A fact before its source is known."""

    field: Field
    state: FactState
    value: str = ""
    code: str = ""
    on: str = ""
    business: int = 1
    producer: str = ""
    reason: str = ""


def read(reply: Reply, identity: str, *, register: str) -> RegisterFacts:
    """The facts of one answer. Errors: ``NoAnswer`` when it is about something else or of another form."""
    answer = reply.value()
    businesses = answer.get("organisationer") if isinstance(answer, dict) else None
    if not isinstance(businesses, list) or not all(isinstance(item, dict) for item in businesses):
        raise NoAnswer("unexpected", "Bolagsverket's answer has another form than agreed.")
    for business in businesses:
        _refuse_other(business, identity)
    is_person = orgnr.is_personal(identity) or any(map(_is_person, businesses))
    said = [
        fact
        for place, business in enumerate(businesses[:_BUSINESSES], start=1)
        for fact in _facts(business, place)
        if not is_person or fact.field in _OF_PERSONS
    ]
    outcome, reason = _outcome(said)
    source = _person_source(reply, said) if is_person else reply.source(_WHAT)
    facts = tuple(Fact(source=source, **fact._asdict()) for fact in said)
    return RegisterFacts(
        register, "" if is_person else identity, outcome, facts, source, reason, is_person=is_person
    )


def plain(text: object) -> str:
    """A register's own words for a fault, in one short line without persons' numbers."""
    return door.one_line(text)[:200]


def _person_source(reply: Reply, said: list[_Said]) -> Source:
    """The digest of what was kept: one of the whole answer could be tried out against every number."""
    kept = canonical_json([list(fact) for fact in said])
    return Source.of_bytes(kept, what=f"{_WHAT} (without identity)", where=reply.where, fetched_at=reply.at)


def _refuse_other(business: dict[str, Any], identity: str) -> None:
    told = business.get("organisationsidentitet")
    number = str(told.get("identitetsbeteckning") or "") if isinstance(told, dict) else ""
    if number and door.organisation_number(number) != door.organisation_number(identity):
        raise NoAnswer("other_number", "Bolagsverket's answer is about another number.")
    if number and orgnr.is_personal(identity) and number[-10:] != identity[-10:]:
        raise NoAnswer("other_number", "Bolagsverket's answer is about another number.")


def _is_person(business: dict[str, Any]) -> bool:
    told = business.get("organisationsidentitet")
    kind = _inner(told.get("typ"), "kod") if isinstance(told, dict) else ""
    number = str(told.get("identitetsbeteckning") or "") if isinstance(told, dict) else ""
    return (
        bool(kind and kind not in door.ORGANISATION_IDENTITIES)
        or orgnr.is_personal(number)
        or _inner(business.get("organisationsform"), "kod") in door.PERSON_FORMS
        or _inner(business.get("juridiskForm"), "kod") in door.PERSON_LEGAL_FORMS
    )


def _outcome(said: list[_Said]) -> tuple[Outcome, str]:
    states = {fact.state for fact in said if fact.field is not Field.COUNTRY}
    if FactState.STATED in states:
        return Outcome.FOUND, ""
    if FactState.COULD_NOT_CHECK in states:
        reason = next(fact.reason for fact in said if fact.state is FactState.COULD_NOT_CHECK)
        return Outcome.COULD_NOT_CHECK, reason
    if states and FactState.NOT_FOUND not in states:
        return Outcome.COULD_NOT_CHECK, "Bolagsverket's answer says nothing of the organisation."
    return Outcome.NOT_FOUND, "Bolagsverket and SCB have no such number among what they show here."


def _facts(business: dict[str, Any], place: int) -> Iterator[_Said]:
    number = business.get("namnskyddslopnummer")
    counted = number if isinstance(number, int) and not isinstance(number, bool) else place
    for key, (about, values) in _FIELDS.items():
        if key not in business:
            yield _silent(about, counted, reason=f"The answer lacks the field {key}.")
            continue
        yield from _of_field(business[key], about, values=values, business=counted)


def _of_field(
    told: object, about: Field, *, values: Callable[[dict[str, Any]], Iterator[_Value]], business: int
) -> Iterator[_Said]:
    if told is None:
        yield _Said(about, FactState.NOT_STATED, business=business)
        return
    if not isinstance(told, dict):
        yield _silent(about, business, reason="The field has another form than agreed.")
        return
    producer = str(told.get("dataproducent") or "")[:40]
    fault = told.get("fel")
    if fault is not None:
        yield _faulty(about, fault, business=business, producer=producer)
        return
    try:
        found = [
            _Said(about, FactState.STATED, *value, business, producer) for value in values(told) if value[0]
        ]
    except (AttributeError, TypeError, KeyError):
        yield _silent(about, business, reason="The field has another form than agreed.")
        return
    yield from found or [_Said(about, FactState.NOT_STATED, business=business, producer=producer)]


def _silent(about: Field, business: int, *, reason: str, producer: str = "", code: str = "") -> _Said:
    return _Said(
        about, FactState.COULD_NOT_CHECK, code=code, business=business, producer=producer, reason=reason
    )


def _faulty(about: Field, fault: object, *, business: int, producer: str) -> _Said:
    kind = _inner(fault, "typ")
    words = plain(fault.get("felBeskrivning") if isinstance(fault, dict) else "") or kind or "unknown fault"
    if kind == _NOT_THERE:
        return _Said(
            about, FactState.NOT_FOUND, code=kind, business=business, producer=producer, reason=words
        )
    return _silent(
        about, business, reason=f"{producer or 'The register'}: {words}", producer=producer, code=kind
    )


def _inner(told: object, key: str) -> str:
    value = told.get(key) if isinstance(told, dict) else None
    return door.one_line(value)[:200] if isinstance(value, str) else ""


def _text(value: object) -> str:
    # Descriptions carry the two characters of a line break instead of one.
    return door.one_line(str(value or "").replace("\\n", " "))[:_TEXT]


def _day(value: object) -> str:
    found = _DAY.match(value) if isinstance(value, str) else None
    return found[0] if found else ""


def _names(told: dict[str, Any]) -> Iterator[_Value]:
    for item in told["organisationsnamnLista"] or ():
        yield (
            _text(item["namn"]),
            _inner(item.get("organisationsnamntyp"), "kod"),
            _day(item.get("registreringsdatum")),
        )


def _coded(table: dict[str, str]) -> Callable[[dict[str, Any]], Iterator[_Value]]:
    def values(told: dict[str, Any]) -> Iterator[_Value]:
        code, words = _inner(told, "kod"), _inner(told, "klartext")
        yield codes.in_words(table, code) if code in table or words in ("", "n/a") else words, code, ""

    return values


def _dated(key: str) -> Callable[[dict[str, Any]], Iterator[_Value]]:
    def values(told: dict[str, Any]) -> Iterator[_Value]:
        yield _day(told[key]), "", _day(told[key])

    return values


def _proceedings(told: dict[str, Any]) -> Iterator[_Value]:
    for item in told["pagaendeAvvecklingsEllerOmstruktureringsforfarandeLista"] or ():
        code = _inner(item, "kod")
        since = next(filter(None, map(_day, item.values())), "")
        yield codes.in_words(codes.PROCEEDINGS, code), code, since


def _active(told: dict[str, Any]) -> Iterator[_Value]:
    code = _inner(told, "kod")
    yield {"JA": "Verksam", "NEJ": "Inte verksam"}.get(code, ""), code, ""


def _activity(told: dict[str, Any]) -> Iterator[_Value]:
    yield _text(told["beskrivning"]), "", ""


def _industries(told: dict[str, Any]) -> Iterator[_Value]:
    for item in told["sni"] or ():
        code = _inner(item, "kod")
        yield (_inner(item, "klartext") or code) if code else "", code, ""


def _address(told: dict[str, Any]) -> Iterator[_Value]:
    """Street, postcode and place; who the post goes by is left out."""
    post = told["postadress"] or {}
    place = f"{_text(post.get('postnummer'))} {_text(post.get('postort'))}".strip()
    yield ", ".join(filter(None, (door.street(_text(post.get("utdelningsadress"))), place))), "", ""


_FIELDS: Final[dict[str, tuple[Field, Callable[[dict[str, Any]], Iterator[_Value]]]]] = {
    "organisationsnamn": (Field.NAME, _names),
    "organisationsform": (Field.LEGAL_FORM, _coded(dict(codes.FORMS))),
    "juridiskForm": (Field.LEGAL_FORM, _coded(dict(codes.LEGAL_FORMS))),
    "registreringsland": (Field.COUNTRY, _coded({})),
    "organisationsdatum": (Field.REGISTERED_ON, _dated("registreringsdatum")),
    "avregistreradOrganisation": (Field.DEREGISTERED_ON, _dated("avregistreringsdatum")),
    "avregistreringsorsak": (Field.DEREGISTRATION_CAUSE, _coded(dict(codes.CAUSES))),
    "pagaendeAvvecklingsEllerOmstruktureringsforfarande": (Field.PROCEEDING, _proceedings),
    "verksamOrganisation": (Field.ACTIVE, _active),
    "verksamhetsbeskrivning": (Field.ACTIVITY, _activity),
    "naringsgrenOrganisation": (Field.INDUSTRY, _industries),
    "postadressOrganisation": (Field.ADDRESS, _address),
}
