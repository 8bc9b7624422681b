"""Outgoing post: every message from when it is queued until it is sent, stopped or given up."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from pakten.records.models import Case, Record


class State(models.TextChoices):
    """Where a message is. Given up: not sent, and no longer tried unless a person says so."""

    QUEUED = "queued", "Väntar"
    SENDING = "sending", "Skickas"
    SENT = "sent", "Skickat"
    FAILED = "failed", "Kunde inte skickas"
    STOPPED = "stopped", "Stoppat"


# From a state to those that may follow. Sending to sending: the one who sent fell silent, another takes over.
TRANSITIONS: dict[State, frozenset[State]] = {
    State.QUEUED: frozenset({State.SENDING, State.SENT, State.STOPPED, State.FAILED}),
    State.SENDING: frozenset({State.SENDING, State.SENT, State.QUEUED, State.FAILED, State.STOPPED}),
    State.FAILED: frozenset({State.QUEUED, State.STOPPED}),
    State.STOPPED: frozenset({State.QUEUED}),
    State.SENT: frozenset(),
}
MESSAGE_EVENTS: dict[State, str] = {
    State.QUEUED: "letters.message.tried_again",
    State.SENT: "letters.message.sent",
    State.FAILED: "letters.message.given_up",
    State.STOPPED: "letters.message.stopped",
}


class Channel(models.TextChoices):
    """How it goes out."""

    EMAIL = "email", "E-post"
    POST = "post", "Brev på papper"


class OutboxMessage(models.Model):
    """One message out. ``record`` is its paper in the diary, a draft until the message has left.

    ``attached`` names the record's files that go with it, with their digests: what is sent is what was
    posted. ``body_sha256`` is the digest of the text as it left; from then on ``body`` has no links that let
    in whoever has them. ``about`` is a label of the thing it concerns, like ``"members.application:12"``.
    ``submission`` makes posting twice harmless. ``lease_until``: until then it belongs to the process that
    sends it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    channel = models.CharField("sätt", max_length=10, choices=Channel, default=Channel.EMAIL)
    to_address = models.CharField("adress", max_length=254, blank=True)
    to_name = models.CharField("mottagare", max_length=200, blank=True)
    subject = models.CharField("ämne", max_length=200)
    body = models.TextField("text")
    body_sha256 = models.CharField("textens kontrollsumma", max_length=64, blank=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    attached = models.JSONField(default=list)
    about = models.CharField("gäller", max_length=100, blank=True, db_index=True)
    submission = models.UUIDField(null=True, blank=True, unique=True)
    state = models.CharField("läge", max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveIntegerField("försök", default=0)
    next_try_at = models.DateTimeField("nästa försök", null=True, blank=True)
    try_until = models.DateTimeField("försöks till")
    lease_until = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField("senaste felet", max_length=300, blank=True)
    queued_at = models.DateTimeField("lades i kön")
    sent_at = models.DateTimeField("skickat", null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-queued_at", "-pk"]
        verbose_name = "utskick"
        verbose_name_plural = "utgående post"
        indexes = [models.Index(fields=["state", "next_try_at"], name="letters_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at=None)),
                name="letters_sent_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(channel="post") | ~Q(to_address=""), name="letters_email_has_an_address"
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_by_hand(self) -> bool:
        """Is it a paper that somebody puts in an envelope?"""
        return self.channel == Channel.POST
