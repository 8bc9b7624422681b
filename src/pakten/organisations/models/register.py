"""Public registers: which edition of each is in force, and what they said of an organisation when asked.

What an edition holds lies, immutable, in the engine's store on disk (``settings.REGISTER_STORE``); a row here
says that it was taken in, by whom and on what grounds, and which one the application asks.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from pakten.organisations.models.organisation import Organisation


class RegisterOrigin(models.TextChoices):
    """How a register's file came to us."""

    FETCHED = "fetched", "Hämtad från utgivaren"
    IMPORTED = "imported", "Inläst från fil"


class RegisterInForce(models.Model):
    """One row per register whose file somebody has tried to take in; ``edition_id`` empty = none is in force.

    ``counts`` says what was kept and dropped (persons are only counted). ``confirmed_at`` is when the same
    bytes last came: an unchanged file is not an old one. ``held`` describes a file that reads well but that a
    person must look at first: ``path``, ``sha256``, ``origin``, ``fetched_at``, ``why``; empty without one.
    """

    register_id = models.CharField("register", max_length=60, primary_key=True)
    title = models.CharField("namn", max_length=200)
    edition_id = models.CharField("utgåva", max_length=120, blank=True)
    sha256 = models.CharField("kontrollsumma", max_length=64, blank=True)
    entries = models.PositiveIntegerField("organisationer", default=0)
    counts = models.JSONField("rader", default=dict)
    file_name = models.CharField("fil", max_length=200, blank=True)
    file_dated_at = models.DateTimeField("filens datum", null=True, blank=True)
    fetched_at = models.DateTimeField("hämtad", null=True, blank=True)
    confirmed_at = models.DateTimeField("senast bekräftad", null=True, blank=True)
    origin = models.CharField("hur den kom", max_length=20, choices=RegisterOrigin, blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    override_reason = models.TextField("skäl att ta in trots varning", blank=True)
    tried_at = models.DateTimeField("senaste försök", null=True, blank=True)
    refusal = models.TextField("varför senaste försöket avvisades", blank=True)
    held = models.JSONField("fil som väntar på att någon tittar", default=dict)

    class Meta:
        verbose_name = "register"
        verbose_name_plural = "register"
        ordering = ["register_id"]

    def __str__(self) -> str:
        return self.title


class LookupOutcome(models.TextChoices):
    """How asking a register came out. *Not found* is an answer, *could not check* is none."""

    FOUND = "found", "Finns i registret"
    NOT_FOUND = "not_found", "Finns inte i registret"
    COULD_NOT_CHECK = "could_not_check", "Gick inte att fråga"


class RegisterLookup(models.Model):
    """What one register said of one organisation at one time. Rows are added, never changed.

    ``facts`` are the engine's: field, state, value, code, on, business, producer, reason; nothing of a
    person's identity is among them (L-29). ``changed`` lists what differs from the last time that the same
    thing was answered: field, before, after. ``edition_id`` is empty where the register was asked over the
    network, and ``source_where`` is then the address.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="register_lookups")
    register_id = models.CharField("register", max_length=60)
    title = models.CharField("namn", max_length=200)
    at = models.DateTimeField("när")
    because = models.CharField("varför", max_length=300)
    outcome = models.CharField("utfall", max_length=20, choices=LookupOutcome)
    reason = models.TextField("varför inte", blank=True)
    facts = models.JSONField("uppgifter", default=list)
    changed = models.JSONField("ändrat", default=list)
    edition_id = models.CharField("utgåva", max_length=120, blank=True)
    said_at = models.DateTimeField("uppgifterna är från", null=True, blank=True)
    source_where = models.CharField("var", max_length=500, blank=True)
    sha256 = models.CharField("kontrollsumma", max_length=64, blank=True)

    class Meta:
        verbose_name = "registeruppslag"
        verbose_name_plural = "registeruppslag"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["organisation", "register_id", "-id"], name="lookups_of_organisation")
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="found") | ~models.Q(reason=""), name="lookup_says_why_not"
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome="found") | ~models.Q(sha256=""), name="found_lookup_has_a_digest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.get_outcome_display()}"
