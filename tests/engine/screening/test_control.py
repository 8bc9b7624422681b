"""One item for every list and party, never met without a search, and a receipt that can be made again."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vandel.evidence import canonical_json
from vandel.matching import DEFAULT_THRESHOLD, Index
from vandel.model import (
    Directorship,
    EditionRef,
    Entity,
    Identifier,
    Listing,
    Name,
    Ownership,
    ReasonCode,
    Result,
    Schema,
)
from vandel.screening import RULE_VERSION, Control, ItemReason, Screener, Subject, receipt_json

AT = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
BINDING, INFORMATION = "invented-binding", "invented-information"


def entity(id: str, name: str = "", *, schema: Schema = Schema.COMPANY, orgnr: str = "") -> Entity:
    identifiers = (Identifier("orgnr", orgnr),) if orgnr else ()
    return Entity(id, schema, (Name(name),) if name else (), identifiers=identifiers)


def edition(list_id: str) -> EditionRef:
    digest = hashlib.sha256(list_id.encode()).hexdigest()
    return EditionRef(list_id, "2026-11-20", digest, 1000, 3, date(2026, 11, 20), None, AT)


LISTED = (
    Listing(BINDING, entity("B-1", "Zavod Polarnaja Svezda OOO", orgnr="5599000014")),
    Listing(BINDING, entity("B-2", "Grimvald Storskogen", schema=Schema.PERSON)),
    Listing(INFORMATION, entity("I-1", "Zavod Polarnaja Svezda OOO")),
    Listing(INFORMATION, entity("I-2", "Kvarnholmens Skeppsmäkleri Aktiebolag")),
)


def screener(missing: Mapping[str, str] | None = None, listed: tuple[Listing, ...] = LISTED) -> Screener:
    editions = tuple(edition(list_id) for list_id in sorted({listing.list_id for listing in listed}))
    return Screener(Index.build(listed), editions, frozenset({BINDING, "invented-late"}), missing or {})


def control(subject: Subject, **options: object) -> Control:
    return screener(**options).control(subject, at=AT)


def outcome(made: Control, list_id: str, party_id: str) -> tuple[Result, ItemReason]:
    (item,) = [i for i in made.items if (i.list_id, i.party.entity.id) == (list_id, party_id)]
    return item.result, item.reason


EVERYDAY = ("Svenska", "International", "Trading", "Group", "Bank", "The", "Kommun", "Holding", "Skola", "AB")
CLEAN = Subject("m-1", entity("m-1", "Norrskenets Åkeri AB"))


def test_nothing_alike_is_met_and_leaves_a_receipt() -> None:
    made = control(CLEAN)
    assert made.result is Result.MET and made.findings == ()
    assert {item.reason for item in made.items} == {ItemReason.NOTHING_ALIKE}
    assert {item.list_id for item in made.items} == {BINDING, INFORMATION}
    receipt = made.receipt
    assert (receipt.made_at, receipt.rule_version, receipt.threshold) == (AT, RULE_VERSION, DEFAULT_THRESHOLD)
    assert (receipt.subjects, receipt.findings, receipt.could_not_check) == (1, 0, ())
    assert [ref.sha256 for ref in receipt.editions] == [edition(i).sha256 for i in (BINDING, INFORMATION)]


def test_a_likeness_is_unknown_and_waits() -> None:
    made = control(Subject("m-2", entity("m-2", "Zavod Polarnaja Svezda")))
    assert outcome(made, BINDING, "m-2") == (Result.UNKNOWN, ItemReason.LIKENESS_WAITS)
    assert made.result is Result.UNKNOWN
    assert {finding.target_id for finding in made.findings} == {"B-1", "I-1"}
    assert made.receipt.findings == len(made.findings)


def test_a_list_for_information_decides_nothing() -> None:
    made = control(Subject("m-3", entity("m-3", "Kvarnholmens Skeppsmäkleri AB")))
    assert outcome(made, INFORMATION, "m-3") == (Result.UNKNOWN, ItemReason.LIKENESS_WAITS)
    assert outcome(made, BINDING, "m-3") == (Result.MET, ItemReason.NOTHING_ALIKE)
    assert made.result is Result.MET


def test_an_identifier_settles_the_likeness_whatever_the_name() -> None:
    made = control(Subject("m-4", entity("m-4", "Blåsippans Trädgård HB", orgnr="5599000014")))
    (finding,) = made.findings
    assert finding.target_id == "B-1"
    assert ReasonCode.IDENTIFIER_SAME in {reason.code for reason in finding.reasons}
    assert outcome(made, BINDING, "m-4") == (Result.UNKNOWN, ItemReason.LIKENESS_WAITS)


def test_owners_board_and_signatories_are_held_against_the_lists_too() -> None:
    person = entity("p-1", "Grimvald Storskogen", schema=Schema.PERSON)
    owner = entity("o-1", "Fjällvindens Holding AB")
    former = entity("o-2", "Zavod Polarnaja Svezda OOO")
    subject = Subject(
        "m-5",
        entity("m-5", "Norrskenets Åkeri AB"),
        owners=(
            Ownership(person, "m-5", 40.0),
            Ownership(owner, "m-5", 60.0),
            Ownership(former, "m-5", 10.0, end=date(2024, 12, 31)),
        ),
        directors=(Directorship(person, "m-5", "board"), Directorship(person, "m-5", "signatory")),
    )
    made = control(subject)
    assert {item.party.entity.id for item in made.items} == {"m-5", "p-1", "o-1"}
    assert outcome(made, BINDING, "p-1") == (Result.UNKNOWN, ItemReason.LIKENESS_WAITS)
    assert outcome(made, BINDING, "m-5")[0] is outcome(made, BINDING, "o-1")[0] is Result.MET
    assert made.result is Result.UNKNOWN
    (roles,) = {item.party.roles for item in made.items if item.party.entity.id == "p-1"}
    assert roles == ("owner", "board", "signatory")
    assert "o-2" in {party.entity.id for party in subject.parties(date(2024, 6, 1))}


def test_a_public_body_is_not_held_against_lists() -> None:
    body = entity("m-6", "Zavod Polarnaja Svezda OOO", schema=Schema.PUBLIC_BODY)
    chair = Directorship(entity("p-1", "Grimvald Storskogen", schema=Schema.PERSON), "m-6", "board")
    made = control(Subject("m-6", body, directors=(chair,)))
    assert {(item.result, item.reason) for item in made.items} == {
        (Result.NOT_APPLICABLE, ItemReason.PUBLIC_BODY)
    }
    assert made.result is Result.NOT_APPLICABLE and made.findings == ()
    # An owner that is a public body is not applicable either, and leaves the member's own result as it is.
    owned = Subject("m-7", CLEAN.organisation, owners=(Ownership(body, "m-7", 100.0),))
    assert control(owned).result is Result.MET


@pytest.mark.parametrize("list_id", [BINDING, "invented-late"])
def test_a_missing_or_old_list_is_never_met(list_id: str) -> None:
    made = control(CLEAN, missing={list_id: "the edition is four days old"})
    assert outcome(made, list_id, "m-1") == (Result.UNKNOWN, ItemReason.LIST_NOT_CHECKED)
    assert made.result is Result.UNKNOWN
    assert made.receipt.could_not_check == (f"{list_id}: the edition is four days old",)


def test_a_likeness_on_an_old_list_is_still_told() -> None:
    made = control(Subject("m-2", LISTED[0].entity), missing={BINDING: "old"})
    assert outcome(made, BINDING, LISTED[0].entity.id) == (Result.UNKNOWN, ItemReason.LIKENESS_WAITS)
    assert made.receipt.could_not_check == (f"{BINDING}: old",)


@pytest.mark.parametrize("name", ["", "...", "A", "  "])
def test_without_a_name_to_compare_nothing_is_met(name: str) -> None:
    made = control(Subject("m-8", entity("m-8", name)))
    assert {(item.result, item.reason) for item in made.items} == {
        (Result.UNKNOWN, ItemReason.NO_USABLE_NAME)
    }
    assert made.receipt.could_not_check == ("m-8: has no name that can be compared",)


def test_no_list_at_all_is_unknown() -> None:
    assert control(CLEAN, listed=()).result is Result.UNKNOWN
    assert control(CLEAN, listed=LISTED[2:]).result is Result.UNKNOWN


def test_a_failing_search_makes_no_control() -> None:
    class Broken:
        def search(self, query: Entity, *, threshold: float, limit: int) -> list[object]:
            raise OSError("the index is gone")

    broken = dataclasses.replace(screener(), index=Broken())
    with pytest.raises(OSError, match="gone"):
        broken.control(CLEAN, at=AT)


def test_an_index_with_an_undeclared_list_is_refused() -> None:
    undeclared = dataclasses.replace(screener(), editions=(edition(INFORMATION),))
    with pytest.raises(ValueError, match=BINDING):
        undeclared.control(Subject("m-2", LISTED[0].entity), at=AT)


@pytest.mark.parametrize(
    ("name", "schema"), [("International Trading", Schema.COMPANY), ("The Bank", Schema.COMPANY)]
)
def test_a_name_that_would_not_be_found_on_the_list_itself_is_unknown(name: str, schema: Schema) -> None:
    listed = (*LISTED, Listing(BINDING, entity("B-9", name, schema=schema)))
    made = screener(listed=listed).control(Subject("m-8", entity("m-8", name, schema=schema)), at=AT)
    assert made.result is Result.UNKNOWN
    if not made.findings:
        assert outcome(made, BINDING, "m-8") == (Result.UNKNOWN, ItemReason.NO_USABLE_NAME)
        assert made.receipt.could_not_check == ("m-8: has no name that can be compared",)


@given(st.lists(st.sampled_from(EVERYDAY), min_size=1, max_size=3, unique=True))
def test_who_has_the_listed_name_itself_is_never_met(words: list[str]) -> None:
    twin = entity("B-9", " ".join(words))
    made = screener(listed=(*LISTED, Listing(BINDING, twin))).control(Subject("m", twin), at=AT)
    assert made.result is Result.UNKNOWN


def test_many_on_one_list_do_not_push_out_another() -> None:
    crowd = tuple(
        Listing(INFORMATION, entity(f"I-{number}", "Zavod Polarnaja Svezda OOO")) for number in range(40)
    )
    made = screener(listed=(LISTED[0], *crowd)).control(Subject("m", LISTED[0].entity), at=AT, limit=5)
    assert sum(finding.list_id == INFORMATION for finding in made.findings) == 5
    assert "B-1" in {finding.target_id for finding in made.findings}


def test_the_receipt_can_be_made_again() -> None:
    first, second = control(CLEAN), control(CLEAN)
    assert first == second
    assert receipt_json(first.receipt) == receipt_json(second.receipt)
    assert first.receipt.inputs_sha256 == hashlib.sha256(canonical_json(CLEAN)).hexdigest()
    other = Subject("m-1", entity("m-1", "Norrskenets Åkeri HB"))
    assert control(other).receipt.inputs_sha256 != first.receipt.inputs_sha256
    told = json.loads(receipt_json(first.receipt, rows=0))
    assert told["rows"] == 0 and told["made_at"] == "2026-11-21T12:00:00Z"


names = st.text("abcdefghijklmnopqrstuvwxyzåäö ", min_size=3, max_size=20).filter(lambda text: text.split())


@given(names, st.sampled_from(["Andersson", "Petrov", "Haddad", "Nguyen", "Kovalenko"]))
def test_only_likeness_to_a_list_moves_the_result(first: str, family: str) -> None:
    """Whatever a director is called, what isn't like a listed name gives the same result."""
    director = entity("p-9", f"{first} {family}", schema=Schema.PERSON)
    made = control(Subject("m-9", CLEAN.organisation, directors=(Directorship(director, "m-9", "board"),)))
    alike = any(finding.query_id == "p-9" and finding.list_id == BINDING for finding in made.findings)
    assert made.result is (Result.UNKNOWN if alike or "no name" in str(made.receipt) else Result.MET)


BORN_1951 = Listing(
    BINDING,
    dataclasses.replace(
        entity("B-3", "Ingvar Tjärnsandberg", schema=Schema.PERSON), birth_dates=("1951-02-03",)
    ),
)


@pytest.mark.parametrize("born", ["1987-06-21", "1951-02-03", ""])
def test_another_birth_date_is_for_a_person_to_weigh(born: str) -> None:
    asked = entity("p-1", "Ingvar Tjärnsandberg", schema=Schema.PERSON)
    if born:
        asked = dataclasses.replace(asked, birth_dates=(born,))
    subject = dataclasses.replace(CLEAN, directors=(Directorship(asked, CLEAN.id, "board"),))
    made = control(subject, listed=(*LISTED, BORN_1951))
    assert outcome(made, BINDING, "p-1") == (Result.UNKNOWN, ItemReason.LIKENESS_WAITS)
    (finding,) = made.findings
    differs = ReasonCode.BIRTH_DATE_DIFFERS in {reason.code for reason in finding.reasons}
    assert differs is (born == "1987-06-21")
    assert (finding.score <= DEFAULT_THRESHOLD) is differs, "the likeness still tells that they are apart"


def test_a_birth_date_brings_nobody_whose_name_is_not_alike() -> None:
    other = dataclasses.replace(
        entity("p-1", "Ingvar Almkvistander", schema=Schema.PERSON), birth_dates=("1951-02-03",)
    )
    subject = dataclasses.replace(CLEAN, directors=(Directorship(other, CLEAN.id, "board"),))
    assert control(subject, listed=(*LISTED, BORN_1951)).findings == ()
