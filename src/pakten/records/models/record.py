"""A record: one paper of a case, with the law's register columns, and its files as they came."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q

from pakten.records.models.case import Case
from pakten.records.models.series import Direction, RecordType


class State(models.TextChoices):
    """What a paper is. A draft is no record: it has no number and is in no diary, search or export (L-04)."""

    DRAFT = "draft", "Utkast"
    RECORD = "record", "Handling"
    DISCARDED = "discarded", "Rensat utkast"
    DISPOSED = "disposed", "Gallrad"


# From a state to those that may follow. A record never becomes a draft again.
TRANSITIONS: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.RECORD, State.DISCARDED}),
    State.RECORD: frozenset({State.DISPOSED}),
    State.DISCARDED: frozenset(),
    State.DISPOSED: frozenset(),
}
REGISTERED = (State.RECORD, State.DISPOSED)


class Became(models.TextChoices):
    """By what a paper became a record (TF 2:9-12)."""

    RECEIVED = "received", "Kom in"
    DISPATCHED = "dispatched", "Expedierades"
    FINISHED = "finished", "Blev färdig"
    CASE_CLOSED = "case_closed", "Ärendet avslutades"
    ARCHIVED = "archived", "Togs om hand för arkivering"


class Record(models.Model):
    """One paper. ``record_no`` is its place in the case, given when it becomes a record.

    ``received_or_drawn_up_at``, ``sender_or_recipient``, ``short_content`` and the number are what the law
    asks of a register (OSL 5:2). Classification and retention are copies of what the type said that day;
    ``dispose_after`` is set when the case is closed. ``submission`` makes sending a form twice harmless.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="records")
    record_no = models.PositiveIntegerField("nummer i ärendet", null=True, blank=True)
    record_type = models.ForeignKey(RecordType, on_delete=models.PROTECT, related_name="+")
    direction = models.CharField("riktning", max_length=10, choices=Direction)
    state = models.CharField("läge", max_length=10, choices=State)
    became = models.CharField("blev handling genom", max_length=20, choices=Became, blank=True)
    received_or_drawn_up_at = models.DateTimeField("kom in eller upprättades")
    registered_at = models.DateTimeField("registrerad", null=True, blank=True)
    sender_or_recipient = models.CharField("avsändare eller mottagare", max_length=200, blank=True)
    is_private_person = models.BooleanField("privatperson", default=False)
    short_content = models.CharField("i korthet", max_length=300)
    classification_code = models.CharField("klassificering", max_length=30)
    retention_rule = models.CharField("gallringsregel", max_length=200)
    retention_years = models.PositiveIntegerField(null=True, blank=True)
    dispose_after = models.DateField("gallras efter", null=True, blank=True)
    disposal_decision = models.CharField("gallringsbeslut", max_length=100, blank=True)
    disposed_at = models.DateTimeField("gallrad", null=True, blank=True)
    submission = models.UUIDField(null=True, blank=True, unique=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    search_key = models.TextField(default="")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-received_or_drawn_up_at", "-pk"]
        verbose_name = "handling"
        verbose_name_plural = "handlingar"
        indexes = [models.Index(fields=["state", "received_or_drawn_up_at"], name="records_diary")]
        constraints = [
            models.UniqueConstraint(fields=["case", "record_no"], name="records_number_once_in_case"),
            models.CheckConstraint(
                condition=Q(state__in=REGISTERED, record_no__isnull=False, registered_at__isnull=False)
                | (~Q(state__in=REGISTERED) & Q(record_no=None, registered_at=None, became="")),
                name="records_number_is_for_records",
            ),
            models.CheckConstraint(
                condition=Q(state="disposed", disposed_at__isnull=False) & ~Q(disposal_decision="")
                | ~Q(state="disposed") & Q(disposed_at=None, disposal_decision=""),
                name="records_disposal_has_a_decision",
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"Utkast i {self.case.registry_no}"

    @property
    def number(self) -> str:
        """The registry number with the place in the case; empty for a draft."""
        return f"{self.case.registry_no}-{self.record_no}" if self.record_no else ""

    @property
    def is_draft(self) -> bool:
        return self.state == State.DRAFT


def random_path(file: StoredFile, _name: str) -> str:
    """Where the bytes lie: nothing of what the sender called the file reaches the disk."""
    name = secrets.token_hex(20)
    return f"records/{name[:2]}/{name}"


class StoredFile(models.Model):
    """A file as it came or went: never changed. ``file`` is empty once it has been disposed of."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="files")
    position = models.PositiveIntegerField()
    file = models.FileField(upload_to=random_path, max_length=200, blank=True)
    original_name = models.CharField("fil", max_length=200)
    media_type = models.CharField("filtyp", max_length=100)
    length = models.PositiveBigIntegerField("storlek")
    sha256 = models.CharField("kontrollsumma", max_length=64)

    class Meta:
        ordering = ["position"]
        verbose_name = "fil"
        verbose_name_plural = "filer"
        constraints = [
            models.UniqueConstraint(fields=["record", "position"], name="records_file_in_its_place")
        ]

    def __str__(self) -> str:
        return self.original_name
