"""Owners in the invented network: people, and holding companies that are not members themselves."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from pakten.demo import numbers
from pakten.demo.cases import CASES, HOLDING, HOLDING_STAKES
from pakten.demo.dice import Dice
from pakten.demo.people import invented_name
from pakten.demo.values import DemoOrganisation, DemoStake


def with_owners(
    organisations: list[DemoOrganisation], dice: Dice
) -> tuple[list[DemoOrganisation], tuple[DemoOrganisation, ...]]:
    """Known owners for about a fourth of the companies, and the holding companies among those owners."""
    cases = {case.organisation for case in CASES}
    holding = _holding(HOLDING, 0, stakes=HOLDING_STAKES)
    parents = [holding]
    result = []
    for organisation in organisations:
        if any(stake.owner_name == HOLDING for stake in organisation.stakes):
            stakes = tuple(
                replace(stake, owner_org_nr=holding.org_nr) if stake.owner_name == HOLDING else stake
                for stake in organisation.stakes
            )
        elif organisation.legal_form == "aktiebolag" and organisation.name not in cases and dice.chance(0.25):
            stakes = _stakes(organisation, dice, parents=parents)
        else:
            stakes = organisation.stakes
        result.append(replace(organisation, stakes=stakes))
    return result, tuple(parents)


def _stakes(
    organisation: DemoOrganisation, dice: Dice, *, parents: list[DemoOrganisation]
) -> tuple[DemoStake, ...]:
    owner = DemoStake(invented_name(dice), True, Decimal("100.0"))
    if dice.chance(0.6):
        part = Decimal(dice.pick((20, 30, 40, 50, 60)))
        return (replace(owner, percentage=part), DemoStake(invented_name(dice), True, 100 - part))
    name = organisation.name.removesuffix(" AB").removeprefix("AB ")
    parent = _holding(f"{name} Holding AB", len(parents), stakes=(owner,))
    parents.append(parent)
    return (DemoStake(parent.name, False, Decimal("100.0"), parent.org_nr),)


def _holding(name: str, serial: int, *, stakes: tuple[DemoStake, ...]) -> DemoOrganisation:
    return DemoOrganisation(
        key=f"owner-{serial + 1:02d}",
        name=name,
        legal_form="aktiebolag",
        sector="private",
        org_nr=numbers.organisation_number("aktiebolag", 900 + serial),
        place="Norrmalm",
        website="",
        email="",
        description="Äger andra bolag.",
        stakes=stakes,
    )
