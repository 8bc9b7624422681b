"""What may be decided by delegation."""

from __future__ import annotations

from django.db import models


class DecisionKind(models.TextChoices):
    """The kinds of decision; the delegation order says for each who may make it."""

    MEMBERSHIP_ACCEPT = "membership_accept", "Ta emot som medlem"
    MEMBERSHIP_ACCEPT_WITH_NOTE = "membership_accept_with_note", "Ta emot som medlem med anmärkning"
    MEMBERSHIP_REFUSE = "membership_refuse", "Inte ta emot som medlem"
    APPLICATION_PAUSE = "application_pause", "Vänta med beslut om medlemskap"
    MEMBERSHIP_PAUSE = "membership_pause", "Göra medlemskapet vilande"
    MEMBERSHIP_RESUME = "membership_resume", "Låta medlemskapet gälla igen"
    MEMBERSHIP_END = "membership_end", "Avsluta medlemskapet"
    DEVIATION_ACCEPTED = "deviation_accepted", "Godta en avvikelse"
    DEVIATION_ESCALATE = "deviation_escalate", "Eskalera en avvikelse"
    DEVIATION_BLOCK = "deviation_block", "Spärra för en avvikelse"
    DEVIATION_LOWER = "deviation_lower", "Sänka nivån på en avvikelse"


# An application is answered once: of these a subject has at most one that waits or is in force.
ANSWERS = (
    DecisionKind.MEMBERSHIP_ACCEPT,
    DecisionKind.MEMBERSHIP_ACCEPT_WITH_NOTE,
    DecisionKind.MEMBERSHIP_REFUSE,
)
