"""Addresses and forms that nobody's page would send: a page, a 404 or a sentence, never an error page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from tests.web.members.register import A, as_csv, known_person, member, uploaded

from pakten.accounts.models import Role

HUGE = "9" * 30
pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(signed_in_client: Callable[[Role | None], Client]) -> Client:
    return signed_in_client(Role.CASE_OFFICER)


@pytest.mark.parametrize(
    "address",
    [
        f"/import/{HUGE}/",
        f"/jobb/{HUGE}/",
        f"/medlemmar/?page={HUGE}&sort=%00&sok=%00&ort={HUGE}",
        "/medlemmar/?sektor=x&status=x&sok=%F0%9F%99%82%25_%27",
        f"/medlemmar/?sok={'a%20' * 500}",
        f"/jobb/?state=x&page=-{HUGE}",
        "/medlemmar/finns-inte/",
        "/medlemmar/export/%C3%A5/",
    ],
)
def test_a_strange_address_does_no_harm(browser: Client, address: str) -> None:
    assert browser.get(address).status_code in {200, 302, 404}


@pytest.mark.parametrize("version", [HUGE, "-1", "", "x", "1.5", "²"])
def test_a_strange_version_changes_nothing(browser: Client, version: str) -> None:
    row = member()
    page = f"/medlemmar/{row.organisation.public_id}"
    facts = {"version": version, "legal_name": "Annat AB", "sector": "private", "source": "x"}
    assert browser.post(f"{page}/andra/", facts).status_code == 422
    change = {"version": version, "state": "dormant", "collective_agreement": "no", "reason": "x"}
    assert browser.post(f"{page}/medlemskap/", change).status_code == 422
    found = uploaded(as_csv([A]))
    assert browser.post(f"/import/{found.pk}/genomfor/", {"version": version}).status_code == 302
    assert browser.post(f"{page}/personer/{HUGE}/avsluta/").status_code == 404
    row.organisation.refresh_from_db()
    assert row.organisation.legal_name == "Norrskenets Åkeri AB"


def test_a_share_beyond_every_number_is_refused(browser: Client) -> None:
    row = member()
    known_person(row)
    page = f"/medlemmar/{row.organisation.public_id}/agare/ny/"
    for share in (HUGE, "1e400", "NaN", "-1", "0,00001"):
        facts = {"owner_type": "person", "owner_name": "Bo Ek", "percentage": share, "source": "x"}
        assert browser.post(page, facts).status_code == 422, share
