"""Cutting, transliterating and folding names. All names are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vandel.names import analyse, clean, latin, script_of, words
from vandel.names.alternatives import alternatives
from vandel.names.fold import fold, loose, skeleton, stem


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ООО «Вега-2»", ("ооо", "вега", "2")),
        ("Sa’id’s O'Hara", ("saids", "ohara")),
        ("Ｆｕｌｌ　ｗｉｄｔｈ №3", ("full", "width", "no", "3")),
        ("Avia\u00adtech\u200b Ltd.", ("aviatech", "ltd")),
        ("TECH & SRVCES", ("tech", "and", "srvces")),
        ("Завод41", ("завод", "41")),
    ],
)
def test_words(text: str, expected: tuple[str, ...]) -> None:
    assert words(text) == expected


def test_look_alike_letters_are_put_into_one_script() -> None:
    latin_e_a = "зaвoд"  # with Latin a and o
    assert words(latin_e_a) == ("завод",)
    cyrillic_a = "Prоgrаmma"  # with Cyrillic о and а
    assert words(cyrillic_a) == ("programma",)


@pytest.mark.parametrize(
    ("word", "script", "expected"),
    [
        ("щукин", "Cyrillic", "shchukin"),
        ("єгорівка", "Cyrillic", "egorivka"),
        ("θεσσαλία", "Greek", "thessalia"),
        ("محمد", "Arabic", "mhmd"),
        ("თბილი", "Georgian", "tbili"),
        ("արեւ", "Armenian", "arew"),
        ("שלום", "Hebrew", "slvm"),
        ("åkeri", "Latin", "akeri"),
        ("straße", "Latin", "strasse"),
    ],
)
def test_other_scripts_become_latin(word: str, script: str, expected: str) -> None:
    assert script_of(word) == script
    assert latin(word).replace("'", "") == expected


@pytest.mark.parametrize(
    "spellings",
    [
        ("Khrustalev", "Hrustalev", "Хрусталев"),
        ("Yevgeny", "Evgenij", "Evgenii", "Евгений"),
        ("Torvikhovsky", "Torvikhovskiy", "Torvikhovskij", "Торвиховский"),
        ("Shchukin", "Schukin", "Щукин"),
        ("Tsentr", "Центр", "Tzentr"),
        ("Aleksandr", "Alexandr", "Александр"),
        ("Sjöväg", "Sjoevaeg", "Sjøvæg"),
        ("Åkerlund", "Aakerlund", "Akerlund"),
        ("Yuliya", "Iuliia", "Юлия"),
        ("Phillip", "Filip"),
    ],
)
def test_systems_of_transliteration_meet_in_one_key(spellings: tuple[str, ...]) -> None:
    assert len({fold(latin(word.casefold())) for word in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Torvikhovskiy", "Torvikhov"),
        ("Kaluzhskaya", "Kaluzhskogo"),
        ("Systems", "System"),
        ("Московский", "Московского"),
    ],
)
def test_grammatical_endings_fall_away(one: str, other: str) -> None:
    assert stem(fold(latin(one.casefold()))) == stem(fold(latin(other.casefold())))


@pytest.mark.parametrize(
    ("one", "other"), [("Jong", "Chong"), ("Rajab", "Ragab"), ("Hamcho", "Hamsho"), ("Yuri", "Juri")]
)
def test_sounds_that_scribes_confuse(one: str, other: str) -> None:
    assert set(loose(fold(one.casefold()))) & set(loose(fold(other.casefold())))


def test_arabic_writing_shows_consonants_only() -> None:
    assert skeleton(fold(latin("فيصل"))) == skeleton(fold("faisal"))


def keys(text: str, *, person: bool = False) -> list[str]:
    return sorted(token.key for token in analyse(text, person=person) if token.kind != "legal")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Вельский судоремонтный завод", "Velsk Ship Repair Plant"),
        ("Науково-виробниче об'єднання Квінтор", "Scientific Production Association Kvintor"),
        ("НПО Квинтор", "Research and Production Association Kvintor"),
        ("Konstruktorskoye byuro Kvintor", "Kvintor Design Bureau"),
        ("АО «Квинтор» имени Торвина", "Kvintor named after Torvina JSC"),
        ("5-й завод", "Plant No. 5"),
        ("Завод IV", "Plant 4"),
    ],
)
def test_translated_names_have_the_same_meaning(one: str, other: str) -> None:
    def alike(text: str) -> list[str]:
        return sorted(stem(key) for key in keys(text))

    assert alike(one) == alike(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Abd al-Rahman Tazwiri", "Abdulrahman Tazwiri"),
        ("Nur al-Din Tazwiri", "Noureddine Tazwiri"),
        ("Орвелин Олександр Миколайович", "Aleksandr Nikolaevich Orvelin"),
        ("Mohammed bin Hasan", "Muhammad Hassan"),
        ("Sheikh Omar", "Umar"),
    ],
)
def test_habits_of_writing_persons(one: str, other: str) -> None:
    assert keys(one, person=True) == keys(other, person=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kvintor (formerly Velmark)", {"Kvintor", "Velmark"}),
        ("Kvintor Works / Velmark Works", {"Kvintor Works", "Velmark Works"}),
        ("Kvintor", set()),
    ],
)
def test_names_inside_a_name(text: str, expected: set[str]) -> None:
    assert alternatives(text, person=False)[0] == text
    assert set(alternatives(text, person=False)[1:]) >= expected


@given(st.text(max_size=40))
def test_any_text_is_read_without_failing(text: str) -> None:
    for person in (False, True):
        tokens = analyse(text, person=person)
        assert all(token.key and token.text for token in tokens)
    assert clean(clean(text)) == clean(text) or not text.isascii()


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12))
def test_keys_are_never_empty(word: str) -> None:
    assert fold(word)
    assert stem(fold(word))
