"""Each issuer's format on a small invented file: names with kinds, dates, numbers, countries, places, acts."""

# ruff: noqa: E501, SIM905 (samples are files, line by line)

import csv
import zipfile
from datetime import date
from io import BytesIO, StringIO

import openpyxl
import pytest

from vandel.lists import ListRefused, detect, read
from vandel.model import NameKind, Schema

INN = "9999000006"
OGRN = "9999999999990"


def kinds(listing):
    return [(name.text, name.kind.value) for name in listing.entity.names]


def table(columns, rows, delimiter=","):
    """Rows given by column as the text of a table."""
    text = StringIO()
    writer = csv.DictWriter(text, columns, restval="", delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def numbers(listing):
    return [(number.scheme, number.value) for number in listing.entity.identifiers]


UN = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<CONSOLIDATED_LIST dateGenerated="2026-02-27T00:00:09.554Z"><INDIVIDUALS><INDIVIDUAL>
<DATAID>1</DATAID><FIRST_NAME>KEL</FIRST_NAME><SECOND_NAME>VIM</SECOND_NAME><THIRD_NAME>TORRUL</THIRD_NAME>
<NAME_ORIGINAL_SCRIPT>Кел Вим</NAME_ORIGINAL_SCRIPT>
<UN_LIST_TYPE>HITTEPÅ</UN_LIST_TYPE><REFERENCE_NUMBER>HPi.001</REFERENCE_NUMBER><LISTED_ON>2012-12-31</LISTED_ON>
<COMMENTS1>Påhittad.</COMMENTS1><NATIONALITY><VALUE>Democratic Republic of the Congo</VALUE></NATIONALITY>
<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Kelvim; Kalvim b) Kolvim</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>Kelle</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ADDRESS><STREET>Kajen 4</STREET><CITY>Rulstad</CITY><COUNTRY>Rwanda</COUNTRY></INDIVIDUAL_ADDRESS>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1973</FROM_YEAR><TO_YEAR>1974</TO_YEAR></INDIVIDUAL_DATE_OF_BIRTH>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1971-03-04</DATE></INDIVIDUAL_DATE_OF_BIRTH>
<INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>OB 0243</NUMBER></INDIVIDUAL_DOCUMENT>
</INDIVIDUAL></INDIVIDUALS><ENTITIES><ENTITY><DATAID>2</DATAID><FIRST_NAME>BRUMIR TRADING</FIRST_NAME>
<REFERENCE_NUMBER>HPe.002</REFERENCE_NUMBER><ENTITY_ALIAS><QUALITY>f.k.a.</QUALITY><ALIAS_NAME>Brumir Trest</ALIAS_NAME></ENTITY_ALIAS>
<ENTITY_ADDRESS><COUNTRY>Democratic People's Republic of Korea</COUNTRY></ENTITY_ADDRESS></ENTITY></ENTITIES></CONSOLIDATED_LIST>"""


def test_un_xml(tmp_path):
    path = tmp_path / "un.xml"
    path.write_text(UN, encoding="utf-8")
    parsed = read(path, list_id="un-sc")
    person, organisation = parsed.listings
    assert detect(path) == parsed.format == "un-xml"
    assert parsed.published_on == date(2026, 2, 27)
    assert kinds(person) == [
        ("KEL VIM TORRUL", "primary"),
        ("Кел Вим", "alias"),
        ("Kelvim", "alias"),
        ("Kalvim", "alias"),
        ("Kolvim", "alias"),
        ("Kelle", "weak"),
    ]
    assert person.entity.birth_dates == ("1973/1974", "1971-03-04")
    assert person.entity.countries == ("cd", "rw")
    assert person.entity.addresses == ("Kajen 4, Rulstad, Rwanda",)
    assert numbers(person) == [("other", "OB 0243")]
    assert (person.reference, person.listed_on, person.programs) == (
        "HPi.001",
        date(2012, 12, 31),
        ("HITTEPÅ",),
    )
    assert kinds(organisation) == [("BRUMIR TRADING", "primary"), ("Brumir Trest", "previous")]
    assert organisation.entity.countries == ("kp",)
    assert organisation.entity.addresses == ()


SDN = (
    '36,"BRUMIR TRADING CO., LTD.",-0- ,"HP] [HQ",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,'
    f"\"a.k.a. 'BTC'; Tax ID No. {INN} (Russia); Registration Number {OGRN} (Russia); Website www.exempel.invalid.\"\r\n"
    '37,"VIMTOR, Kel Rul, Jr.","individual","HP",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,'
    '"DOB 07 Jun 1973; alt. DOB circa 1970; POB Rulstad, Belarus; nationality Belarus; citizen Korea, North; '
    "Gender Male; Passport AB123456 (Belarus) issued 01 Feb 2020; a.k.a. 'FENDAL, Jom'; Linked To: BRUMIR 1234.\"\r\n"
    '38,"SKEDBÅTEN","vessel","HP",-0- ,-0- ,-0- ,-0- ,-0- ,"Panama",-0- ,'
    '"Vessel Registration Identification IMO 9999008."\r\n'
    '39,"ENSAMORD","individual","HP",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n\x1a'
)
ALT = '36,1,"aka","BRUMIR WORKS, INC.",-0- \r\n37,2,"fka","VIMTOR, Kalle",-0- \r\n99,3,"aka","INGENS",-0- \r\n\x1a'
ADD = '36,1,"Kajen 4","Rulstad 12345","Russia",-0- \r\n37,2,-0- ,-0- ,"Cuba",-0- \r\n\x1a'


@pytest.fixture
def ofac(tmp_path):
    for name, text in (("sdn.csv", SDN), ("ALT.CSV", ALT), ("add.csv", ADD)):
        (tmp_path / name).write_bytes(text.encode("utf-8"))
    return tmp_path


def check_ofac(parsed):
    trade, person, vessel, single = parsed.listings
    assert kinds(trade) == [
        ("BRUMIR TRADING CO., LTD.", "primary"),
        ("BRUMIR WORKS, INC.", "alias"),
        ("BTC", "weak"),
    ]
    assert trade.programs == ("HP", "HQ")
    assert numbers(trade) == [("inn", INN), ("ogrn", OGRN)]
    assert (trade.entity.countries, trade.entity.addresses) == (("ru",), ("Kajen 4, Rulstad 12345, Russia",))
    assert kinds(person) == [
        ("Kel Rul VIMTOR Jr.", "primary"),
        ("Kalle VIMTOR", "previous"),
        ("Jom FENDAL", "weak"),
    ]
    assert person.entity.birth_dates == ("1973-06-07", "1970")
    assert person.entity.countries == ("by", "kp", "cu")
    assert numbers(person) == [("other", "AB123456")]
    assert person.entity.addresses == ()
    assert (vessel.entity.schema, vessel.entity.countries, numbers(vessel)) == (
        Schema.VESSEL,
        ("pa",),
        [("imo", "9999008")],
    )
    assert kinds(single) == [("ENSAMORD", "primary")]
    assert parsed.notes == ("Left out, since they belong to no entry: 1 rows of the alias file.",)


def test_ofac_csv_finds_its_siblings(ofac):
    assert detect(ofac / "sdn.csv") == "ofac-csv"
    check_ofac(read(ofac / "sdn.csv", list_id="us-ofac-sdn"))


def test_ofac_csv_from_a_folder_and_from_a_zip(ofac, tmp_path):
    check_ofac(read(ofac, list_id="us-ofac-sdn"))
    archive = tmp_path / "sdn.zip"
    with zipfile.ZipFile(archive, "w") as out:
        for name in ("sdn.csv", "ALT.CSV", "add.csv"):
            out.write(ofac / name, f"ofac/{name}")
    check_ofac(read(archive, list_id="us-ofac-sdn"))


def test_ofac_csv_alone_says_what_is_missing(ofac):
    (ofac / "ALT.CSV").unlink()
    (ofac / "add.csv").unlink()
    parsed = read(ofac / "sdn.csv", list_id="us-ofac-sdn")
    assert len(parsed.notes) == 2
    assert all("without" in note for note in parsed.notes)


def test_ofac_csv_without_names_is_refused(ofac):
    with pytest.raises(ListRefused, match=r"SDN\.CSV"):
        read(ofac / "ALT.CSV", list_id="us-ofac-sdn")


OFAC_XML = f"""<?xml version="1.0" standalone="yes"?>
<sdnList xmlns="http://tempuri.org/sdnList.xsd"><publshInformation><Publish_Date>03/24/2022</Publish_Date>
<Record_Count>2</Record_Count></publshInformation>
<sdnEntry><uid>7</uid><firstName>Kel Rul</firstName><lastName>VIMTOR</lastName><sdnType>Individual</sdnType>
<programList><program>HP</program></programList>
<akaList><aka><uid>1</uid><type>a.k.a.</type><category>weak</category><lastName>KELLE</lastName></aka>
<aka><uid>2</uid><type>f.k.a.</type><category>strong</category><lastName>FENDAL</lastName><firstName>Jom</firstName></aka></akaList>
<nationalityList><nationality><country>Belarus</country></nationality></nationalityList>
<dateOfBirthList><dateOfBirthItem><dateOfBirth>24 May 1953</dateOfBirth></dateOfBirthItem></dateOfBirthList></sdnEntry>
<sdnEntry><uid>8</uid><lastName>BRUMIR AO</lastName><sdnType>Entity</sdnType>
<idList><id><idType>Tax ID No.</idType><idNumber>{INN}</idNumber></id>
<id><idType>Organization Established Date</idType><idNumber>01 Feb 2001</idNumber></id></idList>
<addressList><address><address1>Kajen 4</address1><city>Rulstad</city><country>Russia</country></address></addressList>
<remarks>Påhittad.</remarks></sdnEntry></sdnList>"""


def test_ofac_xml(tmp_path):
    path = tmp_path / "x.xml"
    path.write_text(OFAC_XML, encoding="utf-8")
    parsed = read(path, list_id="us-ofac-sdn")
    person, organisation = parsed.listings
    assert detect(path) == parsed.format == "ofac-xml"
    assert parsed.published_on == date(2022, 3, 24)
    assert kinds(person) == [("Kel Rul VIMTOR", "primary"), ("Jom FENDAL", "previous"), ("KELLE", "weak")]
    assert person.entity.birth_dates == ("1953-05-24",)
    assert person.entity.countries == ("by",)
    # The number has no country of its own: the party's says whose it is.
    assert numbers(organisation) == [("inn", INN)]
    assert organisation.remarks == "Påhittad."


def test_ofac_xml_must_have_the_entries_that_it_counts(tmp_path):
    path = tmp_path / "x.xml"
    path.write_text(OFAC_XML.replace("<Record_Count>2", "<Record_Count>3"), encoding="utf-8")
    with pytest.raises(ListRefused) as caught:
        read(path, list_id="us-ofac-sdn")
    assert caught.value.code == "lists.record_count"


CONLIST_HEADER = (
    "Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Title,Name Non-Latin Script,Non-Latin Script Type,"
    "Non-Latin Script Language,DOB,Town of Birth,Country of Birth,Nationality,Passport Number,Passport Details,"
    "National Identification Number,National Identification Details,Position,Address 1,Address 2,Address 3,"
    "Address 4,Address 5,Address 6,Post/Zip Code,Country,Other Information,Group Type,Alias Type,Alias Quality,"
    "Regime,Listed On,UK Sanctions List Date Designated,Last Updated,Group ID"
).split(",")


def conlist_rows():
    def row(**values):
        filled = {
            "Group Type": "Individual",
            "Group ID": "77",
            "Regime": "Hittepå",
            "Listed On": "12/03/2016",
            "Alias Type": "AKA",
        } | {key.replace("_", " "): value for key, value in values.items()}
        return [filled.get(column, "") for column in CONLIST_HEADER]

    return [
        ["Last Updated", "04/05/2022", *[""] * 34],
        CONLIST_HEADER,
        row(Name_6="KELLE", Alias_Quality="Low quality"),
        row(
            Name_6="VIMTOR",
            Name_1="Kel",
            Name_2="Rul",
            Alias_Type="Primary name",
            DOB="00/07/1978",
            Nationality="(1) Russia (2) Belarus",
            Passport_Number="(1) AB1234 (2) CD5678",
            Other_Information="(UK Sanctions List Ref):HIT0007 (UK Statement of Reasons):Påhittad.",
        ),
        row(Name_6="VIMTOR", Name_1="Kel", Alias_Type="Primary name variation", DOB="1979"),
        row(
            **{
                "Group Type": "Entity",
                "Group ID": "78",
                "Country": "Syria",
                "Name Non-Latin Script": "Брумир",
            },
            Name_6="BRUMIR LLC",
            Address_1="Kajen 4",
            Alias_Type="Primary name",
        ),
        row(
            **{"Group Type": "Ship", "Group ID": "79"},
            Name_6="SKEDBÅTEN",
            Alias_Type="Primary name",
            Other_Information="(IMO number):9999008 (Flag of ship):North Korea",
        ),
    ]


def check_conlist(parsed):
    person, organisation, ship = parsed.listings
    assert parsed.format == "uk-conlist"
    assert parsed.published_on == date(2022, 5, 4)
    assert kinds(person) == [("Kel Rul VIMTOR", "primary"), ("Kel VIMTOR", "alias"), ("KELLE", "weak")]
    assert person.entity.birth_dates == ("1978-07", "1979")
    assert person.entity.countries == ("ru", "by")
    assert numbers(person) == [("other", "AB1234"), ("other", "CD5678")]
    assert (person.reference, person.listed_on) == ("HIT0007", date(2016, 3, 12))
    assert kinds(organisation) == [("BRUMIR LLC", "primary"), ("Брумир", "alias")]
    assert organisation.entity.addresses == ("Kajen 4, Syria",)
    assert (ship.entity.schema, numbers(ship)) == (Schema.VESSEL, [("imo", "9999008")])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_conlist_csv(tmp_path, encoding):
    path = tmp_path / "ConList.csv"
    text = "\r\n".join(
        ",".join(f'"{cell}"' if "," in cell else cell for cell in row) for row in conlist_rows()
    )
    path.write_bytes((text + "\r\n").encode(encoding))
    check_conlist(read(path, list_id="uk-ofsi"))


def workbook(path, sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_conlist_xlsx(tmp_path):
    check_conlist(read(workbook(tmp_path / "x.xlsx", {"Data": conlist_rows()}), list_id="uk-ofsi"))


def test_conlist_csv_in_windows_letters(tmp_path):
    path = tmp_path / "x.csv"
    text = "\n".join(",".join(row) for row in conlist_rows() if row[-1] in ("Group ID", "79"))
    path.write_bytes(text.encode("cp1252"))
    (ship,) = read(path, list_id="uk-ofsi").listings
    assert ship.entity.caption == "SKEDBÅTEN"


UK_COLUMNS = (
    "Last Updated,Unique ID,OFSI Group ID,UN Reference Number,Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Name type,"
    "Alias strength,Title,Name non-latin script,Regime Name,Designation Type,Other Information,Address Line 1,"
    "Address Postal Code,Address Country,Date Designated,D.O.B,Nationality(/ies),Passport number,"
    "Business registration number (s),IMO number,Current believed flag of ship"
).split(",")
UK_ROWS = (
    {
        "Unique ID": "HIT0007",
        "Name 6": "VIMTOR",
        "Name 1": "Kel",
        "Name type": "Primary Name",
        "Name non-latin script": "Кел Вимтор",
        "Designation Type": "Individual",
        "Address Line 1": "Kajen 4",
        "Address Postal Code": "123",
        "Address Country": "Belarus",
        "D.O.B": "dd/mm/1962",
        "Nationality(/ies)": "Russia",
        "Passport number": "AB1234",
    },
    {
        "Unique ID": "HIT0007",
        "Name 6": "KELLE",
        "Name type": "Alias",
        "Alias strength": "Low quality",
        "Designation Type": "Individual",
        "D.O.B": "dd/07/1978",
    },
    {
        "Unique ID": "HIT0008",
        "Name 6": "SKEDBÅTEN",
        "Name type": "Primary Name",
        "Designation Type": "Ship",
        "IMO number": "9999008",
        "Current believed flag of ship": "Panama",
    },
)
UK_CSV = "Report Date: 23-Sep-2026\n" + table(UK_COLUMNS, UK_ROWS)


def test_uk_sanctions_list_csv(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text(UK_CSV, encoding="utf-8-sig")
    parsed = read(path, list_id="uk-sl")
    person, ship = parsed.listings
    assert detect(path) == parsed.format == "uk-sl-csv"
    assert parsed.published_on == date(2026, 9, 23)
    assert kinds(person) == [("Kel VIMTOR", "primary"), ("Кел Вимтор", "alias"), ("KELLE", "weak")]
    assert person.entity.birth_dates == ("1962", "1978-07")
    assert person.entity.countries == ("ru", "by")
    assert person.entity.addresses == ("Kajen 4, 123, Belarus",)
    assert (ship.entity.countries, numbers(ship)) == (("pa",), [("imo", "9999008")])


UK_XML = f"""<?xml version="1.0" encoding="utf-8"?>
<Designations><DateGenerated>23/09/2026</DateGenerated><Designation><LastUpdated>01/02/2026</LastUpdated>
<DateDesignated>01/02/2020</DateDesignated><UniqueID>HIT0007</UniqueID><OFSIGroupID>77</OFSIGroupID>
<Names><Name><Name1>Kel</Name1><Name6>VIMTOR</Name6><NameType>Primary Name</NameType></Name>
<Name><Name6>KELLE</Name6><NameType>Alias</NameType><AliasStrength>Low quality</AliasStrength></Name></Names>
<NonLatinNames><NonLatinName><NameNonLatinScript>Кел Вимтор</NameNonLatinScript></NonLatinName></NonLatinNames>
<RegimeName>Hittepå</RegimeName><IndividualEntityShip>Individual</IndividualEntityShip>
<OtherInformation>Påhittad.</OtherInformation>
<Addresses><Address><AddressLine1>Kajen 4</AddressLine1><AddressCountry>Belarus</AddressCountry></Address></Addresses>
<IndividualDetails><Individual><DOBs><DOB>dd/mm/1962</DOB><DOB>17/03/1961</DOB></DOBs>
<Nationalities><Nationality>Russia</Nationality></Nationalities>
<PassportDetails><Passport><PassportNumber>AB1234</PassportNumber></Passport></PassportDetails></Individual></IndividualDetails>
</Designation><Designation><UniqueID>HIT0008</UniqueID><Names><Name><Name6>BRUMIR AO</Name6><NameType>Primary Name</NameType></Name></Names>
<IndividualEntityShip>Entity</IndividualEntityShip><EntityDetails><Entity><BusinessRegistrationNumbers>
<BusinessRegistrationNumber>{OGRN}</BusinessRegistrationNumber></BusinessRegistrationNumbers></Entity></EntityDetails>
</Designation></Designations>"""


def test_uk_sanctions_list_xml(tmp_path):
    path = tmp_path / "x.xml"
    path.write_text(UK_XML, encoding="utf-8")
    parsed = read(path, list_id="uk-sl")
    person, organisation = parsed.listings
    assert detect(path) == parsed.format == "uk-sl-xml"
    assert parsed.published_on == date(2026, 9, 23)
    assert kinds(person) == [("Kel VIMTOR", "primary"), ("Кел Вимтор", "alias"), ("KELLE", "weak")]
    assert person.entity.birth_dates == ("1962", "1961-03-17")
    assert person.entity.countries == ("by", "ru")
    assert (person.listed_on, person.reference) == (date(2020, 2, 1), "HIT0007")
    assert numbers(organisation) == [("other", OGRN)]


NSDC_PERSON = (
    "row,№ указу,Дата указу,Дія щодо об'єкту санкцій,п/н,Назва укр.,Назва ориг.,Назва альт.,Дата народження,"
    "Громадянство,Місце проживання,Додатково"
).split(",")
NSDC_LEGAL = (
    "row,№ указу,Дата указу,Дія щодо об'єкту санкцій,п/н,Назва укр.,Назва ориг.,Назва альт.,ОКПО/ЄДРПОУ,ІПН,"
    "Місце діяльності,Додатково"
).split(",")


def nsdc(path):
    legal = [
        NSDC_LEGAL,
        [
            0,
            "1-2021",
            date(2021, 3, 11),
            "застосування",
            1,
            'ТОВ "Брумир"',
            "ООО Брумир",
            "стара назва – Вимтор",
            f"ОДРН{OGRN}",
            f"ІПН{INN}",
            "123, РФ, м. Рулстад, вул. Грузія 1",
            "x",
        ],
        [1, "1-2021", date(2021, 3, 11), "скасування", 2, "Гривим", "", "", "", "", "", ""],
        [2, "1-2021", date(2021, 3, 11), "застосування", 3, "", "", "", "ЄДРПОУ12345678", "", "", ""],
    ]
    person = [
        NSDC_PERSON,
        [
            0,
            "1-2021",
            date(2021, 3, 11),
            "застосування",
            1.0,
            "Кел Вим ",
            "Кел Вимов",
            "Kel Vim",
            date(1963, 5, 7),
            "RU",
            "",
            "",
        ],
    ]
    return workbook(path, {"Фізичні особи": person, "Юридичні особи": legal})


def test_nsdc_xlsx(tmp_path):
    path = nsdc(tmp_path / "x.xlsx")
    parsed = read(path, list_id="ua-nsdc")
    person, organisation = parsed.listings
    assert detect(path) == parsed.format == "ua-nsdc-xlsx"
    assert (person.entity.id, organisation.entity.id) == ("1-2021/1/p", "1-2021/1/l")
    assert [name.kind for name in person.entity.names] == [NameKind.PRIMARY, NameKind.ALIAS, NameKind.ALIAS]
    assert (person.entity.birth_dates, person.entity.countries) == (("1963-05-07",), ("ru",))
    assert kinds(organisation) == [
        ('ТОВ "Брумир"', "primary"),
        ("ООО Брумир", "alias"),
        ("Вимтор", "previous"),
    ]
    assert numbers(organisation) == [("ogrn", OGRN), ("inn", INN)]
    assert organisation.entity.countries == ("ru",)
    assert organisation.listed_on == date(2021, 3, 11)
    assert len(parsed.notes) == 2


FSF_COLUMNS = (
    "fileGenerationDate;Entity_LogicalId;Entity_EU_ReferenceNumber;Entity_UnitedNationId;Entity_DesignationDate;"
    "Entity_Remark;Entity_SubjectType;Entity_SubjectType_ClassificationCode;Entity_Regulation_PublicationDate;"
    "Entity_Regulation_NumberTitle;Entity_Regulation_Programme;Entity_Regulation_PublicationUrl;NameAlias_LastName;"
    "NameAlias_FirstName;NameAlias_MiddleName;NameAlias_WholeName;NameAlias_NameLanguage;NameAlias_Remark;"
    "Address_City;Address_Street;Address_CountryIso2Code;Address_CountryDescription;BirthDate_BirthDate;"
    "BirthDate_Day;BirthDate_Month;BirthDate_Year;Identification_Number;Identification_TypeCode;"
    "Identification_CountryIso2Code;Citizenship_CountryIso2Code"
).split(";")
KEL = {
    "fileGenerationDate": "01/09/2026",
    "Entity_LogicalId": "13",
    "Entity_EU_ReferenceNumber": "EU.27.28",
    "Entity_SubjectType": "P",
    "Entity_Regulation_NumberTitle": "2022/1 (OJ L0)",
    "Entity_Regulation_Programme": "HP",
}
FSF_ROWS = (
    KEL
    | {"NameAlias_WholeName": "Kel Vimtor", "NameAlias_NameLanguage": "EN", "NameAlias_LastName": "Vimtor"},
    KEL | {"NameAlias_WholeName": "Kelle", "NameAlias_Remark": "(Low quality alias)"},
    KEL
    | {
        "Address_City": "Rulstad",
        "Address_Street": "Kajen 4",
        "Address_CountryIso2Code": "BY",
        "Address_CountryDescription": "BELARUS",
        "BirthDate_Month": "7",
        "BirthDate_Year": "1961",
    },
    KEL
    | {
        "Identification_Number": INN,
        "Identification_TypeCode": "fiscalcode",
        "Identification_CountryIso2Code": "RU",
        "Citizenship_CountryIso2Code": "RU",
    },
    {"Entity_LogicalId": "14", "Entity_SubjectType": "E", "NameAlias_WholeName": "Brumir AO"},
)
FSF_NEW = table(FSF_COLUMNS, FSF_ROWS, ";")


def test_fsf_csv_1_1(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text(FSF_NEW, encoding="utf-8-sig")
    parsed = read(path, list_id="eu-fsf")
    person, organisation = parsed.listings
    assert detect(path) == parsed.format == "eu-fsf-csv-1.1"
    assert parsed.published_on == date(2026, 9, 1)
    assert (person.entity.id, organisation.entity.id) == ("EU.27.28", "14")
    assert kinds(person) == [("Kel Vimtor", "primary"), ("Kelle", "weak")]
    assert person.entity.birth_dates == ("1961-07",)
    assert person.entity.addresses == ("Kajen 4, Rulstad, BELARUS",)
    assert (person.entity.countries, numbers(person)) == (("by", "ru"), [("inn", INN)])
    assert (person.reference, person.programs) == ("2022/1 (OJ L0)", ("HP",))
    assert organisation.entity.schema is Schema.LEGAL_ENTITY


FSF_OLD = (
    '"Date_filexxxx;Entity_logical_id;Subject_type;Leba_numtitle;Leba_publication_date;Programme;Entity_remark;'
    "Entity_logical_id;Naal_lastname;Naal_firstname;Naal_middlename;Naal_wholename;Naal_language;Birt_date;"
    'Iden_number;Citi_country;EU_ref_num\t\t\t"\n'
    '"04/07/2018;1;P;2018/1 (OJ L0);2018-02-16;HP;Rad ett\\nRad två;1;Vimtor;Kel;;Kel ""Vimtor"";EN;;;;EU.1.2\t\t"\n'
    '"04/07/2018;1;P;2018/1 (OJ L0);2018-02-16;HP;;1;;;;;;1924-02-21;AB12 (passport);SYR;EU.1.2\t"\n'
)


def test_fsf_csv_1_0_with_its_lines_in_quotes(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text(FSF_OLD, encoding="cp1252")
    parsed = read(path, list_id="eu-fsf")
    (person,) = parsed.listings
    assert detect(path) == parsed.format == "eu-fsf-csv-1.0"
    assert parsed.published_on == date(2018, 7, 4)
    assert person.entity.caption == 'Kel "Vimtor"'
    assert person.entity.countries == ("sy",)
    assert person.entity.birth_dates == ("1924-02-21",)
    assert numbers(person) == [("other", "AB12")]
    assert person.remarks == "Rad ett Rad två"


JOURNAL_COLUMNS = (
    "celex,recordId,programKey,annex,measure,startDate,reason,schema,name,alias,weakAlias,previousName,country,"
    "nationality,jurisdiction,birthDate,innCode,taxNumber,imoNumber,address,notes"
).split(",")
ACT = {"celex": "39999R0001", "programKey": "HP"}
JOURNAL_ROWS = (
    ACT
    | {
        "recordId": "1",
        "annex": "I.PERSONS",
        "measure": "Asset freeze",
        "startDate": "17.3.2014",
        "schema": "Person",
        "name": "Kel VIMTOR (Кел ВИМТОР)",
        "alias": 'Kalle; "Kel; den yngre"',
        "weakAlias": "Kelle",
        "previousName": "Fendal",
        "nationality": "Ukrainian, Russian",
        "birthDate": "(a) 26.11.1972, (b) Approximately 1973",
    },
    ACT
    | {
        "recordId": "1",
        "annex": "I.PERSONS",
        "measure": "Travel ban",
        "startDate": "18.3.2014",
        "schema": "Person",
        "name": "Kel VIMTOR",
    },
    ACT
    | {
        "annex": "IV",
        "measure": "Export control",
        "schema": "LegalEntity",
        "name": "Brumir AO",
        "taxNumber": INN,
        "address": "Kajen 4, Rulstad, Russian Federation",
    },
    ACT | {"annex": "IV", "measure": "Export control", "schema": "Asset", "name": "En hamn"},
)
JOURNAL = table(JOURNAL_COLUMNS, JOURNAL_ROWS)


def test_eu_journal(tmp_path):
    path = tmp_path / "39999R0001.csv"
    path.write_text(JOURNAL, encoding="utf-8")
    parsed = read(path, list_id="eu-journal")
    person, organisation = parsed.listings
    assert detect(path) == parsed.format == "eu-journal-csv"
    assert person.entity.id == "39999R0001/I.PERSONS/1/Person"
    assert kinds(person) == [
        ("Kel VIMTOR", "primary"),
        ("Кел ВИМТОР", "alias"),
        ("Kalle", "alias"),
        ("Kel; den yngre", "alias"),
        ("Fendal", "previous"),
        ("Kelle", "weak"),
    ]
    assert person.programs == ("HP: Asset freeze", "HP: Travel ban")
    assert person.entity.countries == ("ua", "ru")
    assert person.entity.birth_dates == ("1972-11-26", "1973")
    assert person.listed_on == date(2014, 3, 17)
    assert (organisation.entity.countries, numbers(organisation)) == (("ru",), [("inn", INN)])
    assert organisation.entity.id == read(path, list_id="x").listings[1].entity.id
    assert parsed.notes == ("Left out, since they are things and no party: 1 of the rows.",)


def test_eu_journal_from_a_zip_of_many(tmp_path):
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("a/39999R0001.csv", JOURNAL)
        out.writestr("a/39999R0002.csv", JOURNAL.replace("39999R0001", "39999R0002"))
        out.writestr("a/39999R0003.csv", JOURNAL.splitlines()[0] + "\n")
    path = tmp_path / "journal.zip"
    path.write_bytes(data.getvalue())
    assert len(read(path, list_id="eu-journal").listings) == 4
