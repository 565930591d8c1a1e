"""The words of dates and times in Belarusian, Russian and English, by the keys of `spelling`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from handlers.intake.spelling import fold, latinise, one_slip


def _keys(rows: Mapping[int, str]) -> dict[str, int]:
    return {fold(word): number for number, words in rows.items() for word in words.split()}


_MONTHS = _keys(
    {
        1: "январь января январе январём январю студзень студзеня студзені студзенем студня january",
        2: "февраль февраля феврале февралём люты лютага лютым february",
        3: "март марта марте марту мартом сакавік сакавіка сакавіку сакавіком march",
        4: "апрель апреля апреле апрелем красавік красавіка красавіку красавіком april",
        5: "май мая мае маю маем маі травень траўня траўні траўнем may",
        6: "июнь июня июне июнем чэрвень чэрвеня чэрвені чэрвенем june",
        7: "июль июля июле июлем ліпень ліпеня ліпені ліпенем july",
        8: "август августа августе августом жнівень жніўня жніўні жніўнем august",
        9: "сентябрь сентября сентябре сентябрём верасень верасня верасні вераснем september",
        10: "октябрь октября октябре октябрём кастрычнік кастрычніка кастрычніку october",
        11: "ноябрь ноября ноябре ноябрём лістапад лістапада лістападзе november",
        12: "декабрь декабря декабре декабрём снежань снежня снежні снежнем december",
    }
)
_SHORT_MONTHS = _keys(
    {
        1: "янв jan студз", 2: "фев февр feb лют", 3: "мар mar сак", 4: "апр apr крас", 6: "июн jun чэрв",
        7: "июл jul ліп", 8: "авг aug жн", 9: "сен сент sep sept", 10: "окт oct кастр",
        11: "ноя нояб nov ліст", 12: "дек dec снеж",
    }
)  # fmt: skip
_WEEKDAYS = _keys(
    {
        0: "понедельник понедельника понедельнике пн панядзелак панядзелка панядзелку monday mondays",
        1: "вторник вторника вт аўторак аўторка аўторку tuesday tue tues",
        2: "среда среду среды ср серада сераду серады wednesday wed",
        3: "четверг четверга чт чацвер чацвярга чацвера чацвярг thursday thu thurs",
        4: "пятница пятницу пятницы пятніца пятніцу пятніцы пт friday fri",
        5: "суббота субботу субботы субота суботу суботы сб saturday",
        6: "воскресенье воскресенья воскресение нядзеля нядзелю нядзелі нд sunday",
    }
)
_DAY_WORDS = _keys(
    {
        0: "сегодня сёння сення сягоння сёньня siahonnia севодня сиводня сегодняшний"
        " сегодняшнего сённяшні сённяшняга today tonight 2day",
        1: "вчера учора ўчора вчора учера yesterday вчерашний учорашні"
        " вчерашнего вчерашней учорашняга учорашняй yday",
        2: "позавчерашнего пазаўчорашняга позавчера пазаўчора заўчора позавчора пазавчера паззаўчора",
        -1: "завтра заўтра tomorrow послезавтра паслязаўтра",
    }
)
_NUMBERS = _keys(
    {
        1: "один одну одного адзін адну аднаго one",
        2: "два две двух дзве two",
        3: "три тры трёх трох three",
        4: "четыре чатыры четырёх чатырох four",
        5: "пять пяць пяти пяці five",
        6: "шесть шэсць шести шасці six",
        7: "семь сем семи сямі seven",
        8: "восемь восем восьми васьмі eight",
        9: "девять дзевяць девяти дзевяці nine",
        10: "десять дзесяць десяти дзесяці ten",
        11: "одиннадцать адзінаццаць одиннадцати адзінаццаці eleven",
        12: "двенадцать дванаццаць двенадцати дванаццаці twelve",
        13: "тринадцать трынаццаць thirteen",
        14: "четырнадцать чатырнаццаць fourteen",
        15: "пятнадцать пятнаццаць fifteen",
        16: "шестнадцать шаснаццаць sixteen",
        17: "семнадцать сямнаццаць seventeen",
        18: "восемнадцать васямнаццаць eighteen",
        19: "девятнадцать дзевятнаццаць nineteen",
        20: "двадцать дваццаць twenty",
        30: "тридцать трыццаць thirty",
    }
)
_TENTH = "надцатого надцатое наццатага наццатае"
_ORDINALS = _keys(
    {
        1: "первого первое першага першае першай first",
        2: "второго второе другога другое другой second",
        3: "третьего третье трэцяга трэцяе трэцяй third",
        4: "четвёртого четвёртое чацвёртага чацвёртае чацвёртай fourth",
        5: "пятого пятое пятага пятае пятай fifth",
        6: "шестого шестое шостага шостае шостай sixth",
        7: "седьмого седьмое сёмага сёмае сёмай seventh",
        8: "восьмого восьмое восьмага восьмае восьмай eighth",
        9: "девятого девятое дзявятага дзявятае дзявятай ninth",
        10: "десятого десятое дзясятага дзясятае дзясятай tenth",
        **{
            number: " ".join(start + ending for start in starts.split() for ending in _TENTH.split())
            for number, starts in {
                11: "один адзі", 12: "две два", 13: "три тры", 14: "четыр чатыр", 15: "пят", 16: "шест шас",
                17: "сем сям", 18: "восем васям", 19: "девят дзевят",
            }.items()
        },
        20: "двадцатого двадцатое дваццатага дваццатае twentieth",
        30: "тридцатого тридцатое трыццатага трыццатае thirtieth",
    }
)  # fmt: skip
_KNOWN = frozenset().union(_MONTHS, _SHORT_MONTHS, _WEEKDAYS, _DAY_WORDS, _NUMBERS, _ORDINALS)
_VAGUE = {fold("пару"): 2, fold("пара"): 2, "cauple": 2} | dict.fromkeys(
    [fold(word) for word in ("несколько", "некалькі", "нескольких", "некалькіх", "several", "few")], 3
)
_KEPT = re.compile(r"[^a-z0-9.:/,~?-]+")
_WORD = re.compile(r"[a-z]+")
_WHOLE_WORD = re.compile(r"(?<![a-z0-9])[a-z]+")
_SPELT = re.compile(r"\b(20|30)[ -]([1-9])(-th)?(?![0-9.:/])")
_HOURS_SHORT = re.compile(r"\bгадз\b", re.IGNORECASE)  # its key would be that of год
_COMMAS = re.compile(r"(?<![0-9])([0-9]{1,2}),([0-9]{1,2}),([0-9]{2,4})(?![0-9])")
_AFTER_LUNCH = re.compile(r"\b(?:pasle abeda|paslia abedu|after lunc)\b")
_DASHES = str.maketrans("–—−‑", "----")


def any_of(words: str) -> str:
    """A pattern for one of these words, written as people write them."""
    return "(?:" + "|".join(sorted({latinise(word) for word in words.split()}, key=len, reverse=True)) + ")"


_ABOUT = re.compile(
    r"[~?]|\b"
    + any_of(
        "каля около прыкладна примерно приблизительно прыблізна прим прибл ориентировочно арыентыровачна "
        "где-то гдето недзе кажется здаецца наверное наверно мабыць можа может или ці або "
        "about around approx approximately maybe probably roughly or circa"
    )
    + r"\b"
)


def _blur(word: str) -> str:
    return word.replace("ia", "e")


def _near(word: str, table: Mapping[str, int]) -> int | None:
    """The number of a word; longer words may hold one slip, if all candidates mean the same.

    A word that is right as it stands is no slip for another: верасні (September) is not вчерашні.
    """
    if word in _KNOWN or len(word) < 6 or len(word) > 14:
        return table.get(word)
    meant = {number for key, number in table.items() if len(key) > 5 and one_slip(_blur(word), _blur(key))}
    return meant.pop() if len(meant) == 1 else None


def read_month(word: str, *, short: bool = True) -> int | None:
    """1 to 12; short forms (янв, mar) are for places where a day stands beside them."""
    return (_SHORT_MONTHS.get(word) if short else None) or _near(word, _MONTHS)


def read_weekday(word: str) -> int | None:
    """0 for Monday to 6 for Sunday; неделя is a week, нядзеля a Sunday."""
    if word.startswith("nedel"):
        return None
    return _near(word, _WEEKDAYS)


def read_day_word(word: str) -> int | None:
    """How many days ago: 0 today, 1 yesterday, 2 the day before; -1 for days to come."""
    return _near(word, _DAY_WORDS)


def is_about(plain: str) -> bool:
    """True when the writer says that it is not exact."""
    return _ABOUT.search(plain) is not None


def _spell_out(word: re.Match[str]) -> str:
    key = word[0]
    if key in _VAGUE:
        return f"~{_VAGUE[key]}"
    if key in _NUMBERS:
        return str(_NUMBERS[key])
    if key[:3] in {"pal", "pau"} and key[3:] in _ORDINALS:
        return f"pal {_ORDINALS[key[3:]]}-th"  # полседьмого: half an hour before seven
    return f"{_ORDINALS[key]}-th" if key in _ORDINALS else key


def _join_tens(spelt: re.Match[str]) -> str:
    return str(int(spelt[1]) + int(spelt[2])) + (spelt[3] or "")


def plain_words(text: str) -> str:
    """The text as keys with numbers as digits: "три дня назад" gives "3 dnia nazad", "пару" gives "~2"."""
    long = _HOURS_SHORT.sub("гадзін", text.translate(_DASHES))
    plain = " ".join(_KEPT.sub(" ", latinise(long)).split())
    plain = _AFTER_LUNCH.sub("dnem", _COMMAS.sub(r"\1.\2.\3", plain))
    tens = any(word in _NUMBERS and _NUMBERS[word] >= 20 for word in _WORD.findall(plain))
    spelt = _WORD.sub(_spell_out, plain)
    return _SPELT.sub(_join_tens, spelt) if tens else spelt


def words_of(plain: str) -> Iterable[re.Match[str]]:
    """Every word with its place."""
    return _WHOLE_WORD.finditer(plain)
