"""Evidence: a frozen copy with its digest, and a paper in the diary where a file is attached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from pakten.accounts.models import User
from pakten.audit.services import record as log
from pakten.checks.facts import plain
from pakten.deviations.evidence_sources import Copy
from pakten.deviations.models import Act, Deviation, Evidence, EvidenceKind, Origin
from pakten.deviations.policies import check_may_handle
from pakten.deviations.services.cases import open_case_of
from pakten.deviations.services.writing import claim, keep, line, words
from pakten.organisations.refusals import Refused
from pakten.records.models import Record
from pakten.records.services import NewFile, Paper, draw_up, make_record
from vandel.evidence import digest_of_value

KINDS = (EvidenceKind.REGISTER, EvidenceKind.TEXT)


@dataclass(frozen=True, slots=True)
class Attached:
    """What a person adds by hand: a look-up in a register or a note, with files beside it."""

    kind: EvidenceKind
    title: str
    text: str
    source: str
    fetched_at: datetime
    where: str = ""
    files: tuple[NewFile, ...] = ()


def keep_copy(deviation: Deviation, copy: Copy, *, by: User | None, paper: Record | None = None) -> Evidence:
    """Store the copy with the digest of all that it holds, in the caller's transaction."""
    evidence = Evidence(
        deviation=deviation,
        kind=copy.kind,
        reference=copy.reference,
        title=line(copy.title, 300),
        facts=plain({"told": copy.told, **copy.facts}),
        source=line(copy.source, 200),
        where=line(copy.where, 500),
        fetched_at=copy.fetched_at,
        source_sha256=copy.source_sha256[:64],
        paper=paper,
        by=by,
    )
    evidence.sha256 = digest_of_value(copied(evidence))
    evidence.save()
    return evidence


def copied(evidence: Evidence) -> dict[str, Any]:
    """What the digest of a piece covers: the copy, and what was said of where and when it came from."""
    return {
        "kind": str(evidence.kind),
        "reference": evidence.reference,
        "title": evidence.title,
        "facts": evidence.facts,
        "source": evidence.source,
        "where": evidence.where,
        "fetched_at": evidence.fetched_at.astimezone(UTC).isoformat(),
        "source_sha256": evidence.source_sha256,
    }


@transaction.atomic
def add_evidence(deviation: Deviation, attached: Attached, *, actor: User, expected_version: int) -> Evidence:
    """Add a look-up or a note to an open deviation. Files become a paper in its case.

    Raises PermissionDenied, Refused for an empty one or a closed deviation, RecordsRefused for a bad file,
    ChangedMeanwhile.
    """
    check_may_handle(actor, deviation.organisation)
    _check(deviation, attached)
    claim(deviation, expected_version)
    paper = _paper(deviation, attached.files, actor=actor) if attached.files else None
    digests = [file.sha256 for file in paper.files.all()] if paper else []
    copy = Copy(
        attached.kind,
        Origin.OTHER,
        attached.title,
        words(attached.text, missing="Skriv vad du såg."),
        attached.source,
        attached.fetched_at,
        attached.where,
        facts={"files": digests} if digests else {},
    )
    evidence = keep_copy(deviation, copy, by=actor, paper=paper)
    keep(deviation, Act.EVIDENCE, by=actor, reason=evidence.title)
    after = {"title": evidence.title, "source": evidence.source, "sha256": evidence.sha256}
    log("deviations.evidence.added", deviation, actor=actor, after=after)
    return evidence


@transaction.atomic
def add_copies(deviation: Deviation, copies: Sequence[Copy], *, actor: User | None) -> int:
    """Add what a later control saw of the same to an open deviation; how many were new.

    ``actor`` None: the system, which adds and changes nothing else.
    """
    known = set(deviation.evidence.values_list("reference", flat=True))
    new = [copy for copy in copies if copy.reference not in known]
    for copy in new:
        keep_copy(deviation, copy, by=actor)
    if new:
        claim(deviation, deviation.version)
        keep(deviation, Act.EVIDENCE, by=actor, reason=", ".join(copy.title for copy in new))
        after = {"title": new[0].title, "source": new[0].source}
        log("deviations.evidence.added", deviation, actor=actor, after=after)
    return len(new)


def _check(deviation: Deviation, attached: Attached) -> None:
    if not deviation.is_open:
        raise Refused("Avvikelsen är avslutad. Öppna den igen först.")
    if attached.kind not in KINDS:
        raise Refused("Välj om det är ett uppslag i ett register eller en anteckning.")
    if not line(attached.title, 300) or not line(attached.source, 200):
        raise Refused("Skriv vad underlaget är och varifrån det kommer.")


def _paper(deviation: Deviation, files: Sequence[NewFile], *, actor: User) -> Record:
    case = open_case_of(deviation, actor=actor)
    draft = draw_up(case, Paper("Underlag till en avvikelse", "note"), actor=actor, files=files)
    make_record(draft, actor=actor, expected_version=draft.version)
    return draft
