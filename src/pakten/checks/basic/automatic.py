"""What the system can look at by itself. What it can't, it says so: never *ok* without having looked.

A deviation is what a person has confirmed: where something speaks against an item, the system tells what it
saw and leaves the answer open.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import partial

from pakten.checks.basic.from_registers import exists, legal_form, name_and_address, parents
from pakten.checks.basic.from_visits import seen_on_site, told_on_site
from pakten.checks.basic.items import FROM_VISITS, WEBSITE
from pakten.checks.basic.looked import SYSTEM, Looked
from pakten.checks.models import BasicControl, CheckResult
from pakten.members.application_facts import agreement_of
from pakten.members.models import CollectiveAgreement, State
from pakten.organisations.models import Sector
from vandel.ids import orgnr

AGREEMENT = "kollektivavtal"
APPLICATION, CARD = "Ansökan", "Organisationens kort hos oss"
NO_REGISTER = "Inget register som vi frågar svarar på det. Titta själv om du har tillgång till ett."


# The first digit is a hint about the legal form, by the series in which numbers are given out.
_USUAL = {
    "2": "stat, region eller kommun",
    "5": "aktiebolag",
    "7": "ekonomisk förening eller bostadsrättsförening",
    "8": "ideell förening eller stiftelse",
    "9": "handelsbolag eller kommanditbolag",
}


def number(control: BasicControl) -> Looked:
    """Is the number possible? A missing number could not be checked."""
    held = control.organisation.org_nr
    source = "Kontrollsiffran, uträknad av systemet"
    if not held:
        return Looked(CheckResult.COULD_NOT_CHECK, "Organisationsnummer saknas.", source)
    if not orgnr.is_valid(held):
        return Looked(None, "Kontrollsiffran stämmer inte.", source)
    if orgnr.is_personal(held):
        return Looked(CheckResult.OK, "Numret är en enskild näringsidkares och visas inte.", source)
    usual = _USUAL.get(held[0])
    hint = f" Första siffran är vanlig för {usual}." if usual else ""
    told, needs_person = told_on_site(control.organisation, "own_number", "other_number")
    note = f"Kontrollsiffran stämmer.{hint} {told}".strip()
    if needs_person:
        return Looked(None, note, source, proposed=CheckResult.OK)
    return Looked(CheckResult.OK, note, source)


def named(control: BasicControl) -> Looked:
    """What the registers say; beside it what stands on the website, which decides nothing."""
    seen = name_and_address(control)
    told, _ = told_on_site(control.organisation, "name", "place")
    return replace(seen, note=f"{seen.note} {told}".strip())


def website(control: BasicControl) -> Looked:
    """What the newest visit says; before it, where to go. Nothing to visit where no address is known."""
    if address := control.organisation.website:
        return seen_on_site(control, WEBSITE) or Looked(None, "", "Webbplatsen", address)
    return Looked(CheckResult.COULD_NOT_CHECK, "Vi känner inte till någon webbplats.", _stated(control))


def told_of(control: BasicControl, slug: str) -> Looked | None:
    """What the website says of a matter; a person looks elsewhere too, and has the last word."""
    if control.organisation.website:
        return seen_on_site(control, slug)
    return Looked(CheckResult.COULD_NOT_CHECK, "Vi känner inte till någon webbplats.", _stated(control))


def not_connected(_control: BasicControl) -> Looked:
    """No register to ask."""
    return Looked(CheckResult.COULD_NOT_CHECK, NO_REGISTER, SYSTEM)


def tax(control: BasicControl) -> Looked:
    """An association without employees is not asked for registration as an employer."""
    if control.sector == Sector.CIVIL and control.organisation.employees == "0":
        return Looked(CheckResult.NOT_APPLICABLE, "Föreningen har inga anställda.", _stated(control))
    return not_connected(control)


def persons(control: BasicControl) -> Looked:
    """Those whom we know of are compared with the lists; no register says that they are all."""
    known = control.organisation.known_persons.filter(valid_to=None).count()
    note = f"Vi känner till {known} personer. {NO_REGISTER}" if known else NO_REGISTER
    return Looked(CheckResult.COULD_NOT_CHECK, note, SYSTEM)


def owners(control: BasicControl) -> Looked:
    """What the organisation has stated is not verified by having been stated; no register has the shares."""
    stakes = control.organisation.stakes.filter(valid_to=None)
    stated = ", ".join(_share(stake.owner_name, stake.percentage) for stake in stakes)
    told = [f"Uppgivet, inte styrkt: {stated}."] if stated else []
    told += filter(None, [parents(control)])
    if not told:
        return not_connected(control)
    return Looked(CheckResult.COULD_NOT_CHECK, " ".join(told), _stated(control) if stated else "GLEIF")


def agreement(control: BasicControl) -> Looked | None:
    """What the organisation states, to us or on its website, is not verified; it is information."""
    stated = _agreement_stated(control)
    told = f"Uppgivet, inte styrkt: {stated.label}." if stated != CollectiveAgreement.UNKNOWN else ""
    on_site = seen_on_site(control, AGREEMENT)
    if on_site and (on_site.result != CheckResult.COULD_NOT_CHECK or not told):
        return replace(on_site, note=f"{on_site.note} {told}".strip())
    return Looked(CheckResult.COULD_NOT_CHECK, told, _stated(control)) if told else None


def _agreement_stated(control: BasicControl) -> CollectiveAgreement:
    if control.application is not None:
        return agreement_of(control.application)
    held = control.organisation.memberships.exclude(state=State.ENDED).first()
    return CollectiveAgreement(held.collective_agreement) if held else CollectiveAgreement.UNKNOWN


def _stated(control: BasicControl) -> str:
    return APPLICATION if control.application else CARD


def _share(name: str, percentage: Decimal | None) -> str:
    if percentage is None:
        return f"{name}, okänd andel"
    return f"{name} {percentage.normalize():f} %".replace(".", ",")


AUTOMATIC: dict[str, Callable[[BasicControl], Looked | None]] = {
    "nummer": number,
    "finns": exists,
    "namn": named,
    "form": legal_form,
    "skatt": tax,
    "styrelse": persons,
    "huvudman": not_connected,
    "agare": owners,
    WEBSITE: website,
    AGREEMENT: agreement,
    **{slug: partial(told_of, slug=slug) for slug in FROM_VISITS},
}


def look(slug: str, control: BasicControl) -> Looked | None:
    """What the system sees of one item by itself; None = a person has to look."""
    return AUTOMATIC[slug](control) if slug in AUTOMATIC else None
