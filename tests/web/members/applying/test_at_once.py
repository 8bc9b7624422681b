"""Two who send at the same moment; and the clock that clears away what was never sent."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection
from tests.web.members.applying import objects

from pakten.audit.verification import verify
from pakten.jobs.schedules import SCHEDULES
from pakten.members.applying.tasks import delete_expired_drafts
from pakten.members.models import Application, ApplicationDraft, Pledge
from pakten.members.services import applying
from pakten.organisations.models import Organisation
from pakten.organisations.refusals import Refused
from pakten.records.models import Case


def both(*works: Callable[[], object]) -> list[object]:
    """Do the works at once, each with a connection of its own; what each gave, or why it was refused."""

    def done(work: Callable[[], object]) -> object:
        try:
            return work()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(done, works))


@pytest.mark.django_db(transaction=True)
def test_a_draft_sent_from_two_windows_at_once_is_one_application() -> None:
    draft, _ = objects.begun()
    found = both(*[lambda: applying.submit(draft, expected_version=draft.version)] * 4)
    assert {str(each) for each in found} == {"Ansökan från Snöflingans Bageri AB"}
    assert Application.objects.count() == Case.objects.count() == 1 and Pledge.objects.count() == 2
    assert verify().ok


@pytest.mark.django_db(transaction=True)
def test_of_two_applications_of_one_organisation_at_once_one_is_refused() -> None:
    first, _ = objects.begun(serial=3)
    second, _ = objects.begun(serial=3)
    found = both(lambda: applying.submit(first), lambda: applying.submit(second))
    assert [isinstance(each, Refused) for each in found].count(True) == 1, found
    assert Application.objects.count() == Organisation.objects.count() == Case.objects.count() == 1
    assert verify().ok


@pytest.mark.django_db
def test_the_clock_deletes_old_drafts() -> None:
    assert SCHEDULES["members.drafts"].task == "pakten.members.applying.tasks.delete_expired_drafts"
    objects.begun(until="kontakt")
    ApplicationDraft.objects.update(expires_on=date(2026, 1, 1))
    assert delete_expired_drafts.call() == 1
    assert not ApplicationDraft.objects.exists()
