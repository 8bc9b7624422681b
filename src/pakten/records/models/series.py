"""Where registry numbers come from, and what kinds of records there are."""

from __future__ import annotations

from django.db import models


class Direction(models.TextChoices):
    """Which way a record goes."""

    IN = "in", "Inkommande"
    OUT = "out", "Utgående"
    INTERNAL = "internal", "Upprättad"


class RegistrySeries(models.Model):
    """A series of registry numbers; ``pattern`` is read by :mod:`pakten.records.numbers`.

    ``authority`` is the board by its full name: it stands on secrecy marks.
    """

    code = models.SlugField(max_length=40, unique=True)
    title = models.CharField("serie", max_length=100)
    board = models.CharField("nämnd, förkortad", max_length=20, blank=True)
    unit = models.CharField("enhet", max_length=20, blank=True)
    authority = models.CharField("myndighet", max_length=200)
    pattern = models.CharField("mönster", max_length=60)
    is_default = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "nummerserie"
        verbose_name_plural = "nummerserier"
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"], condition=models.Q(is_default=True), name="records_one_default_series"
            )
        ]

    def __str__(self) -> str:
        return self.title


class SeriesYear(models.Model):
    """The last serial number that a series gave in a year. Its row is the lock that leaves no gaps."""

    series = models.ForeignKey(RegistrySeries, on_delete=models.PROTECT, related_name="years")
    year = models.PositiveIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "year"], name="records_one_counter_per_year")
        ]

    def __str__(self) -> str:
        return f"{self.series_id} {self.year}: {self.last}"


class RecordType(models.Model):
    """A kind of record; what it says is copied to each record when that is registered.

    ``retention_years`` None = preserved for ever; else the years from the end of the case.
    """

    code = models.SlugField(max_length=40, unique=True)
    title = models.CharField("handlingstyp", max_length=100)
    direction = models.CharField("riktning", max_length=10, choices=Direction)
    classification_code = models.CharField("klassificering", max_length=30)
    retention_rule = models.CharField("gallringsregel", max_length=200)
    retention_years = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["title"]
        verbose_name = "handlingstyp"
        verbose_name_plural = "handlingstyper"

    def __str__(self) -> str:
        return self.title
