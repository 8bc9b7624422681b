"""The invented network: 370 organisations in three sectors, with the planted cases among them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from pakten.demo import naming, numbers
from pakten.demo.cases import CASES, HOLDING
from pakten.demo.dice import Dice
from pakten.demo.owners import with_owners
from pakten.demo.people import board
from pakten.demo.resources import words
from pakten.demo.values import DemoMember, DemoNetwork, DemoOrganisation, DemoPerson, PlantedCase

SEED = "integrationspakten"
PRIVATE, CIVIL, PUBLIC = 259, 74, 37
DORMANT, NO_WEBSITE, DEAD_WEBSITE, UNKNOWN_AGREEMENT, NO_NUMBER, NO_PERSONS = 25, 9, 6, 148, 8, 6
_PRIVATE_FORMS = (
    ("enskild firma", 6),
    ("handelsbolag", 10),
    ("kommanditbolag", 5),
    ("ekonomisk förening", 8),
    ("aktiebolag", 230),
)
# First day, days and share who joined: the start, the steady years, the wave after the invasion, later.
_WAVES = (
    (date(2019, 9, 16), 100, 45),
    (date(2020, 1, 7), 770, 30),
    (date(2022, 3, 1), 110, 17),
    (date(2022, 8, 15), 1400, 8),
)


def build_network(seed: str = SEED) -> DemoNetwork:
    """The whole demo network; the same ``seed`` gives an equal network."""
    dice = Dice(seed)
    organisations = _plant(_ordinary(dice), dice)
    organisations, parents = with_owners(organisations, dice)
    organisations = _with_gaps(organisations, dice)
    return DemoNetwork(_memberships(organisations, dice), parents, CASES)


def _ordinary(dice: Dice) -> list[DemoOrganisation]:
    stems = naming.Stems(dice, taken=" ".join(case.organisation for case in CASES) + HOLDING)
    forms = dice.shuffled([form for form, count in _PRIVATE_FORMS for _ in range(count)])
    private = [
        naming.sole_trader(dice) if form == "enskild firma" else naming.company(dice, stems, legal_form=form)
        for form in forms
    ]
    civil = [naming.association(dice, stems, serial=serial) for serial in range(CIVIL)]
    public = [naming.public_body(serial) for serial in range(PUBLIC)]
    sectors = ["private"] * PRIVATE + ["civil"] * CIVIL + ["public"] * PUBLIC
    pairs = dice.shuffled(list(zip(private + civil + public, sectors, strict=True)))
    return [
        _organisation(dice, serial, called=called, sector=sector)
        for serial, (called, sector) in enumerate(pairs)
    ]


def _organisation(dice: Dice, serial: int, *, called: naming.Naming, sector: str) -> DemoOrganisation:
    if called.legal_form == "enskild firma":
        born = date(dice.between(1955, 1995), dice.between(1, 12), dice.between(1, 28))
        org_nr = numbers.sole_trader_number(born, serial % 20)
    else:
        org_nr = numbers.organisation_number(called.legal_form, serial)
    host = f"{naming.slug(called.name)[:60].strip('-')}.example"
    place = dice.pick(words().municipalities if sector == "public" else words().districts)
    return DemoOrganisation(
        key=f"org-{serial + 1:03d}",
        name=called.name,
        legal_form=called.legal_form,
        sector=sector,
        org_nr=org_nr,
        place=place,
        website=f"https://{host}",
        email=f"info@{host}",
        description=f"{called.description} {_size(dice, sector)}".strip(),
        other_names=tuple(other for other in called.others if other != called.name),
        persons=_persons(dice, called, sector=sector),
    )


def _persons(dice: Dice, called: naming.Naming, *, sector: str) -> tuple[DemoPerson, ...]:
    if sector == "public":
        return ()
    if called.legal_form == "enskild firma":
        return (DemoPerson(called.name.rpartition(" ")[0], "signatory"),)
    return board(dice)


def _size(dice: Dice, sector: str) -> str:
    if sector == "public" or dice.chance(0.3):
        return ""
    people = dice.pick((3, 6, 8, 12, 15, 20, 35, 60, 120, 250))
    return f"Omkring {people} {'anställda' if sector == 'private' else 'engagerade'}."


def _plant(organisations: list[DemoOrganisation], dice: Dice) -> list[DemoOrganisation]:
    """``organisations`` where one ordinary one of the right form has become the subject of each case."""
    planted = list(organisations)
    free = dice.shuffled(range(len(organisations)))
    for case in CASES:
        place = next(i for i in free if organisations[i].legal_form == case.legal_form)
        free.remove(place)
        planted[place] = _become(organisations[place], case)
    return planted


def _become(organisation: DemoOrganisation, case: PlantedCase) -> DemoOrganisation:
    host = f"{naming.slug(case.organisation) or organisation.key}.example"
    return replace(
        organisation,
        name=case.organisation,
        other_names=(),
        website=f"https://{host}",
        email=f"info@{host}",
        description=case.description or organisation.description,
        persons=case.persons + organisation.persons[:3],
        stakes=case.stakes,
    )


def _with_gaps(organisations: list[DemoOrganisation], dice: Dice) -> list[DemoOrganisation]:
    """``organisations`` where some lack a website, a number or known persons, as in any real register."""
    cases = {case.organisation for case in CASES}
    free = dice.shuffled([i for i, each in enumerate(organisations) if each.name not in cases])
    result = list(organisations)
    for i in free[:NO_WEBSITE]:
        result[i] = replace(result[i], website="", email="")
    for i in free[NO_WEBSITE : NO_WEBSITE + DEAD_WEBSITE]:
        # .invalid is reserved so that it never leads anywhere.
        result[i] = replace(result[i], website=result[i].website.replace(".example", ".invalid"))
    for i in _first(free[20:], result, forms={"ideell förening", "stiftelse"}, count=NO_NUMBER):
        result[i] = replace(result[i], org_nr="")
    for i in _first(free[20:], result, forms={"aktiebolag"}, count=NO_PERSONS):
        result[i] = replace(result[i], persons=())
    return result


def _first(
    free: list[int], organisations: list[DemoOrganisation], *, forms: set[str], count: int
) -> list[int]:
    """The first ``count`` of ``free`` with one of the legal forms and without known owners."""
    return [i for i in free if organisations[i].legal_form in forms and not organisations[i].stakes][:count]


def _memberships(organisations: list[DemoOrganisation], dice: Dice) -> tuple[DemoMember, ...]:
    cases = {case.organisation for case in CASES}
    dormant = set(dice.shuffled([each.key for each in organisations if each.name not in cases])[:DORMANT])
    askable = [
        each.key for each in organisations if each.sector != "public" and each.legal_form != "enskild firma"
    ]
    unknown = set(dice.shuffled(askable)[:UNKNOWN_AGREEMENT])
    return tuple(
        DemoMember(
            each,
            state="dormant" if each.key in dormant else "active",
            joined_on=_joined(dice),
            agreement="unknown" if each.key in unknown else _agreement(dice, each),
        )
        for each in organisations
    )


def _agreement(dice: Dice, organisation: DemoOrganisation) -> str:
    if organisation.sector == "public":
        return "bound"
    if organisation.legal_form == "enskild firma":
        return "no_employees"
    return dice.pick(("bound", "bound", "bound", "equivalent_terms_stated", "no", "no_employees"))


def _joined(dice: Dice) -> date:
    lot = dice.below(100)
    for first, days, share in _WAVES:
        if lot < share:
            return first + timedelta(days=dice.below(days))
        lot -= share
    raise AssertionError("the shares of the waves add up to 100")
