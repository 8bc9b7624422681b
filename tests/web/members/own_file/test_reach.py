"""Whose file a contact opens: the own organisations' today, and nobody else's, whatever has happened."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.people import person
from tests.web.members import register
from tests.web.members.own_file import correspondence

from pakten.accounts import services as accounts
from pakten.accounts.models import Role, User
from pakten.members.policies.own_file import contacts_held_by
from pakten.members.services.messages import write_to_city
from pakten.organisations.models import ContactPerson, Organisation
from pakten.organisations.services import end_contact

PAGES = ("own_start", "own_facts", "own_edit", "own_contact", "own_leave", "own_messages", "own_pledges")


def kim(again: int = 0) -> User:
    return person(Role.MEMBER_CONTACT, again=again)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    rows=st.lists(
        st.tuples(
            st.integers(0, 3),  # which organisation
            st.integers(0, 2),  # whose account
            st.none() | st.integers(-3, 3),  # the first day, from today
            st.none() | st.integers(-3, 3),  # the first day that is no longer so
        ),
        max_size=8,
    ),
    merged=st.sets(st.integers(1, 3), max_size=2),
    closed=st.sets(st.integers(0, 2), max_size=1),
)
def test_nobody_sees_anothers_file(db: None, rows, merged: set[int], closed: set[int]) -> None:
    """Random contacts, periods, merges and closed accounts: the reach is exactly what the rows say."""
    ContactPerson.objects.all().delete()
    Organisation.objects.update(merged_into=None)
    today = timezone.localdate()
    organisations = list(Organisation.objects.order_by("pk")[:4])
    organisations += [register.organisation(f"Ek {n} AB") for n in range(len(organisations), 4)]
    users = [kim(n) for n in range(3)]
    for number, user in enumerate(users):
        User.objects.filter(pk=user.pk).update(is_active=number not in closed)
    for place, (which, whose, first, last) in enumerate(rows):
        ContactPerson.objects.create(
            organisation=organisations[which],
            user=users[whose],
            name=f"Kontakt {place}",
            valid_from=None if first is None else today + timedelta(days=first),
            valid_to=None if last is None else today + timedelta(days=last),
            source="prov",
            recorded_at=timezone.now(),
        )
    for gone in merged:
        Organisation.objects.filter(pk=organisations[gone].pk).update(merged_into=organisations[0])
    for number in range(3):
        user = User.objects.get(pk=users[number].pk)
        wanted = {
            organisations[which].pk
            for which, whose, first, last in rows
            if whose == number
            and number not in closed
            and which not in merged
            and (first is None or first <= 0)
            and (last is None or last > 0)
        }
        assert {each.organisation_id for each in contacts_held_by(user)} == wanted


@pytest.mark.parametrize("name", PAGES)
def test_own_opens_and_anothers_is_not_there(db: None, signed_in_client, name: str) -> None:
    own = correspondence.contact_as(kim()).organisation
    other = correspondence.contact_as(kim(1), register.member("Ekens Bageri AB")).organisation
    client = signed_in_client(kim())
    assert client.get(reverse(f"members:{name}", args=[own.public_id])).status_code == 200
    assert client.get(reverse(f"members:{name}", args=[other.public_id])).status_code == 404
    assert client.post(reverse(f"members:{name}", args=[other.public_id])).status_code in (404, 405)


def test_anothers_facts_papers_and_downloads_are_not_there(db: None, signed_in_client) -> None:
    row = correspondence.contact_as(kim(1), register.member("Ekens Bageri AB"))
    sent = correspondence.incoming(row)
    own = correspondence.contact_as(kim()).organisation
    file = sent.record.files.get()
    client = signed_in_client(kim())
    for name, more in (("own_download", ["json"]), ("own_correct", ["legal_name"]), ("own_paper", [file.pk])):
        url = reverse(f"members:{name}", args=[row.organisation.public_id, *more])
        assert client.get(url).status_code == 404
    # Nor through the own organisation's address.
    assert client.get(reverse("members:own_paper", args=[own.public_id, file.pk])).status_code == 404
    owner = signed_in_client(kim(1))
    assert (
        owner.get(reverse("members:own_paper", args=[row.organisation.public_id, file.pk])).status_code == 200
    )


def test_who_has_left_sees_nothing_and_writes_nothing(db: None, signed_in_client, officer: User) -> None:
    row = correspondence.contact_as(kim())
    client = signed_in_client(kim())
    url = reverse("members:own_start", args=[row.organisation.public_id])
    assert client.get(url).status_code == 200
    row.refresh_from_db()
    end_contact(row, on=timezone.localdate(), actor=officer, reason="slutat", expected_version=row.version)
    assert client.get(url).status_code == 404
    with pytest.raises(PermissionDenied):
        write_to_city(row.organisation, correspondence.written(), actor=kim())
    assert "inte kontaktperson för någon" in client.get("/min-organisation/").content.decode()


def test_a_closed_account_reaches_nothing(db: None, administrator: User) -> None:
    correspondence.contact_as(kim())
    accounts.close(kim(), actor=administrator, reason="prov")
    assert contacts_held_by(User.objects.get(pk=kim().pk)) == []


def test_an_officer_has_no_file_even_as_a_contact(db: None, officer: User) -> None:
    correspondence.contact_as(officer)
    assert contacts_held_by(officer) == []


def test_home_leads_to_the_own_file_or_a_choice(db: None, signed_in_client) -> None:
    client: Client = signed_in_client(kim())
    assert client.get("/").headers["Location"] == "/min-organisation/"
    one = correspondence.contact_as(kim()).organisation
    assert client.get("/min-organisation/").headers["Location"].endswith(f"{one.public_id}/")
    correspondence.contact_as(kim(), register.member("Ekens Bageri AB"))
    page = client.get("/min-organisation/").content.decode()
    assert "Vilken organisation?" in page and "Ekens Bageri AB" in page
