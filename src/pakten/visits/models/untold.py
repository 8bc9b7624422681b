"""Who has not been told of a visit yet."""

from __future__ import annotations

from django.db import models


class Untold(models.Model):
    """One who is to be told of one visit: written with the visit, gone when it has been told.

    ``listener`` is the name under which it was registered, ``tries`` how often it failed, ``fault`` how the
    last time: kind of error only, for its words may name people.
    """

    visit = models.ForeignKey("visits.Visit", on_delete=models.PROTECT, related_name="untold")
    listener = models.CharField("vem", max_length=200)
    tries = models.PositiveIntegerField("försök", default=0)
    tried_at = models.DateTimeField("senaste försök", null=True, blank=True)
    fault = models.CharField("fel", max_length=200, blank=True)

    class Meta:
        verbose_name = "besök att berätta om"
        verbose_name_plural = "besök att berätta om"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["visit", "listener"], name="visits_told_once")]

    def __str__(self) -> str:
        return f"{self.listener}: besök {self.visit_id}"
