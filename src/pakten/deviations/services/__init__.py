"""Writes of deviations: each is one verb, one transaction, one policy check and one entry in the log."""

from pakten.deviations.services.clock import note_silence_all, remind_all
from pakten.deviations.services.commenting import (
    Said,
    comment_as_applicant,
    comment_as_member,
    register_comment,
)
from pakten.deviations.services.disposing import dispose_copies
from pakten.deviations.services.evidence import Attached, add_evidence
from pakten.deviations.services.handling import Assessment, assess, confirm, step_alone
from pakten.deviations.services.hearing import Telling, tell
from pakten.deviations.services.noting import Found, note, note_and_confirm
from pakten.deviations.services.proposing import decide_step, propose_step, withdraw_step

__all__ = [
    "Assessment",
    "Attached",
    "Found",
    "Said",
    "Telling",
    "add_evidence",
    "assess",
    "comment_as_applicant",
    "comment_as_member",
    "confirm",
    "decide_step",
    "dispose_copies",
    "note",
    "note_and_confirm",
    "note_silence_all",
    "propose_step",
    "register_comment",
    "remind_all",
    "step_alone",
    "tell",
    "withdraw_step",
]
