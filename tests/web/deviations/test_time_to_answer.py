"""L-40: no step against an organisation before its time to answer is out, unless it says why."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.utils import timezone
from tests.web.deviations import made
from tests.web.pages import CheckedClient

from pakten.accounts.models import User
from pakten.audit.models import Entry
from pakten.deviations import services
from pakten.deviations.models import Deviation, EvidenceKind, Hearing, HearingState, Level
from pakten.letters.models import OutboxMessage
from pakten.organisations.refusals import Refused

pytestmark = pytest.mark.django_db
URGENT = "Praktiken börjar i morgon."


def page(user: User, deviation: Deviation) -> str:
    client = CheckedClient()
    client.force_login(user)
    return client.get(f"/avvikelser/{deviation.public_id}/").content.decode()


def overdue(deviation: Deviation) -> None:
    Hearing.objects.filter(deviation=deviation).update(answer_by=made.yesterday())


def test_it_is_refused_before_the_organisation_is_told_and_while_it_may_answer() -> None:
    deviation = made.confirmed()
    with pytest.raises(Refused, match="inte fått veta"):
        made.proposed(deviation, Level.ESCALATED, urgent=" ")
    made.told(made.fresh(deviation))
    with pytest.raises(Refused, match="på sig att lämna synpunkter"):
        made.proposed(made.fresh(deviation), Level.ESCALATED, urgent="")
    overdue(deviation)
    proposal = made.proposed(made.fresh(deviation), Level.ESCALATED, urgent=URGENT)
    assert proposal.urgent == "", "what could wait, and did, is not said to have been urgent"
    made.decided(proposal)
    assert made.fresh(deviation).level == Level.ESCALATED


def test_an_answer_ends_the_wait() -> None:
    deviation = made.confirmed()
    made.told(deviation)
    services.register_comment(made.fresh(deviation), made.said(), actor=made.officer())
    made.proposed(made.fresh(deviation), Level.ESCALATED, urgent="")


def heard(deviation: Deviation) -> None:
    """Told, and the time to answer is out."""
    made.told(made.fresh(deviation))
    overdue(deviation)
    services.note_silence_all()


def refused(deviation: Deviation) -> None:
    with pytest.raises(Refused, match="äldre än bekräftelsen eller det senaste underlaget"):
        made.proposed(made.fresh(deviation), Level.ESCALATED, urgent="")


def test_a_letter_from_before_it_was_confirmed_does_not_count() -> None:
    deviation = made.observation()
    heard(deviation)
    now = made.fresh(deviation)
    services.confirm(now, made.assessment(), actor=made.officer(), expected_version=now.version)
    refused(deviation)
    assert "Skicka brevet" in opened(page(made.officer(), deviation)), "it is to be told anew"
    heard(deviation)
    made.proposed(made.fresh(deviation), Level.ESCALATED, urgent="")


def test_a_letter_from_before_it_was_opened_again_does_not_count() -> None:
    deviation = made.confirmed()
    heard(deviation)
    made.stepped(made.fresh(deviation), Level.FIXED)
    made.stepped(made.fresh(deviation), Level.DEVIATION)
    refused(deviation)
    heard(deviation)
    made.proposed(made.fresh(deviation), Level.ESCALATED, urgent="")


def test_a_letter_that_is_older_than_the_evidence_does_not_count() -> None:
    """L-40: it is told which sources were used, all of them."""
    deviation = made.confirmed()
    heard(deviation)
    look_up = services.Attached(
        EvidenceKind.REGISTER, "Uppslag", "Ingen styrelse.", "Bolagsverket", timezone.now()
    )
    now = made.fresh(deviation)
    services.add_evidence(now, look_up, actor=made.officer(), expected_version=now.version)
    refused(deviation)
    heard(deviation)
    made.proposed(made.fresh(deviation), Level.ESCALATED, urgent="")


def test_what_it_said_unasked_before_it_was_opened_again_does_not_count() -> None:
    deviation = made.confirmed()
    services.register_comment(deviation, made.said(), actor=made.officer())
    made.stepped(made.fresh(deviation), Level.FIXED)
    made.stepped(made.fresh(deviation), Level.DEVIATION)
    with pytest.raises(Refused, match="inte fått veta"):
        made.proposed(made.fresh(deviation), Level.ESCALATED, urgent="")


def test_a_step_to_its_good_waits_for_nothing() -> None:
    deviation = made.confirmed()
    made.told(deviation)
    made.decided(made.proposed(made.fresh(deviation), Level.ACCEPTED, urgent=""))
    assert made.fresh(deviation).level == Level.ACCEPTED


def test_what_cant_wait_is_said_in_proposal_history_log_decision_and_letter() -> None:
    deviation = made.confirmed()
    made.told(deviation)
    proposal = made.proposed(made.fresh(deviation), Level.ESCALATED, urgent=URGENT)
    assert URGENT in page(made.manager(), deviation), "whoever decides reads it"
    assert Entry.objects.get(action="deviations.proposal.made").after["urgent"] == URGENT
    decision = made.decided(proposal)
    assert URGENT in decision.reasons and "väntar inte på organisationens synpunkter" in decision.reasons
    assert decision.record is not None, "the decision is the record"
    steps = [row.facts.get("urgent") for row in deviation.history.filter(act="proposed")]
    assert steps == [URGENT]
    made.decided(made.proposed(made.fresh(deviation), Level.BLOCKED, urgent=URGENT))
    assert OutboxMessage.objects.filter(subject__startswith="Beslut om en avvikelse").exists()


def test_a_letter_after_the_proposal_is_waited_for_too() -> None:
    """The reason is of the proposal: one that was made in time says nothing of a letter sent later."""
    deviation = made.confirmed()
    made.told(deviation)
    overdue(deviation)
    proposal = made.proposed(made.fresh(deviation), Level.ESCALATED, urgent="")
    Hearing.objects.filter(deviation=deviation).update(state=HearingState.SILENT)
    made.told(made.fresh(deviation))
    with pytest.raises(Refused, match="på sig att lämna synpunkter"):
        made.decided(proposal)
    shown = page(made.manager(), deviation)
    assert "för tidigt att besluta" in shown and "Besluta som föreslaget" not in shown
    overdue(deviation)
    assert "Besluta som föreslaget" in page(made.manager(), deviation)


def test_the_form_asks_for_it_only_where_it_is_needed() -> None:
    deviation = made.confirmed()
    made.told(deviation)
    hanna = CheckedClient()
    hanna.force_login(made.officer())
    address = f"/avvikelser/{deviation.public_id}/"
    assert "Varför kan det inte vänta" in hanna.get(address).content.decode()
    sent = {"version": made.fresh(deviation).version, "level": "escalated", "reasons": "Inte förklarat."}
    answer = hanna.post(f"{address}foresla/", sent)
    text = answer.content.decode()
    assert answer.status_code == 422 and "Inte förklarat." in text and "Vänta på det, eller skriv" in text
    assert not deviation.proposals.exists()
    assert hanna.post(f"{address}foresla/", sent | {"urgent": URGENT}).status_code == 302
    assert deviation.proposals.get().urgent == URGENT
    heard = made.confirmed(made.organisation("Annan Förening"))
    made.told(heard)
    comment = {"submission": uuid4(), "text": "De finns i menyn.", "by": "Ann"}
    assert hanna.post(f"/avvikelser/{heard.public_id}/synpunkter/", comment).status_code == 302
    assert "Varför kan det inte vänta" not in page(made.officer(), heard)


def opened(text: str) -> str:
    """The part of the page that says what is to be done now."""
    return text.split('id="nu"')[1].split("</section>")[0].split("<details")[0]


def test_the_next_step_stands_open_and_is_not_said_twice() -> None:
    """Told, answered, read: each time the form that comes next, and the rest folded."""
    deviation, hanna = made.confirmed(), made.officer()
    ways = {
        "tell": "Skicka brevet",
        "comment": "Registrera<",
        "assess": "Spara bedömningen",
        "step": "Ta steget",
    }
    expected = ["tell", "comment", "assess", "step"]

    def now() -> str:
        shown = page(hanna, deviation)
        found = [name for name, words in ways.items() if words in opened(shown)]
        assert len(found) == 1 and shown.count(ways[found[0]]) == 1
        return found[0]

    seen = [now()]
    made.told(made.fresh(deviation))
    seen.append(now())
    services.register_comment(made.fresh(deviation), made.said(), actor=hanna)
    seen.append(now())
    fresh = made.fresh(deviation)
    services.assess(fresh, made.assessment(), actor=hanna, expected_version=fresh.version)
    seen.append(now())
    assert seen == expected


def test_after_silence_the_proposal_stands_open() -> None:
    deviation = made.confirmed()
    made.told(deviation)
    overdue(deviation)
    services.note_silence_all()
    assert "Vad föreslår du?" in opened(page(made.officer(), deviation))
