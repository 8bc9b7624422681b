"""The ladder: which steps there are, who takes them, and that no machine climbs (L-01)."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction
from tests.people import person
from tests.web.deviations import made
from tests.web.pages import CheckedClient

from pakten.accounts.models import Role
from pakten.audit.models import Entry
from pakten.decisions.models import Decision, DecisionKind
from pakten.decisions.refusals import DecisionRefused
from pakten.decisions.services import send_back
from pakten.deviations import services
from pakten.deviations.models import (
    CLOSED,
    DECIDED_AS,
    EVENTS,
    OPEN,
    TRANSITIONS,
    Deviation,
    HistoryRow,
    Level,
    ProposalState,
)
from pakten.deviations.models.deviation import CONFIRMED, DECIDED
from pakten.deviations.next_steps import steps_of
from pakten.deviations.queries import blocked, blocked_organisations
from pakten.letters.models import OutboxMessage
from pakten.members.models import Membership, Message, State
from pakten.organisations.refusals import ChangedMeanwhile, Refused

pytestmark = pytest.mark.django_db


def test_the_ladder_is_whole() -> None:
    assert set(TRANSITIONS) == set(EVENTS) == set(Level) == {*OPEN, *CLOSED}
    assert set(DECIDED_AS) <= {(a, b) for a, following in TRANSITIONS.items() for b in following}
    ending = {level for level in Level if Level.ENDED in TRANSITIONS[level]}
    assert ending == set(OPEN) - set(DECIDED), "L-01: what people decided never ends by itself"
    reached, front = {Level.OBSERVATION}, {Level.OBSERVATION}
    while front := {level for each in front for level in TRANSITIONS[each]} - reached:
        reached |= front
    assert reached == set(Level), "every level can be reached from an observation"
    for level in DECIDED:
        ways = [before for before in Level if level in TRANSITIONS[before]]
        assert all((before, level) in DECIDED_AS or level is Level.ESCALATED for before in ways)
    assert TRANSITIONS[Level.OBSERVATION].isdisjoint({Level.ESCALATED, Level.BLOCKED}), "one step at a time"


@pytest.mark.parametrize("before", [level for level in Level if level is not Level.ENDED])
def test_every_step_is_allowed_or_refused_as_the_dictionary_says(before: Level) -> None:
    deviation = made.at(before)
    for after in Level:
        with transaction.atomic():
            _try(deviation, before, after=after)
            transaction.set_rollback(True)


def _try(deviation: Deviation, before: Level, *, after: Level) -> None:
    deviation = made.fresh(deviation)
    kind = DECIDED_AS.get((before, after))
    confirms = (before, after) == (Level.OBSERVATION, Level.DEVIATION)
    if after in TRANSITIONS[before] and kind is None and not confirms and after is not Level.ENDED:
        made.stepped(deviation, after)
        assert made.fresh(deviation).level == after
        return
    with pytest.raises(Refused):
        made.stepped(deviation, after)
    if kind is None:
        with pytest.raises(Refused):
            made.proposed(deviation, after)
        return
    decision = made.decided(made.proposed(deviation, after))
    now = made.fresh(deviation)
    assert (now.level, decision.kind, now.decision) == (after, kind, decision)
    step = now.history.first()
    assert step is not None
    assert (step.level_before, step.level_after, step.decision) == (before, after, decision)


def test_buttons_offer_what_the_ladder_allows() -> None:
    for level in Level:
        offered = steps_of(Deviation(level=level))
        values = {value for value, _words in (*offered.alone, *offered.proposed)}
        missing = {each.value for each in TRANSITIONS[level] if each is not Level.ENDED} - values
        assert missing == ({"deviation"} if level is Level.OBSERVATION else set())
        assert {(level, Level(value)) for value, _words in offered.proposed} <= set(DECIDED_AS)


def test_the_system_notes_and_does_no_more() -> None:
    deviation = made.by_machine()
    assert deviation.level == Level.OBSERVATION and deviation.by_machine
    assert deviation.case is None and deviation.record is None, "L-04: a working note is in no diary"
    for act in (
        lambda: services.confirm(deviation, made.assessment(), actor=None, expected_version=1),
        lambda: services.step_alone(deviation, Level.DISMISSED, actor=None, reason="x", expected_version=1),
        lambda: services.propose_step(
            made.confirmed(), Level.ESCALATED, actor=None, reasons="x", expected_version=2
        ),
    ):
        with pytest.raises(PermissionDenied):
            act()
    with pytest.raises(IntegrityError), transaction.atomic():
        Deviation.objects.filter(pk=deviation.pk).update(level=Level.DEVIATION)


@pytest.mark.parametrize("level", DECIDED)
def test_no_level_that_takes_a_decision_without_one(level: Level) -> None:
    deviation = made.confirmed()
    with pytest.raises(IntegrityError), transaction.atomic():
        Deviation.objects.filter(pk=deviation.pk).update(level=level)
    assert level in CONFIRMED


def test_four_eyes() -> None:
    """L-01, L-02: who proposed never decides, and the person who decides has the right that day."""
    deviation = made.confirmed()
    by_manager = made.proposed(deviation, Level.ESCALATED, made.manager())
    with pytest.raises(PermissionDenied, match="själv föreslagit"):
        made.decided(by_manager, made.manager())
    with pytest.raises(PermissionDenied, match="delegationsordningen"):
        made.decided(by_manager, made.officer())
    decision = made.decided(by_manager, made.director())
    assert decision.needs_second is False and decision.record is not None
    assert made.fresh(deviation).level == Level.ESCALATED
    with pytest.raises(Refused, match="redan"):
        made.decided(by_manager, made.director())


def test_a_block_takes_a_third_person_and_ends_no_membership() -> None:
    deviation = made.at(Level.ESCALATED)
    proposal = made.proposed(deviation, Level.BLOCKED)
    decision = services.decide_step(
        type(proposal).objects.select_related("deviation__case__series").get(pk=proposal.pk),
        actor=made.manager(),
    )
    assert made.fresh(deviation).level == Level.ESCALATED, "nothing happens before the second person agrees"
    assert not blocked(deviation.organisation).exists()
    with pytest.raises(Refused, match="väntar på en andra person"):
        services.withdraw_step(proposal, actor=made.officer(), reason="x", expected_version=1)
    with pytest.raises((PermissionDenied, DecisionRefused)):
        made.agree(decision, actor=made.manager(), expected_version=decision.version)
    made.agree(decision, actor=made.director(), expected_version=decision.version)
    assert blocked(deviation.organisation).get() == deviation
    assert set(blocked_organisations()) == {deviation.organisation}
    assert Membership.objects.get().state == State.ACTIVE, "a block never ends a membership by itself"
    assert decision.kind == DecisionKind.DEVIATION_BLOCK
    letter = OutboxMessage.objects.get(subject__startswith="Beslut om en avvikelse")
    assert "Medlemskapet består" in letter.body and letter.case == made.fresh(deviation).case
    assert Message.objects.filter(organisation=deviation.organisation, record=letter.record).exists()
    made.decided(made.proposed(made.fresh(deviation), Level.DEVIATION))
    assert OutboxMessage.objects.filter(body__contains="inte längre spärrad").count() == 1


def test_what_a_second_person_sends_back_is_told_and_may_be_decided_again() -> None:
    deviation = made.at(Level.ESCALATED)
    proposal = made.proposed(deviation, Level.BLOCKED)
    again = type(proposal).objects.select_related("deviation__case__series").get(pk=proposal.pk)
    decision = services.decide_step(again, actor=made.manager())
    send_back(decision, "Vänta på deras svar.", actor=made.director(), expected_version=decision.version)
    client = CheckedClient()
    client.force_login(made.manager())
    page = client.get(f"/avvikelser/{deviation.public_id}/").content.decode()
    assert "Vänta på deras svar." in page and "Besluta som föreslaget" in page
    assert made.fresh(deviation).level == Level.ESCALATED


def test_an_effect_that_no_longer_fits_undoes_the_decision() -> None:
    deviation = made.confirmed()
    proposal = made.proposed(deviation, Level.ESCALATED)
    Deviation.objects.filter(pk=deviation.pk).update(level=Level.FIXED)
    with pytest.raises(Refused, match="annan nivå"):
        made.decided(proposal)
    assert not Decision.objects.exists()


def test_a_proposal_can_be_taken_back_and_bars_other_steps() -> None:
    deviation = made.confirmed()
    proposal = made.proposed(deviation, Level.ESCALATED)
    deviation = made.fresh(deviation)
    with pytest.raises(Refused, match="redan ett förslag"):
        made.proposed(deviation, Level.ACCEPTED)
    with pytest.raises(Refused, match="Ta tillbaka det först"):
        made.stepped(made.fresh(deviation), Level.FIXED)
    services.withdraw_step(proposal, actor=made.officer(), reason="Fel av mig.", expected_version=1)
    assert proposal.state == ProposalState.WITHDRAWN
    with pytest.raises(Refused):
        made.decided(proposal)
    made.stepped(made.fresh(deviation), Level.FIXED)


def test_nothing_is_proposed_before_it_is_assessed() -> None:
    deviation = made.confirmed()
    Deviation.objects.filter(pk=deviation.pk).update(seriousness="")
    with pytest.raises(Refused, match="hur allvarlig"):
        made.proposed(made.fresh(deviation), Level.ESCALATED)


def test_of_two_tabs_one_wins() -> None:
    deviation = made.confirmed()
    stale = made.fresh(deviation)
    services.assess(
        deviation, made.assessment(text="Först."), actor=made.officer(), expected_version=deviation.version
    )
    for act in (
        lambda: services.assess(
            stale, made.assessment(), actor=made.manager(), expected_version=stale.version
        ),
        lambda: made.stepped(stale, Level.FIXED, made.manager()),
        lambda: made.proposed(stale, Level.ESCALATED, made.manager()),
        lambda: made.told(stale),
    ):
        with pytest.raises(ChangedMeanwhile), transaction.atomic():
            act()
    assert made.fresh(deviation).assessment == "Först."


def test_each_step_is_history_and_log_that_nobody_changes() -> None:
    deviation = made.at(Level.BLOCKED)
    rows = list(deviation.history.all())
    assert [row.level_after for row in rows if row.act == "moved"] == ["blocked", "escalated", "deviation"]
    actions = list(Entry.objects.values_list("action", flat=True))
    assert {EVENTS[level] for level in OPEN} <= set(actions)
    for change in (
        lambda: HistoryRow.objects.filter(deviation=deviation).update(reason="Annat."),
        lambda: HistoryRow.objects.filter(deviation=deviation)._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    if connection.vendor == "postgresql":
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("TRUNCATE deviations_historyrow CASCADE")


def test_others_may_not(officer: object) -> None:
    for role in (Role.DIRECTOR, Role.AUDITOR, Role.REGISTRAR, Role.BOARD_MEMBER, Role.MEMBER_CONTACT):
        with pytest.raises(PermissionDenied):
            services.note(made.organisation(), made.found(), actor=person(role))
