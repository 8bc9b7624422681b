"""This area's actions in the log, and the words for the values that go with them."""

ACTIONS = {"audit.outside.noticed": "en ändring gjordes utanför programmet"}
FIELDS = {
    "table": "Tabell",
    "row": "Rad",
    "operation": "Vad som gjordes",
    "columns": "Uppgifter",
    "at": "Tid",
    "by": "Databasens användare",
}
