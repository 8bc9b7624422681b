"""Two records of one organisation made one, so that it can be undone."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from pakten.organisations.models.organisation import Organisation


class Merge(models.Model):
    """``gone`` was the same organisation as ``kept``. ``moved`` holds what was moved, for undoing it.

    ``moved``: ``{"changes": [...], "left": [...]}``: each row that was written, with its columns before and
    after (:mod:`pakten.organisations.merging.changes`), and the rows that stayed with ``gone``.
    """

    kept = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="merges")
    gone = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="merged_away")
    moved = models.JSONField(default=dict)
    reason = models.TextField("skäl")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField("sammanslagna", auto_now_add=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField("isärtagna", null=True, blank=True)
    undo_reason = models.TextField("skäl", blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "sammanslagning"
        verbose_name_plural = "sammanslagningar"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["gone"], condition=models.Q(undone_at=None), name="merged_away_once"
            ),
            models.CheckConstraint(condition=~models.Q(kept=models.F("gone")), name="merge_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.gone} i {self.kept}"


class NotDuplicates(models.Model):
    """A person has said that two records are not the same organisation. ``one`` has the lower key."""

    one = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    reason = models.TextField("skäl")
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField("när", auto_now_add=True)

    class Meta:
        verbose_name = "inte samma organisation"
        verbose_name_plural = "inte samma organisationer"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="not_duplicates_said_once"),
            models.CheckConstraint(
                condition=models.Q(one__lt=models.F("other")), name="not_duplicates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one} och {self.other}"
