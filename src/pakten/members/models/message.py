"""Messages between the city and an organisation. What comes in is registered like any other paper."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from pakten.organisations.models import Organisation
from pakten.records.models import Case, Record


class MessageDirection(models.TextChoices):
    """Which way a message went."""

    IN = "in", "från organisationen"
    OUT = "out", "från staden"


class MessageKind(models.TextChoices):
    """What a message is about."""

    MESSAGE = "message", "meddelande"
    CORRECTION = "correction", "rättelse av uppgift"
    QUESTION = "question", "fråga från staden"
    LEAVING = "leaving", "begäran om utträde"


class Message(models.Model):
    """One message. ``fact`` names what a correction is about, ``proposed`` is what it should say instead.

    ``settled_at`` is when it was dealt with, ``settled_how`` how, in words that the organisation reads.
    ``record`` is the paper in the diary. ``submission`` makes sending twice harmless.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="messages")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    direction = models.CharField("riktning", max_length=3, choices=MessageDirection)
    kind = models.CharField("slag", max_length=12, choices=MessageKind, default=MessageKind.MESSAGE)
    reply_to = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replies"
    )
    fact = models.CharField("uppgift", max_length=60, blank=True)
    proposed = models.TextField("så ska det stå", blank=True)
    text = models.TextField("text")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    author_name = models.CharField("av", max_length=200)
    sent_at = models.DateTimeField("skickat", auto_now_add=True)
    read_at = models.DateTimeField("läst", null=True, blank=True)
    settled_at = models.DateTimeField("klart", null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_how = models.TextField("vad vi gjorde", blank=True)
    submission = models.UUIDField(null=True, blank=True, unique=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "meddelande"
        verbose_name_plural = "meddelanden"
        ordering = ["sent_at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.organisation}"
