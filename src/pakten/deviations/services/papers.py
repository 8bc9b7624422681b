"""The paper of a confirmed deviation in the diary: a text for people, and the frozen copies for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from django.utils import timezone

from pakten.accounts.models import User
from pakten.core.templatetags.formats import date_iso, moment
from pakten.deviations.models import Deviation, Evidence, EvidenceKind
from pakten.deviations.services.cases import open_case_of
from pakten.records.models import Record
from pakten.records.services import NewFile, Paper, draw_up, make_record

TYPE = "deviation"


def register_paper(deviation: Deviation, *, actor: User) -> Record:
    """Register the deviation as confirmed in its case, in the caller's transaction."""
    case = open_case_of(deviation, actor=actor)
    evidence = list(deviation.evidence.all())
    files = [NewFile.of_bytes("avvikelse.txt", _text(deviation, evidence, actor=actor).encode())]
    if evidence:
        files.append(NewFile.of_bytes("underlag.json", _copies(evidence)))
    # The diary is open to everybody: what deviates stands in the paper, not in its row.
    draft = draw_up(case, Paper("Avvikelse i kontrollen", TYPE), actor=actor, files=files)
    make_record(draft, actor=actor, expected_version=draft.version)
    return draft


def _text(deviation: Deviation, evidence: Sequence[Evidence], *, actor: User) -> str:
    where = f", {deviation.where}" if deviation.where else ""
    head = [
        f"Avvikelse hos {deviation.organisation.legal_name}",
        f"Ärende {deviation.case}. Bekräftad {moment(timezone.now())} av {actor}.",
        "",
        f"Vad: {deviation.title}",
        f"Vad vi såg: {deviation.description}",
        f"Var: {deviation.source}{where}",
        f"När: {moment(deviation.seen_at)}",
        f"Hur allvarligt: {deviation.get_seriousness_display() or 'inte bedömt'}",
        f"Vår bedömning: {deviation.assessment or 'ingen än'}",
        f"Följs upp: {date_iso(deviation.follow_up_on) or 'ingen dag satt'}",
        "",
        "Underlag",
    ]
    return "\n".join([*head, *_lines(evidence)]) + "\n"


def _lines(evidence: Sequence[Evidence]) -> Iterator[str]:
    if not evidence:
        yield "Inget annat än det som står ovan."
    for each in evidence:
        where = f", {each.where}" if each.where else ""
        yield f"- {each.title}. {each.source}{where}, {moment(each.fetched_at)}. SHA-256 {each.sha256}"


def _copies(evidence: Sequence[Evidence]) -> bytes:
    """Persons on sanction lists stand only with the digest: more people read papers than controls (L-24)."""
    told = [
        {
            "kind": each.kind,
            "reference": each.reference,
            "title": each.title if each.kind != EvidenceKind.LIKENESS else str(EvidenceKind.LIKENESS.label),
            "source": each.source,
            "where": each.where,
            "fetched_at": each.fetched_at.isoformat(),
            "sha256": each.sha256,
            "source_sha256": each.source_sha256,
            "facts": each.facts if each.kind != EvidenceKind.LIKENESS else None,
        }
        for each in evidence
    ]
    return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True).encode()
