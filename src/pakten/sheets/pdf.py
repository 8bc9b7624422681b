"""A control sheet as one PDF, PDF/A-3a and PDF/UA-1, with its content and its receipts inside as JSON.

The bytes are a function of the content alone: the file's own date is the day that the content is as of.
"""

from __future__ import annotations

import json
from pathlib import Path

from django.utils import timezone

from pakten.letters.typesetting import cleaned, typeset
from pakten.sheets.shown import shown
from pakten.sheets.values import Gathered, SheetContent
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
    told = shown(gathered.content, digest=sha256_hex(inside))
    told["content_name"] = CONTENT
    told["enclosed"] = [
        {"path": f"enclosed-{number}", "name": name, "description": title}
        for number, (name, title, _data) in enumerate(files)
    ]
    return typeset(
        TEMPLATE,
        data=lambda clean: json.dumps(cleaned(told, clean), ensure_ascii=False),
        enclosed=[data for _name, _title, data in files],
        on=timezone.localdate(gathered.content.as_of),
    )
