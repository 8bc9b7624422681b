"""All that we hold of one organisation, as one file: a workbook for people, JSON for programs."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

from pakten.core.templatetags.formats import moment
from pakten.members.models import Message
from pakten.members.own_file_sections import everything_known
from pakten.members.queries.messages import thread
from pakten.members.queries.own_file import papers_of
from pakten.members.services.corrections import label_of
from pakten.organisations.models import Organisation
from vandel.registers.table_write import Form, write_table

_HEADERS = ("Del", "Uppgift", "Värde", "Källa", "Hämtad")


def workbook(organisation: Organisation) -> bytes:
    """One sheet, one row for each fact, message and paper."""
    target = io.BytesIO()
    write_table(target, headers=_HEADERS, rows=_rows(organisation), form=Form.XLSX)
    return target.getvalue()


def as_json(organisation: Organisation) -> bytes:
    """The same facts, with times as ISO 8601."""
    whole: dict[str, Any] = {
        "organisation": organisation.legal_name,
        "sections": [
            {
                "title": filled.section.title,
                "facts": [
                    {
                        "label": fact.label,
                        "value": fact.value,
                        "source": fact.source,
                        "recorded_at": fact.recorded_at.isoformat() if fact.recorded_at else None,
                    }
                    for fact in filled.facts
                ],
            }
            for filled in everything_known(organisation)
        ],
        "messages": [_message(each) for each in thread(organisation)],
        "papers": [
            {
                "number": record.number,
                "type": record.record_type.title,
                "at": record.received_or_drawn_up_at.isoformat(),
                "content": record.short_content,
                "files": [file.original_name for file in record.files.all()],
            }
            for record in papers_of(organisation)
        ],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2).encode()


def _message(message: Message) -> dict[str, Any]:
    return {
        "number": str(message.record or ""),
        "direction": message.direction,
        "kind": message.kind,
        "about": label_of(message.fact),
        "proposed": message.proposed,
        "text": message.text,
        "author": message.author_name,
        "sent_at": message.sent_at.isoformat(),
        "outcome": message.settled_how,
    }


def _rows(organisation: Organisation) -> Iterator[tuple[str, ...]]:
    for filled in everything_known(organisation):
        for fact in filled.facts:
            yield (
                filled.section.title,
                fact.label,
                fact.value,
                fact.source,
                moment(fact.recorded_at) if fact.recorded_at else "",
            )
    for message in thread(organisation):
        label = f"{message.get_kind_display()} {message.get_direction_display()}"
        number = str(message.record or "")
        yield ("Meddelanden", label, message.text or message.proposed, number, moment(message.sent_at))
    for record in papers_of(organisation):
        at = moment(record.received_or_drawn_up_at)
        yield ("Handlingar", record.record_type.title, record.short_content, record.number, at)
