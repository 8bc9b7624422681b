"""What the web tests share: people, clients and the worker."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from tests.emptying import log_may_be_emptied
from tests.nowhere import no_network
from tests.people import person
from tests.worker import do_jobs

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
def run_jobs() -> Callable[[], None]:
    """Does, in this process, all the work that has been ordered so far."""
    return do_jobs


@pytest.fixture(autouse=True, scope="session")
def _no_website_is_visited() -> Iterator[None]:
    """A control orders a visit: here it finds that no name leads anywhere, and no name server is asked."""
    with no_network():
        yield


@pytest.fixture(autouse=True, scope="session")
def _emptying_the_log() -> Iterator[None]:
    with log_may_be_emptied():
        yield
