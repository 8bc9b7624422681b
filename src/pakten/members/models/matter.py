"""A matter about a membership: that it shall end, rest, or hold again. A person decides (L-01)."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from pakten.members.models.membership import LeavingReason, Membership
from pakten.records.models import Case


class MatterKind(models.TextChoices):
    """What is proposed."""

    END = "end", "avsluta medlemskapet"
    PAUSE = "pause", "göra medlemskapet vilande"
    RESUME = "resume", "låta medlemskapet gälla igen"


class MatterState(models.TextChoices):
    """Where a matter is; whether its decision waits for a second person, the decision says."""

    PROPOSED = "proposed", "föreslaget"
    IN_FORCE = "in_force", "gäller"
    WITHDRAWN = "withdrawn", "återtaget"


MATTER_TRANSITIONS: dict[MatterState, frozenset[MatterState]] = {
    MatterState.PROPOSED: frozenset({MatterState.IN_FORCE, MatterState.WITHDRAWN}),
    MatterState.IN_FORCE: frozenset(),
    MatterState.WITHDRAWN: frozenset(),
}

MATTER_EVENTS: dict[MatterState, str] = {
    MatterState.PROPOSED: "members.matter.proposed",
    MatterState.IN_FORCE: "members.matter.in_force",
    MatterState.WITHDRAWN: "members.matter.withdrawn",
}


class MembershipMatter(models.Model):
    """One proposal with its case. ``leaving_reason`` belongs to an end; ``reasons`` go into the decision."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="matters")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("förslag", max_length=10, choices=MatterKind)
    state = models.CharField("läge", max_length=10, choices=MatterState, default=MatterState.PROPOSED)
    leaving_reason = models.CharField("skäl att lämna", max_length=15, choices=LeavingReason, blank=True)
    leaving_note = models.TextField("om skälet", blank=True)
    reasons = models.TextField("skäl för beslutet")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField("föreslaget", auto_now_add=True)
    settled_at = models.DateTimeField("klart", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "ärende om medlemskap"
        verbose_name_plural = "ärenden om medlemskap"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["membership"], condition=models.Q(state="proposed"), name="one_open_matter"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="end") & ~models.Q(leaving_reason="")
                | ~models.Q(kind="end") & models.Q(leaving_reason="", leaving_note=""),
                name="ending_matter_has_a_leaving_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership.organisation}: {self.get_kind_display()}"
