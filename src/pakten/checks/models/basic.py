"""The basic control of an organisation: a check list by sector, each item with result and evidence."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from pakten.organisations.models import Sector


class CheckResult(models.TextChoices):
    """How one item came out. Not reaching a source is *could not check*, never *ok*."""

    OK = "ok", "Inget att anmärka"
    DEVIATION = "deviation", "Avvikelse"
    COULD_NOT_CHECK = "could_not_check", "Gick inte att kontrollera"
    NOT_APPLICABLE = "not_applicable", "Gäller inte"


class BasicState(models.TextChoices):
    """Where a basic control is. A finished one never changes; a new look is a new one."""

    OPEN = "open", "pågår"
    DONE = "done", "klar"


BASIC_TRANSITIONS: dict[BasicState, frozenset[BasicState]] = {
    BasicState.OPEN: frozenset({BasicState.DONE}),
    BasicState.DONE: frozenset(),
}


class BasicControl(models.Model):
    """One control of one organisation: of an applicant, or of a member that is looked at again.

    ``application`` is None for the latter. ``case`` is the application's; a member's control gets its own
    when it is finished. ``because`` says in one sentence what it was opened for. ``items_version`` names the
    check list that was used.

    The ``lists_*`` columns are what the comparison with the sanction lists gave, as in ``Control``: frozen
    editions, lists that could not be used, what was compared, receipt with digest; ``lists_at`` None = not
    compared yet, ``lists_fault`` why it could not be.
    """

    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="basic_controls"
    )
    application = models.ForeignKey(
        "members.Application",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="basic_controls",
    )
    case = models.ForeignKey(
        "records.Case", on_delete=models.PROTECT, null=True, blank=True, related_name="basic_controls"
    )
    because = models.CharField("varför", max_length=300, blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    items_version = models.CharField("checklista", max_length=20)
    state = models.CharField("läge", max_length=10, choices=BasicState, default=BasicState.OPEN)
    opened_at = models.DateTimeField("påbörjad", auto_now_add=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    done_at = models.DateTimeField("klar", null=True, blank=True)
    lists_at = models.DateTimeField("jämförd med listor", null=True, blank=True)
    lists_fault = models.TextField("varför det inte gick", blank=True)
    lists_editions = models.JSONField(default=list)
    lists_gaps = models.JSONField(default=list)
    lists_items = models.JSONField(default=list)
    lists_receipt = models.JSONField(default=dict)
    lists_receipt_sha256 = models.CharField(max_length=64, blank=True)
    likenesses = models.ManyToManyField("checks.Likeness", related_name="basic_controls", blank=True)
    record = models.ForeignKey(
        "records.Record", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "grundkontroll"
        verbose_name_plural = "grundkontroller"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(state="open"), name="one_open_basic_control"
            ),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(state="open", application=None),
                name="one_open_control_of_member",
            ),
            models.CheckConstraint(
                condition=Q(state="open") | Q(done_by__isnull=False, done_at__isnull=False),
                name="done_basic_control_has_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"Grundkontroll {self.pk}"

    @property
    def name(self) -> str:
        """What the organisation was called: in its application, or as we hold it."""
        return self.application.organisation_name if self.application else self.organisation.legal_name

    @property
    def sector(self) -> Sector:
        """By whose check list it is looked at."""
        return Sector(self.application.sector if self.application else self.organisation.sector)


class BasicItem(models.Model):
    """One item of the list. ``result`` is empty only while nobody, and nothing, has looked.

    ``checked_by`` None with a result: the system looked. ``proposed`` is what the system thinks where a
    person has to answer. ``source`` says in what, ``source_where`` at which address or page, ``sha256`` the
    digest of what was read, where there is something to digest. After ``expires_on`` it is time to look
    again; None = what was seen holds until something that it rests on changes.
    """

    control = models.ForeignKey(BasicControl, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    slug = models.SlugField(max_length=40)
    result = models.CharField("resultat", max_length=20, choices=CheckResult, blank=True)
    proposed = models.CharField("systemets förslag", max_length=20, choices=CheckResult, blank=True)
    note = models.TextField("vad vi såg", blank=True)
    source = models.CharField("källa", max_length=200, blank=True)
    source_where = models.CharField("var", max_length=500, blank=True)
    sha256 = models.CharField("kontrollsumma", max_length=64, blank=True)
    checked_at = models.DateTimeField("när", null=True, blank=True)
    expires_on = models.DateField("gäller till", null=True, blank=True, db_index=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "kontrollpunkt"
        verbose_name_plural = "kontrollpunkter"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["control", "slug"], name="one_row_per_item"),
            models.CheckConstraint(
                condition=Q(result="") | Q(checked_at__isnull=False) & ~Q(source=""),
                name="checked_item_has_source_and_time",
            ),
            models.CheckConstraint(
                condition=~Q(result="deviation") | ~Q(note=""), name="deviation_is_described"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slug}: {self.result or '?'}"
