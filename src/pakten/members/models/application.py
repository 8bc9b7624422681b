"""An application for membership: the applicant's own draft, and what it becomes once it is sent."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from pakten.decisions.models import Decision
from pakten.members.models.membership import Membership
from pakten.members.models.texts import Identified, PledgeText
from pakten.organisations.models import Organisation, Sector
from pakten.organisations.models.organisation import ID_LENGTH, new_public_id
from pakten.records.models import Case, Record


class ApplicationState(models.TextChoices):
    """Where an application is. A draft is on the applicant's side and is none of these (L-04)."""

    RECEIVED = "received", "mottagen"
    REGISTERED = "registered", "registrerad"
    AWAITING_COMPLETION = "awaiting_completion", "väntar på komplettering"
    IN_CONTROL = "in_control", "kontrolleras"
    CONTROL_DONE = "control_done", "kontrollerad"
    PROPOSED = "proposed", "förslag till beslut"
    DECIDED = "decided", "beslutad"
    NOTIFIED = "notified", "besked skickat"
    ACTIVE = "active", "medlem"
    WITHDRAWN = "withdrawn", "återkallad"
    LAPSED = "lapsed", "förfallen"


_A = ApplicationState
# From a state to those that may follow. A pause that was decided is taken up again from NOTIFIED; a refused
# application ends there.
APPLICATION_TRANSITIONS: dict[ApplicationState, frozenset[ApplicationState]] = {
    _A.RECEIVED: frozenset({_A.REGISTERED, _A.WITHDRAWN}),
    _A.REGISTERED: frozenset({_A.AWAITING_COMPLETION, _A.IN_CONTROL, _A.WITHDRAWN}),
    _A.AWAITING_COMPLETION: frozenset({_A.REGISTERED, _A.IN_CONTROL, _A.WITHDRAWN, _A.LAPSED}),
    _A.IN_CONTROL: frozenset({_A.CONTROL_DONE, _A.AWAITING_COMPLETION, _A.WITHDRAWN}),
    _A.CONTROL_DONE: frozenset({_A.PROPOSED, _A.IN_CONTROL, _A.AWAITING_COMPLETION, _A.WITHDRAWN}),
    _A.PROPOSED: frozenset({_A.DECIDED, _A.CONTROL_DONE, _A.WITHDRAWN}),
    _A.DECIDED: frozenset({_A.NOTIFIED}),
    _A.NOTIFIED: frozenset({_A.ACTIVE, _A.IN_CONTROL}),
    _A.ACTIVE: frozenset(),
    _A.WITHDRAWN: frozenset(),
    _A.LAPSED: frozenset({_A.REGISTERED}),
}

# What the log says when an application enters a state.
APPLICATION_EVENTS: dict[ApplicationState, str] = {
    state: f"members.application.{state.value}" for state in ApplicationState
}


class Outcome(models.TextChoices):
    """What is proposed and decided."""

    ACCEPT = "accept", "ta emot som medlem"
    ACCEPT_WITH_NOTE = "accept_with_note", "ta emot med anmärkning"
    REFUSE = "refuse", "inte ta emot"
    PAUSE = "pause", "vänta med beslut"


class Channel(models.TextChoices):
    """How the application came in."""

    WEB = "web", "webbformulär"
    MAIL = "mail", "e-post"
    PAPER = "paper", "papper"


class ApplicationDraft(models.Model):
    """What an applicant has filled in so far. Not a record: nobody but whoever has the link sees it.

    ``answers`` holds each step's cleaned answers by the step's slug. ``token_hash`` is of the secret in the
    link. Once sent the answers are emptied and ``application`` is set: the link shows its state from then on.
    """

    token_hash = models.CharField(max_length=64, unique=True)
    submission = models.UUIDField(default=uuid.uuid4, unique=True)
    sector = models.CharField("sektor", max_length=10, choices=Sector, blank=True)
    answers = models.JSONField(default=dict)
    email = models.EmailField("e-post", max_length=254, blank=True)
    email_proven_at = models.DateTimeField(null=True, blank=True)
    application = models.OneToOneField(
        "members.Application", on_delete=models.CASCADE, null=True, blank=True, related_name="draft"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    expires_on = models.DateField("sparas till")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "påbörjad ansökan"
        verbose_name_plural = "påbörjade ansökningar"

    def __str__(self) -> str:
        return f"Påbörjad ansökan {self.pk}"


class DraftFile(models.Model):
    """A file that an applicant has attached to a draft: statutes, minutes. A record once it is sent."""

    draft = models.ForeignKey(ApplicationDraft, on_delete=models.CASCADE, related_name="files")
    purpose = models.CharField("vad", max_length=40)
    file = models.FileField(upload_to="drafts/%Y/%m", max_length=200)
    original_name = models.CharField("fil", max_length=200)
    length = models.PositiveBigIntegerField("storlek")
    sha256 = models.CharField("kontrollsumma", max_length=64)

    class Meta:
        verbose_name = "bifogad fil"
        verbose_name_plural = "bifogade filer"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.original_name


class Application(models.Model):
    """An application as it was sent, and where it stands.

    ``answers`` are frozen as sent (by step, as in the draft). ``organisation`` is the record that the facts
    of the application were stored on, or that had the number already. ``has_deviation`` None = not
    controlled. ``decision`` is the one in force; ``membership`` is what it led to. ``due_on`` is when the
    next step should be done, and for one that is paused the day to look again.
    ``submission`` makes sending twice harmless.
    """

    public_id = models.CharField(max_length=ID_LENGTH, unique=True, default=new_public_id, editable=False)
    submission = models.UUIDField(unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="applications")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    sector = models.CharField("sektor", max_length=10, choices=Sector)
    organisation_name = models.CharField("organisation", max_length=300)
    channel = models.CharField("kom in genom", max_length=10, choices=Channel, default=Channel.WEB)
    answers = models.JSONField(default=dict)
    contact_name = models.CharField("kontaktperson", max_length=200)
    contact_email = models.EmailField("e-post", max_length=254, blank=True)
    speaker_name = models.CharField("den som intygar", max_length=200)
    speaker_role = models.CharField("roll i organisationen", max_length=120)
    identified = models.CharField("styrkt genom", max_length=20, choices=Identified, default=Identified.NONE)
    goals_text = models.ForeignKey(PledgeText, on_delete=models.PROTECT, related_name="+")
    values_text = models.ForeignKey(PledgeText, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        "läge", max_length=20, choices=ApplicationState, default=ApplicationState.RECEIVED, db_index=True
    )
    received_at = models.DateTimeField("kom in")
    state_since = models.DateTimeField("läget sedan")
    due_on = models.DateField("klart senast", null=True, blank=True)
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    controlled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    controlled_at = models.DateTimeField("kontrollerad", null=True, blank=True)
    has_deviation = models.BooleanField("avvikelse", null=True, blank=True)
    control_summary = models.TextField("vad kontrollen visade", blank=True)
    proposed = models.CharField("förslag", max_length=20, choices=Outcome, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    proposed_at = models.DateTimeField("föreslagen", null=True, blank=True)
    proposal_reasons = models.TextField("skäl", blank=True)
    proposal_note = models.TextField("anmärkning", blank=True)
    outcome = models.CharField("beslut", max_length=20, choices=Outcome, blank=True)
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="applications"
    )
    membership = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="applications"
    )
    ended_reason = models.TextField("varför den återkallades", blank=True)
    search_key = models.TextField(default="", editable=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "ansökan"
        verbose_name_plural = "ansökningar"
        ordering = ["received_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["decided", "notified", "active"]) | ~Q(outcome=""),
                name="decided_application_has_an_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["decided", "notified", "active"]) | Q(decision__isnull=False),
                name="decided_application_has_a_decision",
            ),
            models.CheckConstraint(
                condition=~Q(state="active") | Q(membership__isnull=False),
                name="active_application_has_a_membership",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["control_done", "proposed"]) | Q(has_deviation__isnull=False),
                name="controlled_application_has_a_result",
            ),
        ]

    def __str__(self) -> str:
        return f"Ansökan från {self.organisation_name}"

    @property
    def is_paused(self) -> bool:
        """Is it decided to wait? Then the application is still ours, to be taken up again from ``due_on``."""
        return self.state == ApplicationState.NOTIFIED and self.outcome == Outcome.PAUSE


class CompletionState(models.TextChoices):
    """Where a request for more facts is."""

    WAITING = "waiting", "väntar på svar"
    ANSWERED = "answered", "besvarad"
    EXPIRED = "expired", "utan svar"
    WITHDRAWN = "withdrawn", "återtagen"


class CompletionRequest(models.Model):
    """What is missing in an application, and by when. One reminder is sent, once.

    ``missing`` is a list of texts. ``record_out`` and ``record_in`` are request and answer in the diary.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="completions")
    missing = models.JSONField(default=list)
    message = models.TextField("meddelande", blank=True)
    answer_by = models.DateField("svar senast")
    state = models.CharField("läge", max_length=10, choices=CompletionState, default=CompletionState.WAITING)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("skickad", auto_now_add=True)
    reminded_at = models.DateTimeField("påmind", null=True, blank=True)
    answered_at = models.DateTimeField("besvarad", null=True, blank=True)
    answer = models.TextField("svar", blank=True)
    record_out = models.ForeignKey(Record, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    record_in = models.ForeignKey(Record, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "begäran om komplettering"
        verbose_name_plural = "begäran om komplettering"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(state="waiting"), name="one_open_completion"
            ),
        ]

    def __str__(self) -> str:
        return f"Begäran om komplettering, {self.application}"
