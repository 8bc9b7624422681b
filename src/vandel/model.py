"""The engine's values: frozen, compared by content, free of input and output.

Words follow FollowTheMoney (schemas, ``Ownership.owner/asset/percentage``, ``Directorship``) and, for the
result of a control, the glossary in ``GLOSSARY.md``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Schema(StrEnum):
    """What kind of thing an entity is, in FollowTheMoney's words."""

    PERSON = "Person"
    COMPANY = "Company"
    ORGANIZATION = "Organization"
    PUBLIC_BODY = "PublicBody"
    LEGAL_ENTITY = "LegalEntity"
    VESSEL = "Vessel"
    AIRPLANE = "Airplane"

    @property
    def is_person(self) -> bool:
        return self is Schema.PERSON

    @property
    def is_organisation(self) -> bool:
        return self in _ORGANISATIONS


_ORGANISATIONS = frozenset({Schema.COMPANY, Schema.ORGANIZATION, Schema.PUBLIC_BODY, Schema.LEGAL_ENTITY})


class NameKind(StrEnum):
    """How firmly a name belongs to its entity."""

    PRIMARY = "primary"
    ALIAS = "alias"
    WEAK = "weak"  # the issuer itself marks the alias as low quality
    PREVIOUS = "previous"


@dataclass(frozen=True, slots=True)
class Name:
    """One name of an entity, in the letters in which its source writes it."""

    text: str
    kind: NameKind = NameKind.PRIMARY
    language: str | None = None  # ISO 639-1, lower case, where the source says it


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number that somebody issued for the entity.

    ``scheme`` is a key of :data:`vandel.ids.SCHEMES` (``orgnr``, ``inn``, ``lei`` ...) or ``other``;
    ``value`` is normalised by that scheme.
    """

    scheme: str
    value: str


@dataclass(frozen=True, slots=True)
class Entity:
    """An organisation, a person, a ship or an aircraft, as one source describes it.

    ``countries`` are ISO 3166-1 alpha-2 in lower case. ``birth_dates`` are ISO 8601 with reduced precision
    (``1960``, ``1960-08``, ``1960-08-11``); a range of years is written ``1960/1963``.
    There is no field for nationality or origin, and none may be added.
    """

    id: str
    schema: Schema
    names: tuple[Name, ...]
    countries: tuple[str, ...] = ()
    birth_dates: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    addresses: tuple[str, ...] = ()

    @property
    def caption(self) -> str:
        """The name to show: the first primary name, else the first of any kind, else the id."""
        for name in self.names:
            if name.kind is NameKind.PRIMARY:
                return name.text
        return self.names[0].text if self.names else self.id


@dataclass(frozen=True, slots=True)
class Listing:
    """An entity's entry on a list that an issuer publishes. ``entity.id`` is unique within the list."""

    list_id: str
    entity: Entity
    programs: tuple[str, ...] = ()
    listed_on: date | None = None
    reference: str | None = None  # the legal act or the issuer's own reference
    reference_url: str | None = None
    remarks: str | None = None


@dataclass(frozen=True, slots=True)
class Ownership:
    """``owner`` holds ``percentage`` of ``asset`` (0-100; None = not known). Dates bound its validity."""

    owner: Entity
    asset_id: str
    percentage: float | None = None
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Directorship:
    """``director`` has ``role`` (board, signatory, managing director ...) in ``organization_id``."""

    director: Entity
    organization_id: str
    role: str


@dataclass(frozen=True, slots=True)
class EditionRef:
    """Which edition of a list was used: enough to find the very bytes again."""

    list_id: str
    edition_id: str
    sha256: str
    length: int
    entries: int
    published_on: date | None  # when the issuer says that it published
    file_dated_at: datetime | None  # what the file or the server says of the file
    fetched_at: datetime  # when we got it


class ReasonCode(StrEnum):
    """Why two names, or two records, agree or differ. Rendered in words by ``vandel.matching.explain``."""

    SAME_NAME = "same_name"
    SAME_WORD = "same_word"
    SAME_WORD_OTHER_SPELLING = "same_word_other_spelling"
    SAME_WORD_OTHER_SCRIPT = "same_word_other_script"
    SAME_WORD_TRANSLATED = "same_word_translated"
    INITIAL = "initial"
    ACRONYM = "acronym"
    JOINED_WORDS = "joined_words"
    WORD_MISSING = "word_missing"  # the query has a word that the listed name lacks
    WORD_EXTRA = "word_extra"  # the listed name has a word that the query lacks
    NUMBER_DIFFERS = "number_differs"
    LEGAL_FORM_SAME = "legal_form_same"
    LEGAL_FORM_DIFFERS = "legal_form_differs"
    BIRTH_DATE_SAME = "birth_date_same"
    BIRTH_DATE_DIFFERS = "birth_date_differs"
    COUNTRY_SAME = "country_same"
    COUNTRY_DIFFERS = "country_differs"
    IDENTIFIER_SAME = "identifier_same"
    IDENTIFIER_DIFFERS = "identifier_differs"
    WEAK_ALIAS = "weak_alias"


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of a score: what was compared, and what it was worth (negative = spoke against)."""

    code: ReasonCode
    query: str = ""
    target: str = ""
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Finding:
    """A likeness (*namnlikhet*) between one who was asked about and one who is listed. Never a verdict.

    ``score`` runs from 0 to 1. ``query_name`` and ``matched_name`` are the two names that came closest, as
    they are written.
    """

    query_id: str
    target_id: str
    list_id: str
    score: float
    query_name: str
    matched_name: str
    reasons: tuple[Reason, ...]


class Judgement(StrEnum):
    """A person's verdict on a likeness."""

    SAME = "same"
    DIFFERENT = "different"
    CANNOT_TELL = "cannot_tell"


class Result(StrEnum):
    """How a requirement stands. Unknown is never added to met."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


class CheckResult(StrEnum):
    """How one check item came out. Failure to reach a source is ``could_not_check``, never ``ok``."""

    OK = "ok"
    DEVIATION = "deviation"
    COULD_NOT_CHECK = "could_not_check"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof of having looked, written also when nothing was found.

    ``inputs_sha256`` covers the canonical JSON of everything that was asked about; ``could_not_check`` has
    one sentence per source or subject that was left unchecked.
    """

    made_at: datetime
    engine_version: str
    rule_version: str
    editions: tuple[EditionRef, ...]
    inputs_sha256: str
    subjects: int
    findings: int
    threshold: float
    could_not_check: tuple[str, ...] = ()
