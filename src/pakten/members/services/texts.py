"""The texts that members pledge themselves to: drafted, revised, published once and for all, discarded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from pakten.accounts.models import User
from pakten.audit.services import record as log
from pakten.members.defaults import FIRST_TEXTS
from pakten.members.models import TEXT_EVENTS, PledgeText, TextKind, TextState
from pakten.members.policies.texts import (
    check_first_day,
    check_may_draft,
    check_may_publish,
    check_text_transition,
)
from pakten.members.queries.texts import draft_of, latest_published, latest_version
from pakten.members.services.pledging import digest_of
from pakten.organisations.refusals import Refused
from pakten.organisations.services import update_versioned
from pakten.records.words import one_line, several_lines

TITLE_LIMIT, BODY_LIMIT, PAPER_LIMIT = 200, 10_000, 200
_DRAFT_THERE = "Det finns redan ett utkast av texten. Fortsätt på det, eller kassera det först."


@dataclass(frozen=True, slots=True)
class Words:
    """A version: its title, and its body with line breaks; lines that begin with "- " are a list."""

    title: str
    body: str

    def clean(self) -> Words:
        """Without hidden signs and personal numbers. Raises Refused when something is missing or too long."""
        if len(self.title) > TITLE_LIMIT or len(self.body.replace("\r\n", "\n")) > BODY_LIMIT:
            raise Refused(
                f"Texten är för lång. Rubriken får ha {TITLE_LIMIT} tecken och texten {BODY_LIMIT}."
            )
        title, body = one_line(self.title, TITLE_LIMIT), several_lines(self.body)
        if not title:
            raise Refused("Ge texten en rubrik.")
        if not body:
            raise Refused("Skriv vad medlemmarna ska intyga.")
        return Words(title, body)


@dataclass(frozen=True, slots=True)
class Publication:
    """From which day the text holds, and the paper by which it was decided (registry number or title)."""

    valid_from: date
    decided_by_paper: str


@transaction.atomic
def draft_text(kind: TextKind, words: Words | None = None, *, actor: User) -> PledgeText:
    """Begin a new version, with the latest version's words unless ``words`` are given.

    Raises PermissionDenied, and Refused while there is a draft already or where nothing is given.
    """
    check_may_draft(actor)
    latest = latest_version(kind)
    if draft_of(kind):
        raise Refused(_DRAFT_THERE)
    if words is None:
        shown = latest_published(kind) or latest
        words = Words(shown.title, shown.body) if shown else _first(kind)
    words = words.clean()
    try:
        with transaction.atomic():
            text = PledgeText.objects.create(
                kind=kind,
                number=latest.number + 1 if latest else 1,
                title=words.title,
                body=words.body,
                made_by=actor,
            )
    except IntegrityError as error:
        raise Refused(_DRAFT_THERE) from error
    log(TEXT_EVENTS[TextState.DRAFT], text, actor=actor, after={"title": text.title})
    return text


@transaction.atomic
def revise_text(text: PledgeText, words: Words, *, actor: User, expected_version: int) -> None:
    """Change a draft's words. Raises PermissionDenied, Refused for what is no draft, ChangedMeanwhile."""
    check_may_draft(actor)
    if text.state != TextState.DRAFT:
        raise Refused("En fastställd text ändras inte. Gör en ny version i stället.")
    words = words.clean()
    before = {"title": text.title, "body": text.body}
    after = {"title": words.title, "body": words.body}
    if before == after:
        return
    update_versioned(text, expected_version, **after)
    log("members.text.revised", text, actor=actor, before=before, after=after)


@transaction.atomic
def publish_text(
    text: PledgeText, publication: Publication, *, actor: User, expected_version: int
) -> PledgeText:
    """Put the draft into force from a day on: from now its words never change, in the database either.

    Raises PermissionDenied, Refused for what is no draft, a day gone by or no paper, ChangedMeanwhile.
    """
    check_may_publish(actor)
    check_text_transition(text, TextState.PUBLISHED)
    paper = one_line(publication.decided_by_paper, PAPER_LIMIT)
    if not paper:
        raise Refused("Ange beslutet bakom texten, till exempel ett ärendenummer och en paragraf.")
    kind = TextKind(text.kind)
    check_first_day(publication.valid_from, latest_published(kind), today=timezone.localdate())
    after: dict[str, Any] = {
        "state": TextState.PUBLISHED,
        "valid_from": publication.valid_from,
        "decided_by_paper": paper,
        "sha256": digest_of(text),
    }
    update_versioned(text, expected_version, **after, published_by=actor, published_at=timezone.now())
    log(TEXT_EVENTS[TextState.PUBLISHED], text, actor=actor, before={"state": TextState.DRAFT}, after=after)
    return text


@transaction.atomic
def discard_text(text: PledgeText, *, actor: User, expected_version: int) -> None:
    """Put a draft aside; its number is not used again. Raises as :func:`revise_text`."""
    check_may_draft(actor)
    check_text_transition(text, TextState.DISCARDED)
    update_versioned(text, expected_version, state=TextState.DISCARDED)
    log(TEXT_EVENTS[TextState.DISCARDED], text, actor=actor, before={"state": TextState.DRAFT})


@transaction.atomic
def publish_first_texts(actor: User, *, valid_from: date | None = None) -> dict[TextKind, PledgeText]:
    """Put our invented goals and values into force, where the city has published none of that kind.

    For the demo and for tests: a city publishes its own words, or makes ours its own, on the texts' page.
    ``valid_from`` None = 16 September 2019, when the network began. Gives the text in force of each kind;
    done twice it changes nothing. ``actor`` needs the right to publish. A draft that is there is published.
    """
    check_may_publish(actor)
    publication = Publication(valid_from or date(2019, 9, 16), "Påhittat beslut, AMN 2019/0001")
    return {
        kind: latest_published(kind) or _publish_first(kind, publication, actor=actor) for kind in TextKind
    }


def _publish_first(kind: TextKind, publication: Publication, *, actor: User) -> PledgeText:
    text = draft_of(kind)
    if text is None:
        words = _first(kind)
        latest = latest_version(kind)
        number = latest.number + 1 if latest else 1
        text = PledgeText.objects.create(kind=kind, number=number, title=words.title, body=words.body)
    return publish_text(text, publication, actor=actor, expected_version=text.version)


def _first(kind: TextKind) -> Words:
    found = FIRST_TEXTS[kind]
    return Words(found.title, found.body)
