"""Likenesses between a member's names and listed names, and what people judged about them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from vandel.lists import catalogue
from vandel.model import ReasonCode

_BORN_OTHERWISE = frozenset({ReasonCode.BIRTH_DATE_DIFFERS.value})


class SubjectKind(models.TextChoices):
    """Whose name it is that is like a listed one."""

    ORGANISATION = "organisation", "Organisationen"
    PERSON = "person", "Person i organisationen"
    OWNER = "owner", "Ägare"


class LikenessState(models.TextChoices):
    """Where a likeness is. ``gone`` = the last control no longer found it; the row stays."""

    WAITING = "waiting", "Väntar på bedömning"
    PROPOSED = "proposed", "Väntar på en andra person"
    JUDGED = "judged", "Bedömd"
    GONE = "gone", "Inte längre aktuell"


class Verdict(models.TextChoices):
    """What a person says of a likeness."""

    SAME = "same", "Ja, samma"
    DIFFERENT = "different", "Nej, en annan"
    CANNOT_TELL = "cannot_tell", "Går inte att avgöra"


class Likeness(models.Model):
    """A member's name (``subject_*``) that is like an entry (``target_id``) on a list.

    ``subject_facts`` and ``target_facts`` are frozen copies of what was compared (the engine's ``Entity``,
    and for the target the ``Listing``, in JSON); ``facts_digest`` covers both, so that a judgement holds as
    long as they do. ``verdict`` is what counts: a judgement that needs no second person, or one that a
    second person has confirmed. ``proposal`` is a judgement that waits for that second person. ``version``
    grows with each change. The runs are None where only a single control has seen it.
    """

    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="likenesses"
    )
    subject_kind = models.CharField("vem", max_length=20, choices=SubjectKind)
    subject_key = models.CharField(max_length=255)
    subject_name = models.CharField("namn hos medlemmen", max_length=500)
    subject_facts = models.JSONField(default=dict)
    list_id = models.CharField("lista", max_length=60)
    target_id = models.CharField("post på listan", max_length=200)
    target_name = models.CharField("namn på listan", max_length=1000)
    target_facts = models.JSONField(default=dict)
    binds = models.BooleanField("listan binder i Sverige")
    score = models.FloatField("likhet")
    reasons = models.JSONField(default=list)
    facts_digest = models.CharField(max_length=64)
    first_seen_at = models.DateTimeField("först sedd")
    first_edition = models.CharField(max_length=120)
    first_run = models.ForeignKey(
        "checks.ControlRun", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    last_seen_at = models.DateTimeField("senast sedd")
    last_edition = models.CharField(max_length=120)
    last_run = models.ForeignKey(
        "checks.ControlRun", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField("läge", max_length=20, choices=LikenessState, default=LikenessState.WAITING)
    waiting_since = models.DateTimeField("väntar sedan")
    reopened_because = models.TextField("varför den öppnades igen", blank=True)
    verdict = models.CharField("bedömning", max_length=20, choices=Verdict, blank=True)
    judgement = models.ForeignKey(
        "checks.LikenessJudgement", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    proposal = models.ForeignKey(
        "checks.LikenessJudgement", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["waiting_since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "subject_kind", "subject_key", "list_id", "target_id"],
                name="one_likeness_per_pair",
            )
        ]
        indexes = [models.Index(fields=["state", "waiting_since"], name="likeness_inbox")]

    def __str__(self) -> str:
        return f"{self.subject_name} – {self.target_name}"

    @property
    def born_otherwise(self) -> bool:
        """Whether the two have birth dates that differ: to be seen at once, and never a verdict."""
        return any(reason["code"] in _BORN_OTHERWISE for reason in self.reasons)

    @property
    def list_title(self) -> str:
        """What the list is called, as the catalogue has it."""
        source = catalogue().get(self.list_id)
        return source.title_sv if source else self.list_id


class Act(models.TextChoices):
    """What a row in the history of a likeness is."""

    JUDGED = "judged", "Bedömde"
    WITHDREW = "withdrew", "Tog tillbaka sin bedömning"
    DECLINED = "declined", "Bekräftade inte"


class LikenessJudgement(models.Model):
    """One step in the history of a likeness: rows are added, never deleted.

    A judgement that needs a second person stays a proposal until ``confirmed_by`` is set, by somebody else.
    ``facts_digest`` says on which facts the judgement rests, ``edition`` in which edition of the list they
    stood. The ``needed_*`` fields belong to *cannot tell*.
    """

    likeness = models.ForeignKey(Likeness, on_delete=models.PROTECT, related_name="judgements")
    act = models.CharField("vad", max_length=20, choices=Act, default=Act.JUDGED)
    verdict = models.CharField("bedömning", max_length=20, choices=Verdict)
    reason = models.TextField("skäl")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="likeness_judgements"
    )
    at = models.DateTimeField("när", auto_now_add=True)
    facts_digest = models.CharField(max_length=64)
    edition = models.CharField("utgåva", max_length=120, blank=True)
    needed = models.TextField("vad som behövs", blank=True)
    needed_from = models.CharField("från vem", max_length=200, blank=True)
    needed_by = models.DateField("senast", null=True, blank=True)
    needs_second = models.BooleanField("behöver en andra person", default=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="likeness_confirmations",
    )
    confirmed_at = models.DateTimeField("bekräftad", null=True, blank=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("by")), name="confirmed_by_another"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="judgement_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()} ({self.by})"
