"""The published list: frozen rows that agree with the memberships, and show nothing but name and sector."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.utils import timezone
from tests.web.members import register
from tests.web.members.handling import desk
from tests.web.pages import CheckedClient

from pakten.members.models import Membership, PublicMember, State
from pakten.members.services import admit_many, public_list, restore_membership, withdraw_admission
from pakten.members.services.membership import MembershipFacts
from pakten.organisations.services import change_organisation

pytestmark = pytest.mark.django_db
LIST = "/medlemsforteckning/"


def agree() -> None:
    """The rows are what the memberships say."""
    wanted = Membership.objects.filter(state=State.ACTIVE, published=True).select_related("organisation")
    found = PublicMember.objects.values_list("membership_id", "name", "sector")
    assert sorted(found) == sorted(
        (row.pk, row.organisation.legal_name, row.organisation.sector) for row in wanted
    )
    assert public_list.rebuild() == (0, 0)


def test_rows_follow_admission_rename_dormancy_and_end() -> None:
    member = register.member("Åkeriet AB", org_nr=register.number(3))
    register.member("Ekens Förening", sector="civil")
    agree()
    assert list(PublicMember.objects.values_list("name", flat=True)) == ["Ekens Förening", "Åkeriet AB"]
    organisation = member.organisation
    change_organisation(
        organisation,
        {"legal_name": "Älvens Åkeri AB"},
        actor=desk.officer(),
        source=register.source(),
        expected_version=organisation.version,
    )
    agree()
    for state in ("dormant", "active"):
        restore_membership(
            member, {"state": state}, actor=desk.officer(), reason="test", expected_version=member.version
        )
        agree()
    member.refresh_from_db()
    register.left(member, timezone.localdate())
    agree()
    assert PublicMember.objects.count() == 1


def test_rows_follow_imports_and_withdrawals() -> None:
    found = register.applied([register.A, register.B])
    agree()
    assert PublicMember.objects.count() == 2
    register.undo(found)
    agree()
    assert not PublicMember.objects.exists()
    facts = [(register.organisation(f"Org {number}"), MembershipFacts()) for number in range(3)]
    made = admit_many(facts, actor=desk.officer(), reason="test")
    agree()
    withdraw_admission(made[0], actor=desk.officer(), reason="fel", expected_version=made[0].version)
    agree()
    assert PublicMember.objects.count() == 2


def test_the_command_writes_the_list_anew(capsys: pytest.CaptureFixture[str]) -> None:
    register.member("Åkeriet AB")
    PublicMember.objects.all().delete()
    call_command("public_list")
    assert "1 row" in capsys.readouterr().out
    agree()


def test_l29_the_page_shows_name_and_sector_and_never_a_number() -> None:
    """L-29"""
    number = register.sole_trader_number()
    register.member("Björks Trädgård", org_nr=number)
    register.member("Föreningen Dold", sector="civil")
    Membership.objects.filter(organisation__legal_name="Föreningen Dold").update(published=False)
    public_list.rebuild()
    visitor = CheckedClient()
    page = visitor.get(LIST).content.decode()
    assert "Björks Trädgård" in page
    assert "Föreningen Dold" not in page
    for shown in (page, visitor.get(f"{LIST}atom/").content.decode()):
        assert number not in shown
        assert f"{number[:6]}-{number[6:]}" not in shown
    assert visitor.get(f"{LIST}atom/")["Content-Type"].startswith("application/atom+xml")


def test_the_page_searches_and_filters() -> None:
    register.member("Åkeriet AB")
    register.member("Ekens Förening", sector="civil")
    visitor = CheckedClient()
    assert "Ekens" not in visitor.get(f"{LIST}?sok=akeri").content.decode()
    assert "Åkeriet" not in visitor.get(f"{LIST}?sektor=civil").content.decode()
    assert "Ingen medlem passar" in visitor.get(f"{LIST}?sok=finns+inte").content.decode()
    for odd in ("?sok=%00", "?sektor=x", "?page=x", f"?sok={'a' * 5000}"):
        assert visitor.get(LIST + odd).status_code == 200
    assert visitor.get(f"{LIST}kontroll/").status_code == 200
