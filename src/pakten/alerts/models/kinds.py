"""What an alert can be about, where it can be, and how it can end."""

from __future__ import annotations

from django.db import models


class AlertKind(models.TextChoices):
    """Why a person is asked to look. The value is part of the address of an open alert: never change it."""

    LIKENESS = "likeness", "Namnlikhet"
    COULD_NOT_CHECK = "could_not_check", "Gick inte att kontrollera"
    POSSIBLE_DEVIATION = "possible_deviation", "Möjlig avvikelse"
    REGISTER_CHANGE = "register_change", "Ändrad registeruppgift"
    SITE_TO_READ = "site_to_read", "Webbplats att läsa"
    SITE_CHANGE = "site_change", "Ändrad webbplats"
    MEMBER_CHANGE = "member_change", "Ändrad medlem"
    LIST_CHANGE = "list_change", "Ändrad lista"
    REQUIREMENT_CHANGE = "requirement_change", "Ändrat krav"
    EVIDENCE_EXPIRED = "evidence_expired", "Underlag har gått ut"
    RECONTROL_DUE = "recontrol_due", "Dags att kontrollera igen"
    SELF_TEST = "self_test", "Självtestet missade"
    SAMPLE = "sample", "Stickprov"
    SAMPLE_DISAGREED = "sample_disagreed", "Oense om ett stickprov"


class AlertState(models.TextChoices):
    """Where an alert is. A snooze is no state: it hides an open alert for some days."""

    OPEN = "open", "Att bedöma"
    NEEDS = "needs", "Väntar på uppgift"
    PROPOSED = "proposed", "Väntar på en andra person"
    CLOSED = "closed", "Klar"


# From each state, where it may go. Closed may be opened again by a person, with a reason.
TRANSITIONS: dict[AlertState, frozenset[AlertState]] = {
    AlertState.OPEN: frozenset({AlertState.NEEDS, AlertState.PROPOSED, AlertState.CLOSED}),
    AlertState.NEEDS: frozenset({AlertState.OPEN, AlertState.PROPOSED, AlertState.CLOSED}),
    AlertState.PROPOSED: frozenset({AlertState.OPEN, AlertState.NEEDS, AlertState.CLOSED}),
    AlertState.CLOSED: frozenset({AlertState.OPEN}),
}


class Outcome(models.TextChoices):
    """How an alert ended. ``SETTLED``: what caused it is no longer so; nobody needed to judge it here."""

    MET = "met", "Uppfyllt"
    NOT_MET = "not_met", "Inte uppfyllt"
    UNSURE = "unsure", "Går inte att avgöra"
    NOT_APPLICABLE = "not_applicable", "Gäller inte"
    FIXED = "fixed", "Åtgärdat"
    AGREED = "agreed", "Samma bedömning"
    NOT_AGREED = "not_agreed", "En annan bedömning"
    SETTLED = "settled", "Inte längre aktuell"


_JUDGED = (Outcome.MET, Outcome.NOT_MET, Outcome.UNSURE, Outcome.NOT_APPLICABLE)
_DONE = (Outcome.FIXED, Outcome.UNSURE, Outcome.NOT_APPLICABLE)
# What a person may answer, where it is not one of the four results.
_ANSWERS: dict[AlertKind, tuple[Outcome, ...]] = {
    # Judged on the page of the likeness, or of the visit, where the words themselves stand.
    AlertKind.LIKENESS: (),
    AlertKind.SITE_TO_READ: (),
    AlertKind.SAMPLE: (Outcome.AGREED, Outcome.NOT_AGREED, Outcome.UNSURE),
    AlertKind.SELF_TEST: (Outcome.FIXED,),
    # About a list or a requirement: whether a member meets it is judged for each, in its check list.
    AlertKind.LIST_CHANGE: _DONE,
    AlertKind.REQUIREMENT_CHANGE: _DONE,
    AlertKind.RECONTROL_DUE: _DONE,
}
# What is judged of one organisation: there is one for each, so that nobody is judged with another.
ABOUT_ONE = frozenset(kind for kind in AlertKind if _ANSWERS.get(kind, _JUDGED) == _JUDGED)


def answers_to(kind: str) -> tuple[Outcome, ...]:
    """The outcomes that a person may choose for an alert of this kind."""
    return _ANSWERS.get(AlertKind(kind), _JUDGED)


class Act(models.TextChoices):
    """What a row in the history of an alert is. ``by`` None: the machine did it."""

    RAISED = "raised", "Kom in"
    FOUND_AGAIN = "found_again", "Något nytt om samma sak"
    ASSIGNED = "assigned", "Tilldelades"
    UNASSIGNED = "unassigned", "Lämnades tillbaka"
    DUE = "due", "Fick ett nytt datum"
    SNOOZED = "snoozed", "Pausades"
    RETURNED = "returned", "Kom tillbaka från paus"
    REMINDED = "reminded", "Datumet har passerat"
    ASKED = "asked", "Väntar på uppgift"
    ANSWERED = "answered", "Uppgiften har kommit"
    UNANSWERED = "unanswered", "Uppgiften kom inte i tid"
    PROPOSED = "proposed", "Föreslog"
    DECLINED = "declined", "Höll inte med"
    CLOSED = "closed", "Bedömde"
    SETTLED = "settled", "Blev inte längre aktuell"
    REOPENED = "reopened", "Öppnade igen"
    NOTED = "noted", "Skrev"
