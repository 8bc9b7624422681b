"""Contact persons: one main contact, an invitation by mail, and an end that closes the file."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from tests.people import person
from tests.web.members import register
from tests.web.members.own_file import correspondence

from pakten.accounts import services as accounts
from pakten.accounts.models import Role, User
from pakten.accounts.queries import contact_with_address
from pakten.letters.models import OutboxMessage
from pakten.members.models import Membership
from pakten.organisations import services
from pakten.organisations.facts import ContactFacts
from pakten.organisations.models import ContactPerson
from pakten.organisations.refusals import ChangedMeanwhile, Refused

EKEN = "Ekens Bageri AB"


@pytest.fixture
def member(db: None) -> Membership:
    return register.member()


def test_there_is_one_main_contact(member: Membership) -> None:
    first = correspondence.contact(member, "Ann Ek", is_main=True)
    second = correspondence.contact(member, "Bo Ek", is_main=True)
    first.refresh_from_db()
    assert (first.is_main, second.is_main) == (False, True)


def test_an_address_is_one_contacts(member: Membership) -> None:
    correspondence.contact(member, email="ann@example.se")
    with pytest.raises(Refused, match="redan en kontaktperson"):
        correspondence.contact(member, email="ann@example.se")
    # The same person may be a contact elsewhere.
    correspondence.contact(register.member(EKEN), email="ann@example.se")


def test_an_invited_contact_signs_in_by_code_and_is_told_what_we_keep(
    member: Membership, officer: User
) -> None:
    row = correspondence.contact(member, "Ann Ek", email="ann@example.se")
    user = services.invite_contact(row, actor=officer, expected_version=row.version)
    assert contact_with_address("ann@example.se") == user and not user.has_usable_password()
    mail = OutboxMessage.objects.get()
    assert mail.to_address == "ann@example.se" and "kod via e-post" in mail.body
    assert "sparar ditt namn" in mail.body and "mejl från organisationen" in mail.body
    row.refresh_from_db()
    assert row.informed_at is not None and row.user == user


def test_one_account_for_several_organisations(member: Membership, officer: User) -> None:
    rows = [
        correspondence.contact(each, "Ann Ek", email="ann@example.se")
        for each in (member, register.member(EKEN))
    ]
    users = {services.invite_contact(row, actor=officer, expected_version=row.version).pk for row in rows}
    assert len(users) == 1


def test_an_address_of_the_staff_makes_no_contact(member: Membership, officer: User) -> None:
    User.objects.filter(pk=officer.pk).update(email="hanna@example.se")
    row = correspondence.contact(member, email="hanna@example.se")
    with pytest.raises(Refused, match="annat konto"):
        services.invite_contact(row, actor=officer, expected_version=row.version)
    row.refresh_from_db()
    assert row.user is None and not OutboxMessage.objects.exists()


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.AUDITOR, Role.BOARD_MEMBER, Role.MEMBER_CONTACT, None])
def test_nobody_else_makes_accounts_of_contacts(db: None, role: Role | None) -> None:
    with pytest.raises(PermissionDenied):
        accounts.invite_contact("Ann Ek", "ann@example.se", actor=person(role), reason="prov")


def test_an_officer_makes_no_other_account(officer: User) -> None:
    """The narrow right gives no way to any other role."""
    new = accounts.NewPerson("ann", "Ann", "Ek", email="ann@example.se")
    with pytest.raises(PermissionDenied):
        accounts.invite(new, [Role.CASE_OFFICER], actor=officer, reason="prov")
    with pytest.raises(ValidationError):
        User.objects.create(username="x", email="b@example.se")
        accounts.invite_contact("Bo Ek", "b@example.se", actor=officer, reason="prov")


def test_own_details_but_not_the_own_key(member: Membership) -> None:
    kim = person(Role.MEMBER_CONTACT)
    row = correspondence.contact_as(kim, member, email="kim@example.se")
    facts = ContactFacts("Kim Ek", "vd", row.email, "070-1", row.is_main)
    services.change_contact(row, facts, actor=kim, source=register.source(), expected_version=row.version)
    row.refresh_from_db()
    assert (row.name, row.title, row.phone) == ("Kim Ek", "vd", "070-1")
    for stolen in (
        ContactFacts("Kim Ek", email="annan@example.se", is_main=row.is_main),
        ContactFacts("Kim Ek", email=row.email, is_main=True),
    ):
        with pytest.raises(PermissionDenied):
            services.change_contact(
                row, stolen, actor=kim, source=register.source(), expected_version=row.version
            )


def test_the_address_of_an_account_is_not_changed_under_it(member: Membership, officer: User) -> None:
    row = correspondence.contact_as(person(Role.MEMBER_CONTACT), member, email="kim@example.se")
    facts = ContactFacts(row.name, email="ny@example.se")
    with pytest.raises(Refused, match="loggar in med"):
        services.change_contact(
            row, facts, actor=officer, source=register.source(), expected_version=row.version
        )


def test_a_name_hides_nothing(member: Membership) -> None:
    row = correspondence.contact(member, "Ann\u202e\u2066 Ek\nAdministratör")
    assert row.name == "Ann Ek Administratör"
    for name, why in (("", "namn"), ("\u202e", "namn"), ("640823-3234", "ersonnummer"), ("x" * 201, "lång")):
        with pytest.raises(Refused, match=why):
            correspondence.contact(member, name)


def test_two_officers_on_one_contact(member: Membership, officer: User) -> None:
    row = correspondence.contact(member)
    today = timezone.localdate()
    services.end_contact(
        ContactPerson.objects.get(pk=row.pk), on=today, actor=officer, reason="slutat", expected_version=1
    )
    with pytest.raises(ChangedMeanwhile):
        services.end_contact(row, on=today, actor=officer, reason="slutat", expected_version=1)


def test_the_tab_does_all_of_it(member: Membership, signed_in_client) -> None:
    client = signed_in_client(Role.CASE_OFFICER)
    public_id = member.organisation.public_id
    new = reverse("members:add_contact", args=[public_id])
    values = {"version": 0, "name": "Ann Ek", "email": "inte en adress", "source": "mejl"}
    wrong = client.post(new, values)
    assert wrong.status_code == 422 and "Ann Ek" in wrong.content.decode()
    assert client.post(new, values | {"email": "ann@example.se"}).status_code == 302
    row = ContactPerson.objects.get()
    for name in ("inform_contact", "invite_contact", "end_contact"):
        row.refresh_from_db()
        url = reverse(f"members:{name}", args=[public_id, row.pk])
        assert client.post(url, {"version": row.version}).status_code == 302
        assert client.post(url, {"version": "\x00" * 3}).status_code == 302
    old = reverse("members:edit_contact", args=[public_id, row.pk])
    # The version of a new one, for one that there is.
    assert client.post(old, values | {"email": "ann@example.se"}).status_code == 422
    page = client.get(reverse("members:tab", args=[public_id, "kontakter"])).content.decode()
    assert "Tidigare kontaktpersoner" in page and "Ann Ek" in page
