"""The paper of a finished control in the diary: its control sheet, drawn up by an area to the right."""

from __future__ import annotations

from pakten.accounts.models import User
from pakten.checks import papers
from pakten.checks.models import BasicControl
from pakten.records.models import Record
from pakten.records.services import Paper, draw_up, make_record

_TITLES = {False: "Grundkontroll", True: "Kontroll"}


def paper_of(control: BasicControl, *, actor: User) -> Record:
    """Register the control in its case; ``control`` is finished by now, in the caller's transaction."""
    assert control.case is not None
    # The diary is open to everybody, and a sole trader's name is a person's.
    sole = control.organisation.sole_trader and control.application is None
    content = "Kontroll av en medlem" if sole else f"{_TITLES[control.application is None]} av {control.name}"
    files = papers.files_of(control, actor)
    draft = draw_up(control.case, Paper(content, "control"), actor=actor, files=files)
    make_record(draft, actor=actor, expected_version=draft.version)
    return draft
