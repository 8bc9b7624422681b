"""Who is told of a visit: a fault of theirs keeps no visit waiting, is shown, and is tried again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from unittest import mock

import pytest
from django.core.exceptions import PermissionDenied
from tests.web.pages import CheckedClient
from tests.web.visits.world import invented, member, visited
from tests.worker import do_jobs

from pakten.audit.models import Entry
from pakten.jobs import services as jobs
from pakten.jobs.models import Job
from pakten.organisations.models import Organisation
from pakten.visits import made, services
from pakten.visits.models import Untold, Visit, VisitOutcome, VisitState
from pakten.visits.queries import untold
from pakten.visits.queries.untold import MOST, has_failed, missing_of
from pakten.visits.services import telling
from pakten.visits.tasks import tell_untold

pytestmark = pytest.mark.django_db


class Listener:
    """Somebody who writes something and then fails, as long as ``broken``."""

    def __init__(self) -> None:
        self.broken, self.heard = True, 0

    def hear(self, visit: Visit) -> None:
        self.heard += 1
        Organisation.objects.filter(pk=visit.organisation_id).update(phone="070")
        if self.broken:
            raise RuntimeError("Anna Andersson fattas")


@pytest.fixture
def listener(monkeypatch: pytest.MonkeyPatch) -> Iterator[Listener]:
    """One that fails, beside those that are always there."""
    found = Listener()
    monkeypatch.setattr(made, "TOLD", dict(made.TOLD))
    monkeypatch.setattr(telling, "TOLD", made.TOLD)
    monkeypatch.setattr(untold, "TOLD", made.TOLD)
    made.on_made(found.hear, words="provet")
    yield found


def test_a_listener_that_fails_keeps_no_visit_waiting(listener, heard):
    membership = member()
    with invented():
        visit = visited(membership)
    assert (visit.state, visit.outcome) == (VisitState.FINISHED, VisitOutcome.VISITED)
    membership.organisation.refresh_from_db()
    assert membership.organisation.phone == "", "what it wrote before it failed is undone"
    row = Untold.objects.get()
    assert (row.listener, row.tries, row.fault) == (made.name_of(listener.hear), 1, "RuntimeError")
    listener.broken = False
    telling.tell(visit)
    membership.organisation.refresh_from_db()
    assert membership.organisation.phone == "070" and not Untold.objects.exists()
    telling.tell(visit)
    assert listener.heard == 2, "who has been told is not told again"


def test_it_is_tried_again_for_a_while_and_then_when_a_person_asks(listener, officer, auditor, run_jobs):
    membership = member()
    with invented():
        visit = visited(membership)
    assert has_failed()
    for _ in range(MOST + 2):
        telling.tell_all_again(lambda *_: None)
    assert listener.heard == MOST and not has_failed()
    assert [one.given_up for one in missing_of(visit)] == [True]
    client = CheckedClient()
    client.force_login(officer)
    page = client.get(f"/kontroll/besok/{visit.pk}/").content.decode()
    assert "provet kunde inte ta emot det" in page and "försöker inte längre" in page
    assert "Andersson" not in page and "RuntimeError" not in page
    assert client.post(f"/kontroll/besok/{visit.pk}/for-vidare/").status_code == 302
    assert listener.heard == MOST + 1
    listener.broken = False
    client.post(f"/kontroll/besok/{visit.pk}/for-vidare/")
    assert "provet" not in client.get(f"/kontroll/besok/{visit.pk}/").content.decode()
    assert Entry.objects.filter(action="visits.visit.told_again").count() == 2
    with pytest.raises(PermissionDenied):
        telling.tell_again(visit, actor=auditor)


def test_the_administrator_sees_a_job_that_failed(listener, administrator, run_jobs):
    """The order's own job says it, and the clock's job fails while it goes on."""
    membership = member()
    with invented():
        services.order_visit(membership.organisation, actor=None, because="Bevakning")
        run_jobs()
    assert "provet kunde inte ta emot det" in Job.objects.get().summary
    start("visits.untold", tell_untold)
    client = CheckedClient()
    client.force_login(administrator)
    failed = Job.objects.get(kind="visits.untold")
    assert failed.state == "failed" and "Inget är förlorat" in failed.error
    assert "Misslyckades" in client.get("/jobb/").content.decode()
    listener.broken = False
    start("visits.untold", tell_untold)
    assert Job.objects.filter(kind="visits.untold").latest("pk").state == "done"


def start(kind: str, task: Callable[..., None]) -> None:
    jobs.start(kind, "Prov", actor=None, task=task)
    do_jobs()


def test_killed_between_the_visit_and_the_telling_nobody_is_forgotten(listener, monkeypatch):
    listener.broken = False
    membership = member()
    killed = mock.patch("pakten.visits.services.visiting.tell", side_effect=KeyboardInterrupt)
    with invented(), killed, pytest.raises(KeyboardInterrupt):
        visited(membership)
    assert Visit.objects.get().state == VisitState.FINISHED and listener.heard == 0
    assert not has_failed(), "the worker may still be at it"
    monkeypatch.setattr(untold, "FORGOTTEN_AFTER", timedelta(0))
    assert has_failed()
    telling.tell_all_again(lambda *_: None)
    assert listener.heard == 1 and not Untold.objects.exists()
