"""What has been found and has not become a deviation yet: shown where a person can make it one."""

from __future__ import annotations

from django.db.models import QuerySet

from pakten.checks.models import Likeness, Verdict
from pakten.deviations.evidence_sources import LIKENESS
from pakten.deviations.models import Evidence, EvidenceKind
from pakten.organisations.models import Organisation


def unnoted_likenesses(organisation: Organisation) -> QuerySet[Likeness]:
    """The likenesses that two people have judged to be the same, and that no deviation rests on."""
    rows = Evidence.objects.filter(deviation__organisation=organisation, kind=EvidenceKind.LIKENESS)
    known = [int(key.removeprefix(f"{LIKENESS}:")) for key in rows.values_list("reference", flat=True) if key]
    return Likeness.objects.filter(organisation=organisation, verdict=Verdict.SAME).exclude(pk__in=known)
