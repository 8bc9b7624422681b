"""The goals and values that a new installation has as drafts. Our own words: no city has decided them.

A city reads them, changes what it wants and publishes its own; nothing can be pledged before that.
"""

from __future__ import annotations

from typing import NamedTuple

from django.db import connections

from pakten.members.models import PledgeText, TextKind


class FirstText(NamedTuple):
    """A text to begin with; lines that begin with "- " are a list."""

    title: str
    body: str


FIRST_TEXTS: dict[TextKind, FirstText] = {
    TextKind.GOALS: FirstText(
        "Nätverkets mål",
        """Nätverket samlar arbetsgivare, föreningar och offentliga verksamheter som vill att fler ska \
komma in på arbetsmarknaden och bli en del av staden. Vi har tre mål.

- Arbetsgivare hittar den kompetens som de behöver, och fler som står utanför arbetsmarknaden får ett \
arbete, en praktikplats eller en utbildning.
- Den som är ny i staden får fler vägar till svenska språket, till kontakter och till kunskap om hur \
arbetslivet fungerar.
- Företag, föreningar och offentliga verksamheter delar erfarenheter och gör saker tillsammans som ingen av \
dem klarar på egen hand.

Varje medlem bidrar efter sin förmåga och berättar för oss vad den kan erbjuda.""",
    ),
    TextKind.VALUES: FirstText(
        "Stadens värdegrund",
        """Staden samarbetar med organisationer som delar stadens värdegrund. Vi ställer oss bakom den i vår \
verksamhet och i det vi gör i nätverket.

- Icke-diskriminering. Vi behandlar ingen sämre på grund av kön, könsidentitet eller könsuttryck, etnisk \
tillhörighet, religion eller annan trosuppfattning, funktionsnedsättning, sexuell läggning eller ålder.
- Jämställdhet och jämlikhet. Kvinnor och män har samma rättigheter och möjligheter hos oss. Alla får lika \
villkor för lika arbete, och alla kan delta efter sina förutsättningar.
- Mänskliga rättigheter. Vi respekterar varje människas lika värde och frihet, tar avstånd från våld, hot \
och förtryck och deltar inte i något som kränker de mänskliga rättigheterna.

Vi berättar för staden om något hos oss inte stämmer med det här.""",
    ),
}


def fill_in(using: str) -> None:
    """Draft the first version of each text where there is none at all. Without the table, nothing."""
    if PledgeText._meta.db_table not in connections[using].introspection.table_names():
        return
    known = set(PledgeText.objects.using(using).values_list("kind", flat=True))
    missing = [
        PledgeText(kind=kind, number=1, title=words.title, body=words.body)
        for kind, words in FIRST_TEXTS.items()
        if kind not in known
    ]
    PledgeText.objects.using(using).bulk_create(missing, ignore_conflicts=True)
