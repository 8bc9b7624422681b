"""What visits answer on the check list: the items about the website, never blank and never *ok* unread."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from pakten.organisations.models import Organisation
from pakten.visits.models import SeenItem, SeenTopic, Visit
from pakten.visits.queries.answers import WEBSITE_SLUG, ItemResult, Read, of_machine, of_person
from pakten.visits.queries.standing import belongings_of, standings_of
from pakten.visits.queries.visits import finished

# As on the check list; a list has the items of its version.
AGREEMENT_SLUG = "kollektivavtal"
TOPIC_SLUGS = {
    SeenTopic.AGREEMENT: AGREEMENT_SLUG,
    SeenTopic.RUSSIA: "ryssland",
    SeenTopic.VALUES: "vardegrund",
    SeenTopic.ENERGY: "energi",
}
SLUGS = WEBSITE_SLUG, AGREEMENT_SLUG
# So long does a person's visit stand while the machine does not get in.
PERSON_STANDS = timedelta(days=90)


def item_results(organisation: Organisation, slugs: Collection[str] = SLUGS) -> list[ItemResult]:
    """Those of the items that the website answers, for one organisation; empty before the first visit.

    A topic that is no item of its own on the list is answered for under the website's.
    """
    return item_results_of([organisation.pk], slugs).get(organisation.pk, [])


def item_results_of(
    organisation_ids: Collection[int], slugs: Collection[str] = SLUGS
) -> dict[int, list[ItemResult]]:
    """The same for many, in at most six queries."""
    speaking = _speaking(organisation_ids)
    apart = {topic: slug for topic, slug in TOPIC_SLUGS.items() if slug in slugs}
    visits = list(speaking.values())
    machines = [visit for visit in visits if not visit.by_person]
    statements, belongings = standings_of(machines), belongings_of(machines)
    seen: dict[int, list[SeenItem]] = {}
    for row in SeenItem.objects.filter(visit__in=[visit for visit in visits if visit.by_person]):
        seen.setdefault(row.visit_id, []).append(row)
    answers = {}
    for key, visit in speaking.items():
        if visit.by_person:
            answers[key] = of_person(visit, seen.get(visit.pk, []), apart=apart)
        else:
            read = Read(visit, statements.get(visit.pk, []), belongings.get(visit.pk))
            answers[key] = of_machine(read, apart)
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
