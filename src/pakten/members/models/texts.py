"""What members pledge themselves to: the goals and the city's values, in versions, and each pledge."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from pakten.organisations.models import Organisation
from pakten.records.models import Record


class TextKind(models.TextChoices):
    """Which of the two texts."""

    GOALS = "goals", "nätverkets mål"
    VALUES = "values", "stadens värdegrund"


class TextState(models.TextChoices):
    """Where a version of a text is; which published one is in force follows from the day."""

    DRAFT = "draft", "utkast"
    PUBLISHED = "published", "fastställd"
    DISCARDED = "discarded", "kasserad"


TEXT_TRANSITIONS: dict[TextState, frozenset[TextState]] = {
    TextState.DRAFT: frozenset({TextState.PUBLISHED, TextState.DISCARDED}),
    TextState.PUBLISHED: frozenset(),
    TextState.DISCARDED: frozenset(),
}

TEXT_EVENTS: dict[TextState, str] = {
    TextState.DRAFT: "members.text.drafted",
    TextState.PUBLISHED: "members.text.published",
    TextState.DISCARDED: "members.text.discarded",
}


class PledgeText(models.Model):
    """One version. Once published its words never change; ``valid_from`` is its first day.

    ``decided_by_paper`` names the decision behind it. ``sha256`` is of title and body, as shown.
    """

    kind = models.CharField("text", max_length=10, choices=TextKind)
    number = models.PositiveIntegerField("version")
    title = models.CharField("rubrik", max_length=200)
    body = models.TextField("text")
    state = models.CharField("läge", max_length=10, choices=TextState, default=TextState.DRAFT)
    valid_from = models.DateField("gäller från", null=True, blank=True)
    decided_by_paper = models.CharField("beslut", max_length=200, blank=True)
    sha256 = models.CharField("kontrollsumma", max_length=64, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField("fastställd", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "text att intyga"
        verbose_name_plural = "texter att intyga"
        ordering = ["kind", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="one_text_per_number"),
            models.CheckConstraint(
                condition=~models.Q(state="published")
                | models.Q(valid_from__isnull=False, published_at__isnull=False) & ~models.Q(sha256=""),
                name="published_text_has_day_and_digest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, version {self.number}"


class Identified(models.TextChoices):
    """How we know who it is that speaks for the organisation."""

    NONE = "none", "inte styrkt"
    MAIL_LINK = "mail_link", "länk till e-postadressen"
    SIGNED_IN = "signed_in", "inloggad kontaktperson"
    E_ID = "e_id", "e-legitimation"
    E_ID_FOR_ORGANISATION = "e_id_organisation", "e-legitimation för organisationen"
    OFFICER = "officer", "noterat av handläggare"


class Pledge(models.Model):
    """An organisation's declaration that it stands behind one version of a text. Never changed.

    ``role`` is what the person says to be in the organisation. ``sha256`` is the digest of the words as they
    were shown. ``record`` is the paper by which it came in.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="pledges")
    text = models.ForeignKey(PledgeText, on_delete=models.PROTECT, related_name="pledges")
    given_by = models.CharField("intygat av", max_length=200)
    role = models.CharField("roll", max_length=120, blank=True)
    identified = models.CharField("styrkt genom", max_length=20, choices=Identified, default=Identified.NONE)
    given_at = models.DateTimeField("intygat")
    sha256 = models.CharField("kontrollsumma", max_length=64)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "intygande"
        verbose_name_plural = "intyganden"
        ordering = ["-given_at", "-pk"]
        indexes = [models.Index(fields=["organisation", "text"], name="members_pledge_of")]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.text}"
