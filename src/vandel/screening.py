"""An organisation goes in, likenesses and a receipt come out: the one page that tells the whole story.

A :class:`Subject` is an organisation with those around it: owners, board, signatories. :class:`Screener`
holds the lists as they stand. For every list and every party there is one :class:`ListItem`, whose result is

* ``met``: the list was searched, and nothing on it is alike;
* ``unknown``: a likeness waits for a person, or the list or the party could not be checked; the same name
  with another birth date waits too, since it is a person who says that these are two;
* ``not_applicable``: public bodies are not held against sanctions lists.

It is never ``not_met``: that a listed party *is* the one asked about is a person's judgement. What could not
be searched is never ``met``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Final, Protocol

from vandel import __version__, matching
from vandel.evidence import canonical_json, digest_of_value
from vandel.matching import DEFAULT_THRESHOLD, Index
from vandel.model import (
    Directorship,
    EditionRef,
    Entity,
    Finding,
    Listing,
    Name,
    Ownership,
    Receipt,
    Result,
    Schema,
)
from vandel.names.analyse import INITIAL, LEGAL, analyse

__all__ = [
    "DEFAULT_THRESHOLD",
    "LIMIT",
    "RULE_VERSION",
    "Control",
    "ItemReason",
    "ListItem",
    "Party",
    "Screener",
    "Searchable",
    "Subject",
    "has_usable_name",
    "receipt_json",
]

# The first part changes when the rules on this page do, the second when the comparison of names does.
RULE_VERSION: Final = f"control-3/{matching.RULE_VERSION}"
LIMIT: Final = 10
_ALL: Final = 1_000_000
ORGANISATION: Final = "organisation"
OWNER: Final = "owner"


class Searchable(Protocol):
    """What a control needs of :class:`vandel.matching.Index`."""

    def search(self, query: Entity, *, threshold: float, limit: int) -> list[Finding]: ...


class ItemReason(StrEnum):
    """Why an item has its result."""

    NOTHING_ALIKE = "nothing_alike"
    LIKENESS_WAITS = "likeness_waits"
    LIST_NOT_CHECKED = "list_not_checked"
    NO_USABLE_NAME = "no_usable_name"
    PUBLIC_BODY = "public_body"


@dataclass(frozen=True, slots=True)
class Party:
    """One who is held against the lists, and in which roles: ``organisation``, ``owner``, ``board`` ..."""

    entity: Entity
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """An organisation with all its names, and those who own it or act for it."""

    id: str
    organisation: Entity
    owners: tuple[Ownership, ...] = ()
    directors: tuple[Directorship, ...] = ()

    def parties(self, on: date) -> tuple[Party, ...]:
        """The organisation, its owners on that day, its directors; each once, however many roles it has."""
        entities: dict[str, Entity] = {}
        roles: dict[str, list[str]] = {}
        for entity, role in self._roles(on):
            entities.setdefault(entity.id, entity)
            held = roles.setdefault(entity.id, [])
            if role not in held:
                held.append(role)
        return tuple(Party(entity, tuple(roles[key])) for key, entity in entities.items())

    def _roles(self, on: date) -> Iterator[tuple[Entity, str]]:
        yield self.organisation, ORGANISATION
        for stake in self.owners:
            if (stake.start is None or stake.start <= on) and (stake.end is None or on <= stake.end):
                yield stake.owner, OWNER
        for post in self.directors:
            yield post.director, post.role


@dataclass(frozen=True, slots=True)
class ListItem:
    """One party held against one list. ``detail`` says why the list can't be relied on, where it can't."""

    list_id: str
    binding: bool
    party: Party
    result: Result
    reason: ItemReason
    detail: str = ""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Control:
    """What came of one control, with its proof."""

    subject_id: str
    items: tuple[ListItem, ...]
    findings: tuple[Finding, ...]
    receipt: Receipt

    @property
    def result(self) -> Result:
        """The binding lists taken together. Lists that are shown for information decide nothing.

        One unknown item makes the whole unknown, and so does the absence of any binding list.
        """
        results = {item.result for item in self.items if item.binding}
        if Result.UNKNOWN in results or not results:
            return Result.UNKNOWN
        return Result.MET if Result.MET in results else Result.NOT_APPLICABLE


@dataclass(frozen=True, slots=True)
class Screener:
    """The lists as they stand when a control is made.

    ``editions`` are those that ``index`` was built from. ``binding`` are the lists that bind in Sweden.
    ``missing`` has, for each list that should be searched but has no edition, or one too old to rely on, the
    reason in words.
    """

    index: Searchable
    editions: tuple[EditionRef, ...]
    binding: frozenset[str]
    missing: Mapping[str, str]

    def control(
        self, subject: Subject, *, at: datetime, threshold: float = DEFAULT_THRESHOLD, limit: int = LIMIT
    ) -> Control:
        """Holds every party of ``subject`` against every list, and writes the receipt.

        ``threshold`` is the lowest likeness (0-1) told; at most ``limit`` are told for one list and party.
        """
        exempt = subject.organisation.schema is Schema.PUBLIC_BODY
        items: list[ListItem] = []
        for party in subject.parties(at.date()):
            if exempt or party.entity.schema is Schema.PUBLIC_BODY:
                items += self._not_applicable(party)
            else:
                items += self._held_against_lists(party, threshold=threshold, limit=limit)
        findings = tuple(finding for item in items for finding in item.findings)
        receipt = Receipt(
            made_at=at,
            engine_version=__version__,
            rule_version=RULE_VERSION,
            editions=self.editions,
            inputs_sha256=digest_of_value(subject),
            subjects=1,
            findings=len(findings),
            threshold=threshold,
            could_not_check=tuple(dict.fromkeys(_could_not_check(items))),
        )
        return Control(subject.id, tuple(items), findings, receipt)

    @property
    def list_ids(self) -> tuple[str, ...]:
        """Every list that a control speaks of, those that could not be checked included."""
        return tuple(sorted({edition.list_id for edition in self.editions} | set(self.missing)))

    def _not_applicable(self, party: Party) -> list[ListItem]:
        return [
            ListItem(list_id, list_id in self.binding, party, Result.NOT_APPLICABLE, ItemReason.PUBLIC_BODY)
            for list_id in self.list_ids
        ]

    def _held_against_lists(self, party: Party, *, threshold: float, limit: int) -> list[ListItem]:
        found: dict[str, list[Finding]] = {list_id: [] for list_id in self.list_ids}
        # One list must not push another's likenesses out, so room is made for all of them.
        for finding in self._alike(party.entity, threshold=threshold, limit=limit * max(1, len(found))):
            if finding.list_id not in found:
                raise ValueError(f"the index holds {finding.list_id}, of which no edition was given")
            found[finding.list_id].append(finding)
        usable = has_usable_name(party.entity, threshold)
        return [
            self._item(list_id, party, usable=usable, findings=tuple(findings[:limit]))
            for list_id, findings in found.items()
        ]

    def _alike(self, asked: Entity, *, threshold: float, limit: int) -> list[Finding]:
        """What is alike, and after it what only a differing birth date puts under ``threshold``."""
        found = self.index.search(asked, threshold=threshold, limit=limit)
        if not asked.birth_dates:
            return found
        undated = self.index.search(replace(asked, birth_dates=()), threshold=threshold, limit=limit)
        put_aside = {_entry(finding) for finding in undated} - {_entry(finding) for finding in found}
        if put_aside:
            everybody = self.index.search(asked, threshold=0.0, limit=_ALL)
            found += [finding for finding in everybody if _entry(finding) in put_aside]
        return found

    def _item(self, list_id: str, party: Party, *, usable: bool, findings: tuple[Finding, ...]) -> ListItem:
        detail = self.missing.get(list_id, "")
        result = Result.UNKNOWN
        if findings:
            reason = ItemReason.LIKENESS_WAITS
        elif list_id in self.missing:
            reason = ItemReason.LIST_NOT_CHECKED
        elif not usable:
            reason = ItemReason.NO_USABLE_NAME
        else:
            result, reason = Result.MET, ItemReason.NOTHING_ALIKE
        return ListItem(list_id, list_id in self.binding, party, result, reason, detail, findings)


def _entry(finding: Finding) -> tuple[str, str]:
    return finding.list_id, finding.target_id


def has_usable_name(entity: Entity, threshold: float = DEFAULT_THRESHOLD) -> bool:
    """Whether any name would be found on a list that has the very same name.

    A legal form, initials or punctuation alone never are, and everyday words (a firm called International
    Trading) are worth too little to reach ``threshold``: that nothing alike was seen then says nothing.
    """
    person = entity.schema.is_person
    return any(_finds_itself(name.text, person, threshold=threshold) for name in entity.names)


@lru_cache(maxsize=20_000)
def _finds_itself(name: str, person: bool, *, threshold: float) -> bool:
    if all(token.kind in (LEGAL, INITIAL) for token in analyse(name, person=person)):
        return False
    schema = Schema.PERSON if person else Schema.LEGAL_ENTITY
    twin = Listing("twin", Entity("twin", schema, (Name(name),)))
    return bool(Index.build([twin]).search(twin.entity, threshold=threshold, limit=1))


def receipt_json(receipt: Receipt, **also: object) -> str:
    """The receipt as JSON for people and machines, sorted by key, with ``also`` beside its own fields."""
    plain = json.loads(canonical_json(receipt)) | json.loads(canonical_json(also))
    return json.dumps(plain, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _could_not_check(items: list[ListItem]) -> Iterator[str]:
    for item in items:
        if item.detail:
            yield f"{item.list_id}: {item.detail}"
        elif item.reason is ItemReason.NO_USABLE_NAME:
            yield f"{item.party.entity.id}: has no name that can be compared"
