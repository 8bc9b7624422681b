"""What the manager decides about alerts of each kind: how many days, and whether two must agree."""

from __future__ import annotations

from django.db import models

from pakten.alerts.models.kinds import AlertKind

MOST_DAYS = 365

# Until somebody has decided otherwise.
DEFAULT_DAYS: dict[AlertKind, int] = {
    AlertKind.LIKENESS: 3,
    AlertKind.SELF_TEST: 1,
    AlertKind.SITE_TO_READ: 7,
    AlertKind.POSSIBLE_DEVIATION: 7,
    AlertKind.SAMPLE_DISAGREED: 7,
    AlertKind.EVIDENCE_EXPIRED: 30,
    AlertKind.RECONTROL_DUE: 30,
}
OTHER_DAYS = 14


class AlertRule(models.Model):
    """The rule of one kind. A kind without a row has the values of :data:`DEFAULT_DAYS` and one person."""

    kind = models.CharField("slag", max_length=30, choices=AlertKind, primary_key=True)
    days = models.PositiveSmallIntegerField("dagar")
    needs_second = models.BooleanField("två personer", default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["kind"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(days__gte=1, days__lte=MOST_DAYS), name="alert_days_within_a_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.days}"
