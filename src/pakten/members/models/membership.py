"""A membership period: an organisation that left and came back has two."""

from __future__ import annotations

from django.db import models

from pakten.organisations.models import Organisation


class State(models.TextChoices):
    """Where a membership period stands."""

    ACTIVE = "active", "aktiv"
    DORMANT = "dormant", "vilande"
    ENDED = "ended", "avslutad"


# From a state to those that may follow. An ended period stays ended: who comes back gets a new one.
TRANSITIONS: dict[State, frozenset[State]] = {
    State.ACTIVE: frozenset({State.DORMANT, State.ENDED}),
    State.DORMANT: frozenset({State.ACTIVE, State.ENDED}),
    State.ENDED: frozenset(),
}

# What the log says when a membership enters a state.
STATE_EVENTS: dict[State, str] = {
    State.ACTIVE: "members.membership.resumed",
    State.DORMANT: "members.membership.made_dormant",
    State.ENDED: "members.membership.ended",
}


class CollectiveAgreement(models.TextChoices):
    """What is known of the collective agreement. Information, never a condition without equivalent terms."""

    BOUND = "bound", "har kollektivavtal"
    EQUIVALENT = "equivalent_terms_stated", "uppger motsvarande villkor"
    NO = "no", "har inte kollektivavtal"
    UNKNOWN = "unknown", "okänt"
    NO_EMPLOYEES = "no_employees", "har inga anställda"


class LeavingReason(models.TextChoices):
    """Why a membership ended; free text goes beside it."""

    OWN_WISH = "own_wish", "egen begäran"
    CLOSED_DOWN = "closed_down", "verksamheten har upphört"
    MERGED = "merged", "gick upp i en annan organisation"
    NO_CONTACT = "no_contact", "går inte att nå"
    NOT_PLEDGED = "not_pledged", "intygar inte mål eller värdegrund"
    REQUIREMENT = "requirement", "uppfyller inte ett krav"
    OTHER = "other", "annat skäl"


class Membership(models.Model):
    """One period. ``joined_on`` None = not known; ``ended_on`` is the last day.

    ``leaving_reason`` is empty while the period lasts, and where nobody knows why it ended. ``published``:
    name and sector stand in the public list of members.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    state = models.CharField("status", max_length=10, choices=State, default=State.ACTIVE)
    joined_on = models.DateField("medlem från", null=True, blank=True)
    ended_on = models.DateField("medlem till", null=True, blank=True)
    collective_agreement = models.CharField(
        "kollektivavtal", max_length=30, choices=CollectiveAgreement, default=CollectiveAgreement.UNKNOWN
    )
    leaving_reason = models.CharField("skäl att lämna", max_length=15, choices=LeavingReason, blank=True)
    leaving_note = models.TextField("om skälet", blank=True)
    published = models.BooleanField("visas offentligt", default=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "medlemskap"
        verbose_name_plural = "medlemskap"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=~models.Q(state="ended"),
                name="one_membership_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(state="ended", ended_on__isnull=False)
                | (~models.Q(state="ended") & models.Q(ended_on=None)),
                name="ended_membership_has_a_date",
            ),
            models.CheckConstraint(
                condition=models.Q(joined_on=None)
                | models.Q(ended_on=None)
                | models.Q(ended_on__gte=models.F("joined_on")),
                name="membership_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=models.Q(state="ended") | models.Q(leaving_reason="", leaving_note=""),
                name="leaving_reason_is_for_ended",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_state_display()})"
