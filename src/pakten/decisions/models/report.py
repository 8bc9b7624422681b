"""What the board has been told: which decisions, to which meeting (KL 7:8)."""

from __future__ import annotations

from django.db import models

from pakten.accounts.models import User
from pakten.decisions.models.decision import Decision
from pakten.records.models import Record


class BoardReport(models.Model):
    """A list of delegated decisions that is put to the board at one meeting; ``record`` is the list."""

    board = models.CharField("nämnd", max_length=200)
    meeting_date = models.DateField("sammanträde")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField("anmäld", auto_now_add=True)
    record = models.OneToOneField(Record, on_delete=models.PROTECT, related_name="board_report")

    class Meta:
        ordering = ["-meeting_date", "-pk"]
        verbose_name = "anmälan av delegationsbeslut"
        verbose_name_plural = "anmälningar av delegationsbeslut"

    def __str__(self) -> str:
        return f"anmälan till {self.board[:1].lower()}{self.board[1:]} {self.meeting_date:%Y-%m-%d}"


class ReportedDecision(models.Model):
    """That a decision is in a report: once. A row of its own, so that the decision never changes."""

    report = models.ForeignKey(BoardReport, on_delete=models.PROTECT, related_name="lines")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="reported")

    class Meta:
        ordering = ["decision__decided_at", "pk"]

    def __str__(self) -> str:
        return f"{self.decision_id} i {self.report_id}"
