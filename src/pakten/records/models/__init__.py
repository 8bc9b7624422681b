"""The diary: number series, record types, cases, records with their files and marks, requests."""

from pakten.records.models.asking import FormUse, HarmTest, Outcome, RecordRequest
from pakten.records.models.case import CASE_EVENTS, CASE_TRANSITIONS, Case, CaseState
from pakten.records.models.conflicts import Conflict
from pakten.records.models.marks import MARK_TRANSITIONS, MarkState, SecrecyMark
from pakten.records.models.public import PublicEntry
from pakten.records.models.record import TRANSITIONS, Became, Record, State, StoredFile
from pakten.records.models.series import Direction, RecordType, RegistrySeries, SeriesYear

__all__ = [
    "CASE_EVENTS",
    "CASE_TRANSITIONS",
    "MARK_TRANSITIONS",
    "TRANSITIONS",
    "Became",
    "Case",
    "CaseState",
    "Conflict",
    "Direction",
    "FormUse",
    "HarmTest",
    "MarkState",
    "Outcome",
    "PublicEntry",
    "Record",
    "RecordRequest",
    "RecordType",
    "RegistrySeries",
    "SecrecyMark",
    "SeriesYear",
    "State",
    "StoredFile",
]
