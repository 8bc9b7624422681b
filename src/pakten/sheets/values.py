"""What stands on a control sheet, as frozen values: the sheet and its digest are a function of these alone.

Moments are aware; texts are Swedish and made for people. Nothing here says when the sheet was drawn up, or
by whom: the same facts are the same sheet, whoever asks for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

FORM = "pakten-kontrollblad-1"


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item of a check list. ``result`` is one of the four words of a check; ``label`` in Swedish."""

    title: str
    result: str
    label: str
    seen: str
    source: str
    where: str
    at: datetime | None
    by: str
    sha256: str = ""
    holds_until: str = ""


@dataclass(frozen=True, slots=True)
class EditionLine:
    """One edition of a list; the three dates are three things, as in the list's own page."""

    title: str
    edition_id: str
    binds: bool
    invented: bool
    entries: int
    published_on: str
    file_dated_at: str
    fetched_at: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """One whose name was held against the lists. ``result``: of the binding lists, the heaviest."""

    name: str
    kind: str
    roles: tuple[str, ...]
    result: str
    label: str


@dataclass(frozen=True, slots=True)
class JudgementLine:
    """One step on a likeness, in order. ``second``: who confirmed, empty while nobody has had to or has."""

    what: str
    reason: str
    by: str
    at: datetime
    second: str = ""
    second_at: datetime | None = None
    waits: bool = False


@dataclass(frozen=True, slots=True)
class LikenessLine:
    """A name that is like a listed one, and what people have said of it."""

    subject: str
    subject_kind: str
    target: str
    list_title: str
    binds: bool
    score: float
    standing: str
    judgements: tuple[JudgementLine, ...] = ()


@dataclass(frozen=True, slots=True)
class StatementLine:
    """What a website says: read as what, in its own words, on which page; and what a person says of it."""

    about: str
    text: str
    page: str
    judged: str


@dataclass(frozen=True, slots=True)
class VisitPart:
    """A visit to the website: how it went, whose site it is held to be, what it says, what proves it."""

    outcome: str
    is_read: bool
    site: str
    address: str
    at: datetime
    by: str
    archive_sha256: str
    statements: tuple[StatementLine, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One look-up in a register and what it gave: an answer, that it is not there, or none at all."""

    register: str
    outcome: str
    label: str
    said: str
    at: datetime
    where: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class DeviationLine:
    """A deviation as it stands, and what the organisation says of it."""

    number: str
    what: str
    where: str
    seen: str
    seen_at: datetime
    seriousness: str
    state: str
    comment: str
    assessment: str
    decision: str
    follow_up: str


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """A receipt that lies inside the PDF: the file's name, what it proves, the digest of its bytes."""

    name: str
    title: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Versions:
    """By what the control was made."""

    engine: str
    rules: str
    threshold: float | None
    check_list: str = ""


@dataclass(frozen=True, slots=True)
class SheetContent:
    """One control sheet. ``result`` is empty for a check list, which has a result per item and none in all.

    ``as_of`` is the latest moment that anything on the sheet comes from.
    """

    kind: str
    title: str
    organisation_id: str
    organisation: str
    number: str
    sector: str
    case: str
    made_at: datetime
    by: str
    as_of: datetime
    result: str
    result_label: str
    result_at_run: str
    standing: tuple[str, ...]
    versions: Versions
    items: tuple[ItemLine, ...] = ()
    editions: tuple[EditionLine, ...] = ()
    compared: tuple[ComparedLine, ...] = ()
    likenesses: tuple[LikenessLine, ...] = ()
    visit: VisitPart | None = None
    registers: tuple[RegisterLine, ...] = ()
    deviations: tuple[DeviationLine, ...] = ()
    unchecked: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    receipts: tuple[ReceiptLine, ...] = ()
    form: str = FORM


@dataclass(frozen=True, slots=True)
class Gathered:
    """A sheet's content and the very bytes of the receipts that it names, in their order."""

    content: SheetContent
    receipts: tuple[bytes, ...] = ()
