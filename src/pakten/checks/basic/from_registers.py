"""What registers say of an item: read from the kept answers, never asked from here.

*Not found* and *could not reach* are two outcomes, told apart in words, and neither is *ok*. What speaks
against an item is proposed; a person answers. An association may be inactive in the registers' sense and
exist, and taking over another company in a merger is no distress. An answer that has grown old, or that a
register gave that is no longer connected, is shown with its date and answers nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from pakten.checks.basic.looked import SYSTEM, Looked
from pakten.checks.models import BasicControl, CheckResult
from pakten.core.templatetags.formats import moment
from pakten.organisations.models import LookupOutcome, Organisation, RegisterLookup, Sector
from pakten.organisations.register_queries import KeptAnswer, can_be_asked, latest_answers
from pakten.organisations.registers.prefill import divided, standing_words
from pakten.organisations.registers.said import restored
from vandel.registers.facts import Field
from vandel.registers.standing import Signal, standing

NO_REGISTER = "Inget register är kopplat. Titta själv om du har tillgång till ett."
NOT_ASKED = "Registren frågas. Svaret kommer hit när det finns."
_MEANS_NOTHING = "Det behöver inte betyda att något är fel."
PUBLIC_BODIES = "public-bodies"
# GLEIF knows those who have an LEI; not having one says nothing.
_LEI = "gleif"
# What tables call an organisation that goes on as usual; the bulk files and APIs have codes.
_GOES_ON = frozenset({"aktiv", "aktivt", "registrerad", "registrerat", "verksam"})
_CODED = frozenset({"bolagsverket", "scb", "bolagsverket-api"})
# By words that a legal form's name has: which sectors it is usual in.
_FORMS: tuple[tuple[str, frozenset[Sector]], ...] = (
    ("aktiebolag", frozenset({Sector.PRIVATE})),
    ("handelsbolag", frozenset({Sector.PRIVATE})),
    ("kommanditbolag", frozenset({Sector.PRIVATE})),
    ("enskild", frozenset({Sector.PRIVATE})),
    ("europabolag", frozenset({Sector.PRIVATE})),
    ("bank", frozenset({Sector.PRIVATE})),
    ("försäkring", frozenset({Sector.PRIVATE})),
    ("utländsk", frozenset({Sector.PRIVATE, Sector.CIVIL})),
    ("ekonomisk", frozenset({Sector.PRIVATE, Sector.CIVIL})),
    ("bostadsrätt", frozenset({Sector.PRIVATE, Sector.CIVIL})),
    ("stiftelse", frozenset({Sector.PRIVATE, Sector.CIVIL})),
    ("ideell", frozenset({Sector.CIVIL})),
    ("trossamfund", frozenset({Sector.CIVIL})),
    ("kyrkan", frozenset({Sector.CIVIL})),
    ("kommun", frozenset({Sector.PUBLIC})),
    ("region", frozenset({Sector.PUBLIC})),
    ("statlig", frozenset({Sector.PUBLIC})),
    ("myndighet", frozenset({Sector.PUBLIC})),
    ("förvaltning", frozenset({Sector.PUBLIC})),
    ("offentlig", frozenset({Sector.PUBLIC})),
)


def exists(control: BasicControl) -> Looked:
    """Registered and going on: not deregistered, bankrupt or in liquidation."""
    return _read(control, _exists, words=_words)


def name_and_address(control: BasicControl) -> Looked:
    """Are name and place as in the registers? Case and spacing don't matter."""
    return _read(control, _name_and_address, words=_named)


def legal_form(control: BasicControl) -> Looked:
    """Is the register's legal form one of those that are usual in the sector? A person judges what is not."""
    return _read(control, _legal_form, words=_formed)


def _exists(found: list[RegisterLookup], control: BasicControl) -> Looked:
    against = [said for row in found if (said := _speaks_against(row, control.sector))]
    if against:
        note = " ".join(f"{row.title}: {words}." for row, words in against)
        return _seen([row for row, _ in against], None, note=note, proposed=CheckResult.DEVIATION)
    assured = [row for row in found if _assures(row)]
    if not assured:
        note = f"{_titles(found)} svarade inte på om den är avregistrerad eller på obestånd."
        return _seen(found, CheckResult.COULD_NOT_CHECK, note=note)
    told = " ".join(f"{row.title}: {_words(row)}." for row in assured)
    return _seen(assured, CheckResult.OK, note=told)


def _name_and_address(found: list[RegisterLookup], control: BasicControl) -> Looked:
    differing = [words for row in found for words in _differences(row, control)]
    if differing:
        note = f"Skiljer sig: {'; '.join(differing)}."
        return _seen(found, None, note=note, proposed=CheckResult.DEVIATION)
    named = [row for row in found if restored(row).values(Field.NAME)]
    if not named:
        return _seen(found, CheckResult.COULD_NOT_CHECK, note="Registret svarade inte på vad den heter.")
    return _seen(named, CheckResult.OK, note="Namn och ort är som i registret.")


def _legal_form(found: list[RegisterLookup], control: BasicControl) -> Looked:
    forms = {value: row for row in found for value in restored(row).values(Field.LEGAL_FORM)}
    known = {value: sectors for value in forms if (sectors := _sectors_of(value))}
    if not known:
        note = "Registret säger ingen form som vi känner till."
        return _seen(found, CheckResult.COULD_NOT_CHECK, note=note)
    unusual = [value for value, sectors in known.items() if control.sector not in sectors]
    rows = [forms[value] for value in known]
    if unusual:
        note = f"Registret säger {', '.join(unusual)}, sektorn är {control.sector.label}."
        return _seen(rows, None, note=note)
    return _seen(rows, CheckResult.OK, note=f"Registret säger {', '.join(known)}.")


def parents(control: BasicControl) -> str:
    """What GLEIF says of organisations that consolidate this one, in a sentence; it never says how much."""
    told, aside = [], []
    for answer in latest_answers(control.organisation):
        said = restored(answer.row)
        found = [
            f"{words} moderbolag {value} (LEI)"
            for field, words in ((Field.DIRECT_PARENT, "närmaste"), (Field.ULTIMATE_PARENT, "yttersta"))
            for value in said.values(field)
        ]
        told += found
        aside += [answer.why_not] if found and answer.why_not else []
    return " ".join([f"GLEIF: {', '.join(told)}. Andelen står inte där.", *aside]) if told else ""


def _read(
    control: BasicControl,
    read: Callable[[list[RegisterLookup], BasicControl], Looked],
    *,
    words: Callable[[RegisterLookup], str],
) -> Looked:
    """What the answers that count say; beside it those that don't, with their dates and ``words``."""
    if not control.organisation.org_nr:
        return _silent("Organisationsnummer saknas, så registren går inte att fråga.", SYSTEM)
    known = latest_answers(control.organisation)
    answers = [each for each in known if not each.row.register_id.startswith(_LEI)]
    rows = [each.row for each in answers if each.counts]
    aside = [
        each for each in answers if not each.counts and each.row.outcome != LookupOutcome.COULD_NOT_CHECK
    ]
    if not rows:
        return _outdated(control, aside, words=words) if aside else _not_asked(control.organisation)
    found = _best(rows, control.sector)
    seen = read(found, control) if found else _none_found(rows)
    return replace(seen, note=" ".join([seen.note, *(_aside(each, words) for each in aside)]).strip())


def _best(rows: list[RegisterLookup], sector: Sector) -> list[RegisterLookup]:
    """The registers that know the organisation."""
    found = [row for row in rows if row.outcome == LookupOutcome.FOUND]
    if sector == Sector.PUBLIC:
        # The list of public bodies is what tells of them; other registers only where it is silent.
        return [row for row in found if row.register_id == PUBLIC_BODIES] or found
    return found


def _outdated(
    control: BasicControl, answers: list[KeptAnswer], *, words: Callable[[RegisterLookup], str]
) -> Looked:
    note = " ".join(["Kunde inte kontrolleras.", *(_aside(each, words) for each in answers)])
    seen = _seen([each.row for each in answers], CheckResult.COULD_NOT_CHECK, note=note)
    return replace(seen, is_outdated=can_be_asked(control.organisation))


def _aside(answer: KeptAnswer, words: Callable[[RegisterLookup], str]) -> str:
    """What an answer that doesn't count said then, so that nobody takes it for how it is."""
    if answer.row.outcome != LookupOutcome.FOUND:
        return f"{answer.why_not} Då fanns numret inte där."
    said = words(answer.row)
    return f"{answer.why_not} Då stod där: {said}." if said else answer.why_not


def _not_asked(organisation: Organisation) -> Looked:
    """A person may answer while the registers are being asked; what they say then comes of itself."""
    if can_be_asked(organisation):
        return Looked(None, NOT_ASKED, SYSTEM)
    if organisation.sole_trader:
        return _silent("Enskilda näringsidkare finns inte i registrens filer.", SYSTEM)
    return _silent(NO_REGISTER, SYSTEM)


def _none_found(rows: list[RegisterLookup]) -> Looked:
    missing = [row for row in rows if row.outcome == LookupOutcome.NOT_FOUND]
    unreached = [row for row in rows if row.outcome == LookupOutcome.COULD_NOT_CHECK]
    told = [f"Numret finns inte i {_titles(missing)}. {_MEANS_NOTHING}"] if missing else []
    told += [f"{row.title}: {row.reason}" for row in unreached]
    return _seen(missing or unreached, CheckResult.COULD_NOT_CHECK, note=" ".join(told))


def _speaks_against(row: RegisterLookup, sector: Sector) -> tuple[RegisterLookup, str] | None:
    said = restored(row)
    signals = standing(said)
    if Signal.YES in (signals.is_deregistered, signals.in_distress):
        proceedings = ", ".join(fact.value for fact in signals.proceedings)
        return row, standing_words(said) if signals.is_deregistered is Signal.YES else proceedings
    words = standing_words(said)
    if row.register_id not in _CODED:
        return (row, words) if words and words.casefold() not in _GOES_ON else None
    inactive = signals.is_active is Signal.NO and sector != Sector.CIVIL
    return (row, "inte verksam") if inactive else None


def _assures(row: RegisterLookup) -> bool:
    if row.register_id not in _CODED:
        # To stand in a table says only that it was once entered; the public bodies' list is kept up to date.
        return row.register_id == PUBLIC_BODIES or bool(standing_words(restored(row)))
    signals = standing(restored(row))
    if signals.in_distress is Signal.COULD_NOT_CHECK:
        return False
    return signals.is_deregistered is Signal.NO or signals.is_active is Signal.YES


def _words(row: RegisterLookup) -> str:
    words = standing_words(restored(row))
    return words.lower() if words else "finns där, inget talar emot"


def _named(row: RegisterLookup) -> str:
    said = restored(row)
    places = sorted({divided(address)[1] for address in said.values(Field.ADDRESS)} - {""})
    return ", ".join([*said.values(Field.NAME)[:1], *places[:1]])


def _formed(row: RegisterLookup) -> str:
    return ", ".join(restored(row).values(Field.LEGAL_FORM))


def _differences(row: RegisterLookup, control: BasicControl) -> Iterable[str]:
    said, place = restored(row), control.organisation.place
    names = said.values(Field.NAME)
    if names and _folded(control.name) not in {_folded(name) for name in names}:
        yield f"namn ”{control.name}” hos oss, ”{names[0]}” i {row.title}"
    places = {divided(address)[1] for address in said.values(Field.ADDRESS)} - {""}
    if place and places and _folded(place) not in {_folded(each) for each in places}:
        yield f"ort ”{place}” hos oss, ”{min(places)}” i {row.title}"


def _sectors_of(form: str) -> frozenset[Sector]:
    return next((sectors for words, sectors in _FORMS if words in form.casefold()), frozenset())


def _seen(
    rows: list[RegisterLookup],
    result: CheckResult | None,
    *,
    note: str,
    proposed: CheckResult | None = None,
) -> Looked:
    newest = max(rows, key=lambda row: row.at)
    dated = ", ".join(dict.fromkeys(moment(row.said_at) for row in rows if row.said_at))
    where = f"uppgifter från {dated}" if dated else ""
    return Looked(result, note, _titles(rows), where, newest.sha256, proposed=proposed, at=newest.at)


def _silent(note: str, source: str) -> Looked:
    return Looked(CheckResult.COULD_NOT_CHECK, note, source)


def _titles(rows: list[RegisterLookup]) -> str:
    return ", ".join(dict.fromkeys(row.title for row in rows))[:200]


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
