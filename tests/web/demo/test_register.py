"""The demo's register file goes through the import like anybody's."""

from collections import Counter
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files import File
from django.core.management import CommandError, call_command
from tests.people import person

from pakten.accounts.models import Role
from pakten.demo.network import build_network
from pakten.members.imports.fields import suggest
from pakten.members.models import Membership
from pakten.members.services import imports
from pakten.organisations.models import KnownPerson, Organisation

MEMBERS = build_network().members
# The one whose name is only a dash can't be told from an empty cell; the import says so.
NAMED = [member for member in MEMBERS if member.organisation.name != "–"]


@pytest.mark.django_db
def test_register_is_taken_in_whole(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    path = tmp_path / "register.xlsx"
    said = StringIO()
    call_command("demo", register=path, stdout=said)
    assert "370 invented members" in said.getvalue()

    officer = person(Role.CASE_OFFICER)
    with path.open("rb") as stream:
        made = imports.upload(File(stream, name=path.name), actor=officer)
    imports.try_out(made, suggest(made.headers), actor=officer, expected_version=made.version)
    imports.apply_import(made, actor=officer, expected_version=made.version)

    refused = made.rows.get(outcome="refused")
    assert MEMBERS[refused.line - 2].organisation.name == "–"
    assert set(Organisation.objects.values_list("legal_name", "org_nr", "sector", "description")) == {
        (each.name, each.org_nr or None, each.sector, each.description)
        for each in (member.organisation for member in NAMED)
    }
    assert KnownPerson.objects.count() == sum(len(member.organisation.persons) for member in NAMED)
    stored = Membership.objects.values_list("state", "collective_agreement", "joined_on")
    assert Counter(stored) == Counter((each.state, each.agreement, each.joined_on) for each in NAMED)


def test_register_of_another_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"\.csv or \.xlsx") as refusal:
        call_command("demo", register=tmp_path / "register.ods")
    assert refusal.value.returncode == 2


def test_register_that_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        call_command("demo", register=tmp_path / "missing" / "register.csv")
