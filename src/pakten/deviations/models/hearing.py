"""What the organisation was told, and what it said (L-40). Both are records in the diary."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from pakten.deviations.models.deviation import Deviation
from pakten.records.models import Record


class HearingState(models.TextChoices):
    """Whether the organisation has answered what it was told."""

    WAITING = "waiting", "väntar på synpunkter"
    COMMENTED = "commented", "synpunkter har kommit"
    SILENT = "silent", "inget svar"


HEARING_TRANSITIONS: dict[HearingState, frozenset[HearingState]] = {
    HearingState.WAITING: frozenset({HearingState.COMMENTED, HearingState.SILENT}),
    # What comes late is taken care of all the same.
    HearingState.SILENT: frozenset({HearingState.COMMENTED}),
    HearingState.COMMENTED: frozenset(),
}


class Hearing(models.Model):
    """One letter to the organisation: what was found, which ``sources`` were used, until when it may comment.

    ``reminded_at`` is set once. ``silent_at``: nobody had answered when the day was over.
    """

    deviation = models.ForeignKey(Deviation, on_delete=models.PROTECT, related_name="hearings")
    text = models.TextField("vad vi skrev")
    sources = models.JSONField(default=list)
    answer_by = models.DateField("synpunkter senast")
    record_out = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    state = models.CharField("läge", max_length=10, choices=HearingState, default=HearingState.WAITING)
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField("skickat", auto_now_add=True)
    reminded_at = models.DateTimeField("påmint", null=True, blank=True)
    silent_at = models.DateTimeField("inget svar antecknat", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "brev om en avvikelse"
        verbose_name_plural = "brev om avvikelser"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["deviation"], condition=Q(state="waiting"), name="deviations_one_hearing_waits"
            ),
        ]

    def __str__(self) -> str:
        return f"Brev om {self.deviation}"


class Came(models.TextChoices):
    """How a comment came in."""

    OWN_FILE = "own_file", "organisationens egen sida"
    LINK = "link", "ansökans länk"
    BY_HAND = "by_hand", "på annat sätt"


class Comment(models.Model):
    """What the organisation says; the row never changes. ``record`` is the paper as it was sent (L-03).

    ``by`` is the contact who wrote it signed in, or the officer who registered what came otherwise.
    """

    deviation = models.ForeignKey(Deviation, on_delete=models.PROTECT, related_name="comments")
    hearing = models.ForeignKey(
        Hearing, on_delete=models.PROTECT, null=True, blank=True, related_name="comments"
    )
    text = models.TextField("synpunkter")
    came = models.CharField("kom genom", max_length=10, choices=Came)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by_name = models.CharField("av", max_length=200)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("kom in", auto_now_add=True)

    class Meta:
        verbose_name = "synpunkter"
        verbose_name_plural = "synpunkter"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["deviation", "record"], name="deviations_comment_once"),
        ]

    def __str__(self) -> str:
        return f"Synpunkter på {self.deviation}"
