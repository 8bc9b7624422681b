"""A person's answer: judge, confirm or decline another's, ask for what is missing, open again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from pakten.accounts.models import User
from pakten.alerts import policies
from pakten.alerts.models import Act, Alert, AlertKind, AlertRule, AlertState, Outcome, answers_to
from pakten.alerts.refusals import AlertRefused
from pakten.alerts.services.handling import check_ahead
from pakten.alerts.services.sample_answers import follow_up
from pakten.alerts.services.writing import NO_BOOST, NO_NEED, NO_PROPOSAL, add_step, claim, needs_words, write
from pakten.audit.services import record
from pakten.core.templatetags.formats import date_iso

WHY = "Skriv varför du bedömer så. Skälet sparas tillsammans med bedömningen."


@dataclass(frozen=True, slots=True)
class Need:
    """What is needed to tell, from whom, and by when."""

    what: str
    whom: str
    by: date


@transaction.atomic
def judge(alert_id: int, outcome: str, *, actor: User | None, version: int, reason: str) -> Alert:
    """Answer an alert that the page showed at ``version``.

    Where the rule of its kind asks for two, the answer is a proposal until another person confirms it.
    Raises PermissionDenied (also for the first reader of a sample), AlertRefused or Overtaken.
    """
    alert, person = claim(alert_id, version, actor=actor)
    policies.check_judged_here(alert)
    policies.check_may_answer(person, alert)
    if outcome not in answers_to(alert.kind):
        raise AlertRefused("Välj hur det är.")
    words = needs_words(reason, what=WHY)
    if alert.state == AlertState.PROPOSED:
        raise AlertRefused(
            "Det finns redan ett förslag. Bekräfta det, eller skriv varför du inte håller med."
        )
    if needs_second(alert.kind):
        policies.check_transition(alert, AlertState.PROPOSED)
        write(
            alert,
            state=AlertState.PROPOSED,
            proposal=outcome,
            proposed_because=words,
            proposed_by=person,
            **NO_BOOST,
        )
        add_step(alert, Act.PROPOSED, by=person, words=f"{Outcome(outcome).label}. {words}")
        _log("proposed", alert, person=person, reason=words, outcome=outcome)
    else:
        _close(alert, outcome, by=person, because=words)
        _log("closed", alert, person=person, reason=words, outcome=outcome)
    return alert


@transaction.atomic
def confirm(alert_id: int, *, actor: User | None, version: int) -> Alert:
    """Confirm another person's proposal; from now on it counts. Raises as :func:`judge`."""
    alert, person = claim(alert_id, version, actor=actor)
    policies.check_may_confirm(person, alert)
    first = alert.proposed_by
    outcome, words = alert.proposal, alert.proposed_because
    _close(alert, outcome, by=first, because=words, confirmed_by=person)
    _log("confirmed", alert, person=person, reason=words, outcome=outcome)
    return alert


@transaction.atomic
def decline(alert_id: int, reason: str, *, actor: User | None, version: int) -> Alert:
    """Say no to a proposal, with a reason; the alert is open again. One's own may be taken back."""
    alert, person = claim(alert_id, version, actor=actor)
    if alert.state != AlertState.PROPOSED:
        raise AlertRefused("Det finns inget förslag som väntar på en andra person.")
    policies.check_may_answer(person, alert)
    words = needs_words(reason, what="Skriv varför. Skälet sparas.")
    write(alert, state=AlertState.OPEN, **NO_PROPOSAL)
    add_step(alert, Act.DECLINED, by=person, words=words)
    _log("declined", alert, person=person, reason=words, outcome="")
    return alert


@transaction.atomic
def ask(alert_id: int, need: Need, *, actor: User | None, version: int) -> Alert:
    """It can't be told without ``need``: the alert waits, and comes back when its day has passed."""
    alert, person = claim(alert_id, version, actor=actor)
    policies.check_waits_here(alert)
    policies.check_may_answer(person, alert)
    policies.check_transition(alert, AlertState.NEEDS)
    what = needs_words(need.what, what="Skriv vad som behövs för att det ska gå att avgöra.")
    whom = needs_words(need.whom, what="Skriv från vem uppgiften ska komma.")
    check_ahead(need.by)
    write(
        alert,
        state=AlertState.NEEDS,
        needed=what,
        needed_from=whom,
        needed_by=need.by,
        **NO_BOOST,
        **NO_PROPOSAL,
    )
    add_step(alert, Act.ASKED, by=person, words=f"{what} Från {whom}, senast {date_iso(need.by)}.")
    _log("asked", alert, person=person, reason=what, outcome="")
    return alert


@transaction.atomic
def answered(alert_id: int, words: str, *, actor: User | None, version: int) -> Alert:
    """What was needed has come: the alert can be judged again. ``words``: what came."""
    alert, person = claim(alert_id, version, actor=actor)
    policies.check_waits_here(alert)
    policies.check_may_answer(person, alert)
    if alert.state != AlertState.NEEDS:
        raise AlertRefused("Ingen uppgift är begärd.")
    text = needs_words(words, what="Skriv vad som har kommit.")
    write(alert, state=AlertState.OPEN, **NO_NEED)
    add_step(alert, Act.ANSWERED, by=person, words=text)
    _log("answered", alert, person=person, reason=text, outcome="")
    return alert


@transaction.atomic
def reopen(alert_id: int, reason: str, *, actor: User | None, version: int) -> Alert:
    """Open a closed alert again, with a reason. Raises AlertRefused where a newer one is open already,
    PermissionDenied for whoever made what a sample is about: an answer that did not please stands."""
    alert, person = claim(alert_id, version, actor=actor, closed=True)
    policies.check_judged_here(alert)
    policies.check_may_answer(person, alert)
    policies.check_transition(alert, AlertState.OPEN)
    words = needs_words(reason, what="Skriv varför den öppnas igen. Skälet sparas.")
    before = alert.outcome
    try:
        with transaction.atomic():
            write(
                alert,
                state=AlertState.OPEN,
                outcome="",
                outcome_because="",
                closed_by=None,
                confirmed_by=None,
                closed_at=None,
            )
    except IntegrityError as error:
        raise AlertRefused(
            "Det finns redan en nyare om samma sak som väntar. Bedöm den i stället."
        ) from error
    add_step(alert, Act.REOPENED, by=person, words=f"Var: {Outcome(before).label}. {words}")
    _log("reopened", alert, person=person, reason=words, outcome="")
    return alert


def needs_second(kind: str) -> bool:
    """Whether the rule of this kind asks for two persons."""
    return AlertRule.objects.filter(kind=kind, needs_second=True).exists()


def _close(
    alert: Alert, outcome: str, *, by: User | None, because: str, confirmed_by: User | None = None
) -> None:
    policies.check_transition(alert, AlertState.CLOSED)
    write(
        alert,
        state=AlertState.CLOSED,
        outcome=outcome,
        outcome_because=because,
        closed_by=by,
        confirmed_by=confirmed_by,
        closed_at=timezone.now(),
        snoozed_until=None,
        **NO_BOOST,
        **NO_NEED,
        **NO_PROPOSAL,
    )
    add_step(alert, Act.CLOSED, by=confirmed_by or by, words=_said(alert, confirmed_by))
    if alert.kind == AlertKind.SAMPLE:
        follow_up(alert)


def _said(alert: Alert, confirmed_by: User | None) -> str:
    whose = f" Bekräftade bedömningen av {alert.closed_by}." if confirmed_by else ""
    return f"{Outcome(alert.outcome).label}. {alert.outcome_because}{whose}"


def _log(verb: str, alert: Alert, *, person: User, reason: str, outcome: str) -> None:
    after = {"state": alert.state, "outcome": outcome}
    record(f"alerts.alert.{verb}", alert, actor=person, after=after, reason=reason)
