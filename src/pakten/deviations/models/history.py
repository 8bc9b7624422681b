"""Each step of a deviation, never changed; and the steps that wait for somebody to decide."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from pakten.decisions.models import Decision
from pakten.deviations.models.deviation import Deviation, Level


class Act(models.TextChoices):
    """What a row of the history tells."""

    NOTED = "noted", "antecknade"
    MOVED = "moved", "ändrade nivån"
    ASSESSED = "assessed", "bedömde"
    EVIDENCE = "evidence", "lade till underlag"
    PROPOSED = "proposed", "föreslog"
    WITHDREW = "withdrew", "tog tillbaka sitt förslag"
    TOLD = "told", "berättade för organisationen"
    REMINDED = "reminded", "påminde organisationen"
    COMMENTED = "commented", "synpunkter kom in"
    SILENT = "silent", "inget svar kom in"


class HistoryRow(models.Model):
    """One step: rows are added, never changed or deleted. ``by`` None = the system or the organisation.

    ``level_before`` and ``level_after`` differ where the level changed; both are what held at the time.
    """

    deviation = models.ForeignKey(Deviation, on_delete=models.PROTECT, related_name="history")
    act = models.CharField("vad", max_length=12, choices=Act)
    level_before = models.CharField("nivå före", max_length=12, choices=Level, blank=True)
    level_after = models.CharField("nivå efter", max_length=12, choices=Level)
    reason = models.TextField("skäl", blank=True)
    facts = models.JSONField(default=dict)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField("när", auto_now_add=True)

    class Meta:
        verbose_name = "steg i en avvikelse"
        verbose_name_plural = "steg i avvikelser"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.get_act_display()}, {self.deviation}"


class ProposalState(models.TextChoices):
    """Where a proposal is; whether its decision waits for a second person, the decision says."""

    PROPOSED = "proposed", "föreslaget"
    IN_FORCE = "in_force", "gäller"
    WITHDRAWN = "withdrawn", "återtaget"


PROPOSAL_TRANSITIONS: dict[ProposalState, frozenset[ProposalState]] = {
    ProposalState.PROPOSED: frozenset({ProposalState.IN_FORCE, ProposalState.WITHDRAWN}),
    ProposalState.IN_FORCE: frozenset(),
    ProposalState.WITHDRAWN: frozenset(),
}


class Proposal(models.Model):
    """That a deviation shall go to another level: what a decision is about. ``reasons`` go into it.

    So does ``urgent``: why the step can't wait until the organisation has had its time to answer (L-40).
    """

    deviation = models.ForeignKey(Deviation, on_delete=models.PROTECT, related_name="proposals")
    level_from = models.CharField("från", max_length=12, choices=Level)
    level_to = models.CharField("till", max_length=12, choices=Level)
    reasons = models.TextField("skäl för beslutet")
    urgent = models.TextField("varför det inte kan vänta", blank=True)
    state = models.CharField("läge", max_length=10, choices=ProposalState, default=ProposalState.PROPOSED)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField("föreslaget", auto_now_add=True)
    settled_at = models.DateTimeField("klart", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "förslag om en avvikelse"
        verbose_name_plural = "förslag om avvikelser"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["deviation"], condition=Q(state="proposed"), name="deviations_one_open_proposal"
            ),
            models.CheckConstraint(condition=~Q(reasons=""), name="deviations_proposal_has_reasons"),
        ]

    def __str__(self) -> str:
        return f"{self.get_level_from_display()} till {self.get_level_to_display()}: {self.deviation}"
