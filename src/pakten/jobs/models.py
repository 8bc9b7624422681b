"""Long work that is done outside the page, with its progress and its outcome."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from pakten.records.models import Case


class State(models.TextChoices):
    """Where a job is. An interrupted job is a running one whose worker has fallen silent."""

    QUEUED = "queued", "Väntar"
    RUNNING = "running", "Pågår"
    DONE = "done", "Klart"
    FAILED = "failed", "Misslyckades"
    STOPPED = "stopped", "Stoppat"


# From each state, where it may go. Running to running: another worker takes over an interrupted job.
TRANSITIONS: dict[State, frozenset[State]] = {
    State.QUEUED: frozenset({State.RUNNING, State.STOPPED, State.FAILED}),
    State.RUNNING: frozenset({State.RUNNING, State.DONE, State.FAILED, State.STOPPED, State.QUEUED}),
    State.FAILED: frozenset({State.QUEUED}),
    State.STOPPED: frozenset({State.QUEUED}),
    State.DONE: frozenset(),
}
ACTIVE = (State.QUEUED, State.RUNNING)

# A worker that has said nothing for this long is taken for dead.
LEASE = timedelta(seconds=120)


class Job(models.Model):
    """One piece of long work: who asked for it, how far it is, what came out.

    ``task_path`` and ``arguments`` are what the worker calls; ``unique_kind`` holds the kind while a job that
    must be alone of its kind is active. ``total`` 0 means: not known yet. ``attempt`` counts the workers that
    took the job, so that one that was taken for dead can't write over its successor. ``case`` is the one that
    the job is about, where it is about one: its title then names somebody.
    """

    kind = models.CharField("slag", max_length=60, db_index=True)
    title = models.CharField("uppgift", max_length=200)
    state = models.CharField("läge", max_length=10, choices=State, default=State.QUEUED)
    done = models.PositiveIntegerField("klara", default=0)
    total = models.PositiveIntegerField("av", default=0)
    note = models.CharField("just nu", max_length=300, blank=True)
    summary = models.TextField("resultat", blank=True)
    result_url = models.CharField(max_length=300, blank=True)
    error = models.TextField("fel", blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField("beställd", auto_now_add=True)
    started_at = models.DateTimeField("började", null=True, blank=True)
    finished_at = models.DateTimeField("slutade", null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempt = models.PositiveIntegerField(default=0)
    task_path = models.CharField(max_length=200)
    task_id = models.UUIDField(null=True, blank=True)
    arguments = models.JSONField(default=dict)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    unique_kind = models.CharField(max_length=60, null=True, blank=True, unique=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state"], name="jobs_state")]
        constraints = [
            models.CheckConstraint(
                name="jobs_unique_only_while_active",
                condition=models.Q(unique_kind=None) | models.Q(state__in=ACTIVE),
            )
        ]
        verbose_name = "jobb"
        verbose_name_plural = "jobb"

    def __str__(self) -> str:
        return self.title

    @property
    def is_active(self) -> bool:
        """Is it waiting or under way?"""
        return self.state in ACTIVE

    @property
    def is_interrupted(self) -> bool:
        """Has its worker fallen silent, so that it may be started again?"""
        return self.state == State.RUNNING and (self.lease_until is None or self.lease_until < timezone.now())


class Ended(models.TextChoices):
    """How the latest start of a schedule went."""

    NEVER = "", "Har inte körts"
    STARTED = "started", "Startad"
    DONE = "done", "Klar"
    NOTHING = "nothing", "Inget att göra"
    FAILED = "failed", "Misslyckades"


class Schedule(models.Model):
    """Where the clock stands for one :class:`pakten.jobs.schedules.Timed`. ``task_id``: its latest start."""

    name = models.CharField("namn", max_length=100, unique=True)
    is_on = models.BooleanField("på", default=True)
    next_at = models.DateTimeField("nästa gång")
    last_started_at = models.DateTimeField("senast", null=True, blank=True)
    last_outcome = models.CharField(
        "hur det gick", max_length=10, choices=Ended, default=Ended.NEVER, blank=True
    )
    task_id = models.UUIDField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name"]
        verbose_name = "tid i tidtabellen"
        verbose_name_plural = "tidtabell"

    def __str__(self) -> str:
        return self.name
