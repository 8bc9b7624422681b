"""What a person saw at a visit of their own: an answer per topic, and pictures or papers of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from pakten.visits.models.visit import random_path


class SeenTopic(models.TextChoices):
    """What is looked for on a website, in the order of the form."""

    WEBSITE = "website", "Verksamhet, mål och marknader"
    RUSSIA = "russia", "Verksamhet i eller band till Ryssland"
    AGREEMENT = "agreement", "Kollektivavtal"
    VALUES = "values", "Mål och värdegrund"
    ENERGY = "energy", "Energi från Ryssland"


class SeenResult(models.TextChoices):
    """How a topic came out: the four results of a check item."""

    OK = "ok", "Inget att anmärka"
    DEVIATION = "deviation", "Avvikelse"
    COULD_NOT_CHECK = "could_not_check", "Gick inte att kontrollera"
    NOT_APPLICABLE = "not_applicable", "Gäller inte"


class SeenItem(models.Model):
    """One topic. ``quotation`` is word for word what stood there, ``where`` the page's address."""

    visit = models.ForeignKey("visits.Visit", on_delete=models.PROTECT, related_name="seen")
    topic = models.CharField("ämne", max_length=20, choices=SeenTopic)
    result = models.CharField("resultat", max_length=20, choices=SeenResult)
    note = models.TextField("vad du såg", blank=True)
    quotation = models.TextField("ordagrant", blank=True)
    where = models.CharField("på vilken sida", max_length=500, blank=True)

    class Meta:
        verbose_name = "sett ämne"
        verbose_name_plural = "sedda ämnen"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "topic"], name="visits_topic_once"),
            models.CheckConstraint(
                condition=~Q(result="deviation") | ~Q(note=""), name="visits_deviation_is_described"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_topic_display()}: {self.get_result_display()}"


class VisitFile(models.Model):
    """A picture or a PDF of what was seen, as it came. ``file`` is empty once it has been disposed of."""

    visit = models.ForeignKey("visits.Visit", on_delete=models.PROTECT, related_name="files")
    position = models.PositiveIntegerField()
    file = models.FileField(upload_to=random_path, max_length=200, blank=True)
    original_name = models.CharField("fil", max_length=200)
    media_type = models.CharField("filtyp", max_length=100)
    length = models.PositiveBigIntegerField("storlek")
    sha256 = models.CharField("kontrollsumma", max_length=64)

    class Meta:
        verbose_name = "bild eller papper"
        verbose_name_plural = "bilder och papper"
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["visit", "position"], name="visits_file_in_its_place")]

    def __str__(self) -> str:
        return self.original_name
