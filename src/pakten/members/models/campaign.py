"""A pledge campaign: a new version of a text is put to all members, who pledge themselves anew."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from pakten.jobs.models import Job
from pakten.members.models.membership import Membership
from pakten.members.models.texts import Pledge, PledgeText
from pakten.records.models import Case


class CampaignState(models.TextChoices):
    """Where a campaign is."""

    DRAFT = "draft", "förbereds"
    OPEN = "open", "pågår"
    CLOSED = "closed", "avslutad"


CAMPAIGN_TRANSITIONS: dict[CampaignState, frozenset[CampaignState]] = {
    CampaignState.DRAFT: frozenset({CampaignState.OPEN, CampaignState.CLOSED}),
    CampaignState.OPEN: frozenset({CampaignState.CLOSED}),
    CampaignState.CLOSED: frozenset(),
}

CAMPAIGN_EVENTS: dict[CampaignState, str] = {
    CampaignState.DRAFT: "members.campaign.drafted",
    CampaignState.OPEN: "members.campaign.opened",
    CampaignState.CLOSED: "members.campaign.closed",
}


class Campaign(models.Model):
    """One sending of one text to all members that are active when it opens. ``answer_by`` is the last day.

    ``case`` holds the letter and the answers, from when it opens; ``job`` is the latest that sends letters.
    """

    text = models.ForeignKey(PledgeText, on_delete=models.PROTECT, related_name="campaigns")
    title = models.CharField("rubrik", max_length=200)
    message = models.TextField("meddelande", blank=True)
    state = models.CharField("läge", max_length=10, choices=CampaignState, default=CampaignState.DRAFT)
    answer_by = models.DateField("svar senast")
    first_reminder = models.DateField("första påminnelsen", null=True, blank=True)
    second_reminder = models.DateField("andra påminnelsen", null=True, blank=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    opened_at = models.DateTimeField("utskickad", null=True, blank=True)
    closed_at = models.DateTimeField("avslutad", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "omgång"
        verbose_name_plural = "omgångar"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title


class Answer(models.TextChoices):
    """What a member has answered."""

    NONE = "none", "har inte svarat"
    PLEDGED = "pledged", "har intygat"
    DECLINED = "declined", "vill inte intyga"


class Recipient(models.Model):
    """A member in a campaign. ``token_hash`` is of the secret in the link; the secret itself is not kept.

    ``could_not_reach``: no address, or the mail came back; ``reach_note`` says why. ``comment`` is what the
    member wrote.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="recipients")
    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    email = models.EmailField("adress", max_length=254, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    answer = models.CharField("svar", max_length=10, choices=Answer, default=Answer.NONE)
    answered_at = models.DateTimeField("svarade", null=True, blank=True)
    answered_by = models.CharField("svar av", max_length=200, blank=True)
    comment = models.TextField("kommentar", blank=True)
    pledge = models.ForeignKey(Pledge, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField("skickat", null=True, blank=True)
    reminded = models.PositiveIntegerField("påminnelser", default=0)
    last_reminded_at = models.DateTimeField("senast påmind", null=True, blank=True)
    could_not_reach = models.BooleanField("gick inte att nå", default=False)
    reach_note = models.CharField("varför", max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "mottagare"
        verbose_name_plural = "mottagare"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "membership"], name="one_question_per_member"),
            models.CheckConstraint(
                condition=models.Q(answer="pledged", pledge__isnull=False)
                | ~models.Q(answer="pledged") & models.Q(pledge=None),
                name="pledged_answer_has_its_pledge",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership}: {self.get_answer_display()}"


class CampaignFigure(models.Model):
    """The answers counted at one moment, and kept. ``counts``: sector, then kind of answer, to a number.

    ``lists``: kind of answer to the public ids of those counted; empty where none were kept. ``sha256`` is
    of counts and lists in canonical form, together with campaign and moment.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="figures")
    as_of = models.DateTimeField("räknat")
    counts = models.JSONField()
    lists = models.JSONField(default=dict)
    sha256 = models.CharField("kontrollsumma", max_length=64)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "räkning av svar"
        verbose_name_plural = "räkningar av svar"
        ordering = ["-as_of", "-pk"]

    def __str__(self) -> str:
        return f"{self.campaign}, {self.as_of:%Y-%m-%d}"
