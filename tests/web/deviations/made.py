"""Invented deviations to test with, made through the services."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from django.utils import timezone
from tests.people import person
from tests.web.members import register
from tests.web.members.own_file import correspondence

from pakten.accounts.models import Role, User
from pakten.decisions.models import Decision, State
from pakten.decisions.services import agree
from pakten.deviations import services
from pakten.deviations.models import Deviation, Hearing, Level, Proposal, Seriousness
from pakten.deviations.services import Assessment, Found, Telling
from pakten.members.models import Membership
from pakten.organisations.models import Organisation

HANNA, CECILIA, DORIS = Role.CASE_OFFICER, Role.MANAGER, Role.DIRECTOR
NAME = "Norrskenets Åkeri AB"
_NUMBERS = count(1)


def officer() -> User:
    return person(HANNA)


def manager() -> User:
    return person(CECILIA)


def director() -> User:
    return person(DORIS)


def found(title: str = "Stadgarna saknas", **more: Any) -> Found:
    values = {"source": "Organisationens webbplats", "seen_at": timezone.now() - timedelta(days=1)} | more
    return Found(title, values.pop("description", "På sidan Om oss finns inga stadgar."), **values)


def organisation(name: str = NAME) -> Organisation:
    """A member that is there already, or a new one."""
    known = Membership.objects.filter(organisation__legal_name=name).first()
    return (known or register.member(name)).organisation


def observation(of: Organisation | None = None, **more: Any) -> Deviation:
    """What Hanna has noted and nobody confirmed."""
    return services.note(of or organisation(), found(**more), actor=officer())


def by_machine(of: Organisation | None = None, **more: Any) -> Deviation:
    return services.note(of or organisation(), found(**more), actor=None)


def assessment(**more: Any) -> Assessment:
    values = {"seriousness": Seriousness.CONSIDERABLE, "text": "Det är oklart vem som bestämmer."} | more
    return Assessment(**values)


def confirmed(of: Organisation | None = None, **more: Any) -> Deviation:
    """Hanna's deviation, in the diary."""
    deviation = observation(of, **more)
    services.confirm(deviation, assessment(), actor=officer(), expected_version=deviation.version)
    return fresh(deviation)


def proposed(
    deviation: Deviation, level: Level, actor: User | None = None, *, urgent: str = "Ett möte är i morgon."
) -> Proposal:
    """A step put forward; one against the organisation does not wait for its answer."""
    return services.propose_step(
        deviation,
        level,
        actor=actor or officer(),
        reasons="Organisationen har inte förklarat.",
        expected_version=deviation.version,
        urgent=urgent,
    )


def decided(proposal: Proposal, actor: User | None = None) -> Decision:
    """Cecilia decides, and Doris agrees where a second person is asked for."""
    again = Proposal.objects.select_related("deviation__case__series", "deviation__organisation")
    decision = services.decide_step(again.get(pk=proposal.pk), actor=actor or manager())
    if decision.state == State.AWAITING_SECOND:
        agree(decision, actor=director(), expected_version=decision.version)
        decision.refresh_from_db()
    return decision


def at(level: Level, of: Organisation | None = None) -> Deviation:
    """A deviation led to a level by the people whom it takes."""
    if level is Level.OBSERVATION:
        return observation(of)
    deviation = confirmed(of)
    ways = {
        Level.ESCALATED: (Level.ESCALATED,),
        Level.BLOCKED: (Level.ESCALATED, Level.BLOCKED),
        Level.ACCEPTED: (Level.ACCEPTED,),
    }
    for step in ways.get(level, ()):
        decided(proposed(deviation, step))
        deviation = fresh(deviation)
    if level in (Level.FIXED, Level.DISMISSED):
        stepped(deviation, level)
    return fresh(deviation)


def stepped(deviation: Deviation, level: Level, actor: User | None = None) -> None:
    services.step_alone(
        deviation,
        level,
        actor=actor or officer(),
        reason="Organisationen har visat stadgar.",
        expected_version=deviation.version,
    )


def told(deviation: Deviation | None = None, days: int = 14) -> Hearing:
    """Hanna has written to the organisation."""
    deviation = deviation or confirmed()
    day = timezone.localdate() + timedelta(days=days)
    telling = Telling("Vi hittar inga stadgar på er webbplats.", day)
    return services.tell(deviation, telling, actor=officer(), expected_version=deviation.version)


def said(text: str = "Stadgarna ligger nu på sidan Om oss.", **more: Any) -> services.Said:
    return services.Said(text, more.pop("submission", uuid4()), **more)


def contact_of(deviation: Deviation, who: Role = Role.MEMBER_CONTACT, *, again: int = 0) -> User:
    """A person who is the organisation's contact today, and may sign in."""
    user = person(who, again=again)
    membership = Membership.objects.get(organisation=deviation.organisation)
    correspondence.contact_as(user, membership)
    return user


def fresh(deviation: Deviation) -> Deviation:
    rows = Deviation.objects.select_related("organisation", "case__series", "record__case", "application")
    return rows.get(pk=deviation.pk)


def yesterday() -> date:
    return timezone.localdate() - timedelta(days=1)
