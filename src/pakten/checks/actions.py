"""This area's actions in the log, and the words for the values that go with them."""

from pakten.checks.models import ControlResult, LikenessState, Verdict

ACTIONS = {
    "checks.run.started": "startade en kontroll",
    "checks.run.finished": "avslutade en kontroll",
    "checks.run.interrupted": "en kontroll avbröts",
    "checks.list.switched": "bytte utgåva av en lista",
    "checks.list.confirmed": "bekräftade en utgåva av en lista",
    "checks.list.refused": "en fil till en lista avvisades",
    "checks.list.discarded": "kastade en väntande fil till en lista",
    "checks.list.use_changed": "ändrade hur en lista används",
    "checks.likeness.judged": "bedömde en namnlikhet",
    "checks.likeness.confirmed": "bekräftade en bedömning",
    "checks.likeness.declined": "avstod från att bekräfta en bedömning",
    "checks.basic.opened": "påbörjade en checklista",
    "checks.basic.compared": "jämförde en organisation med listorna",
    "checks.basic.compared_again": "bad om en ny jämförelse med listorna",
    "checks.basic.asked_again": "bad om att registren frågas igen",
    "checks.basic.settled": "fyllde i en checklista",
    "checks.basic.finished": "slutförde en checklista",
    "checks.likeness.withdrawn": "tog tillbaka en bedömning",
}

FIELDS = {result.value: str(result.label) for result in ControlResult} | {
    "application": "Ansökan",
    "about": "Gäller",
    "fault": "Varför det inte gick",
    "counts": "Medlemmar",
    "editions": "Utgåvor",
    "members": "Medlemmar",
    "threshold": "Lägsta likhet",
    "controlled": "Kontrollerade",
    "edition": "Utgåva",
    "sha256": "Kontrollsumma",
    "code": "Felkod",
    "in_use": "Används",
    "state": "Läge",
    "verdict": "Bedömning",
    "facts": "Uppgifternas kontrollsumma",
}
CODES = {"state": LikenessState, "verdict": Verdict}
