"""What visits answer on the check list: the items about the website, never blank and never *ok* unread."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pakten.organisations.models import Organisation
from pakten.visits.models import (
    BelongingJudgement,
    BelongingVerdict,
    SeenItem,
    SeenResult,
    SeenTopic,
    Visit,
)
from pakten.visits.queries.standing import Standing, belongings_of, standings_of
from pakten.visits.queries.visits import finished

# As on the check list.
SLUGS = WEBSITE_SLUG, AGREEMENT_SLUG = "webbplats", "kollektivavtal"
# So long does a person's visit stand while the machine does not get in.
PERSON_STANDS = timedelta(days=90)
_QUOTED = 300
_WORST = (SeenResult.DEVIATION, SeenResult.COULD_NOT_CHECK, SeenResult.OK)
_OPEN = SeenResult.COULD_NOT_CHECK
_YES = "collective_agreement_yes"


@dataclass(frozen=True, slots=True)
class ItemResult:
    """The answer to one item. ``result`` is one of the four words of a check item (``SeenResult``).

    ``source`` says what was read and by whom, ``source_where`` the address; ``sha256`` is the manifest's
    digest of a machine's visit, empty for a person's. ``waits``: it could not be checked because a person
    has not read what was found, or not said whose website it is.
    """

    slug: str
    result: str
    note: str
    source: str
    source_where: str
    sha256: str
    checked_at: datetime
    waits: bool = False


def item_results(organisation: Organisation) -> list[ItemResult]:
    """The website's items of one organisation; empty before the first visit."""
    return item_results_of([organisation.pk]).get(organisation.pk, [])


def item_results_of(organisation_ids: Collection[int]) -> dict[int, list[ItemResult]]:
    """The same for many, in at most six queries."""
    speaking = _speaking(organisation_ids)
    visits = list(speaking.values())
    machines = [visit for visit in visits if not visit.by_person]
    statements, belongings = standings_of(machines), belongings_of(machines)
    seen: dict[int, list[SeenItem]] = {}
    for row in SeenItem.objects.filter(visit__in=[visit for visit in visits if visit.by_person]):
        seen.setdefault(row.visit_id, []).append(row)
    answers = {}
    for key, visit in speaking.items():
        if visit.by_person:
            answers[key] = _of_person(visit, seen.get(visit.pk, []))
        else:
            answers[key] = _of_machine(
                visit, statements.get(visit.pk, []), belonging=belongings.get(visit.pk)
            )
    return answers


def _speaking(organisation_ids: Collection[int]) -> dict[int, Visit]:
    """The visit that answers for each: the newest, or a person's while the machine can't get in."""
    newest: dict[int, Visit] = {}
    read: dict[int, Visit] = {}
    for visit in finished().filter(organisation__in=organisation_ids).select_related("ordered_by"):
        newest.setdefault(visit.organisation_id, visit)
        if visit.is_read:
            read.setdefault(visit.organisation_id, visit)
    return {key: _stands(visit, read.get(key)) for key, visit in newest.items()}


def _stands(newest: Visit, read: Visit | None) -> Visit:
    if newest.is_read or newest.by_person or read is None or not read.by_person:
        return newest
    return read if _is_near(read, newest) else newest


def _is_near(earlier: Visit, later: Visit) -> bool:
    return bool(earlier.at and later.at and later.at - earlier.at <= PERSON_STANDS)


def _of_person(visit: Visit, seen: list[SeenItem]) -> list[ItemResult]:
    on_site = [row for row in seen if row.topic != SeenTopic.AGREEMENT]
    worst = next((word for word in _WORST if any(row.result == word for row in on_site)), None)
    result = worst or (SeenResult.COULD_NOT_CHECK if not visit.is_read else SeenResult.OK)
    told = [row for row in on_site if row.result == result] if result != SeenResult.OK else on_site
    note = " ".join(filter(None, [*map(_told, told)])) or visit.reason
    answers = [_answer(visit, WEBSITE_SLUG, result=result, note=note)]
    for row in seen:
        if row.topic == SeenTopic.AGREEMENT:
            answers.append(_answer(visit, AGREEMENT_SLUG, result=row.result, note=_told(row)))
    return answers


def _of_machine(
    visit: Visit, statements: list[Standing], *, belonging: BelongingJudgement | None
) -> list[ItemResult]:
    if not visit.is_read:
        return [_answer(visit, slug, result=_OPEN, note=visit.reason) for slug in SLUGS]
    on_site = [one for one in statements if one.label.topic != SeenTopic.AGREEMENT]
    result, note = _website(visit, on_site, belonging=belonging)
    waits = result == _OPEN and _waits(visit, on_site, belonging=belonging)
    theirs = not _is_doubtful(visit, belonging)
    agreed, told = _agreement([one for one in statements if one.statement.label == _YES], theirs=theirs)
    return [
        replace(_answer(visit, WEBSITE_SLUG, result=result, note=note), waits=waits),
        _answer(visit, AGREEMENT_SLUG, result=agreed, note=told),
    ]


def _website(
    visit: Visit, statements: list[Standing], *, belonging: BelongingJudgement | None
) -> tuple[SeenResult, str]:
    """Only a person makes a deviation; what nobody has read is *could not check*, never *ok*."""
    if belonging is not None and belonging.verdict == BelongingVerdict.NOT_THEIRS:
        return _OPEN, f"Webbplatsen är inte deras, enligt {belonging.by}: {belonging.note}"
    if deviating := [one for one in statements if one.is_deviation]:
        return SeenResult.DEVIATION, " ".join(_quoted(one) for one in deviating)
    if _is_doubtful(visit, belonging):
        return _OPEN, f"{visit.get_whose_display()}. En person behöver avgöra vems den är."
    if waiting := [one for one in statements if one.waits]:
        return _OPEN, f"Väntar på att en person läser: {' '.join(map(_quoted, waiting))}"
    read = [page.outcome == "visited" for page in visit.pages.all()]
    unread = f" {read.count(False)} gick inte att läsa." if not all(read) else ""
    return SeenResult.OK, (
        f"Antal sidor som systemet läste: {read.count(True)}.{unread} {visit.get_whose_display()}. "
        "Inget uttalande väntar på att en person läser det."
    )


def _agreement(claims: list[Standing], *, theirs: bool) -> tuple[SeenResult, str]:
    """What the website claims. No claim is *not shown*, which says nothing of whether there is one."""
    standing = [one for one in claims if not one.is_rejected]
    if standing and theirs:
        return SeenResult.OK, _quoted(standing[0])
    return _OPEN, "Webbplatsen visar inte om det finns kollektivavtal."


def _waits(visit: Visit, statements: list[Standing], *, belonging: BelongingJudgement | None) -> bool:
    if belonging is not None and belonging.verdict == BelongingVerdict.NOT_THEIRS:
        return False
    return _is_doubtful(visit, belonging) or any(one.waits for one in statements)


def _is_doubtful(visit: Visit, belonging: BelongingJudgement | None) -> bool:
    return visit.needs_whose and belonging is None


def _answer(visit: Visit, slug: str, *, result: str, note: str) -> ItemResult:
    assert visit.at is not None
    who = f"Eget besök av {visit.ordered_by}" if visit.by_person else "Systemets besök på webbplatsen"
    digest = visit.manifest_sha256 or visit.archive_sha256
    return ItemResult(slug, str(result), note, who, visit.address, digest, visit.at)


def _quoted(one: Standing) -> str:
    snippet = one.statement.snippet
    short = snippet if len(snippet) <= _QUOTED else f"{snippet[:_QUOTED].rstrip()} …"
    return f"{one.label.words}: ”{short}”"


def _told(row: SeenItem) -> str:
    quoted = f"”{row.quotation}”" if row.quotation else ""
    words = " ".join(filter(None, [row.note, quoted, f"({row.where})" if row.where else ""]))
    return f"{row.get_topic_display()}: {words}" if words else ""
