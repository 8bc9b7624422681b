"""What the newest visit saw of who the organisation is: its number, name and place, with page and time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pakten.organisations.models import Organisation
from pakten.visits.models import BelongingVerdict, Whose
from pakten.visits.queries.standing import belongings_of
from pakten.visits.queries.visits import latest_visit


@dataclass(frozen=True, slots=True)
class SiteSign:
    """A mark on the website. ``kind`` as the engine has it; ``words`` empty for a number that is a person's.

    ``needs_person``: it is another's number, and nobody has said yet whose the website is.
    """

    kind: str
    words: str
    url: str
    at: datetime
    needs_person: bool = False


def site_signs(organisation: Organisation) -> list[SiteSign]:
    """The first mark of each kind at the newest visit that a machine made and read.

    None where a person has said that the website isn't theirs.
    """
    visit = latest_visit(organisation)
    if visit is None or visit.at is None or visit.by_person or not visit.is_read:
        return []
    said = belongings_of([visit]).get(visit.pk)
    if said is not None and said.verdict == BelongingVerdict.NOT_THEIRS:
        return []
    doubt = visit.whose == Whose.X and said is None
    first: dict[str, SiteSign] = {}
    for sign in visit.signs:
        kind = str(sign["kind"])
        needs = doubt and kind == "other_number"
        first.setdefault(kind, SiteSign(kind, str(sign["words"]), str(sign["url"]), visit.at, needs))
    return list(first.values())
