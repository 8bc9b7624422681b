"""What the web tests share: people, clients and the worker."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django_tasks_db.management.commands import db_worker
from tests.emptying import log_may_be_emptied
from tests.people import person

from pakten.accounts.models import Role, User


@pytest.fixture
def officer(db: None) -> User:
    """Hanna, case officer."""
    return person(Role.CASE_OFFICER)


@pytest.fixture
def manager(db: None) -> User:
    """Cecilia, manager."""
    return person(Role.MANAGER)


@pytest.fixture
def auditor(db: None) -> User:
    """Rut, auditor."""
    return person(Role.AUDITOR)


@pytest.fixture
def administrator(db: None) -> User:
    """Adam, administrator."""
    return person(Role.ADMINISTRATOR)


@pytest.fixture
def signed_in_client(db: None) -> Callable[[Role | User | None], Client]:
    """A client for the person with this role, for this person, or (None) for a person without any role."""

    def make(who: Role | User | None) -> Client:
        client = Client()
        client.force_login(who if isinstance(who, User) else person(who))
        return client

    return make


@pytest.fixture
def run_jobs(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Does, in this process, all the work that has been ordered so far."""
    # The worker would close the connection that holds the test's own transaction.
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)

    def run() -> None:
        db_worker.Worker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id="tests",
            excluded_queue_names=[],
        ).run()

    return run


@pytest.fixture(autouse=True, scope="session")
def _emptying_the_log() -> Iterator[None]:
    with log_may_be_emptied():
        yield
