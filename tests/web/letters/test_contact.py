"""A letter says how to reach whoever answers."""

from __future__ import annotations

import pytest
from pytest_django import Settings
from tests.people import person

from pakten.accounts.models import Role
from pakten.core.theme import theme
from pakten.letters.contact import whom_to_ask


@pytest.mark.django_db
def test_a_letter_says_how_to_reach_whoever_answers(settings: Settings) -> None:
    """The person's own address, else the network's; the telephone where the city has named one."""
    settings.CONTACT_EMAIL, settings.CONTACT_PHONE = "natverket@exempel.se", "08-000 00 00"
    hanna = person(Role.CASE_OFFICER)
    hanna.email = "hanna@staden.example"
    told = whom_to_ask(hanna, "AMN 2022/1")
    assert told == f"{hanna}, {theme().city}, hanna@staden.example, 08-000 00 00. Ange numret AMN 2022/1."
    hanna.email = ""
    assert "natverket@exempel.se" in whom_to_ask(hanna, "AMN 2022/1")
    settings.CONTACT_EMAIL = settings.CONTACT_PHONE = ""
    assert whom_to_ask(hanna, "AMN 2022/1") == f"{hanna}, {theme().city}. Ange numret AMN 2022/1."
