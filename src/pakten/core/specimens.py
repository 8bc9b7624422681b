"""What the living page of components shows: every component in every state, with invented contents."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.utils import timezone

from vandel.model import CheckResult, Result

COMPONENTS = Path(__file__).parent / "templates" / "cotton"
LEADING_COMMENT = re.compile(r"\{#(.*?)#\}|\{% comment %\}(.*?)\{% endcomment %\}", re.DOTALL)
DIGEST = "5f2b1c9a7e40d3386b1f2ac94ed07b5c8d1a63f0e29b47c5d8a1f3047be62c19"


@dataclass(frozen=True, slots=True)
class Letters:
    """A stretch of a name that agrees with the other name, or differs from it."""

    text: str
    agrees: bool


class Specimen(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Organisationens namn")
    number = forms.CharField(
        label="Organisationsnummer", help_text="Tio siffror, till exempel 212000-0142.", required=False
    )
    sector = forms.ChoiceField(
        label="Sektor",
        choices=[("private", "Näringsliv"), ("civil", "Civilsamhälle"), ("public", "Offentlig")],
    )
    judgement = forms.ChoiceField(
        label="Är det samma organisation?",
        widget=forms.RadioSelect,
        choices=[
            ("same", "Ja, samma"),
            ("different", "Nej, en annan"),
            ("cannot_tell", "Går inte att avgöra"),
        ],
    )
    register = forms.FileField(label="Medlemsregister", help_text="Excel eller CSV.", required=False)
    reason = forms.CharField(label="Skäl", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    sure = forms.BooleanField(label="Jag har jämfört uppgifterna", required=False)


def everything() -> dict[str, Any]:
    """The contents of the page ``/komponenter``."""
    now = timezone.now()
    return {
        "results": list(Result),
        "check_results": list(CheckResult),
        "digest": DIGEST,
        "now": now,
        "today": timezone.localdate(),
        "empty_form": Specimen(prefix="a"),
        "wrong_form": Specimen({"b-number": "212000-0143", "b-sector": "private"}, prefix="b"),
        "page_of_many": page_of_many(),
        "events": events(now),
        "query_letters": [Letters("Norrsken", True), Letters("ets", False), Letters(" Åkeri AB", True)],
        "listed_letters": [Letters("Norrsken", True), Letters(" Åkeri AB", True)],
        "facts": [
            ("Organisationsnummer", "556000-0001"),
            ("Säte", "Lillhamn"),
            ("Medlem sedan", date(2019, 3, 4)),
        ],
        "tabs": tabs(),
        "steps": ["Välj fil", "Para ihop kolumner", "Provkör", "Klart"],
        "oldest": now - timedelta(days=3),
        "parameters": parameters(),
    }


def page_of_many() -> Page[int]:
    return Paginator(range(1, 371), 50).page(3)


def events(now: datetime) -> list[dict[str, object]]:
    return [
        {
            "when": now,
            "what": "Namnlikheten bedömdes: en annan",
            "who": "Ines Aldal",
            "note": "Annat födelseår.",
        },
        {"when": now - timedelta(hours=3), "what": "Kontrollen hittade en namnlikhet", "url": "/komponenter"},
        {"when": now - timedelta(days=900), "what": "Blev medlem", "who": "Bo Ekelid"},
    ]


def tabs() -> list[dict[str, object]]:
    return [
        {"label": "Översikt", "url": "?del=oversikt", "current": True, "count": None},
        {"label": "Kontroll", "url": "?del=kontroll", "current": False, "count": 2},
        {"label": "Händelser", "url": "?del=handelser", "current": False, "count": 14},
    ]


def parameters() -> list[tuple[str, str]]:
    """Each component's name with the comment at the top of its template: what it is and what it takes."""
    return [
        (
            f"c-{path.stem.replace('_', '-')}",
            " ".join(leading_comment(path.read_text(encoding="utf-8")).split()),
        )
        for path in sorted(COMPONENTS.glob("*.html"))
    ]


def leading_comment(template: str) -> str:
    """The text of the comment that a template begins with; empty when it begins otherwise."""
    found = LEADING_COMMENT.match(template)
    return (found[1] or found[2]).strip() if found else ""
