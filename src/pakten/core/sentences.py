"""The engine's refusals in Swedish: what was wrong and, where it helps, what to do.

The sentences begin with a capital and end with a full stop; the page adds what was kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from string import Formatter
from typing import Any

from pakten.core.templatetags.formats import count, duration, moment, size
from vandel.errors import InputError

# One code may be raised with different parameters: the first sentence whose parameters are all there is used.
SENTENCES: dict[str, tuple[str, ...]] = {
    "audit.bad_checkpoint": ("Filen är ingen kontrollpunkt för loggen.",),
    "index.other_rules": ("Namnregistret är byggt med andra regler än de som gäller nu. Bygg det på nytt.",),
    "index.unreadable": ("Namnregistret är skadat. Bygg det på nytt.",),
    "lists.archive_bomb": (
        "Filen ”{name}” i arkivet skulle bli orimligt stor när den packas upp. Därför läste vi den inte.",
        "Arkivet är byggt så att det kan fylla hela datorn. Därför läste vi det inte.",
    ),
    "lists.archive_encrypted": ("Arkivet är låst med lösenord. Ta bort lösenordet och försök igen.",),
    "lists.archive_nested": ("Arkivet innehåller ett annat arkiv. Packa upp det och läs in filen inuti.",),
    "lists.archive_path": ("Arkivet pekar på en plats utanför sig självt. Därför läste vi det inte.",),
    "lists.attribute_too_long": ("En uppgift i filen är längre än någon uppgift på en lista kan vara.",),
    "lists.broken_archive": ("Arkivfilen ”{name}” är skadad eller avklippt. Hämta den på nytt.",),
    "lists.broken_csv": (
        "Filen ”{name}” är skadad på rad {line}. Hämta den på nytt.",
        "En cell i filen är skadad. Hämta den på nytt.",
    ),
    "lists.broken_json": ("Rad {line} är skadad eller avklippt. Hämta filen på nytt.",),
    "lists.broken_workbook": ("Excelfilen ”{name}” är skadad. Hämta den på nytt.",),
    "lists.broken_xml": ("Filen är skadad på rad {line}. Hämta den på nytt.",),
    "lists.damaged_edition": ("Den sparade utgåvan är skadad och används inte. Hämta listan på nytt.",),
    "lists.doctype": (
        "Filen har en dokumenttyp (DOCTYPE) som ingen lista behöver. Därför läste vi den inte.",
    ),
    "lists.duplicate_column": ("Filen ”{name}” har kolumnen ”{column}” två gånger.",),
    "lists.duplicate_id": ("Två poster på listan har samma nummer, {id}.",),
    "lists.empty": ("Filen ”{name}” är tom.", "Filen är tom."),
    "lists.encoding": (
        "Filen ”{name}” är ingen text i en känd teckenkodning.",
        "Filen anger en teckenkodning som vi inte känner till.",
    ),
    "lists.external_entity": ("Filen pekar på något utanför sig själv. Därför läste vi den inte.",),
    "lists.held": (
        "Filen skiljer sig så mycket från den utgåva som gäller att någon behöver titta först: {reasons}.",
    ),
    "lists.html": (
        "Filen ”{name}” är en webbsida och ingen lista. Utgivarens server svarade troligen med ett fel.",
    ),
    "lists.missing_column": ("Filen ”{name}” saknar kolumnen ”{column}”.",),
    "lists.missing_sheet": ("Excelfilen saknar bladet ”{sheet}”.",),
    "lists.missing_file": ("Det finns ingen fil som heter ”{name}”.",),
    "lists.mixed_formats": ("Filerna har olika format. Läs in en sort i taget.",),
    "lists.no_answer": ("{host} svarar inte. Försök igen om en stund.",),
    "lists.not_https": ("Adressen är inte krypterad (https). Därför hämtade vi inte listan.",),
    "lists.redirects": ("Utgivarens server skickade oss runt i en cirkel.",),
    "lists.server_refused": (
        "{host} svarade med fel {status}. Försök senare, eller hämta filen i webbläsaren och läs in den.",
    ),
    "lists.wrong_length": ("Bara en del av filen kom fram från {host}. Försök igen.",),
    "lists.no_address": ("Listan har ingen adress att hämta från. Läs in en fil i stället.",),
    "lists.no_entries": ("Filen har inga poster.",),
    "lists.no_id": ("En post på listan saknar nummer.",),
    "lists.not_a_file": ("”{name}” är ingen vanlig fil.",),
    "lists.not_ftm": ("Rad {line} är ingen post i formatet FollowTheMoney.",),
    "lists.older": (
        "Filen är från {new:moment}. Den är äldre än utgåvan som gäller, som är från {old:moment}.",
        "Filen är utgåvan {known}, som {current} har ersatt. En chef kan byta tillbaka till den.",
    ),
    "lists.record_count": (
        "Filen säger sig ha {promised:count} poster men har {found:count}. Den är inte hel.",
    ),
    "lists.row_width": ("Rad {row} i ”{name}” har fel antal kolumner. Filen är skadad eller avklippt.",),
    "lists.shuffled": (
        "{moved} namn står under andra posters nummer än förut. Raderna i filen har blandats.",
    ),
    "lists.token_too_long": ("Filen har en text utan slut. Den är skadad.",),
    "lists.too_deep": ("Filen är uppbyggd på ett sätt som ingen lista är. Därför läste vi den inte.",),
    "lists.too_large": ("Filen är för stor. Gränsen är {limit:size}.", "Filen från {host} är för stor."),
    "lists.too_many_columns": ("Rad {line} har fler kolumner än en lista kan ha.",),
    "lists.too_many_elements": ("Filen har fler uppgifter än en lista kan ha.",),
    "lists.too_many_files": ("Arkivet har {count:count} filer. Det är fler än vi läser.",),
    "lists.too_many_rows": (
        "Filen har fler än {limit:count} rader. Det är fler än en lista kan ha.",
        "Filen har fler rader än en lista kan ha.",
    ),
    "lists.too_slow": ("Det tog längre än {seconds:duration} att läsa filen, så vi avbröt.",),
    "lists.truncated": (
        "Filen ”{name}” slutar mitt i en rad. Den är avklippt. Hämta den på nytt.",
        "Filen slutar mitt i. Den är avklippt. Hämta den på nytt.",
    ),
    "lists.unknown_edition": ("Utgåvan finns inte.",),
    "lists.unknown_format": (
        "Filen ”{name}” har inget format som vi kan läsa.",
        "Formatet ”{format}” finns inte.",
    ),
    "lists.unknown_list": ("Listan ”{list_id}” finns inte.",),
    "lists.wrong_columns": ("Filen ”{name}” har inte de kolumner som listan brukar ha.",),
    "lists.wrong_format": ("Filen har formatet {format}, men den här listan ges inte ut så.",),
    "lists.wrong_root": ("Filen är ingen av de listor som vi kan läsa. Den börjar med ”{root}”.",),
    "output.is_a_folder": ("Platsen är en mapp, inte en fil.",),
    "output.too_many_rows": (
        "Ett blad i Excel rymmer högst {limit:count} rader. Hämta listan som CSV i stället.",
    ),
    "output.unwritable": ("Det gick inte att spara filen.",),
    "registers.archive_bomb": (
        "Arkivet är byggt så att det kan fylla hela datorn. Därför läste vi det inte.",
    ),
    "registers.archive_content": ("Arkivet har inte de filer som registret brukar ha.",),
    "registers.archive_encrypted": ("Arkivet är låst med lösenord. Ta bort lösenordet och försök igen.",),
    "registers.archive_path": ("Arkivet pekar på en plats utanför sig självt. Därför läste vi det inte.",),
    "registers.bad_id": ("Registrets namn får bara ha bokstäver, siffror och bindestreck, och vara ledigt.",),
    "registers.broken_archive": ("Arkivfilen är skadad eller avklippt. Hämta den på nytt.",),
    "registers.broken_xml": ("Filen är skadad. Hämta den på nytt.",),
    "registers.cut": ("Filen är avklippt. Hämta den på nytt.",),
    "registers.damaged_edition": ("Den sparade utgåvan är skadad och används inte. Läs in filen på nytt.",),
    "registers.doctype": (
        "Filen har en dokumenttyp (DOCTYPE) som inget register behöver. Därför läste vi den inte.",
    ),
    "registers.empty": ("Filen är tom.",),
    "registers.encoding": ("Filen är inte skriven i den teckenkodning som registret brukar ha.",),
    "registers.held": ("Filen skiljer sig så mycket från utgåvan som gäller att någon behöver titta först.",),
    "registers.missing_file": ("Det finns ingen sådan fil.",),
    "registers.moving": ("Filen ändrades medan vi läste den. Försök igen när den är klar.",),
    "registers.no_number": ("Skriv ett organisationsnummer eller ett LEI-nummer.",),
    "registers.no_room": ("Utgåvan går inte att spara. Kontrollera att det finns plats på disken.",),
    "registers.none_in_force": ("Registret är inte inläst än. Läs in en fil först.",),
    "registers.not_a_file": ("Det är ingen vanlig fil.",),
    "registers.older": ("Filen är äldre än utgåvan som gäller. Därför tog vi inte in den.",),
    "registers.person": ("Numret är en privatpersons. Sådana sparas inte.",),
    "registers.record_too_long": ("Filen har en text utan slut. Den är skadad.",),
    "registers.shuffled": ("Namnen står på andra nummer än förut. Raderna i filen är omkastade.",),
    "registers.too_deep": ("Filen är uppbyggd på ett sätt som inget register är. Därför läste vi den inte.",),
    "registers.too_large": ("Filen är för stor.",),
    "registers.unknown_edition": ("Utgåvan finns inte.",),
    "registers.unknown_register": ("Registret finns inte.",),
    "registers.unreadable": ("För många poster i filen går inte att läsa. Hämta den på nytt.",),
    "registers.web_page": ("Filen är en webbsida och inget register. Servern svarade troligen med ett fel.",),
    "registers.wrong_format": ("Filen har inte de kolumner som registret brukar ha.",),
    "registers.wrong_number": ("Numret är inget organisationsnummer. Kontrollera att alla siffror är rätt.",),
    "table.bomb": ("Excelfilen är byggd så att den kan fylla hela datorn. Därför läste vi den inte.",),
    "table.broken_workbook": ("Excelfilen är skadad eller av en sort som inte går att läsa.",),
    "table.cell_too_long": ("En cell på rad {row} är längre än {limit:count} tecken.",),
    "table.cut": ("Filen slutar mitt i rad {row}. Den är avklippt. Spara den på nytt.",),
    "table.duplicate_header": ("Två kolumner har samma rubrik: {names}. Ge dem olika rubriker.",),
    "table.empty": ("Tabellen är tom.",),
    "table.no_header": ("Rad {row} har inga rubriker. Rubrikerna ska stå på första raden.",),
    "table.no_such_sheet": ("Det finns inget blad som heter ”{sheet}”. Bladen heter {sheets}.",),
    "table.not_a_table": ("Filen är ingen tabell. Välj en fil från Excel eller en CSV-fil.",),
    "table.not_text": ("Filen är ingen textfil. Välj en fil från Excel eller en CSV-fil.",),
    "table.nul_bytes": (
        "En cell på rad {row} har tecken som inte är text.",
        "Filen är ingen text i en känd teckenkodning. Spara den som CSV UTF-8.",
    ),
    "table.password": ("Excelfilen är låst med lösenord. Ta bort lösenordet och försök igen.",),
    "table.ragged_row": ("Rad {row} har {found} celler, men det finns bara {expected} rubriker.",),
    "table.stray_quote": ("Rad {row} har text efter ett avslutande citattecken.",),
    "table.too_large": ("Filen är för stor ({length:size}). Gränsen är {limit:size}.",),
    "table.too_many_columns": ("Tabellen har {found:count} kolumner. Vi läser högst {limit:count}.",),
    "table.too_many_rows": (
        "Bladet har {rows:count} rader. Det är fler än vi läser.",
        "Tabellen har fler än {limit:count} rader. Dela filen.",
    ),
    "table.unclosed_quote": ("Ett citattecken som börjar på rad {row} avslutas aldrig.",),
    "table.unreadable": ("Filen gick inte att läsa.",),
    "table.wrong_encoding": ("Filen blandar teckenkodningar. Spara den på nytt som CSV UTF-8.",),
}

# Why a list is held for a person to look at (vandel.lists.guards).
OBJECTIONS: dict[str, str] = {
    "below_floor": "den har färre poster än listan brukar ha",
    "fill_rate": "ovanligt många personer saknar födelsedatum",
    "shrunk": "den har klart färre poster än den senaste utgåvan",
    "changed": "ovanligt många poster är ändrade eller borttagna",
    "renamed": "ovanligt många poster har bytt namn men inte nummer",
}

_FORMATS: dict[str, Callable[[Any], str]] = {
    "count": count,
    "size": size,
    "duration": duration,
    "moment": moment,
}


def in_swedish(error: InputError) -> str:
    """The refusal in one or two Swedish sentences.

    A code without words of its own is named, so that whoever is asked for help can find it.
    """
    for sentence in SENTENCES.get(error.code, ()):
        if fields(sentence) <= error.params.keys():
            return _Swedish().vformat(sentence, (), {**error.params, **_reasons(error)})
    return f"Det gick inte att läsa det du lämnade ({error.code})."


def fields(sentence: str) -> set[str]:
    """The parameters that a sentence mentions."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def _reasons(error: InputError) -> dict[str, object]:
    reasons = error.params.get("reasons")
    if not isinstance(reasons, Iterable) or isinstance(reasons, str):
        return {}
    first: dict[str, Mapping[str, Any]] = {}
    for reason in reasons:
        if isinstance(reason, dict):
            first.setdefault(str(reason.get("code", "")), reason)
    return {"reasons": "; ".join(_objection(code, reason) for code, reason in first.items())}


def _objection(code: str, reason: Mapping[str, Any]) -> str:
    words, found, expected = OBJECTIONS.get(code, code), reason.get("found"), reason.get("expected")
    return words if found is None or expected is None else f"{words} ({count(found)} av {count(expected)})"


class _Swedish(Formatter):
    """``{limit:size}`` and the like are written as on our pages; several values are listed with ”och”."""

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec in _FORMATS:
            return _FORMATS[format_spec](value)
        if isinstance(value, (tuple, list)):
            return _listed([f"”{each}”" for each in value])
        return str(value)


def _listed(words: list[str]) -> str:
    *first, last = words or [""]
    return f"{', '.join(first)} och {last}" if first else last
