"""One row for each thing that was done; rows are never changed or removed."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Entry(models.Model):
    """What was done, by whom, when, to what, and why; bound to the entry before it by its digest.

    ``before`` and ``after`` hold plain values only (:func:`pakten.audit.canonical.plain`). ``actor`` is
    empty where the system itself acted, such as a fetch on a timetable; ``actor_name`` is the name as it
    was then. Triggers in the database refuse UPDATE, DELETE and an INSERT out of order.
    """

    sequence = models.BigIntegerField("nummer", primary_key=True)
    at = models.DateTimeField("tid", db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    actor_name = models.CharField("vem", max_length=200, blank=True)
    action = models.CharField("vad", max_length=100, db_index=True)
    object_type = models.CharField(max_length=100, blank=True)
    object_id = models.CharField(max_length=64, blank=True)
    object_label = models.CharField("gäller", max_length=300, blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    reason = models.TextField("skäl", blank=True)
    versions = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["-sequence"]
        indexes = [models.Index(fields=["object_type", "object_id"], name="audit_object")]
        verbose_name = "loggpost"
        verbose_name_plural = "loggposter"

    def __str__(self) -> str:
        return f"{self.sequence} {self.action}"

    @property
    def area(self) -> str:
        """The first part of the action's name: ``members`` in ``members.import.applied``."""
        return self.action.partition(".")[0]


class OutsideChange(models.Model):
    """A row of ours that another program changed; written by a trigger, never by the application.

    ``columns`` are the names of those that changed, with spaces between, never their values. ``by_whom`` is
    the database's own user, where it has users. ``entry`` is where the log tells of it.
    """

    table_name = models.CharField(max_length=100)
    row_key = models.CharField(max_length=64)
    operation = models.CharField(max_length=10)
    columns = models.TextField(blank=True)
    at = models.DateTimeField("tid")
    by_whom = models.CharField("databasens användare", max_length=100, blank=True)
    entry = models.OneToOneField(
        Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="outside_change"
    )

    class Meta:
        ordering = ["-pk"]
        verbose_name = "ändring utanför programmet"
        verbose_name_plural = "ändringar utanför programmet"

    def __str__(self) -> str:
        return f"{self.table_name} {self.row_key}"
