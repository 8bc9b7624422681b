"""Rows before the log: who ends an application and who handles its deviation never wait for each other."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.web.deviations import made, rights

from pakten.audit.services import record as log
from pakten.deviations.models import Deviation, Level
from pakten.deviations.services.writing import claim
from pakten.members.models import Application, CompletionRequest
from pakten.members.services import answering, applications
from pakten.members.services.applications import CompletionFacts

End = Callable[[Application], object]
WITHDRAWN: End = lambda application: answering.withdraw(application, "")  # noqa: E731
LAPSED: End = lambda _application: applications.lapse_all()  # noqa: E731
ENDS = pytest.mark.parametrize("end", [WITHDRAWN, LAPSED], ids=["withdrawn", "lapsed"])


def waiting() -> tuple[Deviation, Application]:
    """A deviation of an applicant who has not answered in time."""
    deviation, _token = rights.of_applicant()
    application = Application.objects.select_related("organisation", "case").get(pk=deviation.application_id)
    applications.ask_completion(
        application,
        CompletionFacts(("Stadgar",)),
        actor=made.officer(),
        expected_version=application.version,
    )
    CompletionRequest.objects.update(answer_by=timezone.localdate() - timedelta(days=30))
    return made.fresh(deviation), Application.objects.get(pk=application.pk)


@pytest.mark.django_db
@ENDS
def test_the_deviations_are_held_before_a_paper_is_registered(end: End) -> None:
    deviation, application = waiting()
    with CaptureQueriesContext(
        connection,
    ) as seen:
        end(application)
    asked = [query["sql"] for query in seen.captured_queries]
    held = next(n for n, sql in enumerate(asked) if 'FROM "deviations_deviation"' in sql)
    paper = next(n for n, sql in enumerate(asked) if sql.startswith('INSERT INTO "records_record"'))
    assert held < paper
    assert made.fresh(deviation).level == Level.ENDED


@pytest.mark.django_db(transaction=True)
@ENDS
def test_an_officer_at_work_meanwhile_is_waited_for(end: End) -> None:
    deviation, application = waiting()
    officer, at_work = made.officer(), Event()

    def handle() -> None:
        try:
            with transaction.atomic():
                claim(deviation, deviation.version)
                at_work.set()
                time.sleep(1)
                log("deviations.deviation.assessed", deviation, actor=officer, after={})
        finally:
            connections.close_all()

    def finish() -> None:
        try:
            assert at_work.wait(10)
            end(application)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as threads:
        for each in [threads.submit(handle), threads.submit(finish)]:
            each.result(timeout=60)
    assert made.fresh(deviation).level == Level.ENDED
