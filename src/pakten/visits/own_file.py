"""What a member's own file tells of the visits to its website: when, what was read, word for word (L-40)."""

from __future__ import annotations

from collections.abc import Iterator

from pakten.members.own_file_sections import Known, Section
from pakten.organisations.models import Organisation
from pakten.visits.models import FoundStatement, Visit
from pakten.visits.queries.visits import visits_of
from pakten.visits.statement_words import Tone, label_of

_VISITS = 5
_ABOUT = (
    "Vi besöker webbplatsen som ni har angett och läser några sidor. Programmets läsning är ett förslag: en "
    "person hos oss avgör vad den betyder. Skriv till oss om vi har läst fel."
)


def facts(organisation: Organisation) -> Iterator[Known]:
    """The newest visits, and what the newest one that was read found, as it stood there."""
    visits = list(visits_of(organisation)[:_VISITS])
    for visit in visits:
        yield Known("Besök på er webbplats", _told(visit), visit.address, visit.at, key=f"besok-{visit.pk}")
    read = next((visit for visit in visits if visit.is_read and not visit.by_person), None)
    if read is not None:
        for row in FoundStatement.objects.filter(visit=read).select_related("page"):
            if label_of(row.label).tone != Tone.ASIDE:
                yield _statement(row, read)
    own = next((visit for visit in visits if visit.by_person), None)
    if own is not None:
        for seen in own.seen.all():
            words = " ".join(filter(None, [seen.note, f"”{seen.quotation}”" if seen.quotation else ""]))
            value = f"{seen.get_result_display()}. {words}".strip()
            label = f"Vi såg: {seen.get_topic_display().lower()}"
            yield Known(label, value, seen.where or own.address, own.at, key=f"sett-{seen.pk}")


def _told(visit: Visit) -> str:
    who = f"{visit.ordered_by} hos oss tittade själv. " if visit.by_person else ""
    return f"{who}{visit.get_outcome_display()}. {visit.reason}"


def _statement(row: FoundStatement, visit: Visit) -> Known:
    words = label_of(row.label).words
    said = f"”{row.snippet}” Programmet läste det som: {words[:1].lower()}{words[1:]}."
    return Known("Det här läste vi", said, row.page.url, visit.at, key=f"uttalande-{row.pk}")


SECTION = Section(76, "webbplats", "Er webbplats", facts, _ABOUT, "Vi har inte besökt er webbplats än.")
