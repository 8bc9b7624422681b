"""An entry under construction: readers pour in what they find, and a clean ``Listing`` comes out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from vandel.lists.countries import country_codes, is_country
from vandel.lists.dates import birth_dates
from vandel.lists.refusal import ListRefused
from vandel.model import Entity, Identifier, Listing, Name, NameKind, Schema

_SPACE = re.compile(r"\s+")
_KIND_ORDER = (NameKind.PRIMARY, NameKind.ALIAS, NameKind.PREVIOUS, NameKind.WEAK)
MAX_REMARK = 20_000


def squeeze(text: str) -> str:
    """Text with every run of white space as one blank, none at the ends."""
    return _SPACE.sub(" ", text).strip()


class Draft:
    """One entry. Everything may be added twice; the listing has it once, in the order in which it came."""

    def __init__(self, id: str, schema: Schema) -> None:
        self.id = id
        self.schema = schema
        self.listed_on: date | None = None
        self.reference: str | None = None
        self.reference_url: str | None = None
        self._names: dict[str, Name] = {}
        self._countries: dict[str, None] = {}
        self._births: dict[str, None] = {}
        self._identifiers: dict[Identifier, None] = {}
        self._addresses: dict[str, None] = {}
        self._programs: dict[str, None] = {}
        self._remarks: dict[str, None] = {}

    def name(self, text: str, kind: NameKind = NameKind.ALIAS, *, language: str | None = None) -> None:
        """A name; of two equal ones the firmer kind stays."""
        text = squeeze(text).strip(",;").replace(" ,", ",")
        if not any(letter.isalnum() for letter in text):
            return
        key = text.casefold()
        known = self._names.get(key)
        if known is None or _KIND_ORDER.index(kind) < _KIND_ORDER.index(known.kind):
            self._names[key] = Name(text, kind, language or None)

    def has_name(self, text: str) -> bool:
        return squeeze(text).casefold() in self._names

    @property
    def countries(self) -> tuple[str, ...]:
        return tuple(self._countries)

    def country(self, text: str) -> None:
        """A country in words or as an alpha-2 code; several in one text are all taken."""
        self._countries.update(dict.fromkeys(country_codes(text)))

    def country_at_end(self, address: str) -> None:
        """The country with which an address ends; streets and towns bear names of countries too."""
        last = address.rpartition(",")[2]
        if is_country(last):
            self.country(last)

    def birth(self, text: str | None) -> None:
        """A date of birth as printed."""
        self._births.update(dict.fromkeys(birth_dates(text or "")))

    def identify(self, identifier: Identifier | None) -> None:
        if identifier is not None:
            self._identifiers[identifier] = None

    def address(self, *parts: str) -> None:
        """An address of its printed parts, each once."""
        text = ", ".join(dict.fromkeys(part for part in map(squeeze, parts) if part))
        if text:
            self._addresses[text] = None

    def program(self, text: str) -> None:
        if text := squeeze(text):
            self._programs[text] = None

    def remark(self, text: str) -> None:
        if text := squeeze(text):
            self._remarks[text] = None

    def listed(self, on: date | None) -> None:
        """The day of listing; of several the first in time."""
        if on is not None and (self.listed_on is None or on < self.listed_on):
            self.listed_on = on

    def listing(self, list_id: str) -> Listing | None:
        """The finished entry; None when it has no name, since nothing can be compared with it."""
        names = self._ordered_names()
        if not names:
            return None
        return Listing(
            list_id=list_id,
            entity=Entity(
                id=self.id,
                schema=self.schema,
                names=names,
                countries=tuple(self._countries),
                birth_dates=tuple(self._births),
                identifiers=tuple(self._identifiers),
                addresses=tuple(self._addresses),
            ),
            programs=tuple(self._programs),
            listed_on=self.listed_on,
            reference=squeeze(self.reference or "") or None,
            reference_url=squeeze(self.reference_url or "") or None,
            remarks="\n".join(self._remarks)[:MAX_REMARK] or None,
        )

    def _ordered_names(self) -> tuple[Name, ...]:
        names = sorted(self._names.values(), key=lambda name: _KIND_ORDER.index(name.kind))
        if names and names[0].kind is NameKind.ALIAS:
            names[0] = Name(names[0].text, NameKind.PRIMARY, names[0].language)
        return tuple(names)


class Drafts:
    """The entries of one file by id, in the file's order."""

    def __init__(self) -> None:
        self._drafts: dict[str, Draft] = {}

    def __len__(self) -> int:
        return len(self._drafts)

    def open(self, id: str, schema: Schema) -> Draft:
        """The entry with this id, begun now or before (formats with several rows for one entry)."""
        draft = self._drafts.get(id)
        if draft is None:
            draft = self._drafts[id] = Draft(id, schema)
        return draft

    def find(self, id: str) -> Draft | None:
        return self._drafts.get(id)

    def begin(self, id: str, schema: Schema) -> Draft:
        """A new entry. Errors: ``ListRefused`` when the id is missing or was there before."""
        if not id:
            raise ListRefused("lists.no_id", "An entry of the list has no id.")
        if id in self._drafts:
            raise ListRefused("lists.duplicate_id", f"The list has two entries with the id {id!r}.", id=id)
        return self.open(id, schema)

    def finish(self, list_id: str) -> tuple[tuple[Listing, ...], tuple[str, ...]]:
        """The listings, and a note when entries were left out. Errors: ``ListRefused`` when none is left."""
        finished = [draft.listing(list_id) for draft in self._drafts.values()]
        listings = tuple(listing for listing in finished if listing is not None)
        if not listings:
            raise ListRefused("lists.no_entries", "The file has no entries.")
        nameless = len(finished) - len(listings)
        return listings, (
            (f"Left out, since they have no name: {nameless} of the entries.",) if nameless else ()
        )


def first_of(values: Iterable[str]) -> str:
    """The first non-empty value, else an empty text."""
    return next((value for value in values if value), "")
