"""What the rows of one file say of the same organisations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pakten.members.imports.register import name_key, same_place
from pakten.members.imports.rows import CleanRow
from pakten.organisations.keys import search_key
from pakten.organisations.models import Organisation
from pakten.organisations.refusals import Refused

_TELL_APART = ("place", "org_nr")


class Seen:
    """The organisations that earlier rows of the same file were about."""

    def __init__(self, rows: Iterable[CleanRow]) -> None:
        self._told: dict[tuple[str, str], set[str]] = defaultdict(set)
        for row in rows:
            for field_name in _TELL_APART:
                if value := row.organisation.get(field_name):
                    self._told[name_key(row.name), field_name].add(search_key(str(value)))
        self._by_number: dict[str, int] = {}
        self._by_name: dict[str, list[tuple[CleanRow, int]]] = {}
        self._by_pk: dict[int, int] = {}

    def line_of(self, row: CleanRow, organisation: Organisation | None) -> int | None:
        """The line that was about the same organisation, if any was."""
        number = row.organisation.get("org_nr")
        if number in self._by_number:
            return self._by_number[number]
        if organisation is not None:
            return self._by_pk.get(organisation.pk)
        for other, line in self._by_name.get(name_key(row.name), ()):
            numbers = {number, other.organisation.get("org_nr")} - {None}
            places = (row.organisation.get("place", ""), other.organisation.get("place", ""))
            if len(numbers) < 2 and same_place(*places):
                return line
        return None

    def refuse_without_number(self, row: CleanRow) -> None:
        """Raise Refused for a row without number where the file has several numbers under its name."""
        if not row.organisation.get("org_nr") and len(self._told[name_key(row.name), "org_nr"]) > 1:
            raise Refused("Filen har flera organisationer med det namnet. Ange organisationsnummer på raden.")

    def refuse_unclear(self, row: CleanRow, organisation: Organisation) -> None:
        """Raise Refused where the file has several of this name and the register can't tell which it has.

        Whichever row came first would take the place or number, and the next import would differ.
        """
        for field_name in _TELL_APART:
            if not getattr(organisation, field_name) and len(self._told[name_key(row.name), field_name]) > 1:
                raise Refused(
                    "Filen har flera organisationer med det namnet, och registret säger inte vilken av dem "
                    "som är medlem. Fyll i ort och nummer på medlemmens sida först."
                )

    def note_number(self, row: CleanRow, line: int) -> None:
        """Tie the number of a row that is skipped to the row that it repeats, for the rows to come."""
        if number := row.organisation.get("org_nr"):
            self._by_number.setdefault(number, line)

    def note(self, row: CleanRow, organisation: Organisation | None) -> None:
        if number := row.organisation.get("org_nr"):
            self._by_number[number] = row.line
        if organisation is not None:
            self._by_pk[organisation.pk] = row.line
            if organisation.org_nr:
                self._by_number.setdefault(organisation.org_nr, row.line)
        self._by_name.setdefault(name_key(row.name), []).append((row, row.line))
