"""L-30: who is named in the open list is a choice with a named person behind it, in force at once."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from tests.people import person
from tests.web.members import register
from tests.web.members.handling import desk
from tests.web.members.own_file import correspondence
from tests.web.pages import CheckedClient

from pakten.accounts.models import Role
from pakten.audit.models import Entry
from pakten.members.models import Membership, PublicMember
from pakten.members.services.publishing import OWN_CHOICE, choose_published, set_published
from pakten.organisations.refusals import ChangedMeanwhile, Refused

pytestmark = pytest.mark.django_db
LIST = "/medlemsforteckning/"


def listed() -> list[str]:
    return list(PublicMember.objects.values_list("name", flat=True))


def test_the_city_hides_a_member_for_a_reason_and_shows_it_again() -> None:
    """L-30: the name is gone from page and feed at once; the log names the person and the reason."""
    member = register.member("Ekens Förening")
    client, visitor = CheckedClient(), CheckedClient()
    client.force_login(desk.officer())
    page = reverse("members:member", args=[member.organisation.public_id])
    address = reverse("members:published", args=[member.organisation.public_id])
    assert address in client.get(page).content.decode()
    wish = {"version": member.version, "shown": "visas-inte", "reason": "hotad verksamhet"}
    assert client.post(address, wish | {"reason": ""}).status_code == 422
    assert listed() == ["Ekens Förening"]
    assert client.post(address, wish)["Location"] == page
    assert listed() == []
    for shown in (LIST, f"{LIST}atom/"):
        assert "Ekens" not in visitor.get(shown).content.decode()
    entry = Entry.objects.latest("pk")
    assert (entry.action, entry.actor, entry.reason) == (
        "members.membership.hidden",
        desk.officer(),
        "hotad verksamhet",
    )
    assert "Visas inte" in client.get(page).content.decode()
    events = reverse("members:tab", args=[member.organisation.public_id, "handelser"])
    told = client.get(events).content.decode()
    assert "Tog bort en medlem ur medlemsförteckningen" in told and "hotad verksamhet" in told
    again = client.post(address, wish | {"shown": "visas"})
    assert again.status_code == 422 and "Någon annan har ändrat" in again.content.decode()
    member.refresh_from_db()
    client.post(address, wish | {"shown": "visas", "version": member.version})
    assert listed() == ["Ekens Förening"]


def test_a_member_chooses_itself_and_only_for_itself() -> None:
    row = correspondence.contact_as(person(Role.MEMBER_CONTACT), email="kim@example.se")
    other = register.member("Någon Annan AB")
    kim = CheckedClient()
    kim.force_login(person(Role.MEMBER_CONTACT))
    address = reverse("members:own_published", args=[row.organisation.public_id])
    facts = reverse("members:own_facts", args=[row.organisation.public_id])
    assert address in kim.get(facts).content.decode()
    mine = Membership.objects.get(organisation=row.organisation)
    answer = kim.post(address, {"version": mine.version, "shown": "visas-inte"})
    assert answer["Location"] == facts and listed() == ["Någon Annan AB"]
    entry = Entry.objects.latest("pk")
    assert (entry.reason, entry.actor) == (OWN_CHOICE, person(Role.MEMBER_CONTACT))
    assert "visas inte öppet" in kim.get(facts).content.decode()
    assert kim.post(address, {"version": "x", "shown": "<b>"}).status_code == 422
    with pytest.raises(PermissionDenied):
        choose_published(other, False, actor=person(Role.MEMBER_CONTACT), expected_version=other.version)
    foreign = reverse("members:own_published", args=[other.organisation.public_id])
    assert kim.get(foreign).status_code in (403, 404)


def test_what_was_so_already_is_no_change_and_what_has_ended_is_in_no_list() -> None:
    member = register.member()
    before = Entry.objects.count()
    change = {"actor": desk.officer(), "reason": "skäl", "expected_version": member.version}
    set_published(member, True, **change)
    assert Entry.objects.count() == before
    with pytest.raises(Refused, match="Skriv varför"):
        set_published(member, False, **change | {"reason": "  "})
    with pytest.raises(PermissionDenied):
        set_published(member, False, **change | {"actor": person(Role.AUDITOR)})
    with pytest.raises(ChangedMeanwhile):
        set_published(member, False, **change | {"expected_version": 99})
    assert member.published and listed() == [member.organisation.legal_name]
    register.left(member, timezone.localdate())
    member.refresh_from_db()
    with pytest.raises(Refused, match="avslutat"):
        set_published(member, False, **change | {"expected_version": member.version})
