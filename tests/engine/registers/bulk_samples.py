"""Small files in the registers' formats. Every organisation and person in them is invented."""

import io
import zipfile

from bench.registers.generate import HEADER, check_digit

SCB_COLUMNS = (
    *("ForAndrTyp", "COAdress", "Foretagsnamn", "FtgStat", "Gatuadress", "JEStat", "JurForm", "Namn"),
    *("Ng1", "Ng2", "Ng3", "Ng4", "Ng5", "PeOrgNr", "PostNr", "PostOrt", "RegDatKtid", "Reklamsparrtyp"),
)
SCB_HEADER = [*SCB_COLUMNS, *(f"m{name}" for name in SCB_COLUMNS if name not in ("ForAndrTyp", "PeOrgNr"))]

# The canaries: a private person's number and name that nothing may keep.
PERSON_NUMBER = "811218987" + check_digit("811218987")
PERSON_NAME = "Kanariefågel"


def orgnr(place: int, first: str = "55") -> str:
    nine = f"{first}2{place:06d}"
    return nine + check_digit(nine)


def row(place=1, **changes):
    """A row of Bolagsverket's file."""
    name = changes.pop("name", f"Exempelbolaget {place} Aktiebolag")
    fields = {
        "id": f"{orgnr(place)}$ORGNR-IDORG",
        "business": "1",
        "country": "SE-LAND",
        "names": f"{name}$FORETAGSNAMN-ORGNAM$2020-01-02",
        "form": "AB-ORGFO",
        "ended": "",
        "cause": "",
        "proceeding": "",
        "since": "1999-03-04",
        "activity": "Bolaget ska bedriva handel.",
        "address": "Gatan 1$c/o Kanariefågel$STOCKHOLM$11122$SE-LAND",
    }
    fields.update(changes)
    return '"' + '";"'.join(fields.values()) + '"'


def person_row(**changes):
    return row(
        **{
            "id": f"19{PERSON_NUMBER}$PERSON-IDORG",
            "name": f"{PERSON_NAME}s Måleri",
            "form": "E-ORGFO",
            "activity": f"Firman drivs av {PERSON_NAME}, {PERSON_NUMBER}",
        }
        | changes
    )


def bulk(*rows):
    return "\n".join([HEADER, *rows, ""]).encode()


def many(count, **changes):
    return bulk(*(row(place, **changes) for place in range(1, count + 1)))


def zipped(content, name="bolagsverket_bulkfil.txt", day=(2026, 11, 16, 4, 0, 0)):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(name, day), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def scb_row(place=1, **changes):
    values = dict.fromkeys(SCB_HEADER, "") | {
        "PeOrgNr": f"16{orgnr(place, '80')}",
        "Namn": f"Föreningen {place} för Ålands vänner",
        "JurForm": "61",
        "FtgStat": "1",
        "COAdress": f"c/o {PERSON_NAME}",
        "Gatuadress": "Vägen 3",
        "PostNr": "11122",
        "PostOrt": "STOCKHOLM",
        "RegDatKtid": "19990304",
        "Ng1": "94990",
        "Ng2": "00000",
        "Ng3": "     ",
    }
    return "\t".join((values | changes).values()) + "\t"


def scb(*rows):
    return "\r\n".join(["\t".join(SCB_HEADER) + "\t", *rows, ""]).encode("iso-8859-1")
