"""What areas to the right add to a member's own file: tabs, things to do with their day, papers.

In ``AppConfig.ready``::

    own_pages.register_tab(OwnTab(25, "Avvikelser", "deviations:own_deviations"))
    own_pages.OWN_TASKS.append(tasks)
    own_pages.OWN_RECORDS.append(records)
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from pakten.organisations.models import Organisation


@dataclass(frozen=True, slots=True, order=True)
class OwnTab:
    """A tab. ``address`` is the name of its address, which takes the organisation's ``public_id``."""

    order: int
    label: str = field(compare=False)
    address: str = field(compare=False)


@dataclass(frozen=True, slots=True)
class OwnTask:
    """Something that waits for the organisation: what, its last day, and where it is done by which words."""

    title: str
    answer_by: date
    url: str
    words: str


OWN_TABS: list[OwnTab] = [
    OwnTab(10, "Översikt", "members:own_start"),
    OwnTab(20, "Det här vet staden om er", "members:own_facts"),
    OwnTab(30, "Meddelanden", "members:own_messages"),
    OwnTab(40, "Intyganden", "members:own_pledges"),
    OwnTab(50, "Handlingar", "members:own_papers"),
]
# Each gives what waits for the organisation.
OWN_TASKS: list[Callable[[Organisation], Iterable[OwnTask]]] = []
# Each gives the ids of records that are the organisation's own, whatever case they lie in.
OWN_RECORDS: list[Callable[[Organisation], Iterable[int]]] = []


def register_tab(tab: OwnTab) -> None:
    """Add a tab. Registering the same address again changes nothing."""
    if all(known.address != tab.address for known in OWN_TABS):
        insort(OWN_TABS, tab)


def tasks_of(organisation: Organisation) -> tuple[OwnTask, ...]:
    """All that the areas know, soonest first."""
    found = (task for tasks in OWN_TASKS for task in tasks(organisation))
    return tuple(sorted(found, key=lambda task: task.answer_by))


def records_of(organisation: Organisation) -> set[int]:
    """The ids of the records that the areas know to be the organisation's own."""
    return {record for records in OWN_RECORDS for record in records(organisation)}
