"""The organisation is told what was found and which sources were used, and may comment (L-40)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from pakten.accounts.models import User
from pakten.audit.services import record as log
from pakten.core.templatetags.formats import date_long
from pakten.deviations.models import Act, Deviation, Hearing, HearingState
from pakten.deviations.policies import check_may_handle
from pakten.deviations.services.cases import open_case_of
from pakten.deviations.services.hearing_letters import send_told
from pakten.deviations.services.writing import claim, keep, words
from pakten.members.services.messages import show_letter
from pakten.organisations.refusals import Refused

_LONGEST_TIME = 366


@dataclass(frozen=True, slots=True)
class Telling:
    """What is written to the organisation, and the last day for its comment."""

    text: str
    answer_by: date


@transaction.atomic
def tell(deviation: Deviation, telling: Telling, *, actor: User, expected_version: int) -> Hearing:
    """Write to the organisation: a letter in the diary, by e-mail or post, and in its own file.

    Raises PermissionDenied, Refused for a closed deviation, a day that has been or comes too soon, or while
    an earlier letter waits for its answer, LettersRefused for what can't be sent, ChangedMeanwhile.
    """
    check_may_handle(actor, deviation.organisation)
    text = words(telling.text, missing="Skriv vad ni har sett.")
    _check(deviation, telling.answer_by)
    claim(deviation, expected_version)
    case = open_case_of(deviation, actor=actor)
    sources = list(dict.fromkeys(sources_of(deviation)))
    letter = send_told(deviation, text, sources=sources, answer_by=telling.answer_by, actor=actor)
    assert letter.record is not None
    hearing = Hearing.objects.create(
        deviation=deviation,
        text=text,
        sources=sources,
        answer_by=telling.answer_by,
        record_out=letter.record,
        told_by=actor,
    )
    if deviation.application is None:
        show_letter(deviation.organisation, letter.record, text=text, actor=actor)
    asked = f"Synpunkter senast {telling.answer_by:%Y-%m-%d}"
    keep(deviation, Act.TOLD, by=actor, reason=asked)
    after = {"answer_by": telling.answer_by, "sources": sources, "number": case.registry_no}
    log("deviations.hearing.sent", deviation, actor=actor, after=after)
    return hearing


def sources_of(deviation: Deviation) -> Iterator[str]:
    """Which sources were used: each in one line with place and day."""
    where = f", {deviation.where}" if deviation.where else ""
    yield f"{deviation.source}{where}, {timezone.localdate(deviation.seen_at):%Y-%m-%d}"
    for each in deviation.evidence.all():
        place = f", {each.where}" if each.where else ""
        yield f"{each.source}{place}, {timezone.localdate(each.fetched_at):%Y-%m-%d}"


def first_answer_by() -> date:
    """The earliest last day for a comment that is written for today."""
    return timezone.localdate() + timedelta(days=settings.HEARING_DAYS)


def _check(deviation: Deviation, answer_by: date) -> None:
    if not deviation.is_open:
        raise Refused("Avvikelsen är avslutad. Öppna den igen först.")
    days = (answer_by - timezone.localdate()).days
    if not 0 < days <= _LONGEST_TIME:
        raise Refused("Sista dagen för synpunkter ska vara en dag som kommer, inom ett år.")
    if answer_by < (first := first_answer_by()):
        raise Refused(
            f"Sista dagen för synpunkter ska vara tidigast den {date_long(first)}: organisationen ska ha "
            f"minst {settings.HEARING_DAYS} dagar på sig."
        )
    if deviation.hearings.filter(state=HearingState.WAITING).exists():
        raise Refused("Ett brev till organisationen väntar redan på synpunkter.")
