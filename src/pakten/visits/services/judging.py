"""A person says what the machine's proposals are worth. Verdicts are added, never changed."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from pakten.accounts.models import User
from pakten.audit.services import record
from pakten.organisations.changes import Change, ChangeKind, announce
from pakten.visits.models import (
    BelongingJudgement,
    BelongingVerdict,
    FoundStatement,
    StatementJudgement,
    StatementVerdict,
    Visit,
)
from pakten.visits.policies import check_judge, check_open_to
from pakten.visits.refusals import VisitRefused
from pakten.visits.statement_words import label_of

NO_REASON = "Skriv varför. Skälet sparas tillsammans med bedömningen."


@transaction.atomic
def judge_statement(
    statement: FoundStatement, verdict: str, *, note: str, actor: User | None
) -> StatementJudgement:
    """Say whether the machine read a passage rightly, and whether it is a deviation.

    Raises PermissionDenied; VisitRefused without a reason or for an unknown verdict.
    """
    person = check_judge(actor)
    check_open_to(person, statement.visit.organisation)
    if verdict not in StatementVerdict.values:
        raise VisitRefused("Välj hur uttalandet ska bedömas.")
    said = StatementJudgement.objects.create(
        statement=statement, verdict=verdict, note=_reason(note), by=person, at=timezone.now()
    )
    visit, words = statement.visit, label_of(statement.label).words
    _announce(
        visit, f"{person} har bedömt ett uttalande på webbplatsen: {said.get_verdict_display().lower()}."
    )
    after = {"verdict": said.verdict, "label": words, "words": statement.snippet}
    record("visits.statement.judged", visit, actor=person, after=after, reason=said.note)
    return said


@transaction.atomic
def judge_belonging(visit: Visit, verdict: str, *, note: str, actor: User | None) -> BelongingJudgement:
    """Say whether the website that a visit saw is the organisation's own.

    Raises PermissionDenied; VisitRefused where the website was not read, without a reason or verdict.
    """
    person = check_judge(actor)
    check_open_to(person, visit.organisation)
    if not visit.is_read or visit.by_person:
        raise VisitRefused("Webbplatsen gick inte att läsa, så det finns inget att bedöma.")
    if verdict not in BelongingVerdict.values:
        raise VisitRefused("Välj om webbplatsen är deras.")
    said = BelongingJudgement.objects.create(
        visit=visit, verdict=verdict, note=_reason(note), by=person, at=timezone.now()
    )
    _announce(visit, f"{person} bedömde vems webbplatsen är: {said.get_verdict_display().lower()}.")
    after = {"verdict": said.verdict, "address": visit.address}
    record("visits.belonging.judged", visit, actor=person, after=after, reason=said.note)
    return said


def _reason(note: str) -> str:
    if not note.strip():
        raise VisitRefused(NO_REASON)
    return note.strip()


def _announce(visit: Visit, because: str) -> None:
    about = {"visit": visit.pk, "facts": {}}  # a person has said it: nobody needs to judge it again
    announce(Change(ChangeKind.SITE, because, frozenset({visit.organisation_id}), about))
