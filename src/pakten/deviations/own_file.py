"""What an organisation sees of deviations: in its own file, and on its application's page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from pakten.deviations.models import Comment, Deviation, Hearing, HearingState, Level
from pakten.deviations.queries.deviations import seen_by_organisation
from pakten.deviations.services.hearing import sources_of
from pakten.members.applying.status_parts import Part
from pakten.members.models import Application
from pakten.members.own_file_sections import Known, Section
from pakten.members.own_pages import OwnTab, OwnTask
from pakten.organisations.models import Organisation

# What each level means to the organisation.
MEANS: dict[Level, str] = {
    Level.OBSERVATION: "Vi tittar på det igen. Vi har inte bedömt att det är en avvikelse.",
    Level.DEVIATION: "Vi bedömer att det är en avvikelse.",
    Level.ESCALATED: "Avvikelsen är eskalerad. Det betyder att fler hos oss bedömer den.",
    Level.BLOCKED: "Ni är spärrade för nätverkets särskilda ändamål tills vidare. Medlemskapet består.",
    Level.FIXED: "Avvikelsen är åtgärdad. Ni behöver inte göra något.",
    Level.DISMISSED: "Avskriven. Vi bedömer att det inte är en avvikelse.",
    Level.ACCEPTED: "Vi har godtagit avvikelsen. Ni behöver inte göra något.",
    Level.ENDED: "Ansökan är avslutad. Därför bedömer vi inte det här vidare.",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One deviation as the organisation sees it: never our assessment or other parties' names."""

    deviation: Deviation
    means: str
    sources: tuple[str, ...]
    answer_by: date | None
    comments: tuple[Comment, ...]

    @property
    def may_comment(self) -> bool:
        return self.deviation.is_open


def shown_to_organisation(deviation: Deviation) -> Shown:
    """The deviation with the sources that were used, and what was said."""
    waiting = [each for each in deviation.hearings.all() if each.state == HearingState.WAITING]
    return Shown(
        deviation,
        MEANS[Level(deviation.level)],
        tuple(dict.fromkeys(sources_of(deviation))),
        waiting[0].answer_by if waiting else None,
        tuple(deviation.comments.all()),
    )


def facts(organisation: Organisation) -> Iterator[Known]:
    """The section of the own file."""
    for each in seen_by_organisation(organisation):
        yield Known(
            each.get_level_display().capitalize(),
            f"{each.title}. {MEANS[Level(each.level)]}",
            source=each.source,
            recorded_at=each.seen_at,
            key=f"avvikelse-{each.pk}",
        )


def tasks(organisation: Organisation) -> Iterator[OwnTask]:
    """The letters that wait for the organisation's comments."""
    waiting = Hearing.objects.filter(deviation__organisation=organisation, state=HearingState.WAITING)
    for hearing in waiting.select_related("deviation"):
        address = [organisation.public_id, hearing.deviation.public_id]
        yield OwnTask(
            "Lämna synpunkter på något som vi såg i vår kontroll",
            hearing.answer_by,
            reverse("deviations:own_comment", args=address),
            "Läs och lämna synpunkter",
        )


def records(organisation: Organisation) -> Iterator[int]:
    """The papers that are the organisation's own: our letters to it, and its comments."""
    letters = Hearing.objects.filter(deviation__organisation=organisation)
    comments = Comment.objects.filter(deviation__organisation=organisation)
    yield from letters.values_list("record_out_id", flat=True)
    yield from comments.values_list("record_id", flat=True)


def status_part(application: Application, token: str) -> Part | None:
    """What the applicant sees on the application's page: what was found, and where to comment."""
    rows = seen_by_organisation(application.organisation).filter(application=application)
    found = [
        (shown_to_organisation(each), reverse("deviations:applicant_comment", args=[token, each.public_id]))
        for each in rows
    ]
    return Part("deviations/applicant/_status.html", {"found": found}) if found else None


TAB = OwnTab(25, "Avvikelser", "deviations:own_deviations")
SECTION = Section(
    76,
    "avvikelser",
    "Avvikelser",
    facts,
    "Det som vi har bedömt inte stämmer med kraven. Under ”Avvikelser” kan ni lämna synpunkter.",
    "Vi har inte antecknat någon avvikelse.",
)
