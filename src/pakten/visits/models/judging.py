"""What a person says of the machine's proposals. Rows are added, never changed; the newest holds."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class StatementVerdict(models.TextChoices):
    """What a person says of a passage that the machine proposed."""

    DEVIATION = "deviation", "Rätt läst, och en avvikelse"
    NO_DEVIATION = "no_deviation", "Rätt läst, ingen avvikelse"
    REJECTED = "rejected", "Fel läst"
    CANNOT_TELL = "cannot_tell", "Går inte att avgöra"


class StatementJudgement(models.Model):
    """One verdict. It holds for the same words at later visits too, and is shown there as carried over."""

    statement = models.ForeignKey(
        "visits.FoundStatement", on_delete=models.PROTECT, related_name="judgements"
    )
    verdict = models.CharField("bedömning", max_length=20, choices=StatementVerdict)
    note = models.TextField("skäl")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("när")

    class Meta:
        verbose_name = "bedömning av uttalande"
        verbose_name_plural = "bedömningar av uttalanden"
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=~models.Q(note=""), name="visits_verdict_has_reason")]

    def __str__(self) -> str:
        return f"{self.statement}: {self.get_verdict_display()}"


class BelongingVerdict(models.TextChoices):
    """What a person says of whose website it is."""

    THEIRS = "theirs", "Webbplatsen är deras"
    NOT_THEIRS = "not_theirs", "Webbplatsen är inte deras"


class BelongingJudgement(models.Model):
    """A person's word on whose website a visit saw. It holds as long as the address and the signs do."""

    visit = models.ForeignKey("visits.Visit", on_delete=models.PROTECT, related_name="belonging_judgements")
    verdict = models.CharField("bedömning", max_length=20, choices=BelongingVerdict)
    note = models.TextField("skäl")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("när")

    class Meta:
        verbose_name = "bedömning av vems webbplatsen är"
        verbose_name_plural = "bedömningar av vems webbplatsen är"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(note=""), name="visits_belonging_has_reason")
        ]

    def __str__(self) -> str:
        return f"{self.visit}: {self.get_verdict_display()}"
