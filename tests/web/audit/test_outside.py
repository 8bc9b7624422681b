"""A change made by another program is told of; our own are not taken for one."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from tests.people import person
from tests.web.members import register

from pakten.accounts.models import Role, User
from pakten.audit import outside
from pakten.audit.models import Entry, OutsideChange
from pakten.audit.services import note_outside, verify
from pakten.members.models import Membership

pytestmark = pytest.mark.django_db(transaction=True)

Run = Callable[[str], None]


@pytest.fixture
def by_hand() -> Iterator[Run]:
    """Runs SQL as another program does, over a connection of its own."""
    if connection.vendor == "postgresql":
        opened = psycopg.connect(**_address(), autocommit=True)
    else:
        import sqlite3

        opened = sqlite3.connect(connection.settings_dict["NAME"], timeout=20, isolation_level=None)
    yield lambda sql: opened.execute(sql)
    opened.close()


def _address() -> dict[str, str]:
    wanted = connection.get_connection_params()
    return {name: wanted[name] for name in ("dbname", "user", "password", "host", "port") if wanted.get(name)}


def test_our_own_changes_are_not_told(by_hand: Run) -> None:
    """Whatever our services and the ORM write is inside."""
    member = register.member()
    Membership.objects.filter(pk=member.pk).update(version=9)
    User.objects.filter(pk=person(Role.AUDITOR).pk).update(title="Revisor")
    assert not OutsideChange.objects.exists()


def test_a_change_by_hand_is_told(by_hand: Run) -> None:
    """Table, row, operation and the columns' names; never their values."""
    member = register.member()
    by_hand(f"UPDATE members_membership SET state = 'dormant', version = 7 WHERE id = {member.pk}")
    change = OutsideChange.objects.get()
    assert (change.table_name, change.row_key, change.operation) == (
        "members_membership",
        str(member.pk),
        "update",
    )
    assert set(change.columns.split()) == {"state", "version"}
    assert note_outside() == 1
    assert note_outside() == 0
    entry = Entry.objects.get(action="audit.outside.noticed")
    assert entry.actor is None and entry.after["columns"] and "dormant" not in str(entry.after)
    assert OutsideChange.objects.get().entry == entry
    assert verify().ok


def test_rows_that_come_and_go_by_hand_are_told(by_hand: Run) -> None:
    """A role that somebody gives in the database, and takes away again, leaves two notes."""
    user = person(Role.AUDITOR)
    by_hand(f"INSERT INTO accounts_roleassignment (user_id, role) VALUES ({user.pk}, 'manager')")
    by_hand(f"DELETE FROM accounts_roleassignment WHERE user_id = {user.pk} AND role = 'manager'")
    assert list(OutsideChange.objects.order_by("pk").values_list("operation", flat=True)) == [
        "insert",
        "delete",
    ]


def test_every_table_of_ours_is_watched() -> None:
    """A new table is watched without anybody remembering it; work under way is not."""
    tables = {model._meta.db_table for model in outside.watched()}
    assert {"members_application", "decisions_decision", "records_record", "accounts_user"} <= tables
    assert not {"jobs_job", "audit_entry"} & tables
    assert len(outside._installed(connection)) == 3 * len(tables)


def test_installing_again_changes_nothing() -> None:
    """After each migration, and after a table was written anew, all are there once."""
    before = outside._installed(connection)
    name, table = next(iter(before.items()))
    with connection.cursor() as cursor:
        outside._drop(cursor, connection, name=name, table=table)
    outside.install(connection)
    assert outside._installed(connection) == before


def test_the_pages_tell(by_hand: Run) -> None:
    """The log's page says so, and the list says what, in Swedish words."""
    member = register.member()
    by_hand(f"UPDATE members_membership SET state = 'dormant' WHERE id = {member.pk}")
    client = Client()
    client.force_login(person(Role.AUDITOR))
    assert "utanför programmet" in client.get("/logg/").content.decode()
    page = client.get("/logg/utanfor/").content.decode()
    assert "Medlemskap" in page and "status" in page and "Ändrad rad" in page


def test_the_command_tells(by_hand: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """``pakten verify_log`` says that the log stands, and what was changed beside it."""
    member = register.member()
    by_hand(f"UPDATE members_membership SET state = 'dormant' WHERE id = {member.pk}")
    call_command("verify_log")
    assert "Changed outside the application: 1 rows" in capsys.readouterr().out
