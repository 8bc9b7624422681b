"""What a new installation has, and what the city changed."""

from __future__ import annotations

import pytest

from pakten.records.defaults import DIARY, TYPES, fill_in
from pakten.records.models import Direction, RecordType, RegistrySeries
from pakten.records.numbers import check

pytestmark = pytest.mark.django_db


def test_what_is_missing_is_filled_in_and_what_the_city_changed_stays() -> None:
    RecordType.objects.filter(code="letter").update(title="Skrivelse ut", retention_years=5)
    RecordType.objects.filter(code="note").delete()
    RegistrySeries.objects.update(pattern="{year}-{serial}", code="egen")
    fill_in("default")
    assert set(RecordType.objects.values_list("code", flat=True)) == {each.code for each in TYPES}
    letter = RecordType.objects.get(code="letter")
    assert (letter.title, letter.retention_years) == ("Skrivelse ut", 5)
    assert RegistrySeries.objects.get().code == "egen"


def test_every_default_says_how_long_it_is_kept() -> None:
    for kind in RecordType.objects.all():
        assert ("Gallras" in kind.retention_rule) == (kind.retention_years is not None)
        assert kind.classification_code and kind.direction in Direction.values
    series = RegistrySeries.objects.get(is_default=True)
    assert series.code == DIARY and series.authority
    check(series.pattern)
