"""A run of the control over the network, and the control of one member within it."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class ControlResult(models.TextChoices):
    """The four results. Unknown is never added to met."""

    MET = "met", "Uppfyllt"
    NOT_MET = "not_met", "Inte uppfyllt"
    UNKNOWN = "unknown", "Vet inte"
    NOT_APPLICABLE = "not_applicable", "Gäller inte"


class RunState(models.TextChoices):
    """Where a run is. Only a finished run shows results."""

    RUNNING = "running", "Pågår"
    FINISHED = "finished", "Klar"
    INTERRUPTED = "interrupted", "Avbruten"


class Extent(models.TextChoices):
    """Whom a run is for: the whole network, when a person asks, or those whom a change touches."""

    NETWORK = "network", "Hela nätverket"
    TOUCHED = "touched", "De som en ändring rör"


class ControlRun(models.Model):
    """One control of members against one frozen set of editions.

    All active members when a person starts it (``started_by``); else those whom a change touches
    (``because`` says which, and nobody has started it).

    ``editions`` is a list of dictionaries (the fields of ``vandel.model.EditionRef`` in JSON, plus ``binds``,
    ``title``, ``age`` and ``age_hours`` at the start). ``gaps`` are the lists that should have been used but
    could not be (``list_id``, ``title``, ``binds``, ``why``). ``members`` are the memberships to control.
    ``counts`` is the number of members per result when the run finished.
    """

    extent = models.CharField("omfattning", max_length=20, choices=Extent, default=Extent.NETWORK)
    because = models.TextField("varför", blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="control_runs"
    )
    started_at = models.DateTimeField("startad", auto_now_add=True)
    finished_at = models.DateTimeField("klar", null=True, blank=True)
    state = models.CharField("läge", max_length=20, choices=RunState, default=RunState.RUNNING)
    job = models.ForeignKey("jobs.Job", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    editions = models.JSONField("utgåvor", default=list)
    gaps = models.JSONField("listor som saknas", default=list)
    engine_version = models.CharField("motorns version", max_length=40)
    rule_version = models.CharField("regelns version", max_length=40)
    threshold = models.FloatField("tröskel")
    stale_accepted_reason = models.TextField("skäl att använda gamla listor", blank=True)
    members = models.JSONField("medlemmar att kontrollera", default=list)
    counts = models.JSONField("medlemmar per resultat", default=dict)
    interrupted_because = models.TextField("varför den avbröts", blank=True)

    class Meta:
        ordering = ["-started_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["extent"], condition=models.Q(state="running"), name="one_run_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(extent="touched") | models.Q(started_by__isnull=False),
                name="network_run_has_starter",
            ),
        ]

    def __str__(self) -> str:
        return f"Kontroll {self.pk}"

    @property
    def titles(self) -> dict[str, str]:
        """The lists' titles by id, as they were when the run started."""
        return {edition["list_id"]: edition["title"] for edition in self.editions} | {
            gap["list_id"]: gap["title"] for gap in self.gaps
        }

    @property
    def binding(self) -> list[str]:
        """The lists that count in the result, those that could not be used included."""
        return [entry["list_id"] for entry in (*self.editions, *self.gaps) if entry["binds"]]

    @property
    def missing(self) -> dict[str, str]:
        """Lists that should have been used but could not be, and why, in words."""
        return {gap["list_id"]: gap["why"] for gap in self.gaps}


class Control(models.Model):
    """The control of one member in one run.

    ``result`` is how the member stands now, judgements included; ``result_at_run`` is what the run itself
    gave. ``items`` is a list of dictionaries, one per list and subject: what was compared, result, reason,
    likenesses. ``receipt`` is the proof of having looked, made by the run and never changed;
    ``receipt_sha256`` its digest.
    """

    run = models.ForeignKey(ControlRun, on_delete=models.PROTECT, related_name="controls")
    membership = models.ForeignKey("members.Membership", on_delete=models.PROTECT, related_name="controls")
    made_at = models.DateTimeField("gjord")
    result = models.CharField("resultat", max_length=20, choices=ControlResult)
    result_at_run = models.CharField("resultat vid körningen", max_length=20, choices=ControlResult)
    items = models.JSONField("vad som kontrollerades", default=list)
    receipt = models.JSONField("kvitto", default=dict)
    receipt_sha256 = models.CharField("kvittots kontrollsumma", max_length=64)
    likenesses = models.ManyToManyField("checks.Likeness", related_name="controls", blank=True)

    class Meta:
        ordering = ["-run_id", "membership_id"]
        constraints = [
            models.UniqueConstraint(fields=["run", "membership"], name="one_control_per_member_and_run")
        ]
        indexes = [models.Index(fields=["membership", "-made_at"], name="control_by_member")]

    def __str__(self) -> str:
        return f"{self.membership} i {self.run}"
