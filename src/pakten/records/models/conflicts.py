"""Conflict of interest: who must not see or do anything in a case (KL 6:28-30, 7:4, L-17)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from pakten.records.models.case import Case


class Conflict(models.Model):
    """A person's conflict of interest in one case; rows are kept as history, ``lifted_at`` ends one."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="conflicts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField("skäl", max_length=500)
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField("anmält", auto_now_add=True)
    lifted_at = models.DateTimeField("hävt", null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    lifted_reason = models.CharField("skäl", max_length=500, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = "jäv"
        verbose_name_plural = "jäv"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "user"], condition=Q(lifted_at=None), name="records_one_conflict_stands"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None, lifted_reason="")
                | Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lifted_reason=""),
                name="records_lifted_conflict_has_its_facts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.case}"
