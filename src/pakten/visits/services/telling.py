"""Telling others of a visit: that it was made, and that the website changed in a way that a control rests on.

Who is to be told is written down with the visit, so that nobody is forgotten when the worker is killed.
Each is told in a transaction of its own. One that fails is tried again by the clock, ``MOST`` times in all,
and then whenever a person asks for it; until then the visit's page says so.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from pakten.accounts.models import User
from pakten.audit.services import record
from pakten.organisations.changes import Change, ChangeKind, announce
from pakten.visits.made import TOLD
from pakten.visits.models import FoundStatement, Made, Untold, Visit
from pakten.visits.policies import check_judge, check_open_to
from pakten.visits.queries.untold import THE_WATCHING, to_try
from pakten.visits.queries.visits import previous_visit
from pakten.visits.statement_words import label_of

logger = logging.getLogger(__name__)


def tell_later(visit: Visit) -> None:
    """Write down who is to be told of the visit, in the transaction that stores it."""
    names = [*TOLD, THE_WATCHING] if visit.made == Made.MACHINE else []
    Untold.objects.bulk_create(Untold(visit=visit, listener=name) for name in names)


def tell(visit: Visit) -> None:
    """Tell those who have not been told of the visit, outside transactions. Never raises for what they do."""
    for row in to_try().filter(visit=visit):
        _tell(row, visit)


def tell_again(visit: Visit, *, actor: User | None) -> bool:
    """Try once more at a person's wish; whether everybody has been told now. Raises PermissionDenied."""
    person = check_judge(actor)
    check_open_to(person, visit.organisation)
    rows = Untold.objects.filter(visit=visit)
    with transaction.atomic():
        rows.update(tries=0)
        record("visits.visit.told_again", visit, actor=person)
    tell(visit)
    return not rows.exists()


def tell_all_again(step: Callable[[int, int], None]) -> int:
    """Try those that failed before; how many still fail. ``step`` gets done and total, and may stop it."""
    rows = list(to_try().select_related("visit__organisation"))
    for done, row in enumerate(rows):
        step(done, len(rows))
        _tell(row, row.visit)
    return Untold.objects.filter(pk__in=[row.pk for row in rows]).count()


def _tell(row: Untold, visit: Visit) -> None:
    try:
        with transaction.atomic():
            if Untold.objects.filter(pk=row.pk).delete()[0]:
                _listener(row.listener)(visit)
    except Exception as fault:
        logger.exception("%s could not take in visit %s", row.listener, visit.pk)
        failed = Untold.objects.filter(pk=row.pk)
        failed.update(tries=F("tries") + 1, tried_at=timezone.now(), fault=type(fault).__name__[:200])


def _listener(name: str) -> Callable[[Visit], None]:
    """Who has that name; an area that is no longer there is told nothing."""
    if name == THE_WATCHING:
        return lambda visit: tell_of_change(visit, previous_visit(visit))
    return TOLD[name].listener if name in TOLD else lambda _visit: None


def tell_of_change(visit: Visit, previous: Visit | None) -> None:
    """Announce what matters: read or not read, whose it is, statements that a person must read.

    A page that only says something else about its Tuesdays is no change of the control's ground.
    """
    came, went = _to_read(visit), _to_read(previous)
    told, facts = [], {}
    if previous is not None and previous.is_read != visit.is_read:
        told.append(f"webbplatsen gick inte att läsa ({visit.get_outcome_display().lower()})")
        facts["read"] = f"Besöket på webbplatsen visade något nytt: {told[-1]}."
    if previous is not None and visit.is_read and previous.whose != visit.whose:
        told.append(f"vems webbplatsen är: {visit.get_whose_display().lower()}")
    new, gone = came.keys() - went.keys(), went.keys() - came.keys()
    if new:
        told.append(f"nytt att läsa: {_listed(came[key] for key in new)}")
    if gone and visit.is_read:
        told.append(f"borta: {_listed(went[key] for key in gone)}")
        facts["went"] = f"Besöket på webbplatsen visade något nytt: {told[-1]}."
    if told:
        announce(
            Change(
                ChangeKind.SITE,
                f"Besöket på webbplatsen visade något nytt: {'; '.join(told)}.",
                frozenset({visit.organisation_id}),
                {
                    "visit": visit.pk,
                    "came": sorted(came[key] for key in new),
                    "went": sorted(went[key] for key in gone),
                    # What came, and whose the website is, is judged on the visit's own page.
                    "facts": facts,
                },
            )
        )


def _to_read(visit: Visit | None) -> dict[str, str]:
    if visit is None or not visit.is_read:
        return {}
    rows = FoundStatement.objects.filter(visit=visit).values_list("key", "label")
    return {key: label for key, label in rows if label_of(label).needs_person}


def _listed(labels: Iterable[str]) -> str:
    return ", ".join(sorted({_inside(label) for label in labels}))


def _inside(label: str) -> str:
    """A label's words inside a sentence: names of countries keep their capitals."""
    words = label_of(label).words
    return words[:1].lower() + words[1:]
