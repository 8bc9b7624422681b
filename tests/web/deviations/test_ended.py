"""A deviation ends with the application that it is about, where that leads to no membership."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from django.utils import timezone
from tests.web.deviations import made, rights
from tests.web.members import register
from tests.web.members.handling import desk
from tests.web.pages import CheckedClient

from pakten.audit.models import Entry
from pakten.decisions.models import State
from pakten.decisions.refusals import DecisionRefused
from pakten.decisions.services import agree
from pakten.deviations import services
from pakten.deviations.evidence_sources import Copy
from pakten.deviations.models import Deviation, EvidenceKind, Level, Origin, Proposal, ProposalState
from pakten.deviations.queries.blocking import blocked_organisations
from pakten.deviations.services import ending
from pakten.members.models import Application, ApplicationOutcome, ApplicationState
from pakten.members.services.application_states import move
from pakten.members.services.applications import take_up_lapsed
from pakten.organisations.refusals import Refused
from pakten.sheets.gather.deviations import deviations_of
from pakten.watching.models import Watched
from pakten.watching.services.calendar import reckon
from pakten.watching.services.standing import follow

pytestmark = pytest.mark.django_db
_S = ApplicationState
Act = Callable[[Deviation], Application]


def entered(deviation: Deviation, *states: ApplicationState) -> Application:
    """The application goes through these states, as its own services let it."""
    assert deviation.application is not None
    application = Application.objects.get(pk=deviation.application_id)
    for state in states:
        move(application, state, actor=None, expected_version=application.version)
    return application


def decided(deviation: Deviation, outcome: ApplicationOutcome) -> Application:
    """People propose it, decide it and agree."""
    application = desk.proposed(entered(deviation), outcome, deviating=True, note="Visa stadgarna.")
    decision = desk.decided(application, outcome)
    if decision.state == State.AWAITING_SECOND:
        agree(decision, actor=made.director(), expected_version=decision.version)
    return desk.fresh(application)


REFUSED: Act = partial(decided, outcome=ApplicationOutcome.REFUSE)
WITHDRAWN: Act = lambda deviation: entered(deviation, _S.WITHDRAWN)  # noqa: E731
LAPSED: Act = lambda deviation: entered(deviation, _S.AWAITING_COMPLETION, _S.LAPSED)  # noqa: E731


@pytest.mark.parametrize(
    ("end", "reason"),
    [(REFUSED, "avslogs"), (WITHDRAWN, "återkallades"), (LAPSED, "förföll")],
    ids=["refused", "withdrawn", "lapsed"],
)
def test_it_ends_with_its_reason_by_the_system(end: Act, reason: str) -> None:
    deviation, _token = rights.of_applicant()
    proposal = made.proposed(made.fresh(deviation), Level.ESCALATED)
    assert deviation.application is not None
    observed = services.note(
        deviation.organisation, made.found("En iakttagelse", application=deviation.application), actor=None
    )
    end(deviation)
    for each in (deviation, observed):
        now = made.fresh(each)
        row = now.history.filter(act="moved").first()
        assert (now.level, now.follow_up_on) == (Level.ENDED, None)
        assert row is not None and reason in row.reason and row.by is None
        entry = Entry.objects.filter(action="deviations.deviation.ended", object_id=str(each.pk)).get()
        assert reason in entry.reason and entry.actor_id is None
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.WITHDRAWN, "nobody is asked to decide what has ended"
    hanna = CheckedClient()
    hanna.force_login(made.officer())
    shown = hanna.get(f"/avvikelser/{deviation.public_id}/").content.decode()
    assert "Avslutad med ansökan" in shown and reason in shown
    assert deviation.title not in hanna.get("/avvikelser/").content.decode(), "it is no longer open"
    told = deviations_of(deviation.organisation, until=None)
    assert [line.what for line in told.lines] == [deviation.title], "L-04: the observation stays a note"
    assert told.waiting == 0


@pytest.mark.parametrize("outcome", [ApplicationOutcome.ACCEPT_WITH_NOTE, ApplicationOutcome.PAUSE])
def test_a_membership_or_a_pause_ends_nothing(outcome: ApplicationOutcome) -> None:
    deviation, _token = rights.of_applicant()
    application = decided(deviation, outcome)
    assert application.outcome == outcome and application.decision is not None
    assert made.fresh(deviation).level == Level.DEVIATION


def test_a_members_deviation_stays_open() -> None:
    """It came up in an application, but is about somebody who is a member all the same."""
    deviation, _token = rights.of_applicant()
    Deviation.objects.filter(pk=deviation.pk).update(organisation=register.member("Annan AB").organisation)
    application = entered(deviation)
    application.organisation = made.fresh(deviation).organisation
    application.outcome = ApplicationOutcome.REFUSE
    ending._decided(application, None)
    assert made.fresh(deviation).level == Level.DEVIATION


@pytest.mark.parametrize("end", [WITHDRAWN, LAPSED, REFUSED], ids=["withdrawn", "lapsed", "refused"])
def test_what_two_people_decided_stays_whoever_ends_the_application(end: Act) -> None:
    """L-01: the applicant's own link lifts no block, and ends no escalated deviation."""
    blocked, _token = rights.of_applicant()
    application = blocked.application
    for level in (Level.ESCALATED, Level.BLOCKED):
        made.decided(made.proposed(made.fresh(blocked), level))
    escalated = made.confirmed(blocked.organisation, title="En till", application=application)
    made.decided(made.proposed(escalated, Level.ESCALATED))
    proposal = made.proposed(made.fresh(escalated), Level.BLOCKED)
    end(blocked)
    assert (made.fresh(blocked).level, made.fresh(escalated).level) == (Level.BLOCKED, Level.ESCALATED)
    assert blocked.organisation in blocked_organisations()
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.PROPOSED, "it is still to be decided"
    made.decided(made.proposed(made.fresh(blocked), Level.ESCALATED))
    assert blocked.organisation not in blocked_organisations(), "people take it back"


def test_a_decision_that_waits_falls_away_with_its_proposal() -> None:
    """Nobody is asked to agree to a step that can't be taken any more."""
    deviation, _token = rights.of_applicant()
    proposal = made.proposed(made.fresh(deviation), Level.ACCEPTED)
    again = Proposal.objects.select_related("deviation__case__series", "deviation__organisation")
    decision = services.decide_step(again.get(pk=proposal.pk), actor=made.manager())
    assert decision.state == State.AWAITING_SECOND
    WITHDRAWN(deviation)
    decision.refresh_from_db()
    assert (decision.state, made.fresh(deviation).level) == (State.WITHDRAWN, Level.ENDED)
    assert "återkallades" in decision.second_reason
    with pytest.raises(DecisionRefused):
        agree(decision, actor=made.director(), expected_version=decision.version)


def test_its_copies_are_disposed_of_by_a_decision() -> None:
    """L-24: nobody judges it further, so its copies need not stand until their time is out."""
    deviation, _token = rights.of_applicant()
    assert deviation.application is not None
    copy = Copy(EvidenceKind.TEXT, Origin.OTHER, "Anteckning", "Påhitt.", "Registret", timezone.now())
    evidence = services.evidence.keep_copy(deviation, copy, by=None)
    cecilia = CheckedClient()
    cecilia.force_login(made.manager())
    address = f"/avvikelser/{deviation.public_id}/"
    assert "Gallra underlagen" not in cecilia.get(address).content.decode()
    WITHDRAWN(deviation)
    assert "Gallra underlagen" in cecilia.get(address).content.decode()
    now = made.fresh(deviation)
    services.dispose_copies(now, "G 2026-1", actor=made.manager(), expected_version=now.version)
    evidence.refresh_from_db()
    assert (evidence.facts, evidence.disposal_decision) == ({}, "G 2026-1")


def test_one_that_was_confirmed_is_remembered_if_the_organisation_joins_later() -> None:
    deviation, _token = rights.of_applicant()
    WITHDRAWN(deviation)
    member = register.member("Senare Medlem AB")
    Deviation.objects.filter(pk=deviation.pk).update(organisation=member.organisation)
    follow([member.pk])

    def words() -> str:
        reckon([member.pk])
        return str(Watched.objects.get(membership=member).parts)

    assert "vvikelse" in words()
    Deviation.objects.filter(pk=deviation.pk).update(level=Level.DISMISSED)
    assert "vvikelse" not in words(), "it turned out to be none"


def test_what_is_taken_up_again_is_looked_at_anew() -> None:
    deviation, _token = rights.of_applicant()
    application = LAPSED(deviation)
    take_up_lapsed(
        application, actor=made.officer(), expected_version=application.version, reason="Svaret kom i dag."
    )
    now = made.fresh(deviation)
    assert (now.level, now.confirmed_by) == (Level.OBSERVATION, None), "a person confirms it again"
    services.confirm(now, made.assessment(), actor=made.officer(), expected_version=now.version)


def test_nobody_ends_one_so_by_hand() -> None:
    with pytest.raises(Refused, match="bara när ansökan"):
        made.stepped(made.confirmed(), Level.ENDED)
