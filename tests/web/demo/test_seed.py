"""Seeding: through the services, all or nothing, once."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from tests.people import person

from pakten.accounts.demo_people import DEMO_SIGN_INS
from pakten.accounts.models import Role, User
from pakten.audit.models import Entry
from pakten.audit.services import verify
from pakten.checks.queries.lists import editions_of, line_of
from pakten.demo import history
from pakten.demo.listed import CAME, CHANGED, GONE, second_edition
from pakten.demo.sanctions import LIST_ID
from pakten.members.models import Membership, State
from pakten.organisations.facts import FactSource, OrganisationFacts
from pakten.organisations.models import KnownPerson, Organisation, OwnershipStake, Sector
from pakten.organisations.services import create_organisation


@pytest.fixture(autouse=True)
def demonstration(settings: Any, tmp_path: Path) -> None:
    settings.DEMO = True
    settings.LIST_STORE = tmp_path


def everything() -> dict[str, int]:
    kinds = (User, Organisation, Membership, KnownPerson, OwnershipStake, Entry)
    return {kind.__name__: kind.objects.count() for kind in kinds}


@pytest.mark.django_db(transaction=True)
def test_seeding_fills_an_empty_database_once(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("demo")
    first = everything()
    former = Membership.objects.filter(organisation__source=history.SOURCE, state=State.ENDED)
    assert former.count() == history.FORMER
    assert Membership.objects.filter(applications=None).count() == 370 + history.FORMER
    assert Membership.objects.exclude(applications=None).count() == 2
    assert set(User.objects.values_list("username", flat=True)) >= {each.username for each in DEMO_SIGN_INS}
    assert all(Membership.objects.values_list("organisation__source", flat=True))
    assert verify().ok
    newer, _ = editions_of(LIST_ID)
    line = line_of(LIST_ID)
    assert line is not None
    assert line.edition == newer
    assert newer.entries == len(second_edition())
    assert newer.changes == {"came": CAME, "went": GONE, "changed": CHANGED}
    assert "in place" in capsys.readouterr().out

    call_command("demo")
    assert everything() == first
    assert editions_of(LIST_ID).count() == 2
    assert "there already" in capsys.readouterr().out


@pytest.mark.django_db
def test_somebody_elses_database_is_left_alone() -> None:
    facts = OrganisationFacts(legal_name="Lindblomsgatans Glasmästeri AB", sector=Sector.PRIVATE)
    source = FactSource("Tidigare register", recorded_at=timezone.now())
    create_organisation(facts, actor=person(Role.CASE_OFFICER), source=source)
    before = everything()
    with pytest.raises(CommandError, match="nothing was changed") as refusal:
        call_command("demo")
    assert refusal.value.returncode == 2
    assert everything() == before


@pytest.mark.django_db
def test_known_password_stays_out_of_real_installations(settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="PAKTEN_DEMO=1"):
        call_command("demo")
    assert not User.objects.exists()
