"""Writing the frozen copies of the public diary, and the keys under which records are found."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from pakten.records.models import Case, PublicEntry, Record
from pakten.records.models.marks import STANDING, SecrecyMark
from pakten.records.models.record import REGISTERED
from pakten.records.words import mentions, one_line, search_key

PRIVATE_PERSON = "Privatperson"


def publish_case(case: Case) -> None:
    """Write the public rows of all records of the case anew: a mark on one may concern the others."""
    registered = case.records.filter(state__in=REGISTERED).select_related("record_type")
    hidden = _hidden_names(case)
    for record in registered.prefetch_related("marks"):
        record.case = case
        _write(record, hidden)


def publish(record: Record) -> None:
    """Write the public row of one record. Drafts have none (L-04)."""
    if record.state in REGISTERED:
        _write(record, _hidden_names(record.case))


def _write(record: Record, hidden: set[str]) -> None:
    kept_apart = record.sender_or_recipient in hidden
    counterpart = PRIVATE_PERSON if record.is_private_person else record.sender_or_recipient
    shown = {
        "number": one_line(record.number, 120),
        "on": timezone.localdate(record.received_or_drawn_up_at),
        "direction": record.direction,
        "type_title": record.record_type.title,
        "content": one_line(_open_content(record, hidden), 300),
        "counterpart": "" if kept_apart else one_line(counterpart, 200),
        "kept_apart": kept_apart,
    }
    shown["search_key"] = search_key(*(str(shown[name]) for name in ("number", "content", "counterpart")))
    PublicEntry.objects.update_or_create(record=record, defaults=shown)


def _open_content(record: Record, hidden: set[str]) -> str:
    """The short content, or only the type where that would tell what is kept apart."""
    standing = [mark for mark in record.marks.all() if mark.state in STANDING]
    secret = {*hidden, *({record.sender_or_recipient} if record.is_private_person else set())}
    if any(mark.keeps_content_apart for mark in standing):
        return record.record_type.title
    if any(mentions(record.short_content, name) for name in secret):
        return record.record_type.title
    return record.short_content


def refresh_keys(case: Case) -> None:
    """Store anew under which words the case and its records are found."""
    case.search_key = search_key(case.registry_no, case.own_no, case.title)
    Case.objects.filter(pk=case.pk).update(search_key=case.search_key)
    for record in _with_case(case.records.all(), case):
        Record.objects.filter(pk=record.pk).update(search_key=key_of(record))


def key_of(record: Record) -> str:
    """What the record is found under: number, content, sender or recipient."""
    number = record.number or record.case.registry_no
    return search_key(number, record.case.own_no, record.short_content, record.sender_or_recipient)


def _with_case(records: Iterable[Record], case: Case) -> Iterable[Record]:
    for record in records:
        record.case = case
        yield record


def _hidden_names(case: Case) -> set[str]:
    """Those whose name is kept apart anywhere in the case: the answer to a letter must not give it away."""
    standing = SecrecyMark.objects.filter(record__case=case, state__in=STANDING, keeps_sender_apart=True)
    names = set(standing.values_list("record__sender_or_recipient", flat=True))
    return names - {"", UNKNOWN_SENDER}


UNKNOWN_SENDER = "Okänd"
