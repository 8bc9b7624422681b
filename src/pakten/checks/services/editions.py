"""Taking in an edition of a list: fetched or read from a file. A refusal leaves the old edition in force."""

from __future__ import annotations

import shutil
import tempfile
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import httpx
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from pakten.accounts.models import User
from pakten.accounts.policies import check_role
from pakten.audit.services import record
from pakten.checks import policies
from pakten.checks.facts import plain
from pakten.checks.models import ListEdition, ListInForce, Origin
from pakten.checks.queries.lists import ListLine, line_of
from pakten.checks.refusals import ChecksRefused
from pakten.checks.services.pointers import put_in_force, row_of, store
from pakten.core.sentences import in_swedish
from vandel.errors import InputError
from vandel.evidence import digest_of_file
from vandel.lists import Deadline, Fetched, FetchRules, ListHeld
from vandel.lists import fetch as fetch_file

# Long enough for the largest list on a slow machine; a trap that feeds us for ever is cut off.
READ_SECONDS: Final = 300.0
FETCH_SECONDS: Final = 900.0


@dataclass(frozen=True, slots=True)
class Arrival:
    """How a file came. ``fetched`` is what the engine says of a download, None for a file that a person read
    in.

    ``override_reason`` is why it is taken in although the guards hold it.
    """

    origin: str
    at: datetime
    fetched: Fetched | None = None
    override_reason: str = ""


def take_edition(list_id: str, path: Path, *, actor: User | None, arrival: Arrival) -> ListEdition:
    """Take in a file as the list's new edition and put it in force.

    ``actor`` None: the clock. Raises PermissionDenied; ChecksRefused for an unknown list or an edition older
    than the one in force;
    ``vandel.errors.InputError`` when the file can't be used: the edition in force stays, and the list's row
    says in Swedish what was wrong. A file that is held (``ListHeld``) is kept until somebody has looked.
    """
    _check_may_take(actor)
    line = known_line(list_id)
    try:
        edition = store().accept(
            list_id,
            path,
            fetched_at=arrival.at,
            fetched=arrival.fetched,
            override_reason=arrival.override_reason.strip() or None,
            deadline=Deadline(READ_SECONDS, time.monotonic),
        )
    except InputError as error:
        _note_refusal(line, error, path=path, arrival=arrival, actor=actor)
        raise
    return put_in_force(line, edition, actor=actor, origin=arrival.origin)


def fetch(list_id: str, *, actor: User | None, client: httpx.Client | None = None) -> ListEdition:
    """Fetch a list from its issuer and take it in. Raises as :func:`take_edition`."""
    _check_may_take(actor)
    line, now = known_line(list_id), timezone.now()
    with tempfile.TemporaryDirectory(prefix="pakten-list-") as folder:
        try:
            with client or httpx.Client(timeout=60) as opened:
                got = fetch_file(
                    line.source,
                    opened,
                    target_dir=Path(folder),
                    now=now,
                    rules=FetchRules(),
                    deadline=Deadline(FETCH_SECONDS, time.monotonic),
                )
        except InputError as error:
            _note_refusal(line, error, path=None, arrival=Arrival(Origin.FETCHED, now), actor=actor)
            raise
        return take_edition(list_id, got.path, actor=actor, arrival=Arrival(Origin.FETCHED, now, got))


def accept_held(list_id: str, sha256: str, *, reason: str, actor: User | None) -> ListEdition:
    """Take in the file that is held, after a person has looked, with that person's reason.

    ``sha256`` is the file that the page showed. Raises ChecksRefused when it is not the one that waits any
    more.
    """
    check_role(actor, *policies.TAKE_LISTS)
    held = _held(known_line(list_id), sha256)
    if not reason.strip():
        raise ChecksRefused("Skriv varför filen ska tas in trots varningen. Skälet sparas.")
    arrival = Arrival(held["origin"], datetime.fromisoformat(held["fetched_at"]), override_reason=reason)
    edition = take_edition(list_id, Path(held["path"]), actor=actor, arrival=arrival)
    shutil.rmtree(Path(held["path"]).parent, ignore_errors=True)
    return edition


@transaction.atomic
def discard_held(list_id: str, sha256: str, *, reason: str, actor: User | None) -> None:
    """Say no to the file that is held. The edition in force stays."""
    check_role(actor, *policies.TAKE_LISTS)
    line = known_line(list_id)
    held = _held(line, sha256)
    ListInForce.objects.filter(pk=list_id).update(held={}, refusal="")
    record("checks.list.discarded", line.row, actor=actor, before={"sha256": sha256}, reason=reason)
    transaction.on_commit(lambda: shutil.rmtree(Path(held["path"]).parent, ignore_errors=True))


def known_line(list_id: str) -> ListLine:
    """The list. Raises ChecksRefused when this installation doesn't know it."""
    line = line_of(list_id)
    if line is None:
        raise ChecksRefused("Den listan finns inte.")
    return line


def _check_may_take(actor: User | None) -> None:
    """A list is taken in by a person with the right, or by the clock as it comes from its issuer."""
    if actor is not None:
        check_role(actor, *policies.TAKE_LISTS)


def _held(line: ListLine, sha256: str) -> dict[str, str]:
    held: dict[str, str] = line.row.held if line.row else {}
    if not held or held["sha256"] != sha256:
        raise ChecksRefused("Filen väntar inte längre. Läs in den igen.")
    return held


@transaction.atomic
def _note_refusal(
    line: ListLine, error: InputError, *, path: Path | None, arrival: Arrival, actor: User | None
) -> None:
    row = row_of(line)
    row.tried_at, row.refusal = arrival.at, in_swedish(error)
    if isinstance(error, ListHeld) and path is not None:
        row.held = _set_aside(line.list_id, path) | {
            "origin": arrival.origin,
            "fetched_at": plain(arrival.at),
            # Kept apart from the row's refusal, which a later attempt overwrites while this file still waits.
            "why": row.refusal,
            "reasons": error.params.get("reasons", []),
            "summary": error.params.get("summary", ""),
        }
    row.save(update_fields=["tried_at", "refusal", "held"])
    record("checks.list.refused", row, actor=actor, after={"code": error.code}, reason=row.refusal)


def _set_aside(list_id: str, path: Path) -> dict[str, str]:
    digest, _ = digest_of_file(path)
    folder = Path(settings.LIST_STORE) / ".held" / list_id / digest[:16]
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / path.name
    if kept.resolve() != path.resolve():
        shutil.copyfile(path, kept)
    return {"path": str(kept), "sha256": digest}
