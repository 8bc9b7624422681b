"""The public diary: frozen copies, so that the open page never reads working data."""

from __future__ import annotations

from django.db import models

from pakten.records.models.record import Record
from pakten.records.models.series import Direction


class PublicEntry(models.Model):
    """What everybody may read of one record. There is none for a draft (L-04).

    ``counterpart`` is empty where the sender or recipient is kept apart or unknown.
    """

    record = models.OneToOneField(Record, on_delete=models.PROTECT, related_name="public_entry")
    number = models.CharField("diarienummer", max_length=120)
    on = models.DateField("datum")
    direction = models.CharField("riktning", max_length=10, choices=Direction)
    type_title = models.CharField("handlingstyp", max_length=100)
    content = models.CharField("i korthet", max_length=300)
    counterpart = models.CharField("avsändare eller mottagare", max_length=200, blank=True)
    kept_apart = models.BooleanField(default=False)
    search_key = models.TextField(default="")

    class Meta:
        ordering = ["-on", "-record_id"]
        verbose_name = "rad i öppet diarium"
        verbose_name_plural = "rader i öppet diarium"
        indexes = [models.Index(fields=["on"], name="records_public_day")]

    def __str__(self) -> str:
        return self.number
