"""Something that was found about an organisation, and how far up the ladder people have taken it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from pakten.decisions.models import Decision, DecisionKind
from pakten.members.models import Application
from pakten.organisations.models import Organisation
from pakten.organisations.models.organisation import ID_LENGTH, new_public_id
from pakten.records.models import Case, Record


class Level(models.TextChoices):
    """The ladder, and the ways off it. An observation is what nobody has confirmed yet.

    ``ended``: the application that it is about ended without a membership, and nobody has judged it further.
    What was decided in the board's name never ends so: the applicant itself may end its application (L-01).
    """

    OBSERVATION = "observation", "iakttagelse"
    DEVIATION = "deviation", "avvikelse"
    ESCALATED = "escalated", "eskalerad"
    BLOCKED = "blocked", "spärr"
    FIXED = "fixed", "åtgärdad"
    DISMISSED = "dismissed", "avskriven"
    ACCEPTED = "accepted", "godtagen"
    ENDED = "ended", "avslutad med ansökan"


_L = Level
# From a level to those that may follow: up one step at a time, down as far as the ground has gone.
TRANSITIONS: dict[Level, frozenset[Level]] = {
    _L.OBSERVATION: frozenset({_L.DEVIATION, _L.DISMISSED, _L.ENDED}),
    _L.DEVIATION: frozenset({_L.OBSERVATION, _L.ESCALATED, _L.FIXED, _L.DISMISSED, _L.ACCEPTED, _L.ENDED}),
    _L.ESCALATED: frozenset({_L.DEVIATION, _L.BLOCKED}),
    _L.BLOCKED: frozenset({_L.DEVIATION, _L.ESCALATED}),
    _L.FIXED: frozenset({_L.DEVIATION}),
    _L.DISMISSED: frozenset({_L.OBSERVATION}),
    _L.ACCEPTED: frozenset({_L.DEVIATION}),
    _L.ENDED: frozenset({_L.OBSERVATION}),
}
# The steps that one person proposes and another decides, in the board's name. The others an officer takes.
DECIDED_AS: dict[tuple[Level, Level], DecisionKind] = {
    (_L.DEVIATION, _L.ESCALATED): DecisionKind.DEVIATION_ESCALATE,
    (_L.ESCALATED, _L.BLOCKED): DecisionKind.DEVIATION_BLOCK,
    (_L.ESCALATED, _L.DEVIATION): DecisionKind.DEVIATION_LOWER,
    (_L.BLOCKED, _L.ESCALATED): DecisionKind.DEVIATION_LOWER,
    (_L.BLOCKED, _L.DEVIATION): DecisionKind.DEVIATION_LOWER,
    (_L.DEVIATION, _L.ACCEPTED): DecisionKind.DEVIATION_ACCEPTED,
}
# What the log says when a deviation reaches a level.
EVENTS: dict[Level, str] = {level: f"deviations.deviation.{level.value}" for level in Level}
OPEN = (_L.OBSERVATION, _L.DEVIATION, _L.ESCALATED, _L.BLOCKED)
ENDS_WITH_APPLICATION = tuple(level for level in OPEN if _L.ENDED in TRANSITIONS[level])
CLOSED = (_L.FIXED, _L.DISMISSED, _L.ACCEPTED, _L.ENDED)
# What a person has confirmed, and what only a decision leads to.
CONFIRMED = tuple(level for level in Level if level not in (_L.OBSERVATION, _L.DISMISSED, _L.ENDED))
# The steps against the organisation: it has its time to say its own before them (L-40).
AGAINST = (_L.ESCALATED, _L.BLOCKED)
DECIDED = (_L.ESCALATED, _L.BLOCKED, _L.ACCEPTED)


class Seriousness(models.TextChoices):
    """How much it matters, in one person's assessment; empty while nobody has assessed it."""

    MINOR = "minor", "liten"
    CONSIDERABLE = "considerable", "betydande"
    SERIOUS = "serious", "allvarlig"


class Origin(models.TextChoices):
    """What the deviation was made from."""

    CHECK_LIST = "check_list", "checklista"
    LIKENESS = "likeness", "namnlikhet"
    WEBSITE = "website", "webbplats"
    REGISTER = "register", "register"
    OTHER = "other", "annat"


class Deviation(models.Model):
    """One deviation, or the observation that it began as.

    ``title`` is what, ``description`` what was seen, ``source`` and ``where`` in what and at which address,
    ``seen_at`` when. ``origin_key`` names the row that it was made from (``checks.basicitem:12``) or the
    form, once per organisation. ``topic`` is what later controls find it by while it is open
    (``check:webbplats``). ``case`` is None for an observation that nobody has confirmed: that is a working
    note (L-04). ``record`` is the confirmed deviation's paper, whose number is cited.
    ``decision`` is the one in force that led to this level. ``by_machine``: proposed by the system.
    """

    public_id = models.CharField(max_length=ID_LENGTH, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="deviations")
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, null=True, blank=True, related_name="deviations"
    )
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, blank=True, related_name="deviations")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    level = models.CharField("nivå", max_length=12, choices=Level, default=Level.OBSERVATION)
    level_since = models.DateTimeField("nivån sedan")
    origin = models.CharField("kommer från", max_length=12, choices=Origin)
    origin_key = models.CharField(max_length=120, blank=True)
    topic = models.CharField(max_length=60, blank=True)
    by_machine = models.BooleanField("föreslagen av systemet", default=False)
    title = models.CharField("vad", max_length=200)
    description = models.TextField("vad vi såg")
    source = models.CharField("källa", max_length=200)
    where = models.CharField("var", max_length=500, blank=True)
    seen_at = models.DateTimeField("när")
    seriousness = models.CharField("hur allvarligt", max_length=12, choices=Seriousness, blank=True)
    assessment = models.TextField("vår bedömning", blank=True)
    follow_up_on = models.DateField("följs upp", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField("bekräftad", null=True, blank=True)
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="deviations"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField("antecknad", auto_now_add=True)
    search_key = models.TextField(default="", editable=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "avvikelse"
        verbose_name_plural = "avvikelser"
        ordering = ["-seen_at", "-pk"]
        indexes = [
            models.Index(fields=["level", "follow_up_on"], name="deviations_follow_up"),
            models.Index(fields=["organisation", "level"], name="deviations_of_organisation"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "origin_key"],
                condition=~Q(origin_key=""),
                name="deviations_made_once",
            ),
            models.CheckConstraint(
                condition=~Q(level__in=CONFIRMED)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False, case__isnull=False)
                & Q(record__isnull=False),
                name="deviations_a_person_confirms",
            ),
            models.CheckConstraint(
                condition=~Q(level__in=DECIDED) | Q(decision__isnull=False),
                name="deviations_decided_by_a_person",
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(description="") & ~Q(source=""),
                name="deviations_has_what_and_source",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.organisation}"

    @property
    def is_open(self) -> bool:
        return self.level in OPEN
