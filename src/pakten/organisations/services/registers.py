"""Taking in a register's file as the edition that is asked. A refusal leaves the old edition in force."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import httpx
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from pakten.accounts.models import User
from pakten.audit.services import record
from pakten.core.sentences import in_swedish
from pakten.organisations.models import RegisterInForce, RegisterOrigin
from pakten.organisations.policies import check_may_write
from pakten.organisations.refusals import Refused
from pakten.organisations.registers.books import store
from pakten.organisations.registers.words import objections
from pakten.records.words import one_line
from vandel.errors import InputError
from vandel.evidence import digest_of_file
from vandel.lists import Deadline, FetchRules
from vandel.lists import fetch as fetch_file
from vandel.registers.edition import RegisterEdition
from vandel.registers.refusal import RegisterHeld

# The largest known file is 250 MB; a server that feeds us for ever is cut off.
FETCH_SECONDS: Final = 3600.0
LARGEST: Final = 4 * 2**30
KEPT_EDITIONS: Final = 3
_NAME = 200
# What of a file's rows is not taken in, and only counted.
_PASSED_OVER = ("persons_dropped", "without_number", "unreadable")

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class RegisterArrival:
    """How a file came. ``title`` names a register of one's own, which comes as a table.

    ``override_reason`` is why it is taken in although the guards hold it.
    """

    at: datetime
    origin: RegisterOrigin = RegisterOrigin.IMPORTED
    where: str = ""
    title: str = ""
    override_reason: str = ""


def own_register_id(title: str) -> str:
    """The id of a register of one's own, from its name. Raises Refused for a name without letters."""
    made = slugify(title)[:50]
    if not made:
        raise Refused("Skriv registrets namn.")
    return made


def take_register(
    register_id: str,
    path: Path,
    *,
    actor: User | None,
    arrival: RegisterArrival,
    progress: Progress | None = None,
) -> RegisterInForce:
    """Read a file into an edition and put it in force. ``actor`` None is the operator at the server.

    ``progress`` hears how many records are read; it may raise to stop. Raises PermissionDenied, Refused for
    an older edition, ``vandel.errors.InputError`` when the file can't be used: the row says in Swedish what
    was wrong, and a file that is held (``RegisterHeld``) is kept until somebody has looked.
    """
    if actor is not None:
        check_may_write(actor)
    _know(register_id, arrival.title)
    try:
        edition = store().accept(
            register_id,
            path,
            fetched_at=arrival.at,
            fetched_from=arrival.where or None,
            override_reason=arrival.override_reason.strip() or None,
            progress=progress,
        )
    except InputError as error:
        _note_refusal(register_id, error, path=path, arrival=arrival, actor=actor)
        raise
    return _put_in_force(edition, actor=actor, arrival=arrival)


def fetch_register(
    register_id: str,
    *,
    actor: User | None,
    client: httpx.Client | None = None,
    progress: Progress | None = None,
) -> RegisterInForce:
    """Fetch a register's file from its publisher and take it in. Raises as :func:`take_register`."""
    if actor is not None:
        check_may_write(actor)
    source, now = store().source(register_id), timezone.now()
    arrival = RegisterArrival(now, RegisterOrigin.FETCHED, source.address or "")
    with tempfile.TemporaryDirectory(prefix="pakten-register-") as folder:
        try:
            with client or httpx.Client(timeout=60) as opened:
                got = fetch_file(
                    source,
                    opened,
                    target_dir=Path(folder),
                    now=now,
                    rules=FetchRules(max_bytes=LARGEST),
                    deadline=Deadline(FETCH_SECONDS, time.monotonic),
                )
        except InputError as error:
            _note_refusal(register_id, error, path=None, arrival=arrival, actor=actor)
            raise
        return take_register(register_id, got.path, actor=actor, arrival=arrival, progress=progress)


def accept_held_register(
    register_id: str, sha256: str, *, reason: str, actor: User, progress: Progress | None = None
) -> RegisterInForce:
    """Take in the file that is held, after a person has looked, with that person's reason.

    ``sha256`` is the file that the page showed. Raises Refused when it is not the one that waits any more.
    """
    check_may_write(actor)
    held = check_held(register_id, sha256, reason=reason)
    arrival = RegisterArrival(
        datetime.fromisoformat(held["fetched_at"]),
        RegisterOrigin(held["origin"]),
        held["where"],
        override_reason=reason,
    )
    row = take_register(register_id, Path(held["path"]), actor=actor, arrival=arrival, progress=progress)
    shutil.rmtree(Path(held["path"]).parent, ignore_errors=True)
    return row


@transaction.atomic
def discard_held_register(register_id: str, sha256: str, *, reason: str, actor: User) -> None:
    """Say no to the file that is held. The edition in force stays."""
    check_may_write(actor)
    held = _held(register_id, sha256)
    row = _row(register_id)
    RegisterInForce.objects.filter(pk=row.pk).update(held={}, refusal="")
    before = {"sha256": sha256}
    record("organisations.register.discarded", row, actor=actor, before=before, reason=one_line(reason, 500))
    transaction.on_commit(lambda: shutil.rmtree(Path(held["path"]).parent, ignore_errors=True))


def _know(register_id: str, title: str) -> None:
    if title and register_id not in store().sources():
        named = one_line(title, _NAME)
        store().add_table(register_id, title=named, publisher=named)


def _row(register_id: str) -> RegisterInForce:
    """The register's row, made when it is missing and locked until the transaction ends."""
    title = store().source(register_id).title[:_NAME]
    RegisterInForce.objects.get_or_create(pk=register_id, defaults={"title": title})
    return RegisterInForce.objects.select_for_update().get(pk=register_id)


@transaction.atomic
def _put_in_force(
    edition: RegisterEdition, *, actor: User | None, arrival: RegisterArrival
) -> RegisterInForce:
    row = _row(edition.register_id)
    before = {"edition": row.edition_id, "sha256": row.sha256} if row.edition_id else {}
    is_other = row.edition_id not in ("", edition.edition_id)
    if is_other and row.fetched_at and edition.fetched_at < row.fetched_at:
        raise Refused("Filen är en äldre utgåva som vi redan har. Den gällande utgåvan är kvar.")
    row.edition_id, row.sha256, row.entries = edition.edition_id, edition.sha256, edition.entries
    row.counts, row.file_name = dict(edition.counts), one_line(edition.file_name, _NAME)
    row.file_dated_at, row.fetched_at = edition.file_dated_at, edition.fetched_at
    row.confirmed_at, row.origin, row.taken_by = edition.confirmed_at, arrival.origin, actor
    row.override_reason = edition.override_reason or ""
    row.tried_at, row.refusal, row.held = timezone.now(), "", {}
    row.save()
    after = {
        "edition": edition.edition_id,
        "sha256": edition.sha256,
        "count": edition.entries,
        "passed_over": sum(edition.counts[name] for name in _PASSED_OVER),
    }
    record("organisations.register.loaded", row, actor=actor, before=before, after=after, reason=row.title)
    transaction.on_commit(lambda: _follow(edition))
    return row


def _follow(edition: RegisterEdition) -> None:
    """The engine's own pointer, which its guards and the command line read, follows ours."""
    store().switch(edition.register_id, edition.edition_id)
    store().prune(edition.register_id, keep=KEPT_EDITIONS)


@transaction.atomic
def _note_refusal(
    register_id: str,
    error: InputError,
    *,
    path: Path | None,
    arrival: RegisterArrival,
    actor: User | None,
) -> None:
    row = _row(register_id)
    row.tried_at, row.refusal = arrival.at, in_swedish(error)
    if isinstance(error, RegisterHeld) and path is not None:
        row.held = _set_aside(register_id, path) | {
            "origin": arrival.origin,
            "where": arrival.where,
            "fetched_at": arrival.at.isoformat(),
            "why": f"{row.refusal} {objections(error)}".strip(),
        }
    row.save(update_fields=["tried_at", "refusal", "held"])
    record("organisations.register.refused", row, actor=actor, after={"code": error.code}, reason=row.refusal)


def _set_aside(register_id: str, path: Path) -> dict[str, str]:
    digest, _ = digest_of_file(path)
    folder = Path(settings.REGISTER_STORE) / ".held" / register_id / digest[:16]
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / path.name
    if kept.resolve() != path.resolve():
        shutil.copyfile(path, kept)
    return {"path": str(kept), "sha256": digest}


def check_held(register_id: str, sha256: str, *, reason: str) -> dict[str, str]:
    """What is known of the file that waits. Raises Refused without a reason, or where it no longer does."""
    held = _held(register_id, sha256)
    if not reason.strip():
        raise Refused("Skriv varför filen ska tas in trots varningen. Skälet sparas.")
    return held


def _held(register_id: str, sha256: str) -> dict[str, str]:
    row = RegisterInForce.objects.filter(pk=register_id).first()
    held: dict[str, str] = row.held if row else {}
    if not held or held["sha256"] != sha256:
        raise Refused("Filen väntar inte längre. Läs in den igen.")
    return held
