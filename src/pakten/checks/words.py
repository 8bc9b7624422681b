"""Why an item of a control has its result, in words for people."""

from __future__ import annotations

from typing import Any

REASONS = {
    "nothing_alike": "Inget namn på listan liknar det här namnet.",
    "likeness_waits": "Ett namn på listan liknar det här namnet.",
    "list_not_checked": "Listan gick inte att använda.",
    "no_usable_name": "Namnet har inga ord som går att jämföra.",
    "public_body": "Offentliga organ kontrolleras inte mot sanktionslistor.",
}


def reason_in_words(item: dict[str, Any]) -> str:
    """Why an item has its result, in one sentence."""
    if item["reason"] == "list_not_checked" and item["detail"]:
        return f"{item['detail']}."
    return REASONS.get(item["reason"], str(item["reason"]))
