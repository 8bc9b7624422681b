"""Invented things that need a person, a few of each kind, led to where they are by the services."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from pakten.accounts.models import Role, User
from pakten.alerts import services
from pakten.alerts.models import Alert, AlertKind, Outcome
from pakten.members.queries import active_memberships
from pakten.organisations.models import Organisation

_K = AlertKind
_KEY = "demo-"


@dataclass(frozen=True, slots=True)
class _Planted:
    """What was found, and how far people have taken it (``then``); ``organisation`` False: about none."""

    kind: AlertKind
    title: str
    because: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    then: str = ""
    organisation: bool = True


_PLANTED = (
    _Planted(
        _K.REGISTER_CHANGE,
        "Registret säger att bolaget är i likvidation",
        "Uppgiften i registret är en annan än vid den förra kontrollen.",
        {
            "Uppgift": "Status",
            "Förut": "Aktivt",
            "Nu": "Likvidation beslutad",
            "Register": "Påhittat register",
        },
    ),
    _Planted(
        _K.SITE_CHANGE,
        "Sidan om kollektivavtal är borta",
        "Sidan fanns vid det förra besöket men inte vid det senaste.",
        {"Sida": "/om-oss/arbetsgivare", "Fanns senast": timedelta(days=38)},
        then="taken",
    ),
    _Planted(
        _K.COULD_NOT_CHECK,
        "Webbplatsen gick inte att besöka",
        "Tre försök på tre dagar gav inget svar. Det betyder inte att något är fel.",
        {"Försök": [timedelta(days=4), timedelta(days=3), timedelta(days=2)]},
        then="asked",
    ),
    _Planted(
        _K.EVIDENCE_EXPIRED,
        "Intyget om kollektivavtal har gått ut",
        "Underlaget gäller inte längre.",
        {"Underlag": "Intyg om kollektivavtal", "Gällde till": timedelta(days=9)},
        then="snoozed",
    ),
    _Planted(
        _K.MEMBER_CHANGE,
        "Ny firmatecknare",
        "Medlemmen har anmält en ny firmatecknare, som inte är kontrollerad än.",
    ),
    _Planted(
        _K.POSSIBLE_DEVIATION,
        "Namnet på webbplatsen är ett annat än i registret",
        "Systemet såg två namn. En person behöver avgöra om det är en avvikelse.",
        {"I registret": "som på medlemmens kort", "På webbplatsen": "ett annat firmanamn i sidfoten"},
        then="closed",
    ),
    _Planted(
        _K.SELF_TEST,
        "Ett planterat namn hittades inte",
        "Det dagliga självtestet sökte efter tolv planterade namn och hittade elva.",
        {"Saknades": "Ett påhittat namn skrivet med kyrilliska bokstäver"},
        organisation=False,
        then="settled",
    ),
)


@transaction.atomic
def seed_alerts(people: Sequence[User]) -> int:
    """Store the demo's alerts where they are not yet; gives back how many it has."""
    if not Alert.objects.filter(key__startswith=_KEY).exists():
        officer = next(each for each in people if each.role_assignments.filter(role=Role.CASE_OFFICER))
        members = active_memberships().select_related("organisation").order_by("pk")[40 : 40 + len(_PLANTED)]
        for number, (planted, member) in enumerate(zip(_PLANTED, members, strict=True)):
            organisation = member.organisation if planted.organisation else None
            _lead(planted, _raise(planted, number, organisation=organisation), officer=officer)
    return Alert.objects.filter(key__startswith=_KEY).count()


def _raise(planted: _Planted, number: int, *, organisation: Organisation | None) -> Alert:
    return services.raise_alert(
        planted.kind,
        organisation=organisation,
        key=f"{_KEY}{number}",
        title=planted.title,
        because=planted.because,
        facts={label: _told(fact) for label, fact in planted.facts.items()},
    )


def _told(fact: Any) -> Any:
    """A time ago as its day."""
    if isinstance(fact, list):
        return [_told(each) for each in fact]
    return f"{timezone.localdate() - fact:%Y-%m-%d}" if isinstance(fact, timedelta) else fact


def _lead(planted: _Planted, alert: Alert, *, officer: User) -> None:
    today = timezone.localdate()
    if planted.then == "taken":
        services.assign(alert.pk, officer, actor=officer, version=alert.version)
    elif planted.then == "asked":
        need = services.Need("Rätt adress till webbplatsen.", "kontaktpersonen", today + timedelta(days=10))
        services.ask(alert.pk, need, actor=officer, version=alert.version)
    elif planted.then == "snoozed":
        until = today + timedelta(days=14)
        services.snooze(alert.pk, until, actor=officer, version=alert.version, reason="Nytt intyg är på väg")
    elif planted.then == "closed":
        reason = "Det är ett bifirmanamn som är registrerat. Se registerutdraget."
        services.judge(alert.pk, Outcome.MET, actor=officer, version=alert.version, reason=reason)
    elif planted.then == "settled":
        services.settle(planted.kind, alert.key, because="Nästa självtest hittade alla tolv.")
