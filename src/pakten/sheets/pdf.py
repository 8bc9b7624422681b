"""A control sheet as one PDF, PDF/A-3a and PDF/UA-1, with its content and its receipts inside as JSON.

The bytes are a function of the content alone: the file's own date is the day that the content is as of.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.utils import timezone

from pakten.core.templatetags.formats import date_iso, date_long, decimal, moment
from pakten.core.theme import theme
from pakten.letters.typesetting import Clean, cleaned, typeset
from pakten.sheets.values import Gathered, ItemLine, JudgementLine, SheetContent
from vandel.evidence import canonical_json, sha256_hex

TEMPLATE = Path(__file__).parent / "resources" / "sheet.typ"
CONTENT = "kontrollblad.json"


def content_bytes(content: SheetContent) -> bytes:
    """The very bytes that the digest printed on the sheet covers."""
    return canonical_json(content)


def render(gathered: Gathered) -> bytes:
    """The sheet. The same content gives the same bytes."""
    inside = content_bytes(gathered.content)
    files = [(CONTENT, "Det som står på bladet", inside)] + [
        (line.name, line.title, data)
        for line, data in zip(gathered.content.receipts, gathered.receipts, strict=True)
    ]
    shown = _shown(gathered.content, digest=sha256_hex(inside))
    shown["enclosed"] = [
        {"path": f"enclosed-{number}", "name": name, "description": title}
        for number, (name, title, _data) in enumerate(files)
    ]
    return typeset(
        TEMPLATE,
        data=lambda clean: _json(shown, clean),
        enclosed=[data for _name, _title, data in files],
        on=timezone.localdate(gathered.content.as_of),
    )


def in_groups(digest: str) -> str:
    """A digest in groups of eight, to read and to type."""
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))


def _json(shown: dict[str, Any], clean: Clean) -> str:
    return json.dumps(cleaned(shown, clean), ensure_ascii=False)


def _shown(content: SheetContent, *, digest: str) -> dict[str, Any]:
    """What the template lays out: texts and lists of texts only."""
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
        "items": [_item(line) for line in content.items],
        "editions": [
            {
                "title": line.title,
                "means": "Påhittad" if line.invented else "Binder" if line.binds else "Information",
                "dates": _dates(line.published_on, line.file_dated_at),
                "fetched": moment(line.fetched_at),
                "entries": str(line.entries),
                "digest": in_groups(line.sha256),
            }
            for line in content.editions
        ],
        "compared": [
            {"name": line.name, "roles": ", ".join(line.roles) or line.kind, "label": line.label}
            for line in content.compared
        ],
        "likenesses": [
            {
                "pair": f"{line.subject} – {line.target}",
                "list": f"{line.list_title}, likhet {decimal(line.score, 2)}",
                "standing": line.standing + ("" if line.binds else " (bara information)"),
                "steps": [_step(step) for step in line.judgements],
            }
            for line in content.likenesses
        ],
        "visit": _visit(content),
        "registers": [
            {"register": line.register, "said": line.said, "at": moment(line.at)}
            for line in content.registers
        ],
        "deviations": _deviations(content),
        "unchecked": list(content.unchecked),
        "digest": in_groups(digest),
        "receipts": [
            {"name": line.name, "title": line.title, "digest": in_groups(line.sha256)}
            for line in content.receipts
        ],
        "content_name": CONTENT,
    }


def _facts(content: SheetContent) -> list[list[str]]:
    versions = content.versions
    rows = [
        ("Kontrollerad", moment(content.made_at)),
        ("Av", content.by),
        ("Ärende", content.case),
        ("Resultat vid körningen", _at_run(content)),
        ("Uppgifterna gäller", moment(content.as_of)),
        ("Checklista", versions.check_list),
        ("Motor och regler", " · ".join(filter(None, (versions.engine, versions.rules)))),
        ("Gräns för likhet", decimal(versions.threshold, 2) if versions.threshold is not None else ""),
    ]
    return [[name, value] for name, value in rows if value]


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
    return {
        "rows": [
            [name, value]
            for name, value in (
                ("Utfall", visit.outcome),
                ("Adress", visit.address),
                ("När och av vem", f"{moment(visit.at)}, {visit.by}"),
                ("Vems webbplats", visit.site),
                ("Arkivets kontrollsumma", in_groups(visit.archive_sha256)),
            )
            if value
        ],
        "statements": [
            {"about": line.about, "text": line.text, "page": line.page, "judged": line.judged}
            for line in visit.statements
        ],
        "remarks": list(visit.remarks),
    }


def _deviations(content: SheetContent) -> list[dict[str, Any]]:
    return [
        {
            "head": " · ".join(filter(None, (line.number, line.what))),
            "rows": [
                [name, value]
                for name, value in (
                    ("Vad vi såg", line.seen),
                    ("Var och när", ", ".join(filter(None, (line.where, moment(line.seen_at))))),
                    ("Allvar", line.seriousness),
                    ("Läge", line.state),
                    ("Organisationens kommentar", line.comment or "Ingen kommentar har kommit in."),
                    ("Bedömning", line.assessment),
                    ("Beslut", line.decision),
                    ("Följs upp", line.follow_up),
                )
                if value
            ],
        }
        for line in content.deviations
    ]
