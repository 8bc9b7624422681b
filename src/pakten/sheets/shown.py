"""A sheet's content as the template lays it out: texts, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from pakten.core.templatetags.formats import date_iso, date_long, decimal, moment
from pakten.core.theme import theme
from pakten.sheets.values import (
    DeviationLine,
    EditionLine,
    ItemLine,
    JudgementLine,
    LikenessLine,
    SheetContent,
)


def in_groups(digest: str) -> str:
    """A digest in groups of eight, to read and to type."""
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))


def shown(content: SheetContent, *, digest: str) -> dict[str, Any]:
    """What the template lays out: texts and lists of texts only. ``digest``: of the content."""
    return {
        **_head(content),
        "items": [_item(line) for line in content.items],
        "editions": [_edition(line) for line in content.editions],
        "compared": [
            {"name": line.name, "roles": ", ".join(line.roles) or line.kind, "label": line.label}
            for line in content.compared
        ],
        "likenesses": [_likeness(line) for line in content.likenesses],
        "visit": _visit(content),
        "registers": [
            {
                "register": line.register,
                "slug": line.outcome,
                "label": line.label,
                "said": line.said,
                "at": ", ".join(filter(None, (moment(line.at), line.where))),
                "digest": in_groups(line.sha256),
            }
            for line in content.registers
        ],
        "deviations": [_deviation(line) for line in content.deviations],
        "unchecked": list(content.unchecked),
        "digest": in_groups(digest),
        "receipts": [{"name": line.name, "digest": in_groups(line.sha256)} for line in content.receipts],
    }


def _head(content: SheetContent) -> dict[str, Any]:
    named = theme()
    as_of = timezone.localdate(content.as_of)
    return {
        "city": named.city,
        "network": named.network,
        "title": f"Kontrollblad: {content.organisation}",
        "organisation": content.organisation,
        "under": " · ".join(filter(None, (content.number, content.sector))),
        "day": [as_of.year, as_of.month, as_of.day],
        "date": date_long(timezone.localdate(content.made_at)),
        "kind": content.title,
        "case": content.case,
        "facts": _facts(content),
        "result": {"slug": content.result, "label": content.result_label} if content.result else None,
        "standing": list(content.standing),
        "marks": list(content.marks),
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
        ("Motor och regler", " · ".join(filter(None, (versions.engine, versions.rules)))),
        ("Gräns för likhet", decimal(versions.threshold, 2) if versions.threshold is not None else ""),
    )
    return _told(rows)


def _at_run(content: SheetContent) -> str:
    return content.result_at_run if content.result_at_run != content.result_label else ""


def _item(line: ItemLine) -> dict[str, str]:
    source = ", ".join(filter(None, (line.source, line.where)))
    digest = in_groups(line.sha256) if line.sha256 else ""
    holds = f" Gäller till {line.holds_until}." if line.holds_until else ""
    return {
        "title": line.title,
        "result": line.result,
        "label": line.label,
        "seen": line.seen,
        "source": f"{source}. {moment(line.at)}, {line.by}.{holds}",
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
