"""A visit as pages show it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from django.http import HttpRequest

from pakten.accounts.asking import user_of
from pakten.accounts.policies import has_role
from pakten.members.queries.conflicts import is_closed
from pakten.organisations.models import Organisation
from pakten.visits import policies
from pakten.visits.forms import JudgeBelongingForm, JudgeStatementForm
from pakten.visits.links import home_of
from pakten.visits.models import SeenTopic, Visit, VisitPage
from pakten.visits.outcome_words import page_ended
from pakten.visits.queries.difference import difference_of
from pakten.visits.queries.listing import waiting_statements
from pakten.visits.queries.standing import Standing, belongings_of, standings
from pakten.visits.queries.untold import missing_of
from pakten.visits.queries.visits import cancelled_visit, newest_and_ordered, visits_of, waiting_visit
from pakten.visits.statement_words import TONE_WORDS, Tone
from vandel.website.choice import same_site

_EARLIER = 10
_KINDS = {
    "own_number": "Organisationens eget nummer",
    "other_number": "Ett annat organisationsnummer",
    "name": "Namnet",
    "place": "Orten eller gatan",
}
_SIGNS_SHOWN = 6
_TOPICS = {
    "start": "Startsida", "matter": "Ryssland eller kollektivavtal", "about": "Om organisationen",
    "contact": "Kontakt", "legal": "Villkor", "sustainability": "Hållbarhet", "jobs": "Jobb",
    "news": "Nyheter",
}  # fmt: skip
_LANGUAGES = {
    "sv": "svenska", "en": "engelska", "fi": "finska", "ru": "ryska", "uk": "ukrainska", "de": "tyska",
    "no": "norska", "da": "danska",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Group:
    """The statements of one topic; those set aside as harmless last and folded."""

    topic: SeenTopic
    told: tuple[Standing, ...]
    aside: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that tells whose the website is: what, the literal words, the page and where on it."""

    kind: str
    words: str
    url: str
    position: int | None
    start: int


def visit_shown(request: HttpRequest, visit: Visit) -> dict[str, Any]:
    """What the templates of one visit need, in at most ten queries."""
    pages = list(visit.pages.all())
    statements = standings(visit)
    belonging = belongings_of([visit]).get(visit.pk)
    return {
        "visit": visit,
        "organisation": visit.organisation,
        "home": home_of(visit.organisation),
        "same_domain": _has_same_domain(visit),
        "pages": [(page, _TOPICS.get(page.topic, page.topic), page_ended(page.outcome)) for page in pages],
        "groups": list(_groups(statements)),
        "to_read": sum(one.waits for one in statements),
        "signs": list(_signs(visit, pages)),
        "belonging": belonging,
        "must_say_whose": visit.needs_whose and belonging is None,
        "language": _LANGUAGES.get(visit.language, visit.language),
        "difference": difference_of(visit),
        "seen": list(visit.seen.all()) if visit.by_person else [],
        "files": list(visit.files.all()),
        "missing": missing_of(visit),
        "may_act": has_role(request.user, *policies.ACT),
        "judge_form": JudgeStatementForm(),
        "belonging_form": JudgeBelongingForm(),
        "tones": TONE_WORDS,
        "agreements": _agreements(pages),
    }


def panel_shown(request: HttpRequest, organisation: Organisation) -> dict[str, Any]:
    """What an application's page tells of the visits: the newest one in short, and one that waits."""
    newest, waiting, cancelled = newest_and_ordered(organisation, user_of(request))
    # Asked only where nothing was found: the page asks enough.
    if not (newest or waiting or cancelled) and is_closed(organisation, user_of(request)):
        return {"closed": True}
    is_read = newest is not None and newest.is_read and not newest.by_person
    return {
        "visit": newest,
        "to_read": waiting_statements().filter(visit=newest).count() if is_read else 0,
        "waiting": waiting,
        "cancelled": cancelled,
        "may_act": has_role(request.user, *policies.ACT),
    }


def tab_shown(request: HttpRequest, organisation: Organisation) -> dict[str, Any]:
    """What the member's tab needs: the newest visit, one that waits, earlier ones; ``closed``: a conflict."""
    if is_closed(organisation, user_of(request)):
        return {"closed": True}
    rows = list(visits_of(organisation)[: _EARLIER + 1])
    shown = visit_shown(request, rows[0]) if rows else {}
    return shown | {
        "visit": rows[0] if rows else None,
        "organisation": organisation,
        "earlier": rows[1:],
        "waiting": waiting_visit(organisation),
        "cancelled": cancelled_visit(organisation),
        "may_act": has_role(request.user, *policies.ACT),
        "submission": uuid4(),
    }


def _has_same_domain(visit: Visit) -> bool:
    """Whether the organisation's e-mail address and the website have the same domain: a hint, no proof."""
    domain = visit.organisation.email.rpartition("@")[2].casefold()
    host = urlsplit(visit.address).hostname or ""
    return bool(domain) and same_site(host, domain)


def _groups(statements: Sequence[Standing]) -> Iterator[Group]:
    for topic in SeenTopic:
        mine = [one for one in statements if one.label.topic == topic]
        if mine:
            aside = tuple(one for one in mine if one.label.tone == Tone.ASIDE)
            yield Group(topic, tuple(one for one in mine if one.label.tone != Tone.ASIDE), aside)


def _signs(visit: Visit, pages: Sequence[VisitPage]) -> Iterator[Sign]:
    """The first signs of each kind: the same name stands on every page."""
    places = {page.url: page.position for page in pages}
    seen: set[tuple[str, str]] = set()
    for sign in visit.signs:
        key = (sign["kind"], sign["words"].casefold())
        if key in seen or len(seen) >= _SIGNS_SHOWN:
            continue
        seen.add(key)
        position = places.get(sign["url"]) if sign["part"] == "full" else None
        yield Sign(_KINDS[sign["kind"]], sign["words"], sign["url"], position, sign["start"])


def _agreements(pages: Sequence[VisitPage]) -> dict[str, Any]:
    """How the two ways to read the pages agree: how many pages, and the lowest share."""
    shares = [page.agreement for page in pages if page.agreement is not None]
    return {"pages": len(shares), "lowest": min(shares, default=None)}
