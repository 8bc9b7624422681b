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
        self._node = self._add(root, "sanctionEntity", with_regulation=False)
        self._node.set("designationDetails", "")
        self._node.set("unitedNationId", "")
        self._node.set("euReferenceNumber", party.reference)
        self._node.set("logicalId", str(party.number))

    def write(self) -> None:
        self._remark(INVENTED)
        if self._party.remark:
            self._remark(self._party.remark)
        self._regulation()
        person = self._party.is_person
        self._add(
            self._node,
            "subjectType",
            with_regulation=False,
            code="person" if person else "enterprise",
            classificationCode="P" if person else "E",
        )
        for name in self._party.names:
            self._name(name)
        if self._party.citizenship:
            self._add(self._node, "citizenship", region="", **_country(self._party.citizenship))
        for birth in self._party.births:
            self._birth(birth)
        self._numbers_and_addresses()

    def _add(
        self, parent: etree._Element, tag: str, *, with_regulation: bool = True, **attributes: str
    ) -> etree._Element:
        node = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}", attributes)
        if with_regulation:
            self._logical_id += 1
            node.set("regulationLanguage", "en")
            node.set("logicalId", str(self._logical_id))
            summary = etree.SubElement(node, f"{{{NAMESPACE}}}regulationSummary", self._act())
            summary.set("publicationUrl", self._url())
        return node

    def _act(self) -> dict[str, str]:
        return {
            "regulationType": "regulation",
            "publicationDate": self._party.listed_on.isoformat(),
            "numberTitle": f"DEMO {self._party.listed_on.year}/{self._party.number % 1000:03d} (påhittad)",
        }

    def _url(self) -> str:
        return f"https://forordningar.example/{self._party.listed_on.year}/{self._party.number}"

    def _regulation(self) -> None:
        entry = self._party.listed_on.isoformat()
        node = self._add(
            self._node,
            "regulation",
            with_regulation=False,
            organisationType="council",
            entryIntoForceDate=entry,
            programme=self._party.programme,
            logicalId=str(self._party.number),
            **self._act(),
        )
        etree.SubElement(node, f"{{{NAMESPACE}}}publicationUrl").text = self._url()

    def _remark(self, text: str) -> None:
        self._add(self._node, "remark", with_regulation=False).text = text

    def _name(self, name: ListedName) -> None:
        first, _, last = name.text.rpartition(" ") if self._party.is_person else ("", "", "")
        self._add(
            self._node,
            "nameAlias",
            firstName=first,
            middleName="",
            lastName=last,
            wholeName=name.text,
            function=name.function,
            gender=self._party.gender,
            title="",
            nameLanguage=name.language,
            strong="true" if name.strong else "false",
        )

    def _birth(self, birth: ListedBirth) -> None:
        day = birth.day
        year = str(day.year if day else birth.year or "")
        attributes = {
            "circa": "true" if birth.circa else "false",
            "calendarType": "GREGORIAN",
            "city": birth.city,
            "zipCode": "",
            "birthdate": day.isoformat() if day else "",
            "dayOfMonth": str(day.day) if day else "",
            "monthOfYear": str(day.month) if day else "",
            "year": year,
            "yearRangeFrom": str(birth.year_from or ""),
            "yearRangeTo": str(birth.year_to or ""),
            "region": "",
            "place": "",
        }
        attributes = {
            key: value for key, value in attributes.items() if value or key in ("city", "region", "place")
        }
        self._add(self._node, "birthdate", **attributes, **_country(birth.country))

    def _numbers_and_addresses(self) -> None:
        for document in self._party.numbers:
            flags = ("diplomatic", "knownExpired", "knownFalse", "reportedLost", "revokedByIssuer")
            self._add(
                self._node,
                "identification",
                number=document.number,
                latinNumber="",
                nameOnDocument="",
                issuedBy="",
                identificationTypeCode=document.kind,
                identificationTypeDescription=document.kind,
                **dict.fromkeys(flags, "false"),
                **_country(document.country),
            )
        for address in self._party.addresses:
            blank = dict.fromkeys(("poBox", "zipCode", "region", "place"), "")
            self._add(
                self._node,
                "address",
                city=address.city,
                street=address.street,
                asAtListingTime="false",
                **blank,
                **_country(address.country),
            )


def _country(code: str) -> dict[str, str]:
    """The attributes of a country; ``00`` and UNKNOWN where it isn't stated, as in the EU's own file."""
    return {"countryIso2Code": code or "00", "countryDescription": _COUNTRIES.get(code, "UNKNOWN")}
