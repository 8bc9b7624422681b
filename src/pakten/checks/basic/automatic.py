"""What the system can look at by itself. What it can't, it says so: never *ok* without having looked.

A deviation is what a person has confirmed: where something speaks against an item, the system tells what it
saw and leaves the answer open.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from pakten.checks.models import CheckResult
from pakten.core.templatetags.formats import moment
from pakten.members.application_facts import agreement_of
from pakten.members.models import Application, CollectiveAgreement
from pakten.organisations.models import RegisterEntry, Sector
from pakten.organisations.registers import RegisterFacts, look_up
from vandel.ids import orgnr

APPLICATION = "Ansökan"
# What registers call an organisation that goes on as usual.
_ACTIVE = frozenset({"aktiv", "aktivt", "registrerad", "registrerat", "verksam"})
NO_REGISTER = "Inget register är kopplat. Titta själv om du har tillgång till ett."


@dataclass(frozen=True, slots=True)
class Looked:
    """What was seen, in what source, and where in it. ``result`` None = a person has to answer."""

    result: CheckResult | None
    note: str
    source: str
    where: str = ""
    sha256: str = ""


# The first digit is a hint about the legal form, by the series in which numbers are given out.
_USUAL = {
    "2": "stat, region eller kommun",
    "5": "aktiebolag",
    "7": "ekonomisk förening eller bostadsrättsförening",
    "8": "ideell förening eller stiftelse",
    "9": "handelsbolag eller kommanditbolag",
}


def number(application: Application) -> Looked:
    """Is the number possible? A missing number could not be checked."""
    held = application.organisation.org_nr
    source = "Kontrollsiffran, uträknad av systemet"
    if not held:
        return Looked(CheckResult.COULD_NOT_CHECK, "Organisationsnummer saknas.", source)
    if not orgnr.is_valid(held):
        return Looked(None, "Kontrollsiffran stämmer inte.", source)
    if orgnr.is_personal(held):
        return Looked(CheckResult.OK, "Numret är en enskild näringsidkares och visas inte.", source)
    usual = _USUAL.get(held[0])
    hint = f" Första siffran är vanlig för {usual}." if usual else ""
    return Looked(CheckResult.OK, f"Kontrollsiffran stämmer.{hint}", source)


def website(application: Application) -> Looked:
    """Where to go; a person visits it. Nothing to visit where no address is known."""
    if address := application.organisation.website:
        return Looked(None, "", "Webbplatsen", address)
    return Looked(CheckResult.COULD_NOT_CHECK, "Vi känner inte till någon webbplats.", APPLICATION)


def exists(application: Application) -> Looked:
    """What the register says of whether it is active; a register that does not know it proves nothing."""
    facts = look_up(application.organisation.org_nr or "")
    if facts is None:
        return _not_in_register(application)
    if not facts.status or facts.status.casefold() in _ACTIVE:
        said = f"Registret säger: {facts.status}." if facts.status else "Organisationen finns i registret."
        return _seen(facts, result=CheckResult.OK, note=said)
    return _seen(facts, result=None, note=f"Registret säger: {facts.status}.")


def name_and_address(application: Application) -> Looked:
    """Are name and address in the application as in the register? Case and spacing don't matter."""
    facts = look_up(application.organisation.org_nr or "")
    if facts is None:
        return _not_in_register(application)
    held = application.organisation
    stated = (("namn", application.organisation_name, facts.legal_name), ("ort", held.place, facts.place))
    differing = [
        f"{what} ”{ours}” i ansökan, ”{theirs}” i registret"
        for what, ours, theirs in stated
        if ours and theirs and _folded(ours) != _folded(theirs)
    ]
    if differing:
        return _seen(facts, result=None, note=f"Skiljer sig: {'; '.join(differing)}.")
    return _seen(facts, result=CheckResult.OK, note="Namn och ort är som i registret.")


def _not_in_register(application: Application) -> Looked:
    if not RegisterEntry.objects.exists():
        return not_connected(application)
    note = "Numret finns inte i registret. Det behöver inte betyda att något är fel."
    return Looked(CheckResult.COULD_NOT_CHECK, note, "Inläst register")


def _seen(facts: RegisterFacts, *, result: CheckResult | None, note: str) -> Looked:
    return Looked(result, note, facts.source[:200], f"uppgift från {moment(facts.recorded_at)}")


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def not_connected(_application: Application) -> Looked:
    """No register to ask."""
    return Looked(CheckResult.COULD_NOT_CHECK, NO_REGISTER, "Systemet")


def tax(application: Application) -> Looked:
    """An association without employees is not asked for registration as an employer."""
    if application.sector == Sector.CIVIL and application.organisation.employees == "0":
        return Looked(CheckResult.NOT_APPLICABLE, "Föreningen har inga anställda.", APPLICATION)
    return not_connected(application)


def persons(application: Application) -> Looked:
    """Those whom we know of are compared with the lists; no register says that they are all."""
    known = application.organisation.known_persons.filter(valid_to=None).count()
    note = f"Vi känner till {known} personer. {NO_REGISTER}" if known else NO_REGISTER
    return Looked(CheckResult.COULD_NOT_CHECK, note, "Systemet")


def owners(application: Application) -> Looked:
    """What the organisation has stated is not verified by having been stated."""
    stakes = application.organisation.stakes.filter(valid_to=None)
    if not stakes:
        return not_connected(application)
    stated = ", ".join(_share(stake.owner_name, stake.percentage) for stake in stakes)
    return Looked(CheckResult.COULD_NOT_CHECK, f"Uppgivet, inte styrkt: {stated}.", APPLICATION)


def agreement(application: Application) -> Looked | None:
    """What the organisation has answered is stated, not verified; it is information and no condition."""
    stated = agreement_of(application)
    if stated == CollectiveAgreement.UNKNOWN:
        return None
    note = f"Uppgivet, inte styrkt: {stated.label}."
    return Looked(CheckResult.COULD_NOT_CHECK, note, APPLICATION)


def _share(name: str, percentage: Decimal | None) -> str:
    if percentage is None:
        return f"{name}, okänd andel"
    return f"{name} {percentage.normalize():f} %".replace(".", ",")


AUTOMATIC: dict[str, Callable[[Application], Looked | None]] = {
    "nummer": number,
    "finns": exists,
    "namn": name_and_address,
    "skatt": tax,
    "styrelse": persons,
    "huvudman": not_connected,
    "agare": owners,
    "webbplats": website,
    "kollektivavtal": agreement,
}


def look(slug: str, application: Application) -> Looked | None:
    """What the system sees of one item by itself; None = a person has to look."""
    return AUTOMATIC[slug](application) if slug in AUTOMATIC else None
