"""Asking every connected register about an organisation, and keeping each answer with its source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from pakten.core.sentences import in_swedish
from pakten.organisations.changes import Change, ChangeKind, announce
from pakten.organisations.models import LookupOutcome, Organisation, RegisterInForce, RegisterLookup
from pakten.organisations.registers import said as kept
from pakten.organisations.registers.apis import connected
from pakten.organisations.registers.books import in_force, opened
from pakten.organisations.registers.words import why_not
from vandel.ids import orgnr
from vandel.registers.book import RegisterBook
from vandel.registers.catalogue import ANSWER_DAYS
from vandel.registers.facts import Outcome, RegisterFacts
from vandel.registers.refusal import RegisterRefused

BECAUSE = 300
# So far back is looked for what was last answered of a thing.
_BACK = 20
# Well before an answer is too old for a control.
AGES_AFTER = timedelta(days=ANSWER_DAYS) / 2


@dataclass(frozen=True, slots=True)
class Answer:
    """What one register said, with what the row needs besides."""

    register_id: str
    title: str
    outcome: LookupOutcome
    reason: str
    facts: list[dict[str, Any]]
    edition_id: str = ""
    said_at: datetime | None = None
    where: str = ""
    sha256: str = ""


def look_up_organisation(organisation: Organisation, *, because: str) -> list[RegisterLookup]:
    """Ask the editions in force, then the APIs that are connected; one row for each, whatever came of it.

    Not to be called within a transaction: it waits for others' servers. An organisation without number is
    asked of none. What has changed since last time is announced with the row.
    """
    number = organisation.org_nr or ""
    if not number:
        return []
    answers = [*_of_editions(number), *_of_apis(number)]
    return [_keep(organisation, answer, because=because) for answer in answers]


def look_up_many(
    organisations: Iterable[Organisation], row: RegisterInForce, *, because: str, tell: Callable[[int], None]
) -> int:
    """Ask one register's edition about many; what is news is kept, and what replaces an answer that has
    grown old. Gives back for how many it was news.

    ``tell`` hears how many are done, outside transactions, and may raise to stop. Raises RegisterRefused when
    the edition is damaged.
    """
    news = 0
    with opened(row) as book:
        for done, organisation in enumerate(organisations, start=1):
            if organisation.org_nr and not organisation.sole_trader:
                answer = _asked(row, book, number=organisation.org_nr)
                is_news = _is_news(organisation, answer)
                if is_news or _has_aged(organisation, answer):
                    _keep(organisation, answer, because=because)
                news += is_news
            tell(done)
    return news


def _of_editions(number: str) -> Iterator[Answer]:
    if orgnr.is_personal(number):
        # No register's file holds persons: asking it would say "not found" of somebody who may well exist.
        return
    for row in in_force():
        with ExitStack() as stack:
            try:
                book = stack.enter_context(opened(row))
            except RegisterRefused as error:
                yield Answer(row.pk, row.title, LookupOutcome.COULD_NOT_CHECK, in_swedish(error), [])
                continue
            yield _asked(row, book, number=number)


def _asked(row: RegisterInForce, book: RegisterBook, *, number: str) -> Answer:
    said = book.by_number(number)
    return _answer(
        row.pk,
        said,
        title=row.title,
        edition_id=row.edition_id,
        said_at=row.file_dated_at or row.fetched_at,
        where=book.edition.source(row.title).where,
        sha256=row.sha256,
    )


def _of_apis(number: str) -> Iterator[Answer]:
    for api, ask in connected():
        try:
            said = ask(number)
        except RegisterRefused as error:
            yield Answer(api.register_id, api.title, LookupOutcome.COULD_NOT_CHECK, in_swedish(error), [])
            continue
        source = said.source
        yield _answer(
            api.register_id,
            said,
            title=api.title,
            said_at=source.fetched_at if source else None,
            where=source.where if source else "",
            sha256=source.sha256 if source else "",
        )


def _answer(register_id: str, said: RegisterFacts, *, title: str, **source: Any) -> Answer:
    outcome = LookupOutcome(said.outcome.value)
    facts = kept.kept(said) if said.outcome is not Outcome.NOT_FOUND else []
    return Answer(register_id, title, outcome, why_not(said), facts, **source)


@transaction.atomic
def _keep(organisation: Organisation, answer: Answer, *, because: str) -> RegisterLookup:
    changed = _changed(organisation, answer)
    row = RegisterLookup.objects.create(
        organisation=organisation,
        register_id=answer.register_id,
        title=answer.title[:200],
        at=timezone.now(),
        because=because[:BECAUSE],
        outcome=answer.outcome,
        reason=answer.reason,
        facts=answer.facts,
        changed=changed,
        edition_id=answer.edition_id,
        said_at=answer.said_at,
        source_where=answer.where[:500],
        sha256=answer.sha256,
    )
    if changed:
        fields = [each["field"] for each in changed]
        words = {field: kept.WATCHED.get(field, "finns i registret").lower() for field in fields}
        told = _differs(answer, ", ".join(words.values()))
        facts = {f"{answer.register_id}:{field}": _differs(answer, each) for field, each in words.items()}
        about = {"register": answer.register_id, "fields": fields, "lookup": row.pk, "facts": facts}
        announce(Change(ChangeKind.REGISTER, told, frozenset({organisation.pk}), about))
    return row


def _differs(answer: Answer, words: str) -> str:
    return f"{answer.title} säger något annat än förut: {words}."


def _earlier(organisation: Organisation, register_id: str) -> list[RegisterLookup]:
    rows = RegisterLookup.objects.filter(organisation=organisation, register_id=register_id)
    return list(rows.exclude(outcome=LookupOutcome.COULD_NOT_CHECK)[:_BACK])


def _is_news(organisation: Organisation, answer: Answer) -> bool:
    last = next(iter(_earlier(organisation, answer.register_id)), None)
    return last is None or (last.outcome, last.facts) != (answer.outcome.value, answer.facts)


def _has_aged(organisation: Organisation, answer: Answer) -> bool:
    """Whether the kept answer is so old that saying the same again is worth a row."""
    last = next(iter(_earlier(organisation, answer.register_id)), None)
    return last is not None and timezone.now() - (last.said_at or last.at) > AGES_AFTER


def _changed(organisation: Organisation, answer: Answer) -> list[dict[str, Any]]:
    """What differs from when the same thing was last answered; nothing the first time."""
    earlier = _earlier(organisation, answer.register_id)
    if not earlier or answer.outcome == LookupOutcome.COULD_NOT_CHECK:
        return []
    if earlier[0].outcome != answer.outcome:
        return [{"field": "outcome", "before": [earlier[0].outcome], "after": [answer.outcome.value]}]
    before: dict[str, list[str]] = {}
    for row in earlier:
        before = kept.answered(row.facts) | before
    return kept.differences(before, kept.answered(answer.facts))
