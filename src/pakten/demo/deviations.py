"""Invented deviations over the whole ladder, led there by the services as people would."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.utils import timezone

from pakten.accounts.models import Role, User
from pakten.decisions.models import Decision, State
from pakten.decisions.services import agree
from pakten.demo.clock import Scene, play
from pakten.deviations import services
from pakten.deviations.models import (
    Deviation,
    EvidenceKind,
    Level,
    Origin,
    Seriousness,
)
from pakten.deviations.services import Assessment, Attached, Found, Said, Telling
from pakten.members.models import Membership
from pakten.members.models import State as MemberState
from pakten.organisations.models import ContactPerson, Organisation

_SITE, _REGISTER = Origin.WEBSITE, Origin.REGISTER
_MINOR, _MIDDLE, _GRAVE = Seriousness.MINOR, Seriousness.CONSIDERABLE, Seriousness.SERIOUS
_L = Level
_DAY, _TO_ANSWER = timedelta(days=1), timedelta(days=14)


@dataclass(frozen=True, slots=True)
class _Planted:
    """What was found at one member, ``days`` ago, and how far people have taken it (``level``).

    ``heard``: ``""`` not told, ``waits``, ``answered`` or ``silent``. ``proposed``: a step that waits for
    its decision. ``follow_up``: days from today, negative when the day has been. ``name`` empty = the next
    member in the register; ``kim`` = the one whose contact Kim is.
    """

    level: Level
    title: str
    description: str
    source: str
    days: int
    seriousness: Seriousness | None = None
    assessment: str = ""
    heard: str = ""
    answer: str = ""
    follow_up: int | None = None
    origin: Origin = Origin.OTHER
    proposed: Level | None = None
    name: str = ""


_PLANTED = (
    _Planted(
        _L.OBSERVATION, "Webbplatsen visar en annan organisations nummer",
        "Längst ned på startsidan står ett organisationsnummer som inte är medlemmens.",
        "Organisationens webbplats", 2, origin=_SITE,
    ),
    _Planted(
        _L.OBSERVATION, "Registret har ett annat namn än vårt",
        "Organisationen står under ett nytt namn i registret sedan i somras.",
        "Påhittat företagsregister", 5, origin=_REGISTER,
    ),
    _Planted(
        _L.OBSERVATION, "Det är oklart vem som är ordförande",
        "På webbplatsen står en ordförande, i det protokoll som vi har en annan.",
        "Organisationens webbplats och protokoll", 1, origin=_SITE,
    ),
    _Planted(
        _L.DEVIATION, "Webbplatsen berättar om ett stängt kontor",
        "Ordagrant: ”Vi stängde vårt kontor i Ryssland i mars 2022 och säljer inte längre dit.”",
        "Organisationens webbplats", 24, _MINOR,
        "Kontoret är stängt. Vi frågar om något återstår, så att vi vet.", heard="answered",
        answer="Allt är avslutat sedan mars 2022. Vi har inga kunder eller anställda kvar där.",
        follow_up=60, origin=_SITE, name="Bärnstenslyktan Systemutveckling AB",
    ),
    _Planted(
        _L.DEVIATION, "Stadgarna säger inte hur medlemmar kan påverka",
        "I stadgarna från 2019 står inget om hur medlemmar väljer styrelse.",
        "Stadgar som organisationen skickade", 40, _MIDDLE,
        "Föreningen behöver visa hur styrelsen väljs.", heard="silent", follow_up=-3,
    ),
    _Planted(
        _L.DEVIATION, "Adressen stämmer inte",
        "Brevet till besöksadressen kom tillbaka. På webbplatsen står en annan adress.",
        "Returnerat brev", 12, _MINOR, "Troligen en flytt som inte är anmäld.", follow_up=14,
    ),
    _Planted(
        _L.DEVIATION, "Styrelsen är inte anmäld",
        "I registret finns ingen styrelse sedan årsskiftet.",
        "Påhittat företagsregister", 9, _MIDDLE,
        "Utan styrelse vet vi inte vem som företräder organisationen.", heard="waits", follow_up=20,
        origin=_REGISTER, name="kim",
    ),
    _Planted(
        _L.DEVIATION, "Årsredovisningen saknas",
        "Ingen årsredovisning är inlämnad för de två senaste åren.",
        "Påhittat företagsregister", 33, _GRAVE, "Det kan tyda på att verksamheten har upphört.",
        heard="silent", follow_up=-1, origin=_REGISTER, proposed=_L.ESCALATED,
    ),
    _Planted(
        _L.ESCALATED, "Bolaget är under likvidation",
        "I registret står att bolaget trädde i likvidation i september.",
        "Påhittat företagsregister", 50, _GRAVE, "Ett bolag i likvidation kan knappast bidra.",
        heard="answered", answer="Ägarna har inte bestämt sig. Vi återkommer.", follow_up=7, origin=_REGISTER,
    ),
    _Planted(
        _L.ESCALATED, "Uppgiften om ägare går inte ihop",
        "Ägarna i årsredovisningen har tillsammans 118 procent.",
        "Årsredovisning", 45, _MIDDLE, "Antingen är uppgiften fel eller så saknas en ändring.",
        heard="silent", follow_up=-5, proposed=_L.DEVIATION,
    ),
    _Planted(
        _L.BLOCKED, "Erbjuder praktik mot betalning",
        "På webbplatsen erbjuds praktik mot en avgift som den sökande betalar.",
        "Organisationens webbplats", 70, _GRAVE,
        "Att ta betalt av den som söker praktik strider mot nätverkets mål.", heard="answered",
        answer="Avgiften är för kurslitteratur.", follow_up=10, origin=_SITE,
    ),
    _Planted(
        _L.FIXED, "Webbplatsen gick inte att öppna",
        "Adressen svarade inte vid tre besök på två veckor.",
        "Besök på webbplatsen", 90, _MINOR, "Vi ber om en ny adress.", heard="answered",
        answer="Vi har bytt leverantör. Sidan är uppe igen.", origin=_SITE,
    ),
    _Planted(
        _L.FIXED, "Kontaktpersonen har slutat",
        "Mejlet kom tillbaka och växeln säger att personen har slutat.",
        "E-post och telefon", 64, _MINOR, "Vi behöver en ny kontaktperson.",
    ),
    _Planted(
        _L.DISMISSED, "Namnet liknar ett företag i ett annat land",
        "Ett företag i ett annat land har samma namn.",
        "Påhittat företagsregister", 58, origin=_REGISTER,
    ),
    _Planted(
        _L.ACCEPTED, "Årsmötet hölls för sent",
        "Stadgarna säger senast i mars. Årsmötet hölls i maj.",
        "Protokoll från årsmötet", 80, _MINOR, "Mötet sköts upp för att lokalen var stängd.",
        heard="answered", answer="Lokalen var stängd för ombyggnad.",
    ),
)  # fmt: skip


@transaction.atomic
def seed_deviations(people: Sequence[User], *, late: bool = False) -> int:
    """Plant the deviations that are not planted yet; how many there are. ``late``: today, not in the past."""
    now = timezone.now()
    stories = scenes(people, now=now)
    play([(now if late else began, scene) for began, scene in stories], until=now)
    return Deviation.objects.count()


def scenes(people: Sequence[User], *, now: datetime) -> list[tuple[datetime, Scene]]:
    """What led to each deviation that is not planted yet, from the day when it was seen."""
    crew = _Crew(*(_with(people, role) for role in (Role.CASE_OFFICER, Role.MANAGER, Role.DIRECTOR)))
    kim = _with(people, Role.MEMBER_CONTACT)
    known = set(Deviation.objects.values_list("origin_key", flat=True))
    return [
        (
            now - timedelta(days=planted.days),
            _lead(planted, organisation, crew=crew, key=f"demo:{number}", now=now),
        )
        for number, (planted, organisation) in enumerate(zip(_PLANTED, _organisations(kim), strict=True))
        if f"demo:{number}" not in known and organisation is not None
    ]


@dataclass(frozen=True, slots=True)
class _Crew:
    """Who notes, who decides, who agrees."""

    officer: User
    manager: User
    director: User


def _organisations(kim: User) -> Iterator[Organisation | None]:
    """A member for each: by name, Kim's own (None before Kim has one), else the next without anything."""
    named = {planted.name for planted in _PLANTED}
    rows = Membership.objects.filter(state=MemberState.ACTIVE).exclude(organisation__legal_name__in=named)
    others = rows.exclude(organisation__contact_persons__email=kim.email).exclude(organisation__org_nr=None)
    following = iter(others.select_related("organisation").order_by("-pk")[: 20 * len(_PLANTED) : 20])
    for planted in _PLANTED:
        known = Organisation.objects.filter(legal_name=planted.name).first() if planted.name else None
        own = ContactPerson.objects.filter(email=kim.email).select_related("organisation").first()
        if planted.name == "kim":
            yield own.organisation if own else None
        else:
            yield known or next(following).organisation


def _lead(planted: _Planted, organisation: Organisation, *, crew: _Crew, key: str, now: datetime) -> Scene:
    """From what was seen to where people have taken it, each step on a day of its own."""
    found = Found(
        planted.title,
        planted.description,
        planted.source,
        now - timedelta(days=planted.days),
        organisation.website if planted.origin is _SITE else "",
        planted.origin,
        key,
    )
    is_machines = planted.level is _L.OBSERVATION and planted.origin is not Origin.OTHER
    deviation = services.note(organisation, found, actor=None if is_machines else crew.officer)
    if planted.origin is _REGISTER and not is_machines:
        _add_look_up(deviation, planted, officer=crew.officer)
    if planted.seriousness is None:
        if planted.level is _L.DISMISSED:
            yield _DAY
            _end(deviation, planted, officer=crew.officer)
        return
    yield _DAY
    assessment = Assessment(planted.seriousness, planted.assessment)
    services.confirm(deviation, assessment, actor=crew.officer, expected_version=deviation.version)
    if planted.heard:
        yield from _hear(deviation, planted, officer=crew.officer, key=key)
    for level in _WAY.get(planted.level, ()):
        yield _DAY
        _decide(deviation, level, crew=crew)
    if planted.level is _L.FIXED:
        yield 3 * _DAY
        _end(deviation, planted, officer=crew.officer)
    if planted.proposed is not None:
        _propose(deviation, planted.proposed, officer=crew.officer)
    if planted.follow_up is not None:
        day = timezone.localdate(now) + timedelta(days=planted.follow_up)
        Deviation.objects.filter(pk=deviation.pk).update(follow_up_on=day)


_WAY: dict[Level, tuple[Level, ...]] = {
    _L.ESCALATED: (_L.ESCALATED,),
    _L.BLOCKED: (_L.ESCALATED, _L.BLOCKED),
    _L.ACCEPTED: (_L.ACCEPTED,),
}


def _add_look_up(deviation: Deviation, planted: _Planted, *, officer: User) -> None:
    attached = Attached(
        EvidenceKind.REGISTER, "Uppslag i registret", planted.description, planted.source, deviation.seen_at
    )
    services.add_evidence(deviation, attached, actor=officer, expected_version=deviation.version)


def _hear(deviation: Deviation, planted: _Planted, *, officer: User, key: str) -> Scene:
    """Told, and answered after a week or silent when the days are over."""
    telling = Telling(f"{planted.title}\n\n{planted.description}", timezone.localdate() + _TO_ANSWER)
    services.tell(deviation, telling, actor=officer, expected_version=deviation.version)
    if planted.heard == "answered":
        yield 7 * _DAY
        said = Said(planted.answer, uuid5(NAMESPACE_URL, f"{key}:svar"), by="Organisationens kontaktperson")
        services.register_comment(deviation, said, actor=officer)
    elif planted.heard == "silent":
        yield _TO_ANSWER + _DAY
        services.note_silence_all()


def _propose(deviation: Deviation, level: Level, *, officer: User) -> None:
    services.propose_step(
        deviation,
        level,
        actor=officer,
        reasons="Organisationen har fått tillfälle att yttra sig.",
        expected_version=deviation.version,
    )


def _decide(deviation: Deviation, level: Level, *, crew: _Crew) -> None:
    _propose(deviation, level, officer=crew.officer)
    proposal = deviation.proposals.select_related("deviation__case__series").latest("pk")
    decision: Decision = services.decide_step(proposal, actor=crew.manager)
    if decision.state == State.AWAITING_SECOND:
        agree(decision, actor=crew.director, expected_version=decision.version)
    deviation.refresh_from_db()


def _end(deviation: Deviation, planted: _Planted, *, officer: User) -> None:
    reason = "Organisationen har rättat det." if planted.level is _L.FIXED else "Det var ett annat företag."
    services.step_alone(
        deviation, planted.level, actor=officer, reason=reason, expected_version=deviation.version
    )


def _with(people: Sequence[User], role: Role) -> User:
    return next(user for user in people if user.role_assignments.filter(role=role).exists())
