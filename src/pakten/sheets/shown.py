"""A sheet's content as the template lays it out: texts, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from pakten.core.templatetags.formats import date_iso, date_long, decimal, moment
from pakten.core.theme import theme
from pakten.sheets.brief import ROOMS, Room, brief, clip
from pakten.sheets.values import (
    DeviationLine,
    EditionLine,
    ItemLine,
    JudgementLine,
    LikenessLine,
    RegisterLine,
    SheetContent,
)

_NAME, _FOOTER = 90, 60
_MANY_MARKS = "{} stycken, fler än som får plats här. Läs dem i bilagan innan bladet lämnas vidare."
_LISTS = {
    "compared": "Jämförda namn",
    "unchecked": "Gick inte att kontrollera",
    "editions": "Listornas utgåvor",
    "registers": "Register",
    "likenesses": "Namnlikheter och bedömningar",
    "deviations": "Avvikelser",
    "statements": "Ställen på webbplatsen",
}
# More signs than this fit on no page, and it takes time to try.
_MOST_SIGNS = 12_000


def in_groups(digest: str) -> str:
    """A digest in groups of eight, to read and to type."""
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))


def shown(content: SheetContent, *, digest: str) -> dict[str, Any]:
    """What the template lays out: texts and lists of texts only. ``digest``: of the content.

    ``pages`` is the page in each of the rooms that it may need; the template takes the first that fits.
    """
    named = theme()
    as_of = timezone.localdate(content.as_of)
    return {
        "city": named.city,
        "network": named.network,
        "title": f"Kontrollblad: {content.organisation}",
        "organisation": clip(content.organisation, _NAME),
        "footer": clip(content.organisation, _FOOTER),
        "day": [as_of.year, as_of.month, as_of.day],
        "date": date_long(timezone.localdate(content.made_at)),
        "kind": content.title,
        "case": content.case,
        "digest": in_groups(digest),
        "receipts": [{"name": line.name, "digest": in_groups(line.sha256)} for line in content.receipts],
        "pages": _pages(content),
    }


def _pages(content: SheetContent) -> list[dict[str, Any]]:
    *roomy, last = (_page(content, room) for room in ROOMS)
    return [*(page for page in roomy if _signs(page) <= _MOST_SIGNS), last]


def _signs(value: Any) -> int:
    """How many signs all texts in ``value`` have."""
    if isinstance(value, str):
        return len(value)
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return sum(_signs(each) for each in inside)


def _page(content: SheetContent, room: Room) -> dict[str, Any]:
    """The page in one room; ``left`` tells of each list how many rows stand in the file only."""
    short = brief(content, room)
    told = short.content
    return {
        "size": room.size,
        "is_whole": short.is_whole and room.digests and room.marks,
        "left": {name: _left(name, number, room=room) for name, number in short.left.items()},
        "under": " · ".join(filter(None, (told.number, told.sector))),
        "facts": _facts(told),
        "result": {"slug": told.result, "label": told.result_label} if told.result else None,
        "standing": list(told.standing),
        "marks": list(told.marks) if room.marks or not told.marks else [_MANY_MARKS.format(len(told.marks))],
        "items": [_item(line, told) for line in told.items],
        "editions": [_edition(line) for line in told.editions],
        "compared": [
            {"name": line.name, "roles": ", ".join(line.roles) or line.kind, "label": line.label}
            for line in told.compared
        ],
        "likenesses": [_likeness(line) for line in told.likenesses],
        "visit": _visit(told),
        "registers": [_register(line) for line in told.registers],
        "deviations": [_deviation(line) for line in told.deviations],
        "unchecked": _unchecked(told),
        "digests": room.digests,
    }


def _left(name: str, number: int, *, room: Room) -> str:
    """How many rows of a list stand in the file only; without a row here the list is named."""
    return f"och {number} till, se bilagan" if room.rows[name] else f"{_LISTS[name]}: {number}, se bilagan"


def _unchecked(content: SheetContent) -> list[str]:
    """What could not be checked, but for what an item of the check list says in the very same words."""
    said = [f"{line.title}: {line.seen}" for line in content.items]
    return [line for line in content.unchecked if not any(line in words for words in said)]


def _register(line: RegisterLine) -> dict[str, str]:
    return {
        "register": line.register,
        "slug": line.outcome,
        "label": line.label,
        "said": line.said,
        "at": ", ".join(filter(None, (moment(line.at), line.where))),
        "digest": in_groups(line.sha256),
    }


def _edition(line: EditionLine) -> dict[str, str]:
    return {
        "title": line.title,
        "means": "Påhittad" if line.invented else "Binder" if line.binds else "Information",
        "dates": _dates(line.published_on, line.file_dated_at),
        "fetched": moment(line.fetched_at),
        "entries": str(line.entries),
        "digest": in_groups(line.sha256),
    }


def _likeness(line: LikenessLine) -> dict[str, Any]:
    return {
        "pair": f"{line.subject} – {line.target}",
        "list": f"{line.list_title}, likhet {decimal(line.score, 2)}",
        "standing": line.standing + ("" if line.binds else " (bara information)"),
        "steps": [_step(step) for step in line.judgements],
    }


def _facts(content: SheetContent) -> list[list[str]]:
    versions = content.versions
    rows = (
        ("Kontrollerad", moment(content.made_at)),
        ("Av", content.by),
        ("Ärende", content.case),
        ("Resultat vid körningen", _at_run(content)),
        ("Uppgifterna gäller", moment(content.as_of)),
        ("Checklista", versions.check_list),
        ("Motor och regler", ", ".join(filter(None, (versions.engine, versions.rules)))),
        ("Gräns för likhet", decimal(versions.threshold, 2) if versions.threshold is not None else ""),
    )
    return _told(rows)


def _at_run(content: SheetContent) -> str:
    return content.result_at_run if content.result_at_run != content.result_label else ""


def _item(line: ItemLine, content: SheetContent) -> dict[str, str]:
    source = ", ".join(filter(None, (line.source, line.where)))
    # A receipt's digest stands at the end of the sheet.
    is_receipt = line.sha256 in {receipt.sha256 for receipt in content.receipts}
    digest = in_groups(line.sha256) if line.sha256 and not is_receipt else ""
    holds = f" Gäller till {line.holds_until}." if line.holds_until else ""
    return {
        "title": line.title,
        "result": line.result,
        "label": line.label,
        "seen": line.seen,
        # Their titles stand with those who made the control.
        "source": f"{source}. {moment(line.at)}, {line.by.partition(', ')[0]}.{holds}",
        "digest": digest,
    }


def _dates(published: str, dated: str) -> str:
    """The issuer's own date where there is one, else the file's."""
    return date_iso(published) if published else moment(dated) if dated else "okänt"


def _step(step: JudgementLine) -> str:
    said = f"{step.what}. {step.by}, {moment(step.at)}. Skäl: {step.reason}"
    if step.second and step.second_at:
        return f"{said} Bekräftad av {step.second}, {moment(step.second_at)}."
    return f"{said} Väntar på en andra person." if step.waits else said


def _visit(content: SheetContent) -> dict[str, Any] | None:
    if (visit := content.visit) is None:
        return None
    rows = (
        ("Utfall", visit.outcome),
        ("Adress", visit.address),
        ("När och av vem", f"{moment(visit.at)}, {visit.by}"),
        ("Vems webbplats", visit.site),
    )
    return {
        "rows": _told(rows),
        "archive": in_groups(visit.archive_sha256),
        "statements": [
            {"about": line.about, "text": line.text, "page": line.page, "judged": line.judged}
            for line in visit.statements
        ],
        "remarks": list(visit.remarks),
    }


def _deviation(line: DeviationLine) -> dict[str, Any]:
    rows = (
        ("Vad vi såg", line.seen),
        ("Var och när", ", ".join(filter(None, (line.where, moment(line.seen_at))))),
        ("Allvar", line.seriousness),
        ("Läge", line.state),
        ("Organisationens kommentar", line.comment or "Ingen kommentar har kommit in."),
        ("Bedömning", line.assessment),
        ("Beslut", line.decision),
        ("Följs upp", line.follow_up),
    )
    return {"head": " · ".join(filter(None, (line.number, line.what))), "rows": _told(rows)}


def _told(rows: Iterable[tuple[str, str]]) -> list[list[str]]:
    """The rows that have something to tell."""
    return [[name, value] for name, value in rows if value]
