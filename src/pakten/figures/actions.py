"""This area's actions in the log, and the words for the values that go with them."""

ACTIONS = {"figures.figure.frozen": "frös en siffra"}
FIELDS = {"figure": "Siffra", "as_of": "Till och med", "sha256": "Kontrollsumma"}
