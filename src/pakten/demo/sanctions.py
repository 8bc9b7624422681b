"""The invented list as a file in the format of the EU's consolidated list, XML 1.1."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from lxml import etree

from pakten.demo.values import ListedBirth, ListedName, ListedParty

LIST_ID = "pakten-demo"
NAMESPACE = "http://eu.europa.ec/fpi/fsd/export"
INVENTED = "PÅHITTAD / INVENTED: written for a demonstration; nobody on this list exists."
_COUNTRIES = {
    "RU": "RUSSIAN FEDERATION",
    "BY": "BELARUS",
    "SY": "SYRIAN ARAB REPUBLIC",
    "IR": "IRAN (ISLAMIC REPUBLIC OF)",
}


def file_name(generated_at: datetime) -> str:
    """What the file of that moment is called; the name says that it is invented."""
    return f"pahittad-demolista-{generated_at:%Y%m%d}.xml"


def write_list(parties: Iterable[ListedParty], generated_at: datetime) -> bytes:
    """The parties as EU FSF XML 1.1, UTF-8; the same input gives the same bytes."""
    root = etree.Element(f"{{{NAMESPACE}}}export", nsmap={None: NAMESPACE})
    root.set("generationDate", generated_at.isoformat(timespec="milliseconds"))
    root.set("globalFileId", f"{generated_at:%Y%m%d}")
    root.append(etree.Comment(f" {INVENTED} "))
    for party in parties:
        _Entry(root, party).write()
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


class _Entry:
    """One ``sanctionEntity`` in the making."""

    def __init__(self, root: etree._Element, party: ListedParty) -> None:
        self._party = party
        self._logical_id = party.number * 100
        self._node = _add(
            root,
            "sanctionEntity",
            designationDetails="",
            unitedNationId="",
            euReferenceNumber=party.reference,
            logicalId=str(party.number),
        )

    def write(self) -> None:
        """Pour the party in, in the order of the EU's own file."""
        _add(self._node, "remark").text = INVENTED
        self._regulation()
        kind = ("person", "P") if self._party.is_person else ("enterprise", "E")
        _add(self._node, "subjectType", code=kind[0], classificationCode=kind[1])
        for name in self._party.names:
            self._name(name)
        if self._party.citizenship:
            self._fact("citizenship", region="", **_country(self._party.citizenship))
        for birth in self._party.births:
            self._birth(birth)
        self._numbers()
        self._addresses()

    def _fact(self, tag: str, **attributes: str) -> None:
        """Add a statement with the regulation that made it."""
        self._logical_id += 1
        node = _add(self._node, tag, **attributes, regulationLanguage="en", logicalId=str(self._logical_id))
        _add(node, "regulationSummary", **self._act(), publicationUrl=self._url())

    def _act(self) -> dict[str, str]:
        return {
            "regulationType": "regulation",
            "publicationDate": self._party.listed_on.isoformat(),
            "numberTitle": f"DEMO {self._party.listed_on.year}/{self._party.number % 1000:03d} (påhittad)",
        }

    def _url(self) -> str:
        return f"https://forordningar.example/{self._party.listed_on.year}/{self._party.number}"

    def _regulation(self) -> None:
        node = _add(
            self._node,
            "regulation",
            organisationType="council",
            entryIntoForceDate=self._party.listed_on.isoformat(),
            programme=self._party.programme,
            logicalId=str(self._party.number),
            **self._act(),
        )
        _add(node, "publicationUrl").text = self._url()

    def _name(self, name: ListedName) -> None:
        first, _, last = name.text.rpartition(" ") if self._party.is_person else ("", "", "")
        self._fact(
            "nameAlias",
            firstName=first,
            middleName="",
            lastName=last,
            wholeName=name.text,
            function=name.function,
            gender=self._party.gender,
            title="",
            nameLanguage=name.language,
            strong=_flag(name.strong),
        )

    def _birth(self, birth: ListedBirth) -> None:
        # As in the EU's file: what isn't known of a date is left out, what isn't known of a place is empty.
        known: dict[str, object] = {"year": birth.year}
        if birth.day:
            day = birth.day
            known = {"birthdate": day, "dayOfMonth": day.day, "monthOfYear": day.month, "year": day.year}
        known |= {"yearRangeFrom": birth.year_from, "yearRangeTo": birth.year_to}
        self._fact(
            "birthdate",
            circa=_flag(birth.circa),
            calendarType="GREGORIAN",
            city=birth.city,
            region="",
            place="",
            **{key: str(value) for key, value in known.items() if value},
            **_country(birth.country),
        )

    def _numbers(self) -> None:
        flags = ("diplomatic", "knownExpired", "knownFalse", "reportedLost", "revokedByIssuer")
        for document in self._party.numbers:
            self._fact(
                "identification",
                number=document.number,
                latinNumber="",
                nameOnDocument="",
                issuedBy="",
                identificationTypeCode=document.kind,
                identificationTypeDescription=document.kind,
                **dict.fromkeys(flags, _flag(False)),
                **_country(document.country),
            )

    def _addresses(self) -> None:
        for address in self._party.addresses:
            self._fact(
                "address",
                city=address.city,
                street=address.street,
                asAtListingTime=_flag(False),
                **dict.fromkeys(("poBox", "zipCode", "region", "place"), ""),
                **_country(address.country),
            )


def _add(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}", attributes)


def _flag(value: bool) -> str:
    return "true" if value else "false"


def _country(code: str) -> dict[str, str]:
    """The attributes of a country; ``00`` and UNKNOWN where it isn't stated, as in the EU's own file."""
    return {"countryIso2Code": code or "00", "countryDescription": _COUNTRIES.get(code, "UNKNOWN")}
