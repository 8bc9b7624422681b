"""Visits to many members in one go."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class VisitRound(models.Model):
    """An order of visits to many members. ``ordered_by`` None: the system. Its visits tell how far it is."""

    ordered_at = models.DateTimeField("beställd", auto_now_add=True)
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    because = models.CharField("varför", max_length=300)
    job = models.ForeignKey("jobs.Job", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "besöksrunda"
        verbose_name_plural = "besöksrundor"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Besöksrunda {self.pk}"
