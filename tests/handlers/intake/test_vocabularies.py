"""Searching long lists and picking from them, with the lists of the country pack."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.country import read_table
from handlers.intake.vocabularies import Entry, pick_many, pick_one, read_aliases, search
from tests.handlers.intake.phrases import rows
from tests.tables import each

ALIASES = read_aliases(read_table("aliases"))
LABELS = {
    "facility": """
        minsk_cip | ЦІП, Акрэсціна (Мінск) | ЦИП, Окрестина (Минск) | CIP, Akrescina (Minsk)
        minsk_ivs | ІЧУ, Акрэсціна (Мінск) | ИВС, Окрестина (Минск) | IVS, Akrescina (Minsk)
        sizo1 | СІЗА-1 (Мінск / Калядзічы) | СИЗО-1 (Минск / Колядичи) | SIZO-1 (Minsk / Kaliadzicy)
        sizo_kgb | СІЗА КДБ, «амерыканка» | СИЗО КГБ, «американка» | KGB SIZO, 'Amerykanka'
        zhodino_ivs | ІЧУ Жодзіна | ИВС Жодино | IVS Zodzina
        prison8 | Турма № 8, Жодзіна | Тюрьма № 8, Жодино | Prison no. 8, Zodzina
        sizo2 | СІЗА-2, Віцебск | СИЗО-2, Витебск | SIZO-2, Viciebsk
        sizo3 | СІЗА-3, Гомель | СИЗО-3, Гомель | SIZO-3, Homiel
        prison1 | Турма № 1, Гродна | Тюрьма № 1, Гродно | Prison no. 1, Hrodna
        ik1 | ПК № 1, Наваполацк | ИК № 1, Новополоцк | Colony no. 1, Navapolack
        ik4 | ПК № 4, Гомель (жаночая) | ИК № 4, Гомель (женская) | Colony no. 4, Homiel (women)
        ik17 | ПК № 17, Шклоў | ИК № 17, Шклов | Colony no. 17, Sklou
        ik22 | ПК № 22, «Воўчыя норы» | ИК № 22, «Волчьи норы» | Colony no. 22, Ivacevicy
        ik24 | ПК № 24, Зарэчча (жаночая) | ИК № 24, Заречье (женская) | Colony no. 24, Zarecca (women)
        other_ivs | Іншы ІЧУ (напішыце горад) | Другой ИВС (напишите город) | Another IVS (write the town)
        other_police | РАУС/РУУС (напішыце горад) | РОВД/РУВД (напишите город) | Police station
        other_open | ПУАТ (напішыце нумар) | ИУОТ (напишите номер) | Open-type facility (write number)
        other | Іншае месца | Другое место | Another place
    """,
    "detaining_body": """
        police | Міліцыя (РАУС, РУУС) | Милиция (РОВД, РУВД) | Police (militsiya)
        omon | АМАП | ОМОН | OMON riot police
        gubopik | ГУБАЗіК | ГУБОПиК | GUBOPiK (political police)
        kgb | КДБ | КГБ | KGB
        sk | Следчы камітэт | Следственный комитет | Investigative Committee
        dfr | ДФР, КДК | ДФР, КГК | Financial investigations (DFR)
        border | Памежнікі (ДПК) | Пограничники (ГПК) | Border guards
        plainclothes | У цывільным, у масках | В штатском, в масках | Plain clothes / masks
        unknown | Не ведаю | Не знаю | I do not know
    """,
    "profile": """
        journalist | Журналіст, медыя | Журналист, медиа | Journalist, media worker
        hrd | Праваабаронца, валанцёр | Правозащитник, волонтёр | Human-rights defender, volunteer
        unionist | Прафсаюз, страйк | Профсоюз, забастовка | Trade unionist, striker
        lawyer | Адвакат | Адвокат | Lawyer
        blogger | Блогер, каментар, рэпост | Блогер, комментарий, репост | Blogger, comment, repost
        medic | Медык | Медик | Medical worker
        student | Студэнт, школьнік | Студент, школьник | Student, pupil
        other | Іншае | Другое | Other
    """,
}


def entries(vocabulary: str) -> tuple[Entry, ...]:
    """The entries of a list with their labels and further names."""
    further = ALIASES[vocabulary]
    return tuple(Entry(key, (*labels, *further.get(key, ()))) for key, *labels in rows(LABELS[vocabulary]))


LISTS = {vocabulary: entries(vocabulary) for vocabulary in LABELS}

FOUND_FIRST = """
facility | Окрестина | minsk_cip
facility | окрест | minsk_cip
facility | акрэсц | minsk_cip
facility | okrest | minsk_cip
facility | ЦИП | minsk_cip
facility | цып | minsk_cip
facility | ивс окр | minsk_ivs
facility | СИЗО 1 | sizo1
facility | сизо-1 | sizo1
facility | сізо1 | sizo1
facility | sizo1 | sizo1
facility | Валадарка | sizo1
facility | володар | sizo1
facility | Колядичи | sizo1
facility | амерыканка | sizo_kgb
facility | америк | sizo_kgb
facility | ивс жодино | zhodino_ivs
facility | тюрьма 8 | prison8
facility | СТ-8 | prison8
facility | турма №8 | prison8
facility | сизо витебск | sizo2
facility | сіза гомель | sizo3
facility | СИЗО-3 | sizo3
facility | тюрьма гродно | prison1
facility | ик1 | ik1
facility | навапол | ik1
facility | пк4 | ik4
facility | женская | ik4
facility | ик 17 | ik17
facility | в шклове | ik17
facility | воўчыя норы | ik22
facility | волчи норы | ik22
facility | заречье | ik24
facility | РУВД | other_police
facility | химия | other_open
detaining_body | ГУБОПиК | gubopik
detaining_body | губоп | gubopik
detaining_body | губаз | gubopik
detaining_body | gubopik | gubopik
detaining_body | ГУБОПИЙ | gubopik
detaining_body | amap | omon
detaining_body | амап | omon
detaining_body | омон | omon
detaining_body | тихари | plainclothes
detaining_body | ціхары | plainclothes
detaining_body | маски | plainclothes
detaining_body | kgb | kgb
detaining_body | кдб | kgb
detaining_body | следств | sk
detaining_body | следователь | sk
detaining_body | менты | police
detaining_body | милицыя | police
detaining_body | погран | border
detaining_body | фин милиция | dfr
profile | журнал | journalist
profile | журналістка | journalist
profile | журанлист | journalist
profile | волонтер | hrd
profile | профсоюз | unionist
profile | страйк | unionist
profile | адвокат | lawyer
profile | репост | blogger
profile | врач | medic
profile | студент | student
"""

PICKED = """
detaining_body | 1,3 | police gubopik
detaining_body | 1 и 3 | police gubopik
detaining_body | 1 і 3 | police gubopik
detaining_body | 1 and 3 | police gubopik
detaining_body | 3, 1 | police gubopik
detaining_body | 1-3 | police omon gubopik
detaining_body | 1–3, 5 | police omon gubopik sk
detaining_body | 1 3 | police gubopik
detaining_body | 4 | kgb
detaining_body | КГБ | kgb
detaining_body | АМАП, КДБ | omon kgb
detaining_body | ГУБОПик и омон | omon gubopik
detaining_body | кгб или губоп | gubopik kgb
detaining_body | милиция и люди в масках | police plainclothes
detaining_body | какие-то люди в масках | plainclothes
detaining_body | omon + kgb | omon kgb
detaining_body | Я не ведаю | unknown
detaining_body | ✅ ОМОН | omon
profile | журналист, волонтёр | journalist hrd
profile | студэнт БДУ | student
facility | ИВС Гомель | other_ivs
facility | РУВД Фрунзенское | other_police
"""

UNCLEAR = """
detaining_body | 99
detaining_body | 0
detaining_body | 1, 99
detaining_body | 3-1
detaining_body | марсіяне
detaining_body | 🙂
facility | Окрестина
facility | Жодино
facility | женская колония
facility | сизо
facility | Шклов
"""


@each(rows(FOUND_FIRST))
def test_what_is_meant_comes_first(vocabulary: str, typed: str, first: str) -> None:
    assert search(LISTS[vocabulary], typed)[:1] == (first,)


@each(rows(PICKED))
def test_typed_choices_are_picked(vocabulary: str, typed: str, picked: str) -> None:
    assert pick_many(LISTS[vocabulary], typed) == tuple(picked.split())


@each(rows(UNCLEAR))
def test_what_is_unclear_is_not_guessed(vocabulary: str, typed: str) -> None:
    assert pick_one(LISTS[vocabulary], typed) is None
    assert pick_many(LISTS[vocabulary], typed) == ()


def test_a_list_with_one_strange_part_is_not_half_taken() -> None:
    assert pick_many(LISTS["detaining_body"], "АМАП і марсіяне") == ()


def test_a_name_of_two_entries_offers_both() -> None:
    assert set(search(LISTS["facility"], "Окрестина")) == {"minsk_cip", "minsk_ivs"}
    assert {"prison8", "zhodino_ivs", "other_ivs"} <= set(search(LISTS["facility"], "Жодино"))


@pytest.mark.parametrize("vocabulary", LISTS)
def test_every_label_picks_its_entry(vocabulary: str) -> None:
    for key, *labels in rows(LABELS[vocabulary]):
        for label in labels:
            assert pick_one(LISTS[vocabulary], label) == key
            assert pick_one(LISTS[vocabulary], f"👉 {label.upper()}!") == key


@pytest.mark.search
@pytest.mark.parametrize("vocabulary", LISTS)
def test_every_further_name_finds_its_entry(vocabulary: str) -> None:
    listed = {entry.id for entry in LISTS[vocabulary]}
    for key, names in ALIASES[vocabulary].items():
        for name in names if key in listed else ():
            assert key in search(LISTS[vocabulary], name, limit=99), name


def test_the_limit_is_kept() -> None:
    assert len(search(LISTS["facility"], "сизо", limit=2)) == 2
    assert search(LISTS["facility"], "  ") == ()


_WORDS = "1 3 99 - – , и і and омон КГБ Окрестина сизо 1-3 маски № + / женская колония 🙂 ик 4"
_TEXTS = st.one_of(
    st.text(max_size=4000), st.lists(st.sampled_from(_WORDS.split()), max_size=60).map(" ".join)
)


@given(text=_TEXTS, vocabulary=st.sampled_from(sorted(LISTS)))
def test_no_text_breaks_searching_or_picking(text: str, vocabulary: str) -> None:
    listed = LISTS[vocabulary]
    ids = {entry.id for entry in listed}
    found, many, one = search(listed, text), pick_many(listed, text), pick_one(listed, text)
    assert (found, many, one) == (search(listed, text), pick_many(listed, text), pick_one(listed, text))
    assert {*found, *many} <= ids
    assert len(many) == len(set(many))
    assert one is None or one in ids


@given(numbers=st.sets(st.integers(1, 9), min_size=1))
def test_numbers_written_out_pick_those_entries(numbers: set[int]) -> None:
    listed = LISTS["detaining_body"]
    wanted = tuple(listed[number - 1].id for number in sorted(numbers))
    assert pick_many(listed, ", ".join(map(str, numbers))) == wanted


@pytest.mark.search
@pytest.mark.parametrize("piece", ["1,", "1-", " и ", "омон ", "(", "ааааб "])
def test_long_monotonous_text_is_read_to_its_end(piece: str) -> None:
    text = piece * (4000 // len(piece))
    assert isinstance(pick_many(LISTS["facility"], text), tuple)
    assert isinstance(search(LISTS["facility"], text), tuple)


def test_a_short_word_is_no_slip_for_another() -> None:
    assert search(LISTS["detaining_body"], "омин") == ()
    assert search(LISTS["detaining_body"], "пограничнеки")[:1] == ("border",)


@each((typed,) for typed in ["-1", "+2", "1.5", "1, -3", "−1", "- 1"])
def test_signs_and_decimals_are_no_numbers_of_a_list(typed: str) -> None:
    assert pick_many(LISTS["detaining_body"], typed) == ()


@each(
    (typed,)
    for typed in [
        "не омон",
        "не ОМОН и не КГБ",
        "это был не омон",
        "омон, но не кгб",
        "not KGB",
        "no police",
        "без омона",
    ]
)
def test_what_is_denied_is_never_taken_for_the_thing(typed: str) -> None:
    assert pick_many(LISTS["detaining_body"], typed) == ()
    assert pick_one(LISTS["detaining_body"], typed) is None


def test_a_name_that_says_not_is_still_a_name() -> None:
    assert pick_many(LISTS["detaining_body"], "мы не знаем, не знаю") == ()
    assert pick_many(LISTS["detaining_body"], "Я не знаю") == ("unknown",)


@pytest.mark.parametrize(
    ("marked", "plain"),
    [("Žodzina", "Zodzina"), ("Orša", "Orsa"), ("Škloŭ", "Sklou"), ("Zarečča", "Zarecca")],
)
def test_names_without_their_marks_mean_the_same(marked: str, plain: str) -> None:
    assert search(LISTS["facility"], marked) == search(LISTS["facility"], plain) != ()
