"""This area's actions in the log, and the words for the values that go with them."""

ACTIONS = {
    "sheets.sheet.drawn": "tog fram ett kontrollblad",
    "sheets.run.drawn": "tog fram alla kontrollblad för en kontroll",
    "sheets.sheet.registered": "diarieförde ett kontrollblad",
}
FIELDS = {
    "sha256": "Kontrollsumma",
    "content": "Innehållets kontrollsumma",
    "drawn": "Framtagna blad",
    "new": "Nya blad",
    "record": "Handling",
}
