"""What has changed, and the re-controls that follow."""

from __future__ import annotations

from django.db import models


class Cause(models.TextChoices):
    """Why members are controlled again. The first six are what other areas announce."""

    MEMBER = "member", "Uppgifter om medlemmen"
    LIST = "list", "Ny utgåva av en lista"
    REGISTER = "register", "Uppgift i ett register"
    SITE = "site", "Webbplatsen"
    REQUIREMENT = "requirement", "Ny version av ett krav"
    EVIDENCE = "evidence", "Underlag har gått ut"
    DAILY = "daily", "Den dagliga omkontrollen"


class Trigger(models.Model):
    """One change, stored in the transaction that made it; it waits until a re-control has taken it up.

    ``organisation_ids``: whom it touches; None = which ones must be found out, or all. ``about``: what
    identifies it (list and edition, fact names).
    """

    kind = models.CharField("vad", max_length=20, choices=Cause)
    because = models.TextField("varför")
    organisation_ids = models.JSONField(null=True, blank=True)
    about = models.JSONField(default=dict)
    at = models.DateTimeField("när", auto_now_add=True)
    recontrol = models.ForeignKey(
        "watching.Recontrol", on_delete=models.PROTECT, null=True, blank=True, related_name="triggers"
    )

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["id"], condition=models.Q(recontrol=None), name="triggers_that_wait"),
        ]

    def __str__(self) -> str:
        return self.because


class RecontrolState(models.TextChoices):
    """Where a re-control is. ``failed``: nothing was compared, and its triggers wait again."""

    RUNNING = "running", "Pågår"
    DONE = "done", "Klar"
    FAILED = "failed", "Gick inte"


class Recontrol(models.Model):
    """One re-control: those who were looked at, those whom the change touches, those whom it doesn't.

    ``run`` holds the new controls of the touched ones; None when there were none. ``fault`` says in Swedish
    why it could not be made.
    """

    kind = models.CharField("utlöst av", max_length=20, choices=Cause)
    because = models.TextField("varför")
    begun_at = models.DateTimeField("började", auto_now_add=True)
    finished_at = models.DateTimeField("klar", null=True, blank=True)
    state = models.CharField(
        "läge", max_length=10, choices=RecontrolState, default=RecontrolState.RUNNING, db_index=True
    )
    run = models.ForeignKey(
        "checks.ControlRun", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    looked_at = models.PositiveIntegerField("medlemmar", default=0)
    touched = models.PositiveIntegerField("berörda", default=0)
    fault = models.TextField("varför det inte gick", blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Omkontroll {self.pk}"

    @property
    def untouched(self) -> int:
        """How many the change did not touch."""
        return self.looked_at - self.touched


class RecontrolReceipt(models.Model):
    """The proof of having looked, also at those who were not touched. Rows are never changed or deleted."""

    recontrol = models.OneToOneField(Recontrol, on_delete=models.PROTECT, related_name="receipt")
    content = models.JSONField("kvitto")
    sha256 = models.CharField("kontrollsumma", max_length=64)

    def __str__(self) -> str:
        return f"Kvitto för {self.recontrol}"
