"""Where an application stands, as the applicant is told: what happens, who has the ball, what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from pakten.core.templatetags.formats import date_long
from pakten.members.applying import wording
from pakten.members.applying.signing_in import way_in
from pakten.members.models import (
    APPLICATION_TRANSITIONS,
    Application,
    ApplicationOutcome,
    ApplicationState,
    CompletionRequest,
    CompletionState,
)
from pakten.records.words import one_line

_S, _O = ApplicationState, ApplicationOutcome
STAGES = ("Mottagen", "Kontroll", "Beslut", "Besked")
# The number of the stage that each state is in.
_STAGE = {
    _S.RECEIVED: 1,
    _S.REGISTERED: 1,
    _S.AWAITING_COMPLETION: 1,
    _S.IN_CONTROL: 2,
    _S.CONTROL_DONE: 3,
    _S.PROPOSED: 3,
    _S.DECIDED: 4,
    _S.NOTIFIED: 4,
    _S.ACTIVE: 5,
}
# Where an answer to a question of ours is looked at.
_LOOKED_AT = (_S.RECEIVED, _S.REGISTERED, _S.IN_CONTROL, _S.CONTROL_DONE)
_TOLD = (_S.NOTIFIED, _S.ACTIVE)


class Event(NamedTuple):
    """Something that has happened."""

    when: datetime
    what: str


@dataclass(frozen=True, slots=True)
class Status:
    """What the status page says. ``stage`` None: the application has ended without an answer from us.

    ``ball`` is who has something to do: ``us``, ``you`` or nobody. ``findings`` is what the control showed,
    where something deviates or the answer is given (L-40).
    """

    heading: str
    sentence: str
    ball: str
    stage: int | None
    events: tuple[Event, ...]
    waiting: CompletionRequest | None
    reasons: str
    findings: str
    note: str
    may_withdraw: bool
    may_comment: bool
    way_in: str


def status_of(application: Application) -> Status:
    """The application's status. Reads its requests for completion, once accepted its contact's account."""
    state, completions = _S(application.state), list(application.completions.order_by("pk"))
    waiting = next((each for each in completions if each.state == CompletionState.WAITING), None)
    refused = state == _S.NOTIFIED and application.outcome == _O.REFUSE
    decision = application.decision if state in _TOLD else None
    ended = state in (_S.WITHDRAWN, _S.LAPSED) or refused
    return Status(
        heading=_heading(application, state),
        sentence=_answered(application, state, completions=completions)
        or _sentence(application, state, waiting=waiting),
        ball="you" if waiting else "" if ended or state is _S.ACTIVE else "us",
        stage=_STAGE.get(state),
        events=tuple(sorted(_events(application, completions), reverse=True)),
        waiting=waiting,
        reasons=decision.reasons if decision and (refused or application.outcome == _O.PAUSE) else "",
        findings=_findings(application, state),
        note=decision.note if decision else "",
        may_withdraw=_S.WITHDRAWN in APPLICATION_TRANSITIONS[state],
        may_comment=state not in (_S.WITHDRAWN, _S.LAPSED, _S.ACTIVE),
        way_in=way_in(application) if state in _TOLD and _accepted(application) else "",
    )


def _heading(application: Application, state: ApplicationState) -> str:
    if state is _S.ACTIVE or (state is _S.NOTIFIED and _accepted(application)):
        return "Ni är medlemmar"
    if state is _S.NOTIFIED:
        return "Beslut om er ansökan"
    if state is _S.WITHDRAWN:
        return "Ansökan är återkallad"
    if state is _S.LAPSED:
        return "Ansökan är avslutad"
    return "Er ansökan om medlemskap"


def _sentence(application: Application, state: ApplicationState, *, waiting: CompletionRequest | None) -> str:
    if waiting:
        return wording.WAITING.format(day=date_long(waiting.answer_by))
    if state in _TOLD and _accepted(application):
        joined = application.membership.joined_on if application.membership else None
        return wording.ACCEPTED.format(
            name=application.organisation_name, day=date_long(joined or _day(application))
        )
    if state is _S.NOTIFIED:
        pause = application.outcome == _O.PAUSE
        return "Vi väntar med att besluta om er ansökan." if pause else wording.NOT_ACCEPTED
    if state is _S.WITHDRAWN:
        return "Ni har tagit tillbaka ansökan. Ni kan ansöka igen när ni vill."
    if state is _S.LAPSED:
        return (
            "Vi fick inget svar på vår fråga. Därför har vi avslutat ansökan. Ni kan ansöka igen när ni vill."
        )
    return "" if state in (_S.RECEIVED, _S.REGISTERED) else wording.IN_CONTROL


def _answered(
    application: Application, state: ApplicationState, *, completions: list[CompletionRequest]
) -> str:
    """The receipt for the latest answer, until something more happens."""
    latest = completions[-1] if completions else None
    if latest is None or latest.state != CompletionState.ANSWERED or state not in _LOOKED_AT:
        return ""
    # The answer itself gives the application back to the officer, a moment later.
    received = state in (_S.RECEIVED, _S.REGISTERED)
    since = latest.answered_at is not None and latest.answered_at >= application.state_since
    return wording.ANSWER_RECEIVED if received or since else ""


def _accepted(application: Application) -> bool:
    return application.outcome in (_O.ACCEPT, _O.ACCEPT_WITH_NOTE)


def _day(application: Application) -> datetime:
    return application.state_since


def _findings(application: Application, state: ApplicationState) -> str:
    """What the control showed, told to whom it concerns, when something deviates (L-40)."""
    looked = state in (_S.CONTROL_DONE, _S.PROPOSED, _S.DECIDED, *_TOLD)
    return application.control_summary if looked and application.has_deviation else ""


def _events(application: Application, completions: list[CompletionRequest]) -> list[Event]:
    found = [Event(application.received_at, "Vi tog emot ansökan")]
    for each in completions:
        found.append(Event(each.asked_at, "Vi bad om mer uppgifter"))
        if each.reminded_at:
            found.append(Event(each.reminded_at, "Vi påminde om frågan"))
        if each.answered_at:
            found.append(Event(each.answered_at, "Ni svarade på frågan"))
    # Only what the applicant sent: the case may hold papers from others.
    sent = application.case.records.filter(
        short_content=wording.COMMENT, sender_or_recipient=one_line(application.organisation_name, 200)
    )
    times = sent.values_list("received_or_drawn_up_at", flat=True)
    found += [Event(moment, "Vi tog emot det ni skrev") for moment in times]
    if application.controlled_at:
        found.append(Event(application.controlled_at, "Kontrollen var klar"))
    last = {
        _S.IN_CONTROL: "Vi började kontrollera uppgifterna",
        _S.NOTIFIED: "Vi skickade besked",
        _S.ACTIVE: "Ni blev medlemmar",
        _S.WITHDRAWN: "Ni återkallade ansökan",
        _S.LAPSED: "Vi avslutade ansökan",
    }.get(_S(application.state))
    return [*found, Event(application.state_since, last)] if last else found
