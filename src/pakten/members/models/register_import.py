"""An import of a member register: the file as it came, how its columns were read, and what each row did."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from pakten.organisations.models import Organisation


class ImportState(models.TextChoices):
    """Where an import stands. Only ``applied`` and ``undone`` have changed the register."""

    UPLOADED = "uploaded", "uppladdad"
    TRIED = "tried", "provkörd"
    APPLIED = "applied", "genomförd"
    UNDONE = "undone", "ångrad"


# From a state to those that may follow; trying again is allowed until the import is applied.
IMPORT_TRANSITIONS: dict[ImportState, frozenset[ImportState]] = {
    ImportState.UPLOADED: frozenset({ImportState.TRIED}),
    ImportState.TRIED: frozenset({ImportState.TRIED, ImportState.APPLIED}),
    ImportState.APPLIED: frozenset({ImportState.UNDONE}),
    ImportState.UNDONE: frozenset(),
}

# What the log says when an import enters a state.
IMPORT_EVENTS: dict[ImportState, str] = {
    ImportState.UPLOADED: "members.import.uploaded",
    ImportState.TRIED: "members.import.tried",
    ImportState.APPLIED: "members.import.applied",
    ImportState.UNDONE: "members.import.undone",
}


class Outcome(models.TextChoices):
    """What a row does, or did."""

    NEW = "new", "ny medlem"
    UPDATED = "updated", "uppdateras"
    UNCHANGED = "unchanged", "oförändrad"
    DUPLICATE = "duplicate", "dubblett i filen"
    REFUSED = "refused", "tas inte in"


class RegisterImport(models.Model):
    """One uploaded file. The file is kept as it came, also when it can't be read."""

    file = models.FileField(upload_to="imports/%Y/%m")
    file_name = models.CharField("fil", max_length=255)
    sha256 = models.CharField("kontrollsumma", max_length=64)
    length = models.PositiveBigIntegerField("storlek")
    encoding = models.CharField("teckenkodning", max_length=20, blank=True)
    separator = models.CharField("avgränsare", max_length=5, blank=True)
    sheet = models.CharField("blad", max_length=100, blank=True)
    headers = models.JSONField(default=list)
    row_count = models.PositiveIntegerField("rader", default=0)
    mapping = models.JSONField(default=dict)  # field name -> header
    state = models.CharField("läge", max_length=10, choices=ImportState, default=ImportState.UPLOADED)
    counts = models.JSONField(default=dict)  # outcome -> rows
    fault = models.TextField("fel", blank=True)  # one sentence about the file as a whole
    job = models.ForeignKey("jobs.Job", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField("uppladdad", auto_now_add=True)
    applied_at = models.DateTimeField("genomförd", null=True, blank=True)
    undone_at = models.DateTimeField("ångrad", null=True, blank=True)

    class Meta:
        verbose_name = "import"
        verbose_name_plural = "importer"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file_name


class ImportRow(models.Model):
    """One row: what it said, what it does to which organisation, and, once applied, how to take it back.

    ``changes`` maps field to [old, new] as shown, personal numbers hidden; ``receipt`` is what was done, as
    undoing reads it.
    """

    register_import = models.ForeignKey(RegisterImport, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField("rad")  # as the spreadsheet counts: the header is 1
    outcome = models.CharField("utfall", max_length=10, choices=Outcome)
    name = models.CharField("namn", max_length=300, blank=True)
    sentences = models.JSONField(default=list)  # why refused, or what to look at
    changes = models.JSONField(default=dict)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    receipt = models.JSONField(default=dict)
    kept_because = models.TextField(blank=True)  # why undo left this row as it is

    class Meta:
        verbose_name = "importrad"
        verbose_name_plural = "importrader"
        ordering = ["line"]
        constraints = [
            models.UniqueConstraint(fields=["register_import", "line"], name="one_row_per_line"),
        ]

    def __str__(self) -> str:
        return f"{self.line}: {self.name}"


class SavedMapping(models.Model):
    """How columns with these headers were read last time."""

    fingerprint = models.CharField(max_length=64, unique=True)  # of the headers, folded, in order
    mapping = models.JSONField(default=dict)
    used_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "sparad kolumnkoppling"
        verbose_name_plural = "sparade kolumnkopplingar"

    def __str__(self) -> str:
        return self.fingerprint[:12]
