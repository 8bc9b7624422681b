"""Requests to see a record: what was asked, never who asks (TF 2:18), and the test that was made."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from pakten.records.models.record import Record


class Outcome(models.TextChoices):
    """Where a request stands; ``waiting`` is the only one that can change."""

    WAITING = "waiting", "Väntar på svar"
    GIVEN = "given", "Lämnades ut"
    PARTLY = "partly", "Lämnades ut delvis"
    REFUSED = "refused", "Lämnades inte ut"
    MISSING = "missing", "Handlingen finns inte hos oss"


class RecordRequest(models.Model):
    """A request to see a record; ``record`` is the request itself, registered like any incoming paper.

    ``email`` is empty unless the person chose to leave one; there is no field for a name.
    """

    record = models.OneToOneField(Record, on_delete=models.PROTECT, related_name="request")
    asked = models.TextField("vilken handling")
    email = models.EmailField("e-post för svaret", blank=True)
    outcome = models.CharField("svar", max_length=10, choices=Outcome, default=Outcome.WAITING)
    note = models.TextField("vad som gjordes", blank=True)
    minutes_used = models.PositiveIntegerField("minuter", null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]
        verbose_name = "begäran om handling"
        verbose_name_plural = "begäran om handling"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="waiting", answered_by=None)
                | ~models.Q(outcome="waiting") & models.Q(answered_by__isnull=False),
                name="records_a_person_answers",
            )
        ]

    def __str__(self) -> str:
        return str(self.record)


class HarmTest(models.Model):
    """The test whether giving out would do harm: made anew at each request, kept with it (L-05)."""

    request = models.ForeignKey(RecordRequest, on_delete=models.PROTECT, related_name="tests")
    record = models.ForeignKey(
        Record, on_delete=models.PROTECT, null=True, blank=True, related_name="harm_tests"
    )
    outcome = models.CharField("svar", max_length=10, choices=Outcome)
    provision = models.CharField("bestämmelse", max_length=100, blank=True)
    note = models.TextField("bedömning")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = "sekretessprövning"
        verbose_name_plural = "sekretessprövningar"

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}, {self.request}"


class FormUse(models.Model):
    """How often the open form was sent from one address lately; ``key`` is a keyed digest."""

    key = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.key[:8]}: {self.count}"
