"""Telling that a website has changed in a way that a control rests on."""

from __future__ import annotations

from collections.abc import Iterable

from pakten.organisations.changes import Change, ChangeKind, announce
from pakten.visits.models import FoundStatement, Visit
from pakten.visits.statement_words import label_of


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
