"""Everything that changes the diary: one transaction, one policy check, one entry in the log."""

from pakten.records.services.asking import Answer, Asked, answer_request, receive_request
from pakten.records.services.cases import CaseFacts, assign, close_case, open_case, reopen_case
from pakten.records.services.conflicts import declare_conflict, lift_conflict
from pakten.records.services.drafts import (
    Paper,
    discard,
    dispatch,
    draw_up,
    log_drawn_up,
    make_record,
    register_drawn_up,
    register_sent,
    revise,
)
from pakten.records.services.files import NewFile, file_to_send, open_file
from pakten.records.services.keeping import Correction, correct, dispose
from pakten.records.services.leaving import draw_up_to_send, register_dispatch
from pakten.records.services.marks import (
    MarkFacts,
    confirm_mark,
    decline_mark,
    lift_mark,
    mark_secrecy,
    propose_secrecy,
)
from pakten.records.services.numbering import OutsideNumber, SeriesFacts, change_series, import_number
from pakten.records.services.receiving import Receipt, register_received

__all__ = [
    "Answer",
    "Asked",
    "CaseFacts",
    "Correction",
    "MarkFacts",
    "NewFile",
    "OutsideNumber",
    "Paper",
    "Receipt",
    "SeriesFacts",
    "answer_request",
    "assign",
    "change_series",
    "close_case",
    "confirm_mark",
    "correct",
    "declare_conflict",
    "decline_mark",
    "discard",
    "dispatch",
    "dispose",
    "draw_up",
    "draw_up_to_send",
    "file_to_send",
    "import_number",
    "lift_conflict",
    "lift_mark",
    "log_drawn_up",
    "make_record",
    "mark_secrecy",
    "open_case",
    "open_file",
    "propose_secrecy",
    "receive_request",
    "register_dispatch",
    "register_drawn_up",
    "register_received",
    "register_sent",
    "reopen_case",
    "revise",
]
