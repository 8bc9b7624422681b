"""What the machine read on a visit: its pages, and the statements that it proposes to have found."""

from __future__ import annotations

from django.db import models


class VisitPage(models.Model):
    """One address that the visit asked for. ``agreement`` is the share (0-1) of the main text's words that
    the full text has too; None where one of them is empty. ``file`` is the number of its texts in the
    package: ``text/03-full.txt``.
    """

    visit = models.ForeignKey("visits.Visit", on_delete=models.PROTECT, related_name="pages")
    position = models.PositiveIntegerField()
    asked = models.CharField("frågad adress", max_length=2000)
    url = models.CharField("adress", max_length=2000)
    topic = models.CharField("vad sidan rör", max_length=20)
    status = models.PositiveIntegerField("svarskod", null=True, blank=True)
    outcome = models.CharField("utfall", max_length=20)
    title = models.CharField("titel", max_length=300, blank=True)
    language = models.CharField("språk", max_length=2, blank=True)
    body_sha256 = models.CharField("kontrollsumma", max_length=64, blank=True)
    full_sha256 = models.CharField("hela textens kontrollsumma", max_length=64, blank=True)
    main_sha256 = models.CharField("huvudtextens kontrollsumma", max_length=64, blank=True)
    full_length = models.PositiveIntegerField("tecken i hela texten", default=0)
    main_length = models.PositiveIntegerField("tecken i huvudtexten", default=0)
    agreement = models.FloatField("överensstämmelse", null=True, blank=True)

    class Meta:
        verbose_name = "besökt sida"
        verbose_name_plural = "besökta sidor"
        ordering = ["visit", "position"]
        constraints = [models.UniqueConstraint(fields=["visit", "position"], name="visits_page_in_its_place")]

    def __str__(self) -> str:
        return self.url


class FoundStatement(models.Model):
    """A passage that the rules read as saying something: a proposal, until a person has looked.

    ``snippet`` is ``text[start:end]`` of the page's full text, word for word. ``key`` is the same for the
    same words read in the same way, so that a person's verdict is found again at later visits. ``also_on``
    counts further pages with the same passage. ``in_main``: the main text has it too, so it is no menu.
    """

    visit = models.ForeignKey("visits.Visit", on_delete=models.PROTECT, related_name="statements")
    page = models.ForeignKey(VisitPage, on_delete=models.PROTECT, related_name="statements")
    label = models.CharField("läst som", max_length=40)
    weight = models.FloatField("vikt")
    snippet = models.TextField("ordagrant")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    rule = models.CharField("regel", max_length=300)
    explanation = models.CharField("varför", max_length=400)
    in_main = models.BooleanField("finns i huvudtexten")
    also_on = models.PositiveIntegerField("finns även på", default=0)
    key = models.CharField(max_length=64, db_index=True)

    class Meta:
        verbose_name = "uttalande"
        verbose_name_plural = "uttalanden"
        ordering = ["visit", "-weight", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "key"], name="visits_statement_once"),
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start")) & ~models.Q(snippet=""),
                name="visits_statement_is_literal",
            ),
        ]

    def __str__(self) -> str:
        return f"Uttalande {self.pk}"
