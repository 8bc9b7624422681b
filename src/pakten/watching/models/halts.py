"""The stop button: one row per stop."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Halt(models.Model):
    """From ``stopped_at`` until ``released_at`` nothing is fetched, visited or controlled by itself.

    ``active`` while it lasts.
    """

    active = models.BooleanField("gäller", default=True)
    stopped_at = models.DateTimeField("stoppad", auto_now_add=True)
    stopped_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField("varför")
    released_at = models.DateTimeField("släppt", null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    release_reason = models.TextField("varför den släpptes", blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["active"], condition=models.Q(active=True), name="one_halt_at_a_time"
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="halt_has_reason"),
        ]

    def __str__(self) -> str:
        return f"Stopp {self.pk}"
