"""The pages on which a person compares two records, makes them one, and takes them apart."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web.crawl import pages
from tests.web.members import register
from tests.web.pages import check_page

from pakten.accounts.models import Role
from pakten.members.models import Membership
from pakten.organisations.models import Merge, NotDuplicates, Organisation

pytestmark = pytest.mark.django_db
SignIn = Callable[[Role], Client]


def pair() -> tuple[Organisation, Organisation]:
    one = register.member("Ekens Snickeri AB", place="Kiruna", phone="08-1").organisation
    other = register.member("Ekens Snickeri", place="Kiruna", email="info@eken.example").organisation
    return one, other


def address(one: Organisation, other: Organisation) -> str:
    return f"/medlemmar/dubbletter/{one.public_id}/{other.public_id}/"


def typed(one: Organisation, other: Organisation, **more: str) -> dict[str, str]:
    return {
        "kept": "one",
        "one_version": str(one.version),
        "other_version": str(other.version),
        "legal_name": "one",
        "phone": "one",
        "email": "other",
        "reason": "samma styrelse",
    } | more


def test_from_the_list_to_one_record_and_back_to_two(signed_in_client: SignIn) -> None:
    client, (one, other) = signed_in_client(Role.CASE_OFFICER), pair()
    page = client.get("/medlemmar/dubbletter/")
    check_page(page)
    assert "Samma namn och samma ort, Kiruna." in page.content.decode()
    compared = client.get(address(one, other))
    check_page(compared)
    assert "info@eken.example" in compared.content.decode()
    done = client.post(address(one, other), typed(one, other), follow=True)
    check_page(done)
    one.refresh_from_db()
    assert (one.email, one.phone) == ("info@eken.example", "08-1")
    found = Merge.objects.get()
    assert found.made_by.username == "hanna"
    url = f"/medlemmar/sammanslagningar/{found.pk}/"
    undone = client.post(url, {"version": found.version, "reason": "fel"}, follow=True)
    check_page(undone)
    assert "är som de var" in undone.content.decode()
    assert not Organisation.objects.exclude(merged_into=None).exists()


def test_the_member_s_page_hints_at_the_other(signed_in_client: SignIn) -> None:
    one, other = pair()
    page = signed_in_client(Role.CASE_OFFICER).get(f"/medlemmar/{one.public_id}/")
    check_page(page)
    assert address(one, other) in page.content.decode()
    reader = signed_in_client(Role.AUDITOR).get(f"/medlemmar/{one.public_id}/")
    assert address(one, other) not in reader.content.decode()


def test_the_old_address_leads_to_the_kept_one(signed_in_client: SignIn) -> None:
    client, (one, other) = signed_in_client(Role.CASE_OFFICER), pair()
    client.post(address(one, other), typed(one, other))
    assert client.get(f"/medlemmar/{other.public_id}/")["Location"] == f"/medlemmar/{one.public_id}/"
    moved = client.get(f"/medlemmar/{other.public_id}/personer/")
    assert moved["Location"] == f"/medlemmar/{one.public_id}/personer/"


def test_what_is_missing_is_said_and_what_was_typed_stays(signed_in_client: SignIn) -> None:
    client, (one, other) = signed_in_client(Role.CASE_OFFICER), pair()
    answer = client.post(address(one, other), typed(one, other, reason="", kept="other"))
    assert answer.status_code == 422
    soup = check_page(answer)
    assert soup and soup.find("input", attrs={"name": "kept", "value": "other", "checked": True})
    assert not Merge.objects.exists()


@pytest.mark.parametrize("reason", ["\x00", "x" * 1_000_000, "‮omvänt", "' OR 1=1 --", "850709-9805"])
def test_strange_reasons_never_break(signed_in_client: SignIn, reason: str) -> None:
    client, (one, other) = signed_in_client(Role.CASE_OFFICER), pair()
    assert client.post(address(one, other), typed(one, other, reason=reason)).status_code < 500
    assert client.post(f"{address(other, one)}olika/", {"reason": reason}).status_code < 500


def test_two_who_merge_at_once(signed_in_client: SignIn) -> None:
    client, (one, other) = signed_in_client(Role.CASE_OFFICER), pair()
    stale = typed(one, other, one_version="99")
    answer = client.post(address(one, other), stale)
    assert answer.status_code == 422 and "Någon annan har ändrat" in answer.content.decode()
    client.post(address(one, other), typed(one, other))
    again = client.post(address(one, other), typed(one, other), follow=True)
    assert "redan sammanslagna" in again.content.decode()
    assert Merge.objects.count() == 1


def test_not_the_same_and_taken_back(signed_in_client: SignIn) -> None:
    client, (one, other) = signed_in_client(Role.CASE_OFFICER), pair()
    client.post(f"{address(one, other)}olika/", {"reason": "olika ägare"})
    page = client.get("/medlemmar/dubbletter/")
    check_page(page)
    assert "olika ägare" in page.content.decode()
    client.post(f"/medlemmar/dubbletter/olika/{NotDuplicates.objects.get().pk}/")
    assert not NotDuplicates.objects.exists()


def test_a_merged_record_is_on_no_page(signed_in_client: SignIn) -> None:
    """Every page that links lead to, for a manager: the name that went is only where merges are told of."""
    client, (one, other) = signed_in_client(Role.MANAGER), pair()
    Organisation.objects.filter(pk=other.pk).update(legal_name="Borta Med Vinden", search_key="borta")
    client.post(address(one, other), typed(one, other))
    one.other_names.all().delete()
    found = []

    def get(url: str) -> str | None:
        answer = client.get(url)
        if not answer.get("Content-Type", "").startswith("text/html"):
            text = b"".join(answer) if answer.streaming else answer.content  # type: ignore[arg-type]
            if b"Borta Med Vinden" in text:
                found.append(url)
            return None
        text = answer.content.decode()
        told = ("/medlemmar/dubbletter/", "/medlemmar/sammanslagningar/", "/logg/")
        itself = url in {f"/medlemmar/{one.public_id}/", f"/medlemmar/{one.public_id}/handelser/"}
        if "Borta Med Vinden" in text and not url.startswith(told) and not itself:
            found.append(url)
        return text

    seen = list(pages(get, start="/")) + list(pages(get, start="/medlemmar/?status=alla&sok=borta"))
    assert not found
    assert len(seen) > 15
    assert Membership.objects.count() == 2


def test_at_most_thirty_queries(signed_in_client: SignIn) -> None:
    client, (one, other) = signed_in_client(Role.CASE_OFFICER), pair()
    for url in ("/medlemmar/dubbletter/", address(one, other), f"/medlemmar/{one.public_id}/"):
        with CaptureQueriesContext(connection) as asked:
            client.get(url)
        assert len(asked) <= 30, url
