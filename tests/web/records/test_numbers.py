"""Registry numbers: patterns that can't give the same number twice, no gaps, also when many come at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connections
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from tests.people import person
from tests.web.records.diary import case, received

from pakten.accounts.models import Role
from pakten.audit.queries import entries_for
from pakten.records import numbers, services
from pakten.records.models import Case, PublicEntry, Record, RegistrySeries, SeriesYear
from pakten.records.refusals import ChangedMeanwhile, RecordsRefused
from pakten.records.services.numbering import SeriesFacts

YEAR = timezone.localdate().year


@pytest.mark.parametrize(
    ("pattern", "written"),
    [
        ("{board} {year}/{serial:4}", "AMN 2026/0007"),
        ("{classification}-{serial}/{year}", "1.5-7/2026"),
        ("{board} {year}-{serial:5}-{classification}", "AMN 2026-00007-1.5"),
        ("{unit} {year}:{serial}", "2026:7"),
    ],
)
def test_a_pattern_is_filled_in(pattern: str, written: str) -> None:
    numbers.check(pattern)
    assert numbers.write(pattern, numbers.Parts(2026, 7, board="AMN", classification="1.5")) == written


@pytest.mark.parametrize(
    "pattern",
    [
        "", "{year}", "{serial}", "{year}{serial}", "{year}/{serial}/{serial}", "{year}/{serial}/{name}",
        "{year}/{serial", "{year}/}{serial}", "{year:4}/{serial}", "{year}/{serial:0}", "{year}/{serial!r}",
        "{year}/{serial:99}", "<b>{year}/{serial}", "{year}/{serial}" + "x" * 60, "{year.real}/{serial}",
        "{0}/{year}/{serial}", "{year}A{serial}",
    ],
)  # fmt: skip
def test_a_pattern_that_could_repeat_or_break_is_refused(pattern: str) -> None:
    with pytest.raises(RecordsRefused):
        numbers.check(pattern)


@given(text=st.text(max_size=70))
def test_any_text_is_a_good_pattern_or_refused(text: str) -> None:
    try:
        numbers.check(text)
    except RecordsRefused:
        return
    one, other = (numbers.write(text, numbers.Parts(2026, serial)) for serial in (1, 11))
    assert one != other


@pytest.mark.django_db
def test_numbers_count_up_in_series_and_in_the_case() -> None:
    first = received()
    assert received(case=first.case).number == f"AMN {YEAR}/0001-2"
    assert received().number == f"AMN {YEAR}/0002-1"


@pytest.mark.django_db
def test_each_year_begins_with_one() -> None:
    SeriesYear.objects.create(series=RegistrySeries.objects.get(), year=YEAR - 1, last=88)
    assert received().number == f"AMN {YEAR}/0001-1"


@pytest.mark.django_db
def test_a_registration_that_fails_takes_no_number() -> None:
    received()
    with pytest.raises(RecordsRefused, match="tom"):
        received(files=[services.NewFile.of_bytes("tom.pdf", b"")])
    assert received().number == f"AMN {YEAR}/0002-1"


@pytest.mark.django_db(transaction=True)
def test_many_at_once_leave_no_gap_and_no_double() -> None:
    shared = case("Delat ärende")

    def attempt(number: int) -> None:
        try:
            received(case=shared if number % 2 else None)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(attempt, range(24)))
    assert sorted(Case.objects.values_list("serial", flat=True)) == list(range(1, 14))
    in_case = Record.objects.filter(case=shared).values_list("record_no", flat=True)
    assert sorted(in_case) == list(range(1, 13))
    assert PublicEntry.objects.values("number").distinct().count() == 24


@pytest.mark.django_db(transaction=True)
def test_one_form_sent_many_times_at_once_is_one_record() -> None:
    from uuid import uuid4

    submission = uuid4()

    def attempt(_number: int) -> int:
        try:
            return received(submission=submission).pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as threads:
        made = set(threads.map(attempt, range(6)))
    assert len(made) == Record.objects.count() == Case.objects.count() == 1
    assert received().number == f"AMN {YEAR}/0002-1"


@pytest.mark.django_db
def test_a_number_from_another_system_is_kept_as_it_is_and_says_so() -> None:
    record, registrar = received(), person(Role.REGISTRAR)
    outside = services.OutsideNumber(" 5.1.2-13799/2018 ", "Andra systemet")
    with pytest.raises(PermissionDenied):
        services.import_number(
            record.case, outside, actor=person(Role.CASE_OFFICER), expected_version=record.case.version
        )
    services.import_number(record.case, outside, actor=registrar, expected_version=record.case.version)
    kept = Case.objects.get()
    assert (kept.registry_no, kept.number_system) == ("5.1.2-13799/2018", "Andra systemet")
    assert kept.own_no == f"AMN {YEAR}/0001"
    assert PublicEntry.objects.get().number == "5.1.2-13799/2018-1"
    assert entries_for(kept).first().before["number"] == f"AMN {YEAR}/0001"
    opened = case(number=services.OutsideNumber("X 1", "Andra systemet"))
    assert (opened.serial, opened.own_no) == (None, "")


@pytest.mark.django_db
def test_a_number_that_is_taken_is_refused_and_never_stops_a_registration() -> None:
    first, second, registrar = received(), received(), person(Role.REGISTRAR)
    taken = services.OutsideNumber(first.case.registry_no, "Andra systemet")
    with pytest.raises(RecordsRefused, match="redan numret"):
        services.import_number(second.case, taken, actor=registrar, expected_version=second.case.version)
    with pytest.raises(RecordsRefused, match="redan numret"):
        case(number=taken)
    case(number=services.OutsideNumber(f"AMN {YEAR}/0003", "Andra systemet"))
    assert received().number == f"AMN {YEAR}/0004-1", "passed over, not failed"


@pytest.mark.django_db
def test_the_pattern_is_changed_by_registrar_or_administrator_for_later_numbers() -> None:
    before = received()
    series = RegistrySeries.objects.get()
    facts = SeriesFacts("AMN", "INT", "Arbetsmarknadsnämnden", "{unit}-{serial}-{year}")
    with pytest.raises(PermissionDenied):
        services.change_series(series, facts, actor=person(Role.MANAGER), expected_version=1)
    services.change_series(series, facts, actor=person(Role.REGISTRAR), expected_version=1)
    with pytest.raises(ChangedMeanwhile):
        services.change_series(series, facts, actor=person(Role.ADMINISTRATOR), expected_version=1)
    before.refresh_from_db()
    assert before.number == f"AMN {YEAR}/0001-1"
    assert received().number == f"INT-2-{YEAR}-1"


@pytest.mark.django_db
def test_two_series_may_not_give_the_same_numbers() -> None:
    other = RegistrySeries.objects.create(
        code="andra", title="Andra", board="X", authority="Nämnden", pattern="{board} {year}/{serial:4}"
    )
    facts = SeriesFacts("AMN", "", "Nämnden", "{board} {year}/{serial:4}")
    with pytest.raises(RecordsRefused, match="samma nummer"):
        services.change_series(other, facts, actor=person(Role.REGISTRAR), expected_version=1)
    other.refresh_from_db()
    assert other.board == "X"
