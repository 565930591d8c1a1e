"""Towns, regions and kinds of places in free text, with the gazetteer of the country pack."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.country import read_table
from handlers.intake.places import Place, read_gazetteer, read_place
from tests.handlers.intake.phrases import rows
from tests.tables import each

TABLE = read_table("places")
GAZETTEER = read_gazetteer(TABLE)
REGIONS = {"BY-HM", "BY-MI", "BY-BR", "BY-VI", "BY-HO", "BY-HR", "BY-MA"}

TOWNS = """
Мінск | minsk | BY-HM
Менск | minsk | BY-HM
в Минске | minsk | BY-HM
v Minske | minsk | BY-HM
Minsk | minsk | BY-HM
г.Минск | minsk | BY-HM
у Гродне | hrodna | BY-HR
Гродно | hrodna | BY-HR
Grodno | hrodna | BY-HR
Hrodna | hrodna | BY-HR
у Гародні | hrodna | BY-HR
в Бресте | brest | BY-BR
у Брэсце | brest | BY-BR
под Брестом | brest | BY-BR
у Магілёве | mahiliou | BY-MA
в Могилеве | mahiliou | BY-MA
Mogilev | mahiliou | BY-MA
у Гомелі | homiel | BY-HO
Gomel | homiel | BY-HO
Віцебск | viciebsk | BY-VI
В Витебске около дома | viciebsk | BY-VI
Vitebsk | viciebsk | BY-VI
Баранавічы | baranavicy | BY-BR
у Баранавічах | baranavicy | BY-BR
из Барановичей | baranavicy | BY-BR
у Бабруйску | babrujsk | BY-MA
Bobruisk | babrujsk | BY-MA
у Лунінцы | luniniec | BY-BR
в Лунинце | luniniec | BY-BR
у Камянцы | kamianiec | BY-BR
у Вілейцы | vilejka | BY-MI
в Вилейке | vilejka | BY-MI
у Жабінцы | zabinka | BY-BR
Орша | orsa | BY-VI
у Оршы | orsa | BY-VI
в Лиде | lida | BY-HR
у Лідзе | lida | BY-HR
Полацк | polack | BY-VI
в Новополоцке | navapolack | BY-VI
у Навагрудку | navahrudak | BY-HR
Новогрудок | navahrudak | BY-HR
Жодино | zodzina | BY-MI
у Жодзіне | zodzina | BY-MI
Маладзечна | maladziecna | BY-MI
Молодечно | maladziecna | BY-MI
в Солигорске | salihorsk | BY-MI
у Слуцку | sluck | BY-MI
Мар'іна Горка | marjina_horka | BY-MI
в Марьиной Горке | marjina_horka | BY-MI
у Старых Дарогах | staryja_darohi | BY-MI
Буда-Кошелево | buda_kasalova | BY-HO
Давыд-Гарадок | davyd_haradok | BY-BR
Вялікая Бераставіца | vialikaja_bierastavica | BY-HR
Шклове | sklou | BY-MA
в Мозыре | mazyr | BY-HO
Речица, Гомельская область | recyca | BY-HO
Свіслач, Гродзенская вобласць | svislac | BY-HR
у Глыбокім | hlybokaje | BY-VI
в Горках | horki | BY-MA
Мосты | masty | BY-HR
Мир | mir | BY-HR
г. Береза | biaroza | BY-BR
у Іўі | iuje | BY-HR
Смаргоні | smarhon | BY-HR
в Островце | astraviec | BY-HR
Уручча, каля метро | minsk | BY-HM
у Серабранцы | minsk | BY-HM
Малиновка | minsk | BY-HM
на Каменнай Горцы | minsk | BY-HM
Окрестина | minsk | BY-HM
в Октябрьском районе Минска | minsk | BY-HM
аэропорт Минск | minsk | BY-HM
Боровляны | baraulany | BY-MI
Гомельская обл., г. Мозырь | mazyr | BY-HO
на границе с Польшей, Брест | brest | BY-BR
на вуліцы Брэсцкай у Мінску | minsk | BY-HM
Барановичы | baranavicy | BY-BR
Маладечна | maladziecna | BY-MI
Гомел | homiel | BY-HO
Пружани | pruzany | BY-BR
"""

AREAS = """
пад Мінскам | BY-MI
в деревне под Минском | BY-MI
Minsk region | BY-MI
Мінская вобласць | BY-MI
в Минской области | BY-MI
Минский район | BY-MI
Мінскі раён | BY-MI
Менскі раён | BY-MI
у Расіі | abroad
Гродзеншчына | BY-HR
на Віцебшчыне | BY-VI
Брестская область | BY-BR
Brest region | BY-BR
Гомельская вобл. | BY-HO
Могилёвская обл | BY-MA
Пружанский район | BY-BR
Глыбоцкі раён | BY-VI
Лидский р-н | BY-HR
Бабруйскі раён | BY-MA
Польша | abroad
Вільня | abroad
в Варшаве | abroad
Москва | abroad
за мяжой | abroad
за границей | abroad
in Georgia | abroad
"""

KINDS = """
дома, Мінск | home
у кватэры ў Гродне | home
at home in Minsk | home
на працы ў Гомелі | work
на работе | work
на вуліцы | street
в автобусе, Минск | street
на границе | border
на мяжы, Каменны Лог | border
РУВД Фрунзенского района | police
выклікалі ў РУУС | police
в суде, Орша | court
в университете, Минск | school
на выходе из ЦИП на Окрестина | prison_gate
у краме | other
"""

NUMBERED = """
ул. Примерная 5
вуліца Прыкладная, 12, кв. 4
дом 12 кв 5, Минск
Минск, Примерная 12-45
Прыкладнай 7
пр-т Примерный, 5
flat 12
12 Pryklad street
"""

UNNUMBERED = """
Минск, СИЗО-1
школа № 5
в 14:30 в Минске
дома
больница 2
Минск 12.03.2026
"""


def read(text: str) -> Place:
    return read_place(text, GAZETTEER)


@each(rows(TOWNS))
def test_a_town_is_found_in_any_spelling_and_case(text: str, town: str, region: str) -> None:
    assert (read(text).town, read(text).region) == (town, region)


@each(rows(AREAS))
def test_an_area_gives_its_region_without_a_town(text: str, region: str) -> None:
    assert (read(text).town, read(text).region) == (None, region)


@each(rows(KINDS))
def test_the_kind_of_place_is_heard(text: str, kind: str) -> None:
    assert read(text).kind == kind


@each(zip(rows(NUMBERED)))
def test_a_house_number_is_noticed(row: tuple[str, ...]) -> None:
    assert read(row[0]).has_street_number


@each(zip(rows(UNNUMBERED)))
def test_other_numbers_are_no_house_numbers(row: tuple[str, ...]) -> None:
    assert not read(row[0]).has_street_number


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("Речица", {"recyca", "recyca_stolin"}),
        ("у Свіслачы", {"svislac", "svislac_puchavicy"}),
        ("жил в Минске, задержали в Бресте", {"minsk", "brest"}),
    ],
)
def test_two_possible_towns_leave_the_region_open(text: str, candidates: set[str]) -> None:
    place = read(text)
    assert (place.town, place.region) == (None, None)
    assert set(place.candidates) == candidates


@pytest.mark.parametrize(
    ("text", "town"),
    [("Бабурйск", "babrujsk"), ("Салегорск", "salihorsk"), ("Жлобен", "zlobin"), ("Каменка", "kamianiec")],
)
def test_a_town_that_is_found_by_a_slip_waits_for_its_region(text: str, town: str) -> None:
    place = read(text)
    assert (place.town, place.region) == (None, None)
    assert place.candidates == (town,)


@each(
    (text,)
    for text in [
        "на мосту",
        "улица Минская",
        "Ленинский район",
        "не помню где",
        "мирный",
        "арест",
        "😀",
        "5",
        "вместе с мамой",
    ]
)
def test_everyday_words_are_no_towns(text: str) -> None:
    assert (read(text).town, read(text).region, read(text).candidates) == (None, None, ())


def test_the_gazetteer_is_large_and_whole() -> None:
    ids = [row["id"] for row in TABLE["towns"]]
    assert len(ids) >= 220
    assert len(ids) == len(set(ids))
    assert {row["region"] for row in TABLE["towns"]} == REGIONS
    assert {row["town"] for row in TABLE["quarters"]} <= set(ids)
    assert all(row["names"][0].isascii() is False for row in TABLE["towns"])


@pytest.mark.search
@each(zip(TABLE["towns"]))
def test_every_name_of_a_town_finds_it(row: dict[str, Any]) -> None:
    for name in row["names"]:
        place = read(name)
        assert row["id"] in {place.town, *place.candidates}, name
        after = read(f"г. {name}")
        assert row["id"] in {after.town, *after.candidates}, name


_WORDS = """
Мінск Бресте Речица вобласць раён р-н пад у в , . ул 5 дом кв Польша за
мяжой мосту Бабурйск Горка Мар'іна г. region
"""
_PIECES = st.sampled_from(_WORDS.split())
_TEXTS = st.one_of(st.text(max_size=4000), st.lists(_PIECES, max_size=60).map(" ".join))


@given(text=_TEXTS)
def test_no_text_breaks_the_reader_and_towns_agree_with_regions(text: str) -> None:
    place = read(text)
    assert place == read(text)
    assert place.region in {None, "abroad", *REGIONS}
    if place.town is not None:
        assert GAZETTEER.regions_of[place.town] == place.region


@pytest.mark.search
@pytest.mark.parametrize("piece", ["Минск ", "а", "вул. ", "ая 1", "Мар'іна ", "скі раён ", "Baranavicz "])
def test_long_monotonous_text_is_read_to_its_end(piece: str) -> None:
    assert isinstance(read(piece * (4000 // len(piece))), Place)
