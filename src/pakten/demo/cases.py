"""The cases planted in the demo: who on the invented list is like whom in the invented network.

Everybody here is invented. The parties of the list have numbers from 990001.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pakten.demo.values import (
    DemoPerson,
    DemoStake,
    ListedAddress,
    ListedBirth,
    ListedName,
    ListedNumber,
    ListedParty,
    PlantedCase,
)

HOLDING = "Skymningsharpan Holding AB"
_LISTED_ON = date(2022, 4, 8)


def _person(number: int, *names: ListedName, births: tuple[ListedBirth, ...] = ()) -> ListedParty:
    return ListedParty(number, True, names, "DEMO-UKR", _LISTED_ON, births=births)


def _enterprise(number: int, *names: ListedName, city: str, register_number: str) -> ListedParty:
    return ListedParty(
        number,
        False,
        names,
        "DEMO-UKR",
        _LISTED_ON,
        numbers=(ListedNumber("regnumber", register_number, "RU"),),
        addresses=(ListedAddress(city, "RU"),),
    )


PLANTED_PARTIES = (
    _person(
        990001,
        ListedName("Rurik Ossendal", "EN", function="Vice chair of an invented freight company"),
        ListedName("Рюрик Оссендаль", "RU"),
        births=(ListedBirth(day=date(1963, 4, 17), city="Zvezdoluchinsk", country="RU"),),
    ),
    _person(990002, ListedName("Peter Sandvretling", "EN"), births=(ListedBirth(day=date(1951, 2, 3)),)),
    _person(
        990003,
        ListedName("Samira al-Rimalani", "EN"),
        ListedName("سميرة الرملاني"),
        births=(ListedBirth(year=1957, circa=True),),
    ),
    _person(
        990004, ListedName("Goran Hrastovnik", "EN"), births=(ListedBirth(year_from=1958, year_to=1961),)
    ),
    _person(990005, ListedName("Олег Тучегорский", "RU"), births=(ListedBirth(year=1970, circa=True),)),
    _person(
        990006,
        ListedName("Dmitri Galanovskoy", "EN"),
        ListedName("Дмитрий Галановской", "RU"),
        ListedName("Dima Galan", strong=False),
    ),
    _enterprise(
        990007,
        ListedName("Copper Lighthouse Logistics LLC", "EN"),
        ListedName("ООО «Медный Маяк Логистика»", "RU"),
        city="Zvezdoluchinsk",
        register_number="DEMO-7007",
    ),
    _enterprise(
        990008,
        ListedName("Ivovy Kamerton Holding JSC", "EN"),
        ListedName("АО «Холдинг Ивовый Камертон»", "RU"),
        city="Verkhnemayachny",
        register_number="DEMO-7008",
    ),
    _person(
        990009,
        ListedName("Igor Vetrolistov", "EN"),
        ListedName("Игорь Ветролистов", "RU"),
        births=(ListedBirth(day=date(1968, 9, 30)),),
    ),
    _enterprise(
        990010,
        ListedName("Ledovy Zhernov Invest LLC", "EN"),
        ListedName("ООО «Ледовый Жернов Инвест»", "RU"),
        city="Zvezdoluchinsk",
        register_number="DEMO-7010",
    ),
    _person(
        990011,
        ListedName("Boris Kamnesvetov", "EN"),
        ListedName("Борис Камнесветов", "RU"),
        births=(ListedBirth(year=1959),),
    ),
    _person(
        990012,
        ListedName("Galina Kamnesvetova", "EN"),
        ListedName("Галина Камнесветова", "RU"),
        births=(ListedBirth(year=1962),),
    ),
    _person(
        990013,
        ListedName("Leonid Lunobrodov", "EN"),
        ListedName("Леонид Лунобродов", "RU"),
        births=(ListedBirth(day=date(1971, 12, 5)),),
    ),
)


def _stake(owner: str, percentage: str, *, person: bool = False, born: str = "") -> DemoStake:
    return DemoStake(owner, person, Decimal(percentage), owner_birth_date=born)


def _foreign(owner: str, percentage: str) -> DemoStake:
    return DemoStake(owner, False, Decimal(percentage), owner_country="ru")


def _board(name: str, birth_date: str = "") -> tuple[DemoPerson, ...]:
    return (DemoPerson(name, "board", birth_date),)


LIKENESSES = (
    PlantedCase(
        "true_match",
        "Samma person: namn och födelsedatum stämmer.",
        "Skymningsfyren Handel AB",
        subject="Rurik Ossendal",
        listed=(990001,),
        persons=_board("Rurik Ossendal", "1963-04-17"),
    ),
    PlantedCase(
        "different_same_name",
        "En annan person: samma namn, annat födelsedatum.",
        "Kvartsbron Redovisning AB",
        subject="Peter Sandvretling",
        listed=(990002,),
        persons=_board("Peter Sandvretling", "1987-06-21"),
    ),
    PlantedCase(
        "different_like_name",
        "En annan person: liknande namn, annat födelseår.",
        "Språkkaféet Lärklyktan",
        legal_form="ideell förening",
        subject="Samira Rimallani",
        listed=(990003,),
        persons=_board("Samira Rimallani", "1994"),
    ),
    PlantedCase(
        "different_year_range",
        "En annan person: listan anger ett spann av år.",
        "Tegelspången Bygg AB",
        subject="Goran Hrastovnik",
        listed=(990004,),
        persons=_board("Goran Hrastovnik", "1990-11"),
    ),
    PlantedCase(
        "other_script",
        "Listan har bara kyrilliska bokstäver.",
        "Norrskensvingen Utbildning AB",
        subject="Oleg Tutjegorskij",
        listed=(990005,),
        persons=_board("Oleg Tutjegorskij"),
    ),
    PlantedCase(
        "weak_alias",
        "Likheten gäller ett namn som listan själv kallar svagt.",
        "Humleharpan Restaurang AB",
        subject="Dima Galan",
        listed=(990006,),
        persons=_board("Dima Galan"),
    ),
    PlantedCase(
        "organisation_abroad",
        "En organisation med samma namn i ett annat land.",
        "Copper Lighthouse Logistics AB",
        subject="Copper Lighthouse Logistics AB",
        listed=(990007,),
    ),
    PlantedCase(
        "owner_49_9",
        "En listad ägare har 49,9 procent: under gränsen.",
        "Frostkvarnen Mekanik AB",
        subject="Ivovy Kamerton Holding",
        listed=(990008,),
        stakes=(_foreign("Ivovy Kamerton Holding", "49.9"), _stake("Ylva Ekermo", "50.1", person=True)),
    ),
    PlantedCase(
        "owner_50_0",
        "En listad ägare har precis 50 procent: på gränsen.",
        "Opalnyckeln Fastigheter AB",
        subject="Igor Vetrolistov",
        listed=(990009,),
        stakes=(
            _stake("Igor Vetrolistov", "50.0", person=True, born="1968-09-30"),
            _stake("Magnus Hedvall", "50.0", person=True),
        ),
    ),
    PlantedCase(
        "owner_50_1",
        "En listad ägare har 50,1 procent: över gränsen.",
        "Granatstegen Livsmedel AB",
        subject="Ledovy Zhernov Invest",
        listed=(990010,),
        stakes=(_foreign("Ledovy Zhernov Invest", "50.1"), _stake("Satu Kallioniitty", "49.9", person=True)),
    ),
    PlantedCase(
        "owners_25_25",
        "Två listade ägare har 25 procent var: läggs ihop till 50.",
        "Lavendelporten Hotell AB",
        subject="Boris Kamnesvetov",
        listed=(990011, 990012),
        stakes=(
            _stake("Boris Kamnesvetov", "25.0", person=True),
            _stake("Galina Kamnesvetova", "25.0", person=True),
            _stake("Frida Almsjö", "50.0", person=True),
        ),
    ),
    PlantedCase(
        "owner_chain",
        "En listad person äger 60 procent av en ägare med 70 procent: majoritet, men 42 procent i allt.",
        "Midnattskompassen Åkeri AB",
        subject="Leonid Lunobrodov",
        listed=(990013,),
        stakes=(_stake(HOLDING, "70.0"), _stake("Per Strömlid", "30.0", person=True)),
    ),
)
HOLDING_STAKES = (
    _stake("Leonid Lunobrodov", "60.0", person=True),
    _stake("Malin Fagerby", "40.0", person=True),
)

_OFFICE = "Vi stängde vårt kontor i Ryssland i {month} 2022 och säljer inte längre dit."
OTHERS = (
    PlantedCase(
        "closed_office_1",
        "Webbplatsen berättar om ett stängt kontor i Ryssland.",
        "Bärnstenslyktan Systemutveckling AB",
        description=f"Bygger e-tjänster och appar. {_OFFICE.format(month='mars')}",
    ),
    PlantedCase(
        "closed_office_2",
        "Webbplatsen berättar om ett stängt kontor i Ryssland.",
        "Kristallbågen Mekanik AB",
        description=f"Tillverkar delar av stål och aluminium. {_OFFICE.format(month='april')}",
    ),
    PlantedCase("unusable_name", "Namnet består bara av skiljetecken.", "–"),
    PlantedCase(
        "unusable_person",
        "En ledamot står i registret utan namn.",
        "Kopparseglet Snickeri AB",
        subject="N. N.",
        persons=_board("N. N."),
    ),
)
CASES = LIKENESSES + OTHERS
