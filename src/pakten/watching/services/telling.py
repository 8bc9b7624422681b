"""What a change puts before people: one alert for each member and each fact, so that nobody is judged with
another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.urls import reverse

from pakten.alerts.models import ABOUT_ONE, AlertKind
from pakten.alerts.services import lock_open, raise_alert
from pakten.organisations.models import Organisation
from pakten.watching.models import Cause, Recontrol, Trigger, Watched
from pakten.watching.services.standing import chunks

KINDS = {
    Cause.REGISTER: AlertKind.REGISTER_CHANGE,
    Cause.SITE: AlertKind.SITE_CHANGE,
    Cause.REQUIREMENT: AlertKind.REQUIREMENT_CHANGE,
    Cause.EVIDENCE: AlertKind.EVIDENCE_EXPIRED,
}
# Where the change says nothing of single facts, it is one thing.
_WHOLE, _OWNER = "", "owner"
_TITLE = 300


def tell(made: Recontrol, membership_ids: Sequence[int], *, reasons: Mapping[int, str]) -> None:
    """Raise what these members, who were compared anew, ask of people. Call in a transaction.

    ``reasons``: by organisation, why it was compared; told where nothing was told of the organisation itself.
    """
    kind = KINDS[Cause(made.kind)]
    if kind not in ABOUT_ONE:
        _tell_of_all(made, kind, members=len(membership_ids))
        return
    triggers = list(made.triggers.all())
    wanted = [
        (_key(organisation, fact), organisation, because)
        for organisation in _organisations(membership_ids)
        for fact, because in _facts(triggers, organisation, because=reasons[organisation.pk])
    ]
    lock_open(kind, [key for key, _, _ in wanted])
    for key, organisation, because in wanted:
        raise_alert(
            kind,
            organisation=organisation,
            key=key,
            title=f"{organisation.legal_name}: {kind.label.lower()}"[:_TITLE],
            because=because,
            facts=_address(made),
        )


def _key(organisation: Organisation, fact: str) -> str:
    return ":".join(part for part in ("watching", organisation.public_id, fact) if part)


def _tell_of_all(made: Recontrol, kind: AlertKind, *, members: int) -> None:
    """A requirement is nobody's: one alert says that it has changed, and what asks of each is its order."""
    if members:
        raise_alert(
            kind,
            organisation=None,
            key=f"watching:recontrol:{made.pk}",
            title=f"{members} medlemmar: {kind.label.lower()}" if members > 1 else kind.label,
            because=made.because,
            facts={"Medlemmar": members} | _address(made),
        )


def _facts(triggers: Sequence[Trigger], organisation: Organisation, *, because: str) -> list[tuple[str, str]]:
    """What was told of the organisation, fact by fact; told twice it is one, with both sentences.

    Where nothing was told of it, it was compared for an owner's sake, ``because`` of that.
    """
    mine = [
        trigger
        for trigger in triggers
        if trigger.organisation_ids is None or organisation.pk in trigger.organisation_ids
    ]
    if not mine:
        return [(_OWNER, because)]
    found: dict[str, list[str]] = {}
    for trigger in mine:
        facts: dict[str, Any] = trigger.about.get("facts", {_WHOLE: trigger.because})
        for fact, sentence in facts.items():
            found.setdefault(fact, []).append(sentence.strip())
    return [(fact, " ".join(dict.fromkeys(sentences))) for fact, sentences in found.items()]


def _organisations(membership_ids: Sequence[int]) -> Iterator[Organisation]:
    for keys in chunks(membership_ids):
        for row in Watched.objects.filter(membership__in=keys).select_related("membership__organisation"):
            yield row.membership.organisation


def _address(made: Recontrol) -> dict[str, Any]:
    return {"_url": reverse("watching:recontrol", args=[made.pk])}
