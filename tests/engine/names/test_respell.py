"""Slavic names as other countries write them. All names are invented."""

from __future__ import annotations

import pytest

from vandel.names.analyse import variants
from vandel.names.respell import System, respell, systems


def readings(name: str) -> set[str]:
    return {" ".join(sorted(token.key for token in reading)) for reading in variants(name, person=True)}


@pytest.mark.parametrize(
    ("written", "others"),
    [
        ("Tjajkinovskij", ("Чайкиновский", "Chaikinovsky")),
        ("Sjojgunovskij", ("Шойгуновский", "Shoygunovskiy")),
        ("Chrusjtjonskij", ("Хрущонский", "Khrushchonsky")),
        ("Gorbunatjov", ("Горбуначёв", "Gorbunachev")),
        ("Bulgatjova", ("Булгачёва", "Bulgacheva")),
        ("Kukusjov", ("Кукушёв", "Kukushev")),
        ("Ryzjonkov", ("Рыжёнков", "Ryzhenkov")),
        ("Tjornobanko", ("Чёрнобанко", "Chernobanko")),
        ("Fjodorenskov", ("Фёдоренсков", "Fedorenskov")),
        ("Jakovlenskij", ("Яковленский", "Yakovlenskiy")),
        ("Chabarentskij", ("Хабаренцкий", "Khabarentskiy")),
        ("Aleksej Rjabkovitj", ("Алексей Рябкович", "Alexey Ryabkovich")),
        ("Tatjana Sjpakova", ("Татьяна Шпакова", "Tatiana Shpakova")),
    ],
)
def test_swedish_writing(written: str, others: tuple[str, str]) -> None:
    for other in others:
        assert readings(written) & readings(other), other


@pytest.mark.parametrize(
    ("written", "cyrillic"),
    [
        ("Tsjajkinovskij", "Чайкиновский"),
        ("Sjtsjerbanovskij", "Щербановский"),
        ("Lutsjenkovitsj", "Лученкович"),
        ("Tšaikinovski", "Чайкиновский"),
        ("Štšerbanovski", "Щербановский"),
        ("Žirkinovski", "Жиркиновский"),
        ("Čajkinovskij", "Чайкиновский"),
        ("Ščerbanovskij", "Щербановский"),
        ("Tschaikinowski", "Чайкиновский"),
        ("Schtscherbanowski", "Щербановский"),
        ("Schadanowski", "Шадановский"),
        ("Tchaïkinovski", "Чайкиновский"),
        ("Chtcherbanovski", "Щербановский"),
        ("Chichkinov", "Шишкинов"),
        ("Jirkinovski", "Жиркиновский"),
        ("Potemkineff", "Потемкинев"),
        ("POTEMKINEFF, Pavel", "Павел ПОТЕМКИНЕВ"),
        ("C\u030cajkinovskij", "Чайкиновский"),  # with the accent as a mark of its own
        ("Czajkinowski", "Чайкиновский"),
        ("Szadanowski", "Шадановский"),
        ("Szczerbanowski", "Щербановский"),
        ("Żyrkinowski", "Жиркиновский"),
    ],
)
def test_other_countries_writing(written: str, cyrillic: str) -> None:
    assert readings(written) & readings(cyrillic)


@pytest.mark.parametrize(
    "name", ["Sjöbergius", "Kjell Tjernmark", "Michael Åsvik", "Christina Östvik", "Katja"]
)
def test_a_plain_name_is_read_as_it_stands_first(name: str) -> None:
    first = variants(name, person=True)[0]
    assert [token.text for token in first] == name.casefold().split()
    assert all(token.text in name.casefold() for reading in variants(name, person=True) for token in reading)


@pytest.mark.parametrize("name", ["Michael Åsvik", "Christina Östvik", "Tatjana Dahlvik", "John Jackson"])
def test_names_known_as_they_stand_have_one_reading(name: str) -> None:
    assert len(variants(name, person=True)) == 1


def test_english_writing_has_no_other_system() -> None:
    assert systems("khrushchonsky chaikinovskaya") == ()
    assert respell("shcherbanov", System.NORTHERN) == "shcherbanov"
