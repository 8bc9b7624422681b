"""A letter as one PDF that is both PDF/A-3a (it lasts) and PDF/UA-1 (everybody can read it)."""

from __future__ import annotations

import json
import mimetypes
from pathlib import Path
from typing import Any

from pakten.core.templatetags.formats import date_long
from pakten.core.theme import theme
from pakten.letters.content import Block, Facts, Heading, LetterContent, Numbered, Signer
from pakten.letters.refusals import LettersRefused
from pakten.letters.signs import plain
from pakten.letters.typesetting import Clean, cleaned, typeset

TEMPLATE = Path(__file__).parent / "resources" / "letter.typ"
# Some hundred pages: a letter is far below, and the time to lay it out stays bounded.
LONGEST = 300_000
WORDS = {
    "sv": {
        "page": "Sida",
        "number": "Diarienummer",
        "fact": "Uppgift",
        "value": "Innehåll",
        "decision": "Beslut",
        "reasons": "Skäl",
        "item": "Beslutat med stöd av delegationsordningen, punkt",
        "attachments": "Bilagor",
        "contact": "Frågor",
    }
}


def render_pdf(content: LetterContent) -> bytes:
    """The letter as PDF. Signs that the fonts lack are written in Latin letters (see docs/method/letters.md).

    Raises LettersRefused for a letter that is far too long, ValueError for a language without words.
    """
    if content.language not in WORDS:
        raise ValueError(f"No letters in {content.language}")
    whole = _data(content, clean=plain)
    if len(whole) > LONGEST:
        raise LettersRefused("Brevet är för långt för att bli en PDF. Korta texten.")
    return typeset(
        TEMPLATE,
        data=lambda clean: _data(content, clean=clean),
        enclosed=[file.data for file in content.enclosed],
        on=content.on,
    )


def _data(content: LetterContent, *, clean: Clean) -> str:
    """All that the template needs, as JSON, each text cleaned."""
    named = theme()
    foot = " · ".join(part for part in (named.city, content.kind_title, content.registry_no) if part)
    found = {
        "language": content.language,
        "words": WORDS[content.language],
        "city": named.city,
        "network": named.network,
        "foot": foot,
        "kind_title": content.kind_title,
        "title": _title(content, clean),
        "registry_no": content.registry_no,
        "date": date_long(content.on),
        "day": [content.on.year, content.on.month, content.on.day],
        "recipient": [line for line in content.recipient if line.strip()],
        "blocks": [_block(each) for each in content.blocks if not _is_empty(each, clean)],
        "decision": _decision(content),
        "signers": [{"name": signer.name, "title": signer.title} for signer in content.signers],
        "approved": _approved(content.signers),
        "contact": content.contact,
        "attachments": list(content.attachments),
        "enclosed": [_enclosed(content, number) for number in range(len(content.enclosed))],
    }
    return json.dumps(cleaned(found, clean), ensure_ascii=False)


def _title(content: LetterContent, clean: Clean) -> str:
    """On one line and never empty: without a title it would be no PDF/UA."""
    words = (" ".join(clean(text).split()) for text in (content.title, content.kind_title))
    return next(filter(None, words), "Brev")


def _is_empty(block: Block, clean: Clean) -> bool:
    """A heading without words would be a stumbling block for whoever listens."""
    match block:
        case Heading(text):
            return not clean(text).strip()
        case Numbered(items):
            return not items
        case Facts(rows):
            return not rows
    return not clean(block).strip()


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading(text):
            return {"kind": "heading", "text": text}
        case Numbered(items):
            return {"kind": "numbered", "items": list(items)}
        case Facts(rows):
            return {"kind": "facts", "rows": [list(row) for row in rows]}
    return {"kind": "paragraph", "text": block}


def _decision(content: LetterContent) -> dict[str, Any] | None:
    if (made := content.decision) is None:
        return None
    return {
        "decision": made.decision,
        "reasons": list(made.reasons),
        "item_no": made.item_no,
        "on_behalf": made.on_behalf,
    }


def _approved(signers: tuple[Signer, ...]) -> str:
    """``"Detta dokument har godkänts digitalt av Cecilia Chefsdotter, chef, den 24 maj 2022."``"""
    if not signers:
        return ""
    named = []
    for signer in signers:
        title = f", {signer.title}" if signer.title else ""
        named.append(signer.name + title + (f", den {date_long(signer.on)}" if signer.on else ""))
    *first, last = named
    everybody = f"{'; '.join(first)} och {last}" if first else last
    return f"Detta dokument har godkänts digitalt av {everybody}."


def _enclosed(content: LetterContent, number: int) -> dict[str, str]:
    file = content.enclosed[number]
    name = Path(file.name.replace("\\", "/")).name or "fil"
    # Two files of one name can't lie in one PDF.
    taken = [Path(other.name).name for other in content.enclosed[:number]]
    return {
        "path": f"enclosed-{number}",
        "name": f"{number + 1}-{name}" if name in taken else name,
        "media_type": file.media_type or mimetypes.guess_type(name)[0] or "application/octet-stream",
        "description": file.description or name,
    }
