"""Spellings of one name sound alike, different names do not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from handlers.matching.given_names import NAMES, father_groups, name_groups
from handlers.matching.sounds import hear, hear_root, hear_surname
from tests.tables import each

ONE_NAME = [
    "Узорскі Узорский Узорская Узорскага Uzorski Uzorskij Uzorskaya Uzorsky Uzorskii",
    "Щербаков Шчарбакоў Shcharbakou Ščarbakoŭ Scarbakou Scherbakov Shcherbakova Щербакову",
    "Воробьёв Вараб'ёў Вараб’ёў Varabyou Varabjoŭ Varabiou Vorobyev Vorobev",
    "Мажэйка Можейко Mazheika Mažejka Mozheyko Mazejka",
    "Хмарэвіч Хмаревич Khmarevich Chmarevič Chmarevic Hmarevich",
    "Дзюбайла Дюбайло Dziubaila Dziubajła Dyubailo Dzjubajla",
    "Жукоўскі Жуковский Zhukouski Žukoŭski Zukouski Zhukovsky Zhukowski",
    "Цяцерка Тетерко Tsiatserka Ciacierka Teterko",
    "Вусік Усик Vusik Usik",
]
TWO_NAMES = ["Дубік Дубаў", "Рыбак Рыбакоў", "Жук Жукоўскі", "Зубр Зубрэвіч", "Міхась Мікола", "Ліс Лес"]


@each((names,) for names in ONE_NAME)
def test_every_spelling_of_a_family_name_sounds_the_same(names: str) -> None:
    assert len({hear_surname(name) for name in names.split()}) == 1


@each((names,) for names in TWO_NAMES)
def test_different_names_sound_different(names: str) -> None:
    assert len({hear_surname(name) for name in names.split()}) == 2


@given(st.text(max_size=80))
def test_whatever_is_typed_is_heard_in_the_small_alphabet(text: str) -> None:
    assert set(hear(text)) <= set("abdfhiklmnprsuz")


@given(st.text(alphabet="абвгдеёжзійклмнопрстуўфхцчшыьэюяžščŭłabcdehijou'", min_size=1, max_size=20))
def test_capital_letters_change_nothing(word: str) -> None:
    assert hear(word.capitalize()) == hear(word)


@each(
    [
        (
            "Аляксандр Александр Aliaksandr Aleksandr Alexander Alaksandar Саша Алесь Sasha",
            "Аляксандр",
        ),
        ("Сяргей Сергей Siarhei Siarhiej Sergey Serguei Сяржук Серёжа Сергея", "Сяргей"),
        ("Ганна Анна Hanna Anna Аня Ганну Anya", "Ганна"),
        ("Яўгенія Евгения Yauheniya Jaŭhienija Женя Яўгенію", "Яўгенія"),
        ("Міхаіл Михаил Michaił Mikhail Michael Міхась Michaś Миша", "Міхаіл"),
    ]
)
def test_forms_of_a_given_name_are_one_name(forms: str, name: str) -> None:
    assert [form for form in forms.split() if name not in name_groups(form)] == []


def test_a_short_form_of_several_names_may_be_each_of_them() -> None:
    assert {"Вячаслаў", "Станіслаў", "Яраслаў"} <= name_groups("Слава")
    assert name_groups("Пятро").isdisjoint(name_groups("Павел"))


def test_a_name_that_is_on_no_list_is_compared_by_its_sound() -> None:
    assert name_groups("Рагнеда") == name_groups("Rahnieda") != name_groups("Альгерд")


def test_every_full_form_is_found_by_the_root_that_patronymics_have() -> None:
    assert [full for full, _ in NAMES if full[0] not in father_groups(hear_root(full[0]))] == []


def test_no_line_of_the_table_names_a_name_twice() -> None:
    first = [full[0] for full, _ in NAMES]
    assert len(first) == len(set(first))
