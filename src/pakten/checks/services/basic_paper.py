"""The paper of a finished control in the diary: its control sheet, drawn up by an area to the right."""

from __future__ import annotations

from collections.abc import Sequence

from pakten.accounts.models import User
from pakten.checks import papers
from pakten.checks.basic.finished import tell_finished
from pakten.checks.models import BasicControl
from pakten.records.models import Record
from pakten.records.services import NewFile, Paper, register_drawn_up


def register_paper(control: BasicControl, *, actor: User) -> Record:
    """Register the control in its case; ``control`` is finished by now, in the caller's transaction.

    The paper has its number first; then areas above make what follows from the control, which cites that
    number; last the sheet is drawn, which tells of all that. The caller logs it
    (:func:`pakten.records.services.log_drawn_up`).
    """
    assert control.case is not None
    # The diary is open to everybody, and a sole trader's name is a person's.
    sole = control.organisation.sole_trader and control.application is None
    content = f"Checklista för {'en medlem' if sole else control.name}"

    def files(record: Record) -> Sequence[NewFile]:
        control.record = record
        control.save(update_fields=["case", "record"])
        tell_finished(control)
        return papers.files_of(control, actor)

    return register_drawn_up(control.case, Paper(content, "control"), actor=actor, files=files)
