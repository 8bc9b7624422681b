"""This area's actions in the log, and the words for the values that go with them."""

from pakten.visits.models import BelongingVerdict, StatementVerdict, VisitOutcome, Whose

ACTIONS = {
    "visits.visit.ordered": "beställde ett besök på en webbplats",
    "visits.round.ordered": "beställde besök på medlemmarnas webbplatser",
    "visits.visit.cancelled": "avbröt ett beställt besök på en webbplats",
    "visits.round.cancelled": "avbröt beställda besök på medlemmarnas webbplatser",
    "visits.visit.taken_up": "beställde ett avbrutet besök igen",
    "visits.round.taken_up": "beställde avbrutna besök igen",
    "visits.visit.told_again": "bad om att ett besök förs vidare igen",
    "visits.visit.made": "besökte en webbplats",
    "visits.visit.written": "skrev ned ett eget besök på en webbplats",
    "visits.statement.judged": "bedömde ett uttalande på en webbplats",
    "visits.belonging.judged": "bedömde vems en webbplats är",
    "visits.archive.disposed": "gallrade underlaget till ett webbplatsbesök",
}

FIELDS = {
    "because": "Varför",
    "address": "Adress",
    "override": "Läs trots robots.txt, skäl",
    "members": "Medlemmar",
    "outcome": "Utfall",
    "whose": "Vems webbplatsen är",
    "sha256": "Kontrollsumma",
    "verdict": "Bedömning",
    "words": "Ordagrant",
    "label": "Läst som",
    "files": "Filer",
    "items": "Ämnen",
    "decision": "Gallringsbeslut",
}

CODES = {"outcome": VisitOutcome, "whose": Whose, "verdict": [*StatementVerdict, *BelongingVerdict]}
