"""Names, ages and years of birth as people type them. All people here are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.intake.persons import Misread, Person, read_person
from tests.handlers.intake.phrases import rows
from tests.tables import each

# text | given name | surname | patronymic | year of birth | age
PEOPLE = """
девушка лет 20 в красной куртке | | | | | 20
Ян Прыклад, 1990 | Ян | Прыклад | | 1990 |
Прыклад Ян, 1990 | Ян | Прыклад | | 1990 |
Прыклад, Ян, 1990 | Ян | Прыклад | | 1990 |
Jan Pryklad 36 | Jan | Pryklad | | | 36
Jan Pryklad, 1990 | Jan | Pryklad | | 1990 |
Ян Прыклад 1990 г.р. | Ян | Прыклад | | 1990 |
Ян Прыклад 1990г.р. | Ян | Прыклад | | 1990 |
Ян Прыклад, 1990 года нараджэння | Ян | Прыклад | | 1990 |
Ян Прыклад 1990-го года рождения | Ян | Прыклад | | 1990 |
Ян Прыклад 90 г.р. | Ян | Прыклад | | 1990 |
Ян Прыклад 05 г.р. | Ян | Прыклад | | 2005 |
Ян Прыклад 36 гадоў | Ян | Прыклад | | | 36
Ян Прыклад 36 лет | Ян | Прыклад | | | 36
Ян Прыклад, 21 год | Ян | Прыклад | | | 21
Ян Прыклад 36-летний | Ян | Прыклад | | | 36
Ян Прыклад, узрост 36 | Ян | Прыклад | | | 36
Ян Прыклад 36y.o. | Ян | Прыклад | | | 36
Jan Pryklad, 36 years old | Jan | Pryklad | | | 36
Jan Pryklad aged 36 | Jan | Pryklad | | | 36
Ян Прыклад 36 (1990) | Ян | Прыклад | | 1990 |
Ян Прыклад, 36 лет, 1990 г.р. | Ян | Прыклад | | 1990 | 36
Настя Узор, 17 лет | Настя | Узор | | | 17
Ганна Узор нар. 1990 | Ганна | Узор | | 1990 |
Ганна Узор 12.03.1990 | Ганна | Узор | | 1990 |
Ганна Узор 12.03.90 | Ганна | Узор | | 1990 |
Ганна Узор 1990-03-12 | Ганна | Узор | | 1990 |
Пётр Тэст, нарадзіўся 12 сакавіка 1990 года | Пётр | Тэст | | 1990 |
Пётр Тэст, дата рождения: 12 марта 1990 | Пётр | Тэст | | 1990 |
Ivan Ivanovich Primer b. 1985 | Ivan | Primer | Ivanovich | 1985 |
Иван Иванович Пример | Иван | Пример | Иванович | |
Пример Иван Иванович 1985 | Иван | Пример | Иванович | 1985 |
Прыклад, Ян Пятровіч, 1990 | Ян | Прыклад | Пятровіч | 1990 |
Прыклад Ганна Пятроўна 1985 | Ганна | Прыклад | Пятроўна | 1985 |
Узор Анна Ильинична | Анна | Узор | Ильинична | |
Узор Аляксандр Ільіч | Аляксандр | Узор | Ільіч | |
Ян Адамовіч | Ян | Адамовіч | | |
Анна Ивановна | Анна | | Ивановна | |
ян прыклад | Ян | Прыклад | | |
ЯН ПРЫКЛАД | Ян | Прыклад | | |
ян прыклад-узор | Ян | Прыклад-Узор | | |
ПРЫКЛАД-УЗОР ЯН 1990 | Ян | Прыклад-Узор | | 1990 |
Лук'яненка-Прыклад Ян | Ян | Лук'яненка-Прыклад | | |
Соф’я Узор | Соф’я | Узор | | |
Артём Пример | Артём | Пример | | |
Артем Пример | Артем | Пример | | |
Siarhiej Pryklad, 1990 | Siarhiej | Pryklad | | 1990 |
Sergey Primer | Sergey | Primer | | |
Primer Sergei | Sergei | Primer | | |
Юрась Прыклад | Юрась | Прыклад | | |
Зьміцер Прыклад | Зьміцер | Прыклад | | |
Света Узор | Света | Узор | | |
Мой муж Ян Прыклад, 36 гадоў | Ян | Прыклад | | | 36
Мая жонка Ганна Узор | Ганна | Узор | | |
my brother Jan Pryklad aged 36 | Jan | Pryklad | | | 36
Задержали Сергея Примера, 1990 | Сергея | Примера | | 1990 |
электрык Ян Прыклад | Ян | Прыклад | | |
Ян Прыклад, студент, 2005 | Ян | Прыклад | | 2005 |
Ян Прыклад з Мінска | Ян | Прыклад | | |
Ян Прыклад и его жена | Ян | Прыклад | | |
Имя: Ян, фамилия: Прыклад, 1990 | Ян | Прыклад | | 1990 |
прозвішча Прыклад, імя Ян | Ян | Прыклад | | |
Ян, фамилию не знаю | Ян | | | |
Прыклад Я.П. 1990 | Я. | Прыклад | П. | 1990 |
Я. Прыклад | Я. | Прыклад | | |
Ян Прыклад (Jan Pryklad), 1990 | Ян | Прыклад | | 1990 |
Ян Прыклад / Jan Pryklad 1990 | Ян | Прыклад | | 1990 |
Ян Прыклад, 1990 или 1991 | Ян | Прыклад | | 1990 |
Ян Прыклад 1990, задержан 19.11.2026 | Ян | Прыклад | | 1990 |
Прыклад Ян\\n1990 | Ян | Прыклад | | 1990 |
Ян Прыклад 🙏 1990 | Ян | Прыклад | | 1990 |
Прыклад | | Прыклад | | |
Узорская | | Узорская | | |
Сергей | Сергей | | | |
саша, 19 | Саша | | | | 19
Мая | Мая | | | |
1990 | | | | 1990 |
не знаю имени, мужчина лет 30 | | | | | 30
невядомае імя, каля 40 гадоў | | | | | 40
"""

REFUSED = """
это я | not_understood
привет | not_understood
Ян Прыклад і Ганна Узор | several
Ян Прыклад и Ганна Узор, 1990 | several
ян прыклад и ганна узор | several
Jan Pryklad and Hanna Uzor | several
Ян и Ганна Прыклад | several
Ян Прыклад 1990, Ганна Узор 1985 | several
Ян Прыклад, Ганна Узор | several
Ян Прыклад\\nГанна Узор | several
Прыклад і Узор | several
Ян Прыклад 1990, брат 1985 | several
Ян Прыклад 36 лет, сын 12 лет | several
Ян Прыклад 2090 | impossible_year
Ян Прыклад 2027 | impossible_year
Ян Прыклад 1790 | impossible_year
Ян Прыклад 150 лет | impossible_year
Ян Прыклад 12.03.2090 | impossible_year
не ведаю імя | unknown_name
не знаю имени | unknown_name
имя неизвестно | unknown_name
I don't know the name | unknown_name
не знаю, как зовут | unknown_name
12345678 | not_understood
😀 | not_understood
... | not_understood
"""


def read(text: str) -> Person | str:
    found = read_person(text, year=2026)
    return found.reason if isinstance(found, Misread) else found


@each(zip(rows(PEOPLE)))
def test_a_person_is_read_in_any_order_and_spelling(row: tuple[str, ...]) -> None:
    cells: list[str | None] = [cell or None for cell in row[1:6]]
    given_name, surname, patronymic, born, age = cells
    expected = Person(
        given_name, surname, patronymic, birth_year=int(born) if born else None, age=int(age) if age else None
    )
    assert read(row[0]) == expected


@each(rows(REFUSED))
def test_what_is_no_single_person_is_refused_with_its_reason(text: str, reason: str) -> None:
    assert read(text) == reason


def test_a_person_shows_no_name_in_its_repr() -> None:
    assert "Прыклад" not in repr(read("Ян Прыклад, 1990"))


_WORDS = """
Ян Прыклад Ганна Узор Пятровіч Ивановна и і , . 1990 36 лет г.р.
фамилия имя не знаю (Jan) Я.П. - ' муж 2090 з /
"""
_PIECES = st.sampled_from([*_WORDS.split(), "\n"])
_TEXTS = st.one_of(st.text(max_size=4000), st.lists(_PIECES, max_size=60).map(" ".join))


@given(text=_TEXTS)
def test_no_text_breaks_the_reader(text: str) -> None:
    found = read_person(text, year=2026)
    assert found == read_person(text, year=2026)
    if isinstance(found, Person):
        assert found != Person()
        assert found.birth_year is None or 1906 <= found.birth_year <= 2026
        assert found.age is None or 0 <= found.age <= 120


_NAMES = st.sampled_from(["Ян", "Ганна", "Jan", "Сяргей", "Анастасия"])
_SURNAMES = st.sampled_from(["Прыклад", "Узор", "Тэст", "Pryklad", "Узорская-Прыклад"])


@given(name=_NAMES, surname=_SURNAMES, year=st.integers(1920, 2020), turned=st.booleans())
def test_a_read_person_written_out_reads_the_same_again(
    name: str, surname: str, year: int, turned: bool
) -> None:
    both = f"{surname} {name}" if turned else f"{name} {surname}"
    assert read(f"{both}, {year}") == Person(name, surname, birth_year=year)


@pytest.mark.search
@pytest.mark.parametrize("piece", ["Ян ", "и ", "А.", "1990 ", "не знаю ", "'", "-А", "A. "])
def test_long_monotonous_text_is_read_to_its_end(piece: str) -> None:
    assert isinstance(read_person(piece * (4000 // len(piece)), year=2026), Person | Misread)


@each(
    (text,)
    for text in [
        "ул. Советская 15 кв 3",
        "вул. Савецкая, 15",
        "Советская улица, 15",
        "Советская 15 кв 3",
        "проспект Победителей 7",
        "дом 5, кв. 12",
        "15 Prykladnaja street",
        "сосед из Гродно",
        "сусед з Гродна",
        "a man from Brest",
    ]
)
def test_where_somebody_lives_is_nobodys_name(text: str) -> None:
    assert read_person(text, year=2026) == Misread("not_understood")


def test_a_name_before_an_address_is_read_without_it() -> None:
    assert read_person("Ян Прыклад, 1990, вул. Савецкая 15, кв. 3", year=2026) == Person(
        "Ян", "Прыклад", None, 1990, None
    )


def test_a_neighbour_from_somewhere_has_an_age_and_no_name() -> None:
    assert read_person("сосед из Гродно, 40 лет", year=2026) == Person(age=40)


@pytest.mark.parametrize("text", ["31.02.2026", "Ян Прыклад 2026", "Ян Прыклад, 19.11.2025"])
def test_a_year_of_birth_just_past_is_asked_about(text: str) -> None:
    assert read_person(text, year=2026) == Misread("impossible_year")


@pytest.mark.parametrize("text", ["Ян Прыклад, 2026 г.р.", "Ганна Узор, нарадзілася ў 2025"])
def test_a_baby_may_be_born_in_a_year_just_past(text: str) -> None:
    read = read_person(text, year=2026)
    assert isinstance(read, Person)
    assert read.birth_year in {2025, 2026}
