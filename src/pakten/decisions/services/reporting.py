"""Telling the board of the decisions made in its name: each of them once (KL 7:8, L-02)."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction

from pakten.accounts.models import User
from pakten.audit.services import record as log
from pakten.decisions import export, policies
from pakten.decisions.models import BoardReport, Decision, ReportedDecision
from pakten.decisions.queries.reports import to_report
from pakten.decisions.refusals import DecisionRefused
from pakten.records.models import Record
from pakten.records.refusals import ChangedMeanwhile
from pakten.records.services import CaseFacts, NewFile, Paper, log_drawn_up, open_case, register_drawn_up
from vandel.registers.table_write import Form

SUBJECT = "Anmälan av delegationsbeslut"


@transaction.atomic
def report_to_board(board: str, meeting_date: date, *, actor: User) -> BoardReport:
    """Put all that is not reported yet to this board's meeting, as a registered list in a case of its own.

    Decisions in cases where the actor has a conflict of interest are left to somebody else. Raises
    PermissionDenied, DecisionRefused when nothing is left to report, ChangedMeanwhile when somebody else
    reported at the same moment.
    """
    policies.check_reporter(actor)
    found = list(to_report(board=board, reader=actor))
    if not found:
        raise DecisionRefused("Det finns inga delegationsbeslut att anmäla till nämnden.")
    if not 2000 <= meeting_date.year <= 2200:
        raise DecisionRefused("Kontrollera sammanträdets datum.")
    title = f"{SUBJECT} till {board[:1].lower()}{board[1:]} {meeting_date:%Y-%m-%d}"
    case = open_case(CaseFacts(title, responsible=actor), actor=actor)
    record = register_drawn_up(
        case, Paper(title, "delegation_report"), actor=actor, files=lambda _record: _files(found, title)
    )
    report = BoardReport.objects.create(board=board, meeting_date=meeting_date, made_by=actor, record=record)
    _link(report, found)
    _log(report, record, number=len(found))
    return report


def _link(report: BoardReport, found: Sequence[Decision]) -> None:
    try:
        with transaction.atomic():
            ReportedDecision.objects.bulk_create(
                ReportedDecision(report=report, decision=decision) for decision in found
            )
    except IntegrityError as error:
        raise ChangedMeanwhile("listan med beslut att anmäla") from error


def _log(report: BoardReport, record: Record, *, number: int) -> None:
    log_drawn_up(record, actor=report.made_by)
    after = {"meeting_date": report.meeting_date, "board": report.board, "decisions": number}
    log("decisions.report.made", report, actor=report.made_by, after=after | {"record": record.number})


def _files(found: Sequence[Decision], title: str) -> list[NewFile]:
    table = io.BytesIO()
    export.write_decisions(table, found, form=Form.CSV_FOR_PEOPLE)
    return [
        NewFile.of_bytes("anmälan.txt", export.as_text(found, title), media_type="text/plain; charset=utf-8"),
        NewFile.of_bytes("anmälan.csv", table.getvalue(), media_type="text/csv; charset=utf-8"),
    ]
