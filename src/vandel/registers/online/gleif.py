"""GLEIF's API: the LEI behind a Swedish number, the parents that consolidate it, or why none is told."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, Final

from vandel.evidence import Source
from vandel.ids import lei, orgnr
from vandel.ids.characters import squeeze
from vandel.registers import codes, door
from vandel.registers.facts import Fact, FactState, Field, Outcome, RegisterFacts, nothing
from vandel.registers.online.asking import Asker, NoAnswer, Question, Reply
from vandel.registers.refusal import RegisterRefused

REGISTER: Final = "gleif-api"
BASE: Final = "https://api.gleif.org/api/v1"
_PARENTS: Final = {"direct-parent": Field.DIRECT_PARENT, "ultimate-parent": Field.ULTIMATE_PARENT}
_ACTIVE: Final = {"ACTIVE": ("Active", "1"), "INACTIVE": ("Inactive", "9")}
_TEXT: Final = 500
_CODE: Final = 60


class GleifApi:
    """Asks GLEIF. Addresses are built from ``base``; links in answers are never followed."""

    def __init__(self, asker: Asker, *, base: str = BASE) -> None:
        self._asker = asker
        self._base = base

    def by_orgnr(self, number: str) -> RegisterFacts:
        """What GLEIF says of a Swedish organisation. Errors: ``RegisterRefused`` before anything is asked."""
        normal = orgnr.normalize(number)
        if normal is None or orgnr.is_personal(normal):
            raise RegisterRefused("registers.wrong_number", "The number is no organisation's number.")
        params = {
            "filter[entity.jurisdiction]": "SE",
            "filter[entity.registeredAs]": orgnr.format(normal),
            "page[size]": "15",
        }
        return self._facts(normal, "/lei-records", params=params)

    def by_lei(self, number: str) -> RegisterFacts:
        """What GLEIF says of a LEI. Errors: ``RegisterRefused`` before anything is asked."""
        normal = lei.normalize(number)
        if normal is None:
            raise RegisterRefused("registers.wrong_number", "The number is no LEI: its digits don't add up.")
        return self._facts(normal, f"/lei-records/{normal}")

    def _facts(self, number: str, path: str, *, params: dict[str, str] | None = None) -> RegisterFacts:
        try:
            reply = self._asker.ask(Question("GET", f"{self._base}{path}", params=params))
            records = _records(reply, number)
            if not records:
                reason = "GLEIF has no LEI for this number."
                source = reply.source(_what(path))
                return RegisterFacts(REGISTER, number, Outcome.NOT_FOUND, (), source, reason)
            return self._of_record(number, records[0], source=reply.source(_what(path)))
        except NoAnswer as fault:
            reason = fault.reason
        except (KeyError, TypeError, AttributeError):
            reason = _unexpected().reason
        return nothing(REGISTER, number, outcome=Outcome.COULD_NOT_CHECK, reason=reason)

    def _of_record(self, number: str, record: dict[str, Any], *, source: Source) -> RegisterFacts:
        entity = record["attributes"]["entity"]
        if entity.get("category") in door.PERSON_CATEGORIES or orgnr.is_personal(
            str(entity.get("registeredAs") or "")
        ):
            return nothing(
                REGISTER,
                "",
                outcome=Outcome.COULD_NOT_CHECK,
                reason="The LEI is a sole trader's: nothing of a person is kept.",
            )
        facts = [*_of_entity(record, source)]
        for path, about in _PARENTS.items():
            facts += self._parent(record, path, about=about, source=source)
        return RegisterFacts(REGISTER, number, Outcome.FOUND, tuple(facts), source)

    def _parent(self, record: dict[str, Any], path: str, *, about: Field, source: Source) -> list[Fact]:
        """The parent, or the reason why none is told, or that nobody answered."""
        links = (record.get("relationships") or {}).get(path, {}).get("links", {})
        if not links:
            return [Fact(about, FactState.NOT_STATED, source)]
        exception = "reporting-exception" in links
        asked = f"/lei-records/{record['id']}/{path}-{'reporting-exception' if exception else 'relationship'}"
        try:
            reply = self._asker.ask(Question("GET", f"{self._base}{asked}"))
            found = _data(reply)
            if found is None:
                raise NoAnswer("missing", f"GLEIF points to a {path} but does not show it.")
            answered = reply.source(_what(asked))
            return list((_exception if exception else _relation)(found, about, source=answered))
        except NoAnswer as fault:
            return [Fact(about, FactState.COULD_NOT_CHECK, source, reason=fault.reason)]


def _what(path: str) -> str:
    return f"GLEIF API: {path.rpartition('/')[2]}"


def _data(reply: Reply) -> Any:
    """What an answer holds; None where GLEIF has nothing there. Errors: ``NoAnswer``."""
    if reply.status == HTTPStatus.NOT_FOUND:
        return None
    if reply.status != HTTPStatus.OK:
        raise NoAnswer("refused", f"GLEIF did not answer the question ({reply.status}).")
    answer = reply.value()
    if not isinstance(answer, dict) or "data" not in answer:
        raise _unexpected()
    return answer["data"]


def _unexpected() -> NoAnswer:
    return NoAnswer("unexpected", "GLEIF's answer has another form than agreed.")


def _records(reply: Reply, number: str) -> list[dict[str, Any]]:
    """The records that are about the number, those in force first."""
    found = _data(reply)
    listed = found if isinstance(found, list) else [found] if found else []
    try:
        about = [record for record in listed if number in _numbers(record)]
        if listed and not about:
            raise NoAnswer("other_number", "GLEIF's answer is about another number.")
        return sorted(about, key=lambda record: record["attributes"]["registration"]["status"] != "ISSUED")
    except (KeyError, TypeError, AttributeError) as error:
        raise _unexpected() from error


def _numbers(record: dict[str, Any]) -> set[str | None]:
    entity = record["attributes"]["entity"]
    swedish = str(entity.get("jurisdiction") or "").startswith("SE")
    registered = orgnr.normalize(str(entity.get("registeredAs") or "")) if swedish else None
    return {lei.normalize(str(record["id"])), registered}


def _of_entity(record: dict[str, Any], source: Source) -> Iterator[Fact]:
    entity, registration = record["attributes"]["entity"], record["attributes"]["registration"]

    said = [
        (Field.NAME, (entity.get("legalName") or {}).get("name"), ""),
        *(_other_name(other) for other in entity.get("otherNames") or ()),
        (Field.COUNTRY, entity.get("jurisdiction"), entity.get("jurisdiction")),
        _legal_form(entity.get("legalForm") or {}),
        (Field.ACTIVE, *_ACTIVE.get(str(entity.get("status")), ("", ""))),
        (Field.LEI_STATUS, registration.get("status"), registration.get("status")),
        (Field.ADDRESS, _address(entity.get("legalAddress") or {}), ""),
    ]
    yield Fact(Field.OTHER, FactState.STATED, source, squeeze(str(record["id"]))[:_CODE] or "?", "LEI")
    for about, value, code in said:
        if text := door.one_line(value)[:_TEXT]:
            yield Fact(about, FactState.STATED, source, text, door.one_line(code)[:_CODE])


def _other_name(other: dict[str, Any]) -> tuple[Field, Any, Any]:
    former = other.get("type") == "PREVIOUS_LEGAL_NAME"
    return (Field.FORMER_NAME if former else Field.NAME), other.get("name"), other.get("type")


def _legal_form(form: dict[str, Any]) -> tuple[Field, Any, Any]:
    return Field.LEGAL_FORM, form.get("other") or form.get("id"), form.get("id")


def _address(told: dict[str, Any]) -> str:
    line = door.street(str(next(iter(told.get("addressLines") or ()), "")))
    place = f"{told.get('postalCode') or ''} {told.get('city') or ''}".strip()
    return ", ".join(filter(None, (line, place, told.get("country"))))


def _relation(found: Any, about: Field, *, source: Source) -> Iterator[Fact]:
    try:
        attributes = found["attributes"]
        relation = attributes["relationship"]
        since = next(
            (
                period["startDate"][:10]
                for period in relation.get("periods") or ()
                if period["type"] == "RELATIONSHIP_PERIOD"
            ),
            "",
        )
        above, kind = squeeze(str(relation["endNode"]["id"]))[:_CODE], str(relation["type"])[:_CODE]
        told_by = str(attributes["registration"].get("corroborationLevel") or "")
    except (KeyError, TypeError, AttributeError) as error:
        raise _unexpected() from error
    if not above:
        raise _unexpected()
    yield Fact(about, FactState.STATED, source, above, kind, since, reason=told_by)


def _exception(found: Any, about: Field, *, source: Source) -> Iterator[Fact]:
    """The reasons; the free reference beside them may name a person, and is left out."""
    try:
        attributes = found["attributes"]
        given = attributes.get("reasons") or attributes.get("reason") or []
        reasons = [given] if isinstance(given, str) else [str(reason) for reason in given]
    except (KeyError, TypeError, AttributeError) as error:
        raise _unexpected() from error
    for code in reasons or [""]:
        words = codes.in_words(codes.NO_PARENT, code) or "no reason is given"
        yield Fact(about, FactState.UNKNOWN, source, code=code, reason=words)
