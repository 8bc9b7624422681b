"""The paper of a basic control in the diary: what was looked at, where, by whom, with what result."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from django.utils import timezone

from pakten.accounts.models import User
from pakten.checks.basic.items import item_of
from pakten.checks.facts import plain
from pakten.checks.models import BasicControl, BasicItem, CheckResult
from pakten.core.templatetags.formats import moment
from pakten.records.models import Record
from pakten.records.services import NewFile, Paper, draw_up, make_record


def paper_of(control: BasicControl, rows: Sequence[BasicItem], *, actor: User) -> Record:
    """Register the control in the application's case: a text for people, and the receipt for programs."""
    application = control.application
    files = [NewFile.of_bytes("kontroll.txt", _text(control, rows, actor=actor).encode())]
    if control.lists_receipt:
        receipt = json.dumps(plain(control.lists_receipt), ensure_ascii=False, indent=1, sort_keys=True)
        files.append(NewFile.of_bytes("kvitto.json", receipt.encode()))
    content = f"Grundkontroll av {application.organisation_name}"
    draft = draw_up(application.case, Paper(content, "control"), actor=actor, files=files)
    make_record(draft, actor=actor, expected_version=draft.version)
    return draft


def _text(control: BasicControl, rows: Iterable[BasicItem], *, actor: User) -> str:
    application = control.application
    head = [
        f"Grundkontroll av {application.organisation_name}",
        f"Ärende {application.case}. Checklista {control.items_version}.",
        f"Slutförd {moment(timezone.now())} av {actor}.",
    ]
    return "\n".join(head) + "\n\n" + "\n\n".join(_lines(row) for row in rows) + "\n"


def _lines(row: BasicItem) -> str:
    by = str(row.checked_by) if row.checked_by else "systemet"
    where = f", {row.source_where}" if row.source_where else ""
    lines = [
        f"{item_of(row.slug).title}: {CheckResult(row.result).label}",
        f"  Källa: {row.source}{where}. {moment(row.checked_at)}, {by}.",
    ]
    return "\n".join([*lines, f"  {row.note}"] if row.note else lines)
