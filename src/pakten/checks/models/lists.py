"""Editions of lists and, per list, which one is in force.

The content of an edition lies, immutable, in the engine's store on disk; a row here says that the edition was
accepted, by whom and on what grounds, and the pointer says which one the application uses.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from vandel.lists import catalogue


def _title(list_id: str) -> str:
    source = catalogue().get(list_id)
    return source.title_sv if source else list_id


class Origin(models.TextChoices):
    """How an edition came to us."""

    FETCHED = "fetched", "Hämtad från utgivaren"
    IMPORTED = "imported", "Inläst från fil"


class ListEdition(models.Model):
    """One accepted edition of a list. Rows are never changed or deleted.

    ``counts`` holds entries per kind (``Person``, ``Organization`` ...); ``changes`` holds ``came``,
    ``went`` and ``changed`` against the edition that was in force when this one was taken in (empty for the
    first). The three dates are three things: published by the issuer, stamped on the file, fetched by us.
    """

    list_id = models.CharField("lista", max_length=60)
    edition_id = models.CharField("utgåva", max_length=120)
    sha256 = models.CharField("kontrollsumma", max_length=64)
    length = models.BigIntegerField("storlek i byte")
    entries = models.PositiveIntegerField("poster")
    counts = models.JSONField("poster per slag", default=dict)
    changes = models.JSONField("ändringar", default=dict)
    published_on = models.DateField("publicerad", null=True, blank=True)
    file_dated_at = models.DateTimeField("filens datum", null=True, blank=True)
    fetched_at = models.DateTimeField("hämtad")
    origin = models.CharField("hur den kom", max_length=20, choices=Origin)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_at = models.DateTimeField("intagen", auto_now_add=True)
    override_reason = models.TextField("skäl att ta in trots varning", blank=True)

    class Meta:
        ordering = ["-fetched_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["list_id", "edition_id"], name="one_row_per_edition")]

    def __str__(self) -> str:
        return f"{_title(self.list_id)}, utgåva {self.edition_id}"


class ListInForce(models.Model):
    """One row per list: which edition is in force, whether controls use the list, how the last try went.

    ``confirmed_at`` is when the issuer last handed out these very bytes: an unchanged list is not an old one.
    ``held`` describes a file that reads well but differs so much that a person must look first: ``path``,
    ``sha256``, ``origin``, ``fetched_at``, ``reasons`` and ``summary``; empty when there is none.
    """

    list_id = models.CharField("lista", max_length=60, primary_key=True)
    edition = models.ForeignKey(
        ListEdition, on_delete=models.PROTECT, null=True, blank=True, related_name="in_force_for"
    )
    in_use = models.BooleanField("används vid kontroll", default=True)
    switched_at = models.DateTimeField("bytt", null=True, blank=True)
    switched_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField("senast bekräftad hos utgivaren", null=True, blank=True)
    tried_at = models.DateTimeField("senaste försök", null=True, blank=True)
    refusal = models.TextField("varför senaste försöket avvisades", blank=True)
    held = models.JSONField("fil som väntar på att någon tittar", default=dict)

    def __str__(self) -> str:
        return _title(self.list_id)
