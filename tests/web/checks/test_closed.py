"""What a case that is closed to a person must not give away: in lists of jobs, on pages, in numbers."""

from __future__ import annotations

import pytest
from tests.web.checks.applicants import applicant, begin
from tests.web.checks.world import LISTED_PERSON, World, board
from tests.web.pages import CheckedClient

from pakten.checks.models import BasicState
from pakten.checks.queries import likenesses
from pakten.checks.queries.basic import basic_of
from pakten.checks.services.basic_lists import compare
from pakten.checks.services.basic_opening import open_basic
from pakten.jobs import queries
from pakten.jobs.models import Job
from pakten.records.services import declare_conflict

pytestmark = pytest.mark.django_db


def test_a_conflict_of_interest_hides_the_jobs_and_the_counts_of_the_case(world: World) -> None:
    """L-17: no title, no page and no number tells of the case."""
    world.take()
    application = applicant("Björkvikens Snickeri AB", board(LISTED_PERSON), actor=world.officer)
    begin(application, actor=world.officer)
    open_basic(application, world.officer)
    control = basic_of(application, state=BasicState.OPEN)
    assert control is not None
    control = compare(control.pk)
    assert control.likenesses.exists()
    officer = CheckedClient()
    officer.force_login(world.officer)
    job = Job.objects.get(kind="checks.basic", case=control.application.case)
    assert job.title in officer.get("/jobb/").content.decode()
    counts = [row.count() for row in (likenesses.open_to(world.officer), queries.jobs(world.officer))]
    declare_conflict(control.application.case, world.officer, actor=world.officer, reason="Min svåger")
    assert control.name not in officer.get("/jobb/").content.decode()
    assert officer.get(f"/jobb/{job.pk}/").status_code == 404
    assert officer.post(f"/jobb/{job.pk}/stoppa/").status_code == 404
    ours = Job.objects.filter(case=control.application.case).count()
    after = [row.count() for row in (likenesses.open_to(world.officer), queries.jobs(world.officer))]
    assert after == [counts[0] - control.likenesses.count(), counts[1] - ours]
    assert sum(likenesses.tab_counts(world.officer).values()) == after[0]
    assert control.name not in officer.get("/inkorg/").content.decode()
