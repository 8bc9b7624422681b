"""Why an item of a control has its result, in words for people."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from pakten.checks.models import ControlResult, Likeness, SubjectKind
from pakten.core.templatetags.formats import plural

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


def standing_in_words(result: str, likenesses: Collection[Likeness], *, unchecked: int) -> list[str]:
    """What a member's result says and does not say. ``unchecked``: comparisons that could not be made."""
    counted = [likeness for likeness in likenesses if likeness.binds]
    if result == ControlResult.NOT_APPLICABLE:
        return [REASONS["public_body"]]
    if result == ControlResult.NOT_MET:
        return _not_met([likeness for likeness in counted if likeness.verdict == "same"])
    if result == ControlResult.MET and counted:
        return ["Alla namnlikheter är bedömda: det är andra än de på listorna."]
    if result == ControlResult.MET:
        return ["Inget av namnen som vi jämförde liknar ett namn på listorna."]
    return _unknown(counted, unchecked)


def _not_met(same: list[Likeness]) -> list[str]:
    told = [
        f"Två personer har bedömt att {each.subject_name} är samma som {each.target_name} på listan "
        f"”{each.list_title}”."
        for each in same
    ]
    if any(each.subject_kind == SubjectKind.OWNER for each in same):
        told.append(
            "Ägande räknas i EU:s regler från 50 procent, alla listade ägare tillsammans. "
            "Ägarandelen är inte räknad i resultatet: se fliken Ägare."
        )
    return [*told, "Vad det betyder för medlemskapet avgörs för sig, av en person."]


def _unknown(counted: list[Likeness], unchecked: int) -> list[str]:
    waiting = sum(each.state in ("waiting", "proposed") for each in counted)
    undecided = sum(each.state == "judged" and each.verdict == "cannot_tell" for each in counted)
    told = []
    if waiting:
        told.append(f"{plural(waiting, 'namnlikhet väntar,namnlikheter väntar')} på en person.")
    if undecided:
        told.append(f"{plural(undecided, 'namnlikhet,namnlikheter')} gick inte att avgöra.")
    if unchecked:
        told.append(f"{plural(unchecked, 'jämförelse,jämförelser')} gick inte att göra.")
    return [*told, "Det betyder inte att något är fel."]
