"""People who do not exist: family names made of common nouns with the endings that family names have here.

Every name has a Belarusian and a Russian form, as the two orthographies write the same word. Given names are
real ones, with the short forms relatives use; how often each comes follows its rank in a plain 1 / rank.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

_NOUNS = """
туман туман, дуб дуб, сакал сокол, бяроз берез, камар комар, жук жук, мароз мороз, гарох горох, снег снег,
барсук барсук, шчук щук, ячмен ячмен, чабор чабор, цыбул цыбул, арэх орех, калін калин, пчол пчел,
сцежк стежк, свірк свирк, цвік цвик, хмел хмел, вугал угол, волк волк, воўк вовк, дзед дед, дзятл дятл,
мядзведз медвед,
гваздз гвозд, цен тен, цяцер тетер, рак рак, рыб рыб, рэдзьк редьк, гром гром, граб граб, голуб голуб,
хваст хвост, хлеб хлеб, мёд мёд, лён лён, яблак яблок, явар явор, ясен ясен, жаб жаб, жалуд желуд,
шышк шишк, шчыт щит, сойк сойк, чайк чайк, гайк гайк, лейк лейк, кветк кветк, зубр зубр, бусл бусл,
верас верес, папарац папорот, жыт жит, пшон пшен, вераб'ёв воробьёв, сол сол, попел пепел, кавал ковал,
ганчар гончар, бондар бондарь, цясл тесл, млын млын, ткач ткач, каваль коваль, вішн вишн, груш груш,
агур огур, бурак бурак, морк морк, пятруш петруш, капл капл, рос рос, хмар хмар, вецер ветер, зор зор,
месяц месяц, вечар вечер, світ свит, лісц лист, корн корн, мох мох, балот болот, азяр озер,
ручай ручей, крыніч кринич, камян камен, пяск песк, глін глин, жвір жвир, попл попл, дзюб дюб, крыл крыл
"""
_FORMS = (  # how common, Belarusian (he, she), Russian (he, she)
    (5, "аў", "ава", "ов", "ова"),
    (3, "оў", "ова", "ов", "ова"),
    (3, "ін", "іна", "ин", "ина"),
    (3, "скі", "ская", "ский", "ская"),
    (3, "оўскі", "оўская", "овский", "овская"),
    (2, "овіч", "овіч", "ович", "ович"),
    (3, "евіч", "евіч", "евич", "евич"),
    (2, "ук", "ук", "ук", "ук"),
    (2, "чук", "чук", "чук", "чук"),
    (3, "энка", "энка", "енко", "енко"),
    (1, "ёнак", "ёнак", "ёнок", "ёнок"),
    (2, "ік", "ік", "ик", "ик"),
    (1, "еня", "еня", "еня", "еня"),
    (2, "ейка", "ейка", "ейко", "ейко"),
    (1, "ка", "ка", "ко", "ко"),
)
_HARD = "жшчрц"  # after them Belarusian writes ы and э

MEN = """
Аляксандр Александр Аляксандравіч Александрович Саша,Алесь,Шура Саша,Шура,Саня
Сяргей Сергей Сяргеевіч Сергеевич Сярожа,Сяржук Серёжа,Серёга
Андрэй Андрей Андрэевіч Андреевич Андрусь Андрюша
Дзмітрый Дмитрий Дзмітрыевіч Дмитриевич Дзіма,Зміцер Дима
Аляксей Алексей Аляксеевіч Алексеевич Лёша Лёша,Алёша
Уладзімір Владимир Уладзіміравіч Владимирович Валодзя,Вова Володя,Вова
Мікалай Николай Мікалаевіч Николаевич Мікола,Коля Коля
Віктар Виктор Віктаравіч Викторович Віця Витя
Міхаіл Михаил Міхайлавіч Михайлович Міхась,Міша Миша
Іван Иван Іванавіч Иванович Янка,Ваня Ваня
Ігар Игорь Ігаравіч Игоревич Гарык Гарик
Павел Павел Паўлавіч Павлович Паша,Паўлюк Паша
Юрый Юрий Юр'евіч Юрьевич Юрась,Юра Юра
Дзяніс Денис Дзянісавіч Денисович Дзяніска Дениска
Яўген Евгений Яўгенавіч Евгеньевич Жэня Женя
Васіль Василий Васільевіч Васильевич Вася Вася
Анатоль Анатолий Анатольевіч Анатольевич Толік Толик
Віталь Виталий Вітальевіч Витальевич Віталік Виталик
Максім Максим Максімавіч Максимович Макс Макс
Арцём Артём Арцёмавіч Артёмович Цёма Тёма
Пётр Пётр Пятровіч Петрович Пятрусь,Пеця Петя
Вадзім Вадим Вадзімавіч Вадимович Вадзік Вадик
Раман Роман Раманавіч Романович Рома Рома
Алег Олег Алегавіч Олегович Алежка Олежка
Антон Антон Антонавіч Антонович Антось Антоша
Станіслаў Станислав Станіслававіч Станиславович Стась Стас
Леанід Леонид Леанідавіч Леонидович Лёня,Лявон Лёня
Кірыл Кирилл Кірылавіч Кириллович Кір Кирюша
Валерый Валерий Валер'евіч Валерьевич Валера Валера
Рыгор Григорий Рыгоравіч Григорьевич Грыша Гриша
Фёдар Фёдор Фёдаравіч Фёдорович Хведар,Федзя Федя
Ілля Илья Ільіч Ильич Ілюша Илюша
Мікіта Никита Мікітавіч Никитич Мікітка Никитка
Генадзь Геннадий Генадзьевіч Геннадьевич Гена Гена
Вячаслаў Вячеслав Вячаслававіч Вячеславович Слава Слава
"""
WOMEN = """
Алена Елена - - Лена,Алёна Лена
Наталля Наталья - - Наташа,Наталка Наташа
Таццяна Татьяна - - Таня Таня
Вольга Ольга - - Воля Оля
Ірына Ирина - - Іра Ира
Святлана Светлана - - Света Света
Ганна Анна - - Аня,Ганначка Аня
Марыя Мария - - Маша,Марыйка Маша
Кацярына Екатерина - - Каця,Кася Катя
Юлія Юлия - - Юля Юля
Анастасія Анастасия - - Насця Настя
Людміла Людмила - - Люда Люда
Вікторыя Виктория - - Віка Вика
Марына Марина - - Марынка Марина
Дар'я Дарья - - Даша Даша
Надзея Надежда - - Надзя Надя
Алеся Олеся - - Леся Леся
Галіна Галина - - Галя Галя
Валянціна Валентина - - Валя Валя
Паліна Полина - - Поля Поля
Ксенія Ксения - - Ксюша Ксюша
Соф'я София - - Соня,Зося Соня
Аксана Оксана - - Аксанка Ксана
Яўгенія Евгения - - Жэня Женя
Вера Вера - - Верка Верочка
"""

Pair = tuple[str, str]
"""Belarusian, Russian."""


@dataclass(frozen=True, slots=True)
class Given:
    """A given name with the patronymic that its bearer's sons have, and short forms."""

    full: Pair = field(repr=False)
    patronymic: Pair = field(repr=False)
    short: tuple[tuple[str, ...], tuple[str, ...]] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Ending:
    """What makes a family name of a noun: how common, and for him and her in Belarusian and Russian."""

    often: int
    he: Pair
    she: Pair


@dataclass(frozen=True, slots=True)
class Someone:
    """Who was detained, in truth."""

    noun: Pair = field(repr=False)
    ending: Ending = field(repr=False)
    given: Given = field(repr=False)
    father: Given = field(repr=False)
    born: int
    woman: bool

    @property
    def surname(self) -> Pair:
        """As he or she bears it."""
        be, ru = self.ending.she if self.woman else self.ending.he
        return _join(self.noun[0], be, harden=True), _join(self.noun[1], ru, harden=False)

    @property
    def patronymic(self) -> Pair:
        """As a son or a daughter of the father has it."""
        he = self.father.patronymic
        return (_daughter_be(he[0]), _daughter_ru(he[1])) if self.woman else he


def _read(text: str) -> tuple[Given, ...]:
    rows = [line.split() for line in text.splitlines() if line]
    return tuple(
        Given((be, ru), (son_be, son_ru), (tuple(short_be.split(",")), tuple(short_ru.split(","))))
        for be, ru, son_be, son_ru, short_be, short_ru in rows
    )


NOUNS: tuple[Pair, ...] = tuple(
    (pair.split()[0], pair.split()[1]) for pair in _NOUNS.replace("\n", " ").strip().split(", ")
)
ENDINGS = tuple(
    Ending(often, (he_be, he_ru), (she_be, she_ru)) for often, he_be, she_be, he_ru, she_ru in _FORMS
)
GIVEN = {False: _read(MEN), True: _read(WOMEN)}


def _daughter_be(name: str) -> str:
    for he, she in (("авіч", "аўна"), ("овіч", "оўна"), ("евіч", "еўна"), ("іч", "інічна")):
        if name.endswith(he):
            return name[: -len(he)] + she
    raise ValueError(name)


def _daughter_ru(name: str) -> str:
    for he, she in (("ович", "овна"), ("евич", "евна"), ("тич", "тична"), ("ич", "инична")):
        if name.endswith(he):
            return name[: -len(he)] + she
    raise ValueError(name)


def _common(chance: Random, names: tuple[Given, ...]) -> Given:
    return chance.choices(names, [1 / (rank + 3) for rank in range(len(names))])[0]


def draw_family(chance: Random) -> tuple[Pair, Ending]:
    """What a family name is made of."""
    return chance.choice(NOUNS), chance.choices(ENDINGS, [ending.often for ending in ENDINGS])[0]


def _join(root: str, ending: str, *, harden: bool) -> str:
    if harden and root[-1] in _HARD:
        ending = {"і": "ы", "е": "э", "ё": "о"}.get(ending[0], ending[0]) + ending[1:]
    elif harden and ending[0] == "э":
        ending = "е" + ending[1:]
    return (root.rstrip("ь") + ending).capitalize()


def draw_person(chance: Random) -> Someone:
    """Somebody of 16 to 75 in the year 2026."""
    woman = chance.random() < 0.35
    noun, ending = draw_family(chance)
    given, father = _common(chance, GIVEN[woman]), _common(chance, GIVEN[False])
    return Someone(noun, ending, given, father, chance.randrange(1951, 2011), woman)
