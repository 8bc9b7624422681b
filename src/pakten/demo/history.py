"""Two invented years: members who left and why, two records written down twice, and a group of three."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from pakten.accounts.models import User
from pakten.demo import naming
from pakten.demo.cases import CASES
from pakten.demo.dice import Dice
from pakten.demo.network import build_network
from pakten.demo.resources import words
from pakten.members.models import LeavingReason, Membership, State
from pakten.members.queries import active_memberships
from pakten.members.services import MembershipFacts, admit
from pakten.organisations.facts import FactSource, OrganisationFacts
from pakten.organisations.models import Organisation, Sector
from pakten.organisations.services import create_organisation
from pakten.organisations.services.groups import set_group_parent

SOURCE = "Påhittad historik för demonstration"
LEFT, DAYS = 44, 730
# How often each reason is noted; an empty one: nobody noted any.
_REASONS: tuple[tuple[str, int], ...] = (
    (LeavingReason.OWN_WISH, 13),
    (LeavingReason.CLOSED_DOWN, 9),
    (LeavingReason.NO_CONTACT, 7),
    (LeavingReason.NOT_PLEDGED, 5),
    (LeavingReason.OTHER, 3),
    (LeavingReason.REQUIREMENT, 2),
    ("", 5),
)
# Those, and the earlier membership of the one that stands twice.
FORMER = sum(number for _, number in _REASONS) + 1


@transaction.atomic
def seed_history(actor: User, *, now: datetime) -> int:
    """Store the demo's history where it is not yet; gives back how many former members it has."""
    if not Organisation.objects.filter(source=SOURCE).exists():
        source, today = FactSource(SOURCE, recorded_at=now), timezone.localdate(now)
        _former_members(actor, source, today=today)
        _twice(actor, source, today=today)
        _group(actor, source)
    return Membership.objects.filter(organisation__source=SOURCE, state=State.ENDED).count()


def _former_members(actor: User, source: FactSource, *, today: date) -> None:
    dice = Dice("history")
    taken = " ".join(member.organisation.name for member in build_network().members)
    stems = naming.Stems(dice, taken=taken)
    for reason in (reason for reason, number in _REASONS for _ in range(number)):
        private = dice.chance(0.7)
        called = (
            naming.company(dice, stems, legal_form="aktiebolag")
            if private
            else naming.association(dice, stems, serial=900 + dice.below(90))
        )
        ended = today - timedelta(days=dice.between(10, DAYS))
        facts = MembershipFacts(
            joined_on=ended - timedelta(days=dice.between(40, 1500)),
            state=State.ENDED,
            ended_on=ended,
            leaving_reason=reason,
        )
        sector = Sector.PRIVATE if private else Sector.CIVIL
        row = _organisation(called.name, actor, source=source, sector=sector, place=_place(dice))
        admit(row, facts, actor=actor, reason=source.what)


def _twice(actor: User, source: FactSource, *, today: date) -> None:
    """One with another spelling and an earlier membership, one that only the website gives away."""
    first, second = _ordinary()[3:5]
    one, other = first.organisation, second.organisation
    spelt = _organisation(
        one.legal_name.removesuffix(" AB"), actor, source=source, sector=Sector(one.sector), place=one.place
    )
    period = MembershipFacts(
        joined_on=today - timedelta(days=1900),
        state=State.ENDED,
        ended_on=today - timedelta(days=1500),
        leaving_reason=LeavingReason.OWN_WISH,
    )
    admit(spelt, period, actor=actor, reason=source.what)
    name = f"{other.legal_name.removesuffix(' AB').split()[0]} i {other.place}"
    _organisation(
        name, actor, source=source, sector=Sector(other.sector), place=other.place, website=other.website
    )


def _group(actor: User, source: FactSource) -> None:
    parent, *children = (membership.organisation for membership in _ordinary()[:3])
    for child in children:
        set_group_parent(child, parent, actor=actor, source=source, expected_version=child.version)


def _ordinary() -> list[Membership]:
    """Active companies that no planted case is about, in the order of their keys."""
    planted = [case.organisation for case in CASES]
    rows = active_memberships().filter(organisation__legal_form="aktiebolag")
    return list(rows.exclude(organisation__legal_name__in=planted).exclude(organisation__website="")[:5])


def _organisation(
    name: str, actor: User, *, source: FactSource, sector: Sector, place: str, website: str = ""
) -> Organisation:
    facts = OrganisationFacts(legal_name=name, sector=sector, place=place, website=website)
    return create_organisation(facts, actor=actor, source=source)


def _place(dice: Dice) -> str:
    return str(dice.pick(words().districts))
