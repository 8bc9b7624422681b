"""Drawing some of the controls that found nothing, for a second person to look at."""

from __future__ import annotations

from decimal import Decimal

from django.db import models

DEFAULT_SHARE = Decimal("2.0")
MOST_SHARE = Decimal("100.0")


class SampleRule(models.Model):
    """The share of controls without a finding that a second person looks at. One row, number 1."""

    share_percent = models.DecimalField(
        "andel i procent", max_digits=4, decimal_places=1, default=DEFAULT_SHARE
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="one_sample_rule"),
            models.CheckConstraint(
                condition=models.Q(share_percent__gte=0, share_percent__lte=MOST_SHARE),
                name="sample_share_is_a_share",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.share_percent} %"


class SampleDraw(models.Model):
    """The receipt of one draw; never changed.

    Anybody who has the run's receipts can draw again: ``seed`` is the SHA-256 of the digests of all of them,
    in order, and a control is drawn when SHA-256(seed + its own digest), read as a share of the largest
    possible number, is below ``share_percent``. ``eligible`` were drawn from, ``drawn`` were chosen.
    """

    run = models.OneToOneField("checks.ControlRun", on_delete=models.PROTECT, related_name="sample_draw")
    seed = models.CharField("frö", max_length=64)
    share_percent = models.DecimalField("andel i procent", max_digits=4, decimal_places=1)
    eligible = models.PositiveIntegerField("utan anmärkning")
    drawn = models.PositiveIntegerField("utvalda")
    made_at = models.DateTimeField("dragen", auto_now_add=True)

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"Stickprov ur kontroll {self.run_id}"
