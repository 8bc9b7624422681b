"""A case: the papers that belong together under one registry number."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from pakten.records.models.series import RegistrySeries


class CaseState(models.TextChoices):
    """Where a case is."""

    OPEN = "open", "Pågår"
    CLOSED = "closed", "Avslutat"


# From a state to those that may follow. A paper that comes in to a closed case opens it again.
CASE_TRANSITIONS: dict[CaseState, frozenset[CaseState]] = {
    CaseState.OPEN: frozenset({CaseState.CLOSED}),
    CaseState.CLOSED: frozenset({CaseState.OPEN}),
}

# What the log says when a person moves a case to a state.
CASE_EVENTS: dict[CaseState, str] = {
    CaseState.OPEN: "records.case.reopened",
    CaseState.CLOSED: "records.case.closed",
}


class Case(models.Model):
    """One case. ``registry_no`` is the number that is cited.

    ``number_system`` names the outside system that gave it; ``own_no`` is the one that our series gave, if
    any. ``year`` and ``serial`` are the place in our series. ``last_record_no`` counts its records.
    """

    registry_no = models.CharField("diarienummer", max_length=100, unique=True)
    number_system = models.CharField("nummer från", max_length=60, blank=True)
    own_no = models.CharField("eget nummer", max_length=100, blank=True)
    series = models.ForeignKey(RegistrySeries, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveIntegerField(null=True, blank=True)
    serial = models.PositiveIntegerField(null=True, blank=True)
    title = models.CharField("rubrik", max_length=300)
    classification_code = models.CharField("klassificering", max_length=30, blank=True)
    state = models.CharField("läge", max_length=10, choices=CaseState, default=CaseState.OPEN)
    opened_at = models.DateTimeField("öppnat")
    closed_at = models.DateTimeField("avslutat", null=True, blank=True)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    last_record_no = models.PositiveIntegerField(default=0)
    search_key = models.TextField(default="")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-opened_at", "-pk"]
        verbose_name = "ärende"
        verbose_name_plural = "ärenden"
        constraints = [
            models.UniqueConstraint(fields=["series", "year", "serial"], name="records_serial_used_once"),
            models.CheckConstraint(
                condition=models.Q(state="closed", closed_at__isnull=False)
                | models.Q(state="open", closed_at=None),
                name="records_closed_case_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.registry_no
