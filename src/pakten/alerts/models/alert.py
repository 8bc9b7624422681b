"""What waits for a person, and every step that was taken with it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from pakten.alerts.models.kinds import Act, AlertKind, AlertState, Outcome

_STILL_OPEN = ~Q(state=AlertState.CLOSED)


class Alert(models.Model):
    """One thing that a person must look at.

    ``key`` names what it is about within its kind: while one is open there is no second of the same kind and
    key, and what is found meanwhile is added to it. ``facts`` are for people: pairs of a label in Swedish
    and a text, a number or a list of texts. ``about`` is for the machine: ``subject_name``, ``list_id`` and
    ``target_id`` lead to earlier judgements, ``url`` to the page of what it is about. ``because`` is the
    latest reason why it was raised.

    ``likeness``: for a name likeness, whose facts, names and judgements live there and only there.
    ``boosted_at``: since when it stands at the top, and ``boosted_because`` why; a person's next step takes
    it away. ``first_reader``: whose own work it is about, who may therefore not answer it.
    ``proposed_by`` and ``proposal`` wait for a second person. ``version`` grows with each change.
    """

    kind = models.CharField("slag", max_length=30, choices=AlertKind)
    key = models.CharField("vad den gäller", max_length=200)
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="alerts"
    )
    likeness = models.ForeignKey(
        "checks.Likeness", on_delete=models.PROTECT, null=True, blank=True, related_name="alerts"
    )
    title = models.CharField("rubrik", max_length=300, blank=True)
    facts = models.JSONField("uppgifter", default=list)
    about = models.JSONField(default=dict)
    because = models.TextField("varför")
    raised_at = models.DateTimeField("kom in")
    boosted_at = models.DateTimeField("överst sedan", null=True, blank=True)
    boosted_because = models.CharField("varför överst", max_length=300, blank=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="alerts"
    )
    due_on = models.DateField("senast")
    reminded_on = models.DateField("påmind", null=True, blank=True)
    snoozed_until = models.DateField("pausad till", null=True, blank=True)
    state = models.CharField("läge", max_length=20, choices=AlertState, default=AlertState.OPEN)
    needed = models.TextField("vad som behövs", blank=True)
    needed_from = models.CharField("från vem", max_length=200, blank=True)
    needed_by = models.DateField("uppgiften senast", null=True, blank=True)
    first_reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    proposal = models.CharField("förslag", max_length=20, choices=Outcome, blank=True)
    proposed_because = models.TextField("skäl till förslaget", blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    outcome = models.CharField("resultat", max_length=20, choices=Outcome, blank=True)
    outcome_because = models.TextField("skäl", blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField("klar", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], condition=_STILL_OPEN, name="one_open_alert"),
            models.CheckConstraint(
                condition=Q(state=AlertState.CLOSED, closed_at__isnull=False)
                & ~Q(outcome="")
                & ~Q(outcome_because="")
                | _STILL_OPEN & Q(closed_at=None, outcome=""),
                name="closed_alert_has_outcome_and_reason",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.SETTLED) | Q(confirmed_by=None),
                name="what_settled_itself_has_no_second",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("closed_by")),
                name="alert_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(first_reader=None)
                | Q(closed_by=None)
                | Q(outcome=Outcome.SETTLED)
                | ~Q(first_reader=F("closed_by")),
                name="alert_not_answered_by_first_reader",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_on"], name="alert_inbox"),
            models.Index(fields=["assigned_to", "state"], name="alert_by_person"),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.get_kind_display()} {self.key}"

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something."""
        return self.state != AlertState.CLOSED

    @property
    def is_late(self) -> bool:
        """Whether its date has passed while it is open."""
        return self.is_open and self.due_on < timezone.localdate()

    @property
    def told(self) -> list[tuple[str, list[str]]]:
        """The facts as a page shows them: each label with its texts, one or more."""
        return [
            (label, [str(each) for each in value] if isinstance(value, list) else [str(value)])
            for label, value in self.facts
        ]

    @property
    def heading(self) -> str:
        """What it is called on a page; a likeness is called by its own names."""
        return (
            f"{self.likeness.subject_name} liknar {self.likeness.target_name}" if self.likeness else str(self)
        )


class AlertStep(models.Model):
    """One step with an alert: rows are added, never changed. ``facts``: what was told in it, if any."""

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="steps")
    act = models.CharField("vad", max_length=20, choices=Act)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField("när")
    words = models.TextField("med vilka ord", blank=True)
    facts = models.JSONField("uppgifter", default=list)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.get_act_display()} {self.at:%Y-%m-%d}"
