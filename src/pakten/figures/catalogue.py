"""The figures that the network is asked for. Each definition is written so that it can stand in a reply."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Model, Q

from pakten.alerts.models import Outcome
from pakten.alerts.policies import SEE as SEE_ALERTS
from pakten.alerts.queries import samples
from pakten.figures import definitions
from pakten.figures.figure import Column, Condition, Figure
from pakten.figures.spans import Span, one_day
from pakten.members.models import ApplicationOutcome, LeavingReason, Membership, TextKind
from pakten.members.queries import application_flow, flow
from pakten.members.queries.texts import text_in_force
from pakten.organisations.models import Sector


def _sectors(which: Callable[[Span], Q]) -> tuple[Column, ...]:
    return tuple(
        Column(sector.value, str(sector.label).capitalize(), _and(which, organisation__sector=sector.value))
        for sector in Sector
    )


def _and(which: Callable[[Span], Q], **more: str) -> Callable[[Span], Q]:
    return lambda span: which(span) & Q(**more)


def _left(span: Span) -> Q:
    return flow.left_between(span.first, span.last)


MEMBERS = Figure(
    slug="medlemmar",
    title="Medlemmar per sektor",
    definition=definitions.MEMBERS,
    columns=(
        *_sectors(lambda span: flow.member_on(span.last)),
        Column("okant", "Går inte att säga", lambda span: flow.perhaps_member_on(span.last), unknown=True),
    ),
    base=flow.periods,
    once=True,
)
CAME = Figure(
    slug="nya-medlemmar",
    title="Nya medlemmar per kvartal",
    definition=definitions.CAME,
    columns=(
        *_sectors(lambda span: flow.came_between(span.first, span.last)),
        Column(
            "okant",
            "Okänd inträdesdag",
            lambda span: flow.stored_between(span.first, span.last),
            unknown=True,
        ),
    ),
    base=flow.periods,
)
LEFT = Figure(
    slug="lamnat",
    title="Medlemmar som lämnat per kvartal",
    definition=definitions.LEFT,
    columns=_sectors(_left),
    base=flow.periods,
)
REASONS = Figure(
    slug="skal-att-lamna",
    title="Skäl att lämna per kvartal",
    definition=definitions.REASONS,
    columns=(
        *(
            Column(
                reason.value.replace("_", "-"),
                str(reason.label).capitalize(),
                _and(_left, leaving_reason=reason.value),
            )
            for reason in LeavingReason
        ),
        Column("okant", "Okänt skäl", _and(_left, leaving_reason=""), unknown=True),
    ),
    base=flow.periods,
)


def _answered(*outcomes: ApplicationOutcome) -> Callable[[Span], Condition]:
    return lambda span: application_flow.answered_between(span.first, span.last, *outcomes)


_ACCEPTED = (ApplicationOutcome.ACCEPT, ApplicationOutcome.ACCEPT_WITH_NOTE)
APPLICATIONS = Figure(
    slug="ansokningar",
    title="Ansökningar per kvartal",
    definition=definitions.APPLICATIONS,
    columns=(
        Column("kom-in", "Kom in", lambda span: application_flow.came_between(span.first, span.last)),
        Column("antagna", "Mottagna som medlemmar", _answered(*_ACCEPTED)),
        Column("inte-antagna", "Inte mottagna", _answered(ApplicationOutcome.REFUSE)),
        Column(
            "avslutade",
            "Återkallade eller förfallna",
            lambda span: application_flow.gone_between(span.first, span.last),
        ),
        Column("vantar", "Väntade i slutet", lambda span: application_flow.waited_on(span.last)),
    ),
    base=application_flow.applications,
    stacked=False,
    unit="ansökan,ansökningar",
)


TIME = Figure(
    slug="handlaggningstid",
    title="Tid från ansökan till beslut",
    definition=definitions.TIME,
    columns=(
        Column("median", "Dagar, median", _answered(), days="waited"),
        Column("beslutade", "Beslutade ansökningar", _answered()),
    ),
    base=application_flow.timed_applications,
    stacked=False,
    unit="ansökan,ansökningar",
)


def _answer(kind: TextKind, which: str) -> Callable[[Span], Condition]:
    """Members on the last day whose answer about the text in force then is this one."""

    def condition(span: Span) -> Condition:
        text = text_in_force(kind, as_of=span.last)
        yes, no = Q(flow.pledged(text, span.last)), Q(flow.declined(text, span.last))
        was_asked = Q(flow.asked(text, span.last))
        answers = {
            "intygat": yes,
            "nej": ~yes & no,
            "tysta": ~yes & ~no & was_asked,
            "inte-fragade": ~yes & ~no & ~was_asked,
        }
        return flow.member_on(span.last) & answers[which]

    return condition


def _pledged(kind: TextKind, title: str, *, slug: str) -> Figure:
    return Figure(
        slug=slug,
        title=title,
        definition=definitions.PLEDGED,
        columns=(
            Column("intygat", "Har intygat", _answer(kind, "intygat")),
            Column("nej", "Vill inte intyga", _answer(kind, "nej")),
            Column("tysta", "Har inte svarat", _answer(kind, "tysta"), unknown=True),
            Column("inte-fragade", "Inte tillfrågade", _answer(kind, "inte-fragade"), unknown=True),
        ),
        base=flow.periods,
        rows=one_day,
        once=True,
    )


GOALS = _pledged(TextKind.GOALS, "Har intygat nätverkets mål", slug="intygat-mal")
VALUES = _pledged(TextKind.VALUES, "Har intygat stadens värdegrund", slug="intygat-vardegrund")


def _read_with(*outcomes: Outcome) -> Callable[[Span], Q]:
    return lambda span: samples.read_by(span.last, *outcomes)


_READ = (Outcome.AGREED, Outcome.NOT_AGREED, Outcome.UNSURE)
SAMPLES = Figure(
    slug="stickprov",
    title="Stickprov som en andra person har läst",
    definition=definitions.SAMPLES,
    columns=(
        Column("utvalda", "Utvalda", lambda span: samples.drawn_by(span.last)),
        Column("lasta", "Lästa på nytt", _read_with(*_READ)),
        Column(
            "andel-lasta",
            "Andel lästa, procent",
            _read_with(*_READ),
            share_of=lambda span: samples.drawn_by(span.last),
        ),
        Column("stod-fast", "Kontrollen höll", _read_with(Outcome.AGREED)),
        Column("andrade", "Ändrades", _read_with(Outcome.NOT_AGREED)),
        Column(
            "andel-andrade",
            "Andel ändrade av lästa, procent",
            _read_with(Outcome.NOT_AGREED),
            share_of=_read_with(*_READ),
        ),
        Column("oklara", "Gick inte att avgöra", _read_with(Outcome.UNSURE), unknown=True),
        Column("bortfall", "Föll bort före läsningen", _read_with(Outcome.SETTLED), unknown=True),
        Column("vantar", "Väntar på läsning", lambda span: samples.waiting_on(span.last), unknown=True),
    ),
    base=samples.samples,
    rows=one_day,
    stacked=False,
    unit="kontroll,kontroller",
    list_readers=SEE_ALERTS,
)

FIGURES: tuple[Figure, ...] = (MEMBERS, CAME, LEFT, REASONS, APPLICATIONS, TIME, GOALS, VALUES, SAMPLES)


def find(slug: str) -> Figure | None:
    """The figure with this slug."""
    return next((figure for figure in FIGURES if figure.slug == slug), None)


def counts(figure: Figure) -> type[Model]:
    """What the figure counts: memberships, applications, or what waits for a person."""
    return figure.base().model


def is_of_members(figure: Figure) -> bool:
    """Whether the figure counts memberships."""
    return counts(figure) is Membership
